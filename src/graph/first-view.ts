/** How a graph is seen by somebody who has not touched it. */

import type { GraphJson } from "./graph-json.ts";
import type { GraphView } from "./graph-view.ts";

/** A person takes in so many tensors without having asked for more. */
export const SEEN_AT_FIRST = 10;

/** All of the backward pass is made, and all groups are open where that shows no more than `most` tensors. */
export function firstView(graph: GraphJson, most: number = SEEN_AT_FIRST): GraphView {
  const { steps, nodes, groups, entries } = graph;
  return {
    step: steps.length,
    selection: null,
    open: new Set(nodes.length <= most ? groups.keys() : []),
    scattered: new Set(entries),
    differences: false,
  };
}
