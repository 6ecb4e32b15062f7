/** What is seen of groups from outside: which closed one hides a node, and what is in it. */

import type { GraphJson } from "../graph-json.ts";

/** Answers about groups, some of which are open. */
export interface Outside {
  /** The outermost closed group among this one and those it lies in. */
  readonly closedAround: (group: number | undefined) => number | null;
  /** The nodes in a group, and in the groups in it. */
  readonly nodesIn: (group: number) => readonly number[];
}

/** Looks at the groups of a graph once. */
export function outsideOf(graph: GraphJson, open: ReadonlySet<number>): Outside {
  // Each group comes after the one it lies in, so that one pass is enough.
  const closed: (number | null)[] = [];
  graph.groups.forEach(({ parent }, group) => {
    const around = parent === undefined ? null : closed[parent];
    closed.push(around ?? (open.has(group) ? null : group));
  });
  const members: number[][] = graph.groups.map(() => []);
  graph.nodes.forEach(({ group }, node) => {
    for (let at = group; at !== undefined; at = graph.groups[at].parent) members[at].push(node);
  });
  return {
    closedAround: (group) => (group === undefined ? null : closed[group]),
    nodesIn: (group) => members[group],
  };
}
