/** The paths that contribute most, without walking all of them: there may be more than there are atoms. */

import type { Tensor } from "../tensor.ts";
import type { NamedGraph } from "./named-graph.ts";

/** A way from J back to a tensor, and the cotangent that flows along it alone. */
export interface Way {
  /** From J to the tensor. */
  readonly tensors: readonly Tensor[];
  readonly cotangent: Tensor;
}

/** At every tensor so many of the ways to it are followed on. */
export const WIDTH = 64;

/**
 * The `most` ways from J to x with the largest cotangents, the largest first. For single numbers they are the largest
 * there are, as all ways to a tensor go on with the same factors. For matrices that is so where no more than 64 ways
 * meet in a tensor; beyond, a way that is small at first is given up.
 */
export function largestWays({ order, counts, pull }: NamedGraph, seed: Tensor, most: number): Way[] {
  const J = order[order.length - 1];
  const ways = new Map<Tensor, Way[]>([[J, [{ tensors: [J], cotangent: seed }]]]);
  for (const y of order.slice(1).reverse()) {
    for (const { tensors, cotangent } of largest(ways.get(y) ?? [], Math.max(WIDTH, most))) {
      for (const [x, dx] of pull(y, cotangent)) {
        if ((counts.get(x) ?? 0n) === 0n) continue; // no derivative passes on from there
        const before = ways.get(x);
        const way = { tensors: [...tensors, x], cotangent: dx };
        if (before === undefined) ways.set(x, [way]);
        else before.push(way);
      }
    }
    ways.delete(y);
  }
  return largest(ways.get(order[0]) ?? [], most);
}

function largest(ways: readonly Way[], most: number): Way[] {
  const sizes = new Map(ways.map((way) => [way, sizeOf(way.cotangent)]));
  const size = (way: Way): number => sizes.get(way) ?? 0;
  return ways.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a))).slice(0, most);
}

/** The sum of squares; what is not a number is larger than all that is one. */
function sizeOf({ data }: Tensor): number {
  const squares = data.reduce((total, entry) => total + entry * entry, 0);
  return Number.isNaN(squares) ? Number.POSITIVE_INFINITY : squares;
}
