/** What an entry depends on and influences, and every way from it to the result. */

import { fromJsonNumber } from "../tensor/numbers.ts";
import { indicesAt, sizeOf } from "../tensor/shape.ts";
import type { GraphEdge, GraphJson, GraphNode } from "./graph-json.ts";

// The total derivative of one entry: every way from it to the result, and the product along each.

/** An entry of a node. */
export interface EntryStop {
  readonly node: number;
  readonly entry: number;
}

/** One way from the entry to the result. */
export interface EntryPath {
  /** From the entry to the result, both included. */
  readonly stops: readonly EntryStop[];
  /** The derivative of each stop by the one before it. */
  readonly factors: readonly number[];
  /** The product of the factors, times the cotangent of the entry of the result it ends in. */
  readonly product: number;
}

/** All ways, as far as they are shown. */
export interface EntryPaths {
  /** The largest, in order. */
  readonly list: readonly EntryPath[];
  /** How many there are. */
  readonly count: number;
  /** The sum over all of them: the gradient of the entry. */
  readonly sum: number;
  /** The share of those that are not in the list. */
  readonly remainder: number;
}

/** How many ways to each entry are followed further; as all are single numbers, none of the largest is lost. */
const WIDTH = 64;

/** A way from the result back to an entry. */
interface Way {
  readonly stops: readonly EntryStop[];
  readonly factors: readonly number[];
  readonly product: number;
}

/**
 * The `most` largest ways from an entry to the result; `null` where a Jacobian on the way is too large to be in the
 * graph, or the result has no cotangent.
 */
export function entryPathsOf(graph: GraphJson, { node, entry }: EntryStop, most: number): EntryPaths | null {
  const { nodes } = graph;
  const last = nodes.length - 1;
  const seed = nodes[last].gradient;
  if (seed === null || !("data" in seed) || node > last) return null;
  const between = dependents(graph, node);
  // By key of an entry: the largest ways to it, the number of all and their sum.
  const found = new Map<string, { ways: Way[]; count: number; sum: number }>();
  const meet = (stop: EntryStop, ways: readonly Way[], count: number, sum: number): void => {
    const key = `${stop.node}:${stop.entry}`;
    const before = found.get(key) ?? { ways: [], count: 0, sum: 0 };
    const all = [...before.ways, ...ways].toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
    found.set(key, {
      ways: all.slice(0, Math.max(WIDTH, most)),
      count: before.count + count,
      sum: before.sum + sum,
    });
  };
  for (const [k, ct] of seed.data.entries()) {
    const stop = { node: last, entry: k };
    meet(stop, [{ stops: [stop], factors: [], product: fromJsonNumber(ct) }], 1, fromJsonNumber(ct));
  }
  for (let k = last; k > node; k--) {
    if (!between.has(k)) continue;
    for (const [, edge] of edgesOf(nodes[k])) {
      if (!between.has(edge.from) || edge.rule === undefined) continue;
      if (edge.jacobian === undefined) return null;
      const size = sizeOf(nodes[edge.from].shape);
      for (const [position, slope] of edge.jacobian.entries()) {
        const factor = fromJsonNumber(slope);
        const [y, x] = [Math.floor(position / size), position % size];
        const above = found.get(`${k}:${y}`);
        if (factor === 0 || above === undefined) continue;
        const stop = { node: edge.from, entry: x };
        const ways = above.ways.map((way) => ({
          stops: [stop, ...way.stops],
          factors: [factor, ...way.factors],
          product: factor * way.product,
        }));
        meet(stop, ways, above.count, factor * above.sum);
      }
    }
  }
  const { ways, count, sum } = found.get(`${node}:${entry}`) ?? { ways: [], count: 0, sum: 0 };
  const list = ways.slice(0, most);
  return {
    list,
    count,
    sum,
    remainder: count === list.length ? 0 : sum - list.reduce((t, { product }) => t + product, 0),
  };
}

/** The nodes that are computed from `node`, and the node itself. */
function dependents({ nodes }: GraphJson, node: number): Set<number> {
  const found = new Set([node]);
  for (let k = node + 1; k < nodes.length; k++) {
    if (edgesOf(nodes[k]).some(([, { from }]) => found.has(from))) found.add(k);
  }
  return found;
}

// Which entries depend on which: the boxed entries of the lecture, across a whole graph.

/** Entries of each node, by their positions in the data. */
export type EntrySet = ReadonlyMap<number, ReadonlySet<number>>;

/** How an entry is related to all others. */
export interface EntryLinks {
  /** The entries it was computed from, in one step or in many. */
  readonly depends: EntrySet;
  /** The entries that were computed from it. */
  readonly influences: EntrySet;
}

/** If there are more entries than this, they are not followed one by one: a whole tensor counts as one. */
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

/** The positions in an operand at which the indices it shares with the result have the result's values. */
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
