/** Graphs and numbers for whoever draws them: pure functions on JSON, without tensors. */

export * from "../json-numbers.ts";
export * from "../latex/rewrite.ts";
export { DECIMALS } from "../numbers.ts";
export * from "./graph-json.ts";
export * from "./graph-view.ts";
export * from "./mark.ts";
