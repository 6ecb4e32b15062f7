/** The backward pass as steps. */

import type { GraphNode, GraphStep } from "./graph-json.ts";

/** Every edge that a derivative passes, from the result to the leaves. */
export function stepsOf(nodes: readonly GraphNode[]): GraphStep[] {
  const isReached = new Set([nodes.length - 1]);
  return nodes.toReversed().flatMap((_, back) => {
    const node = nodes.length - 1 - back;
    if (!isReached.has(node)) return [];
    return (nodes[node].op?.inputs ?? []).flatMap((input, i): GraphStep[] => {
      if (!("from" in input) || input.rule === undefined) return [];
      isReached.add(input.from);
      return [{ node, input: i }];
    });
  });
}
