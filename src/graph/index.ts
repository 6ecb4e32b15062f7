/** Graphs for whoever draws them: pure functions on JSON, without tensors. */

export * from "./graph-json.ts";
export * from "./graph-view.ts";
export * from "./mark.ts";
