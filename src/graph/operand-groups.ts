/** Many leaves beside each other, as the operands of a `concat` are, put together. */

import type { GraphGroup, GraphNode } from "./graph-json.ts";

/** What a level of a graph is made of, by its groups and by those that nodes lie in. */
interface Levels {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly GraphGroup[];
  readonly groupOf: ReadonlyMap<number, number>;
}

/** New groups, and for each leaf in them the innermost. */
export interface OperandGroups {
  readonly groups: readonly GraphGroup[];
  readonly groupOf: ReadonlyMap<number, number>;
}

/**
 * Where more than `most` leaves of one level go into the same op or group and into nothing else, they become a group,
 * of stretches where it holds more than `most`.
 */
export function operandGroups(levels: Levels, most: number): OperandGroups {
  const groups: GraphGroup[] = [];
  const groupOf = new Map<number, number>();
  const open = (group: GraphGroup): number => levels.groups.length + groups.push(group) - 1;
  const place = (leaves: readonly number[], group: number): void => {
    if (leaves.length <= most) {
      for (const leaf of leaves) groupOf.set(leaf, group);
      return;
    }
    const length = Math.ceil(leaves.length / most);
    for (let start = 0; start < leaves.length; start += length) {
      const stretch = leaves.slice(start, start + length);
      place(stretch, open({ label: `operands ${start + 1}–${start + stretch.length}`, parent: group }));
    }
  };
  for (const leaves of partsOf(levels)) {
    if (leaves.length <= most) continue;
    const parent = levels.groupOf.get(leaves[0]);
    const label = { label: "operands", repeats: leaves.length };
    place(leaves, open(parent === undefined ? label : { ...label, parent }));
  }
  return { groups, groupOf };
}

/** The leaves of each level that go into the same and into nothing else, as operands in their order. */
function partsOf({ nodes, groups, groupOf }: Levels): number[][] {
  const pathTo = (group: number | undefined): number[] =>
    group === undefined ? [] : [...pathTo(groups[group].parent), group];
  const targets = new Map<number, string | null>();
  for (const [k, { op }] of nodes.entries()) {
    const path = pathTo(groupOf.get(k));
    for (const input of op?.inputs ?? []) {
      if (!("from" in input) || nodes[input.from].op !== null) continue;
      const level = pathTo(groupOf.get(input.from)).length;
      // The outermost group around the op that the leaf does not lie in, or the op itself.
      const target = `${groupOf.get(input.from) ?? ""}>${path[level] ?? `o${k}`}`;
      const before = targets.get(input.from);
      targets.set(input.from, before === undefined || before === target ? target : null);
    }
  }
  const parts = new Map<string, number[]>();
  for (const [leaf, target] of targets) {
    if (target === null) continue;
    const part = parts.get(target) ?? [];
    part.push(leaf);
    parts.set(target, part);
  }
  return [...parts.values()];
}
