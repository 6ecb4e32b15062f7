/** All that a view is made of, loaded with the first graph of a page. */

export { readGraph } from "gradbook/graph";
export { GraphModel, type Replay } from "./graph-model.ts";
export { GraphPane } from "./graph-pane.ts";
