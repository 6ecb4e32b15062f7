/** Graphs and numbers for whoever draws them: pure functions on JSON, without tensors. */

export * from "../json-numbers.ts";
export { entryOf } from "../latex/entry-name.ts";
export { matrixTex, numberTex } from "../latex/matrix.ts";
export { nameTex } from "../latex/name.ts";
export { plainTex } from "../latex/plain.ts";
export * from "../latex/rewrite.ts";
export { DECIMALS, plainNumber, roundedToSize, written } from "../numbers.ts";
export { indicesAt, sizeOf } from "../shape.ts";
export * from "./draw/index.ts";
export * from "./entry-links.ts";
export * from "./entry-paths.ts";
export * from "./first-view.ts";
export * from "./graph-json.ts";
export * from "./graph-view.ts";
export { MOST_JSON } from "./limits.ts";
export * from "./mark.ts";
export { GraphDataError, readGraph } from "./read-graph.ts";
