/** Graphs and numbers for whoever draws them: pure functions on JSON, without tensors. */

export * from "../json-numbers.ts";
export * from "../latex/rewrite.ts";
export { DECIMALS } from "../numbers.ts";
export * from "./draw/index.ts";
export * from "./entry-links.ts";
export * from "./entry-paths.ts";
export * from "./first-view.ts";
export * from "./graph-json.ts";
export * from "./graph-view.ts";
export * from "./mark.ts";
export { GraphDataError, readGraph } from "./read-graph.ts";
