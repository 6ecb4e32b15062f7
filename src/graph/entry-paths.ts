/** The total derivative of one entry: every way from it to the result, and the product along each. */

import { fromJsonNumber } from "../json-numbers.ts";
import { sizeOf } from "../shape.ts";
import { edgesOf } from "./entry-links.ts";
import type { GraphJson } from "./graph-json.ts";

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

/** How many ways to each entry are followed on; of single numbers none larger is lost. */
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

/** The nodes that are computed from `node`, and itself. */
function dependents({ nodes }: GraphJson, node: number): Set<number> {
  const found = new Set([node]);
  for (let k = node + 1; k < nodes.length; k++) {
    if (edgesOf(nodes[k]).some(([, { from }]) => found.has(from))) found.add(k);
  }
  return found;
}
