/** How much of a graph is to be seen while some of its groups are open. */
import type { GraphJson } from "gradbook/graph";

/** More than so many boxes nobody reads, and no page moves smoothly. */
export const MOST_VISIBLE = 500;

/** The groups that a node lies in, from the innermost. */
export function groupsAround({ groups }: GraphJson, innermost: number | undefined): number[] {
  const around: number[] = [];
  for (let group = innermost; group !== undefined; group = groups[group].parent) around.push(group);
  return around;
}

/** The outermost closed group around a node, as which it is seen; `null` where it is seen itself. */
export function closedGroupOf(graph: GraphJson, node: number, open: ReadonlySet<number>): number | null {
  return groupsAround(graph, graph.nodes[node].group).findLast((group) => !open.has(group)) ?? null;
}

/** How many nodes and closed groups are to be seen. */
export function visibleCount(graph: GraphJson, open: ReadonlySet<number>): number {
  const closed = new Set<number>();
  let alone = 0;
  for (const node of graph.nodes.keys()) {
    const group = closedGroupOf(graph, node, open);
    if (group === null) alone += 1;
    else closed.add(group);
  }
  return alone + closed.size;
}
