/** How a graph is seen by somebody who has not touched it. */

import type { GraphJson } from "./graph-json.ts";
import type { GraphView } from "./graph-view.ts";

/** A person takes in so many tensors and groups without having asked for more. */
const MOST = 12;

/** All of the backward pass is made, and groups are open as long as no more than `most` tensors and groups are seen. */
export function firstView(graph: GraphJson, most: number = MOST): GraphView {
  return {
    step: graph.steps.length,
    selection: null,
    open: openAtFirst(graph, most),
    scattered: new Set(graph.entries),
    differences: false,
  };
}

/** Opens groups from the outermost on. */
function openAtFirst({ nodes, groups }: GraphJson, most: number): Set<number> {
  const inside = groups.map(() => 0);
  let seen = 0;
  for (const { group } of nodes) {
    if (group === undefined) seen += 1;
    else inside[group] += 1;
  }
  for (const { parent } of groups) {
    if (parent === undefined) seen += 1;
    else inside[parent] += 1;
  }
  const open = new Set<number>();
  for (const [k, { parent }] of groups.entries()) {
    if (parent !== undefined && !open.has(parent)) continue;
    if (seen - 1 + inside[k] > most) continue;
    seen += inside[k] - 1;
    open.add(k);
  }
  return open;
}
