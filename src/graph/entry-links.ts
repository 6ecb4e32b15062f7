/** Which entries depend on which: the boxed entries of the lecture, across a whole graph. */

import { indicesAt, sizeOf } from "../shape.ts";
import type { GraphEdge, GraphJson, GraphNode } from "./graph-json.ts";

/** Entries of each node, by their positions in the data. */
export type EntrySet = ReadonlyMap<number, ReadonlySet<number>>;

/** What an entry has to do with all others. */
export interface EntryLinks {
  /** The entries it was computed from, in one step or in many. */
  readonly depends: EntrySet;
  /** The entries that were computed from it. */
  readonly influences: EntrySet;
}

/** More entries than that are not followed one by one: then a whole tensor counts as one. */
const MOST = 4096;

/** Follows the entry at `entry` of `node` to the leaves, and to the result. */
export function linksOf(graph: GraphJson, node: number, entry: number): EntryLinks {
  const { nodes } = graph;
  const depends = new Map<number, Set<number>>([[node, new Set([entry])]]);
  for (let k = node; k >= 0; k--) {
    const wanted = depends.get(k);
    if (wanted === undefined) continue;
    for (const [i, edge] of edgesOf(nodes[k])) {
      const found = setAt(depends, edge.from);
      for (const y of wanted) for (const x of operandsOf(graph, k, i, y)) found.add(x);
    }
  }
  const influences = new Map<number, Set<number>>([[node, new Set([entry])]]);
  for (let k = node + 1; k < nodes.length; k++) {
    for (const [i, edge] of edgesOf(nodes[k])) {
      const moved = influences.get(edge.from);
      if (moved === undefined) continue;
      const found = setAt(influences, k);
      for (let y = 0; y < sizeOf(nodes[k].shape); y++) {
        if (!found.has(y) && operandsOf(graph, k, i, y).some((x) => moved.has(x))) found.add(y);
      }
      if (found.size === 0) influences.delete(k);
    }
  }
  depends.delete(node);
  influences.delete(node);
  return { depends, influences };
}

/** The entries of operand number `i` that entry `y` of a node is computed from in one step. */
export function operandsOf({ nodes }: GraphJson, node: number, i: number, y: number): readonly number[] {
  const { op, shape } = nodes[node];
  const edge = op?.inputs[i];
  if (op === null || edge === undefined || !("from" in edge)) return [];
  const operand = nodes[edge.from];
  const size = sizeOf(operand.shape);
  if (op.indices !== undefined && size <= MOST) {
    const [before, output = ""] = op.indices.split("->");
    const group = before.split(",")[i] ?? "";
    if (output.length === shape.length && group.length === operand.shape.length) {
      return matching(
        group,
        operand.shape,
        new Map(Array.from(output, (index, axis) => [index, axis])),
        indicesAt(y, shape),
      );
    }
  }
  if (edge.jacobian !== undefined) {
    const row = edge.jacobian.slice(y * size, (y + 1) * size);
    return row.flatMap((slope, x) => (slope === 0 ? [] : [x]));
  }
  return Array.from({ length: Math.min(size, MOST) }, (_, x) => x);
}

/** The positions of an operand whose axes of the result's indices are at the result's places. */
function matching(
  group: string,
  shape: readonly number[],
  axisOf: ReadonlyMap<string, number>,
  at: readonly number[],
): number[] {
  return Array.from(group).reduce<number[]>(
    (starts, index, axis) => {
      const fixed = axisOf.get(index);
      const along =
        fixed === undefined
          ? Array.from({ length: shape[axis] }, (_, k) => k)
          : [shape[axis] === 1 ? 0 : at[fixed]];
      return starts.flatMap((start) => along.map((k) => start * shape[axis] + k));
    },
    [0],
  );
}

/** The operands of a node that are nodes themselves. */
export function edgesOf({ op }: GraphNode): [i: number, edge: GraphEdge][] {
  return (op?.inputs ?? []).flatMap((input, i): [number, GraphEdge][] =>
    "from" in input ? [[i, input]] : [],
  );
}

function setAt(sets: Map<number, Set<number>>, key: number): Set<number> {
  const known = sets.get(key) ?? new Set<number>();
  sets.set(key, known);
  return known;
}
