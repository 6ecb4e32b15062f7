/** Mini-batches: the rows of data, shuffled and dealt out. */

import { withoutRecording } from "../op.ts";
import { take } from "../ops/index.ts";
import { rand } from "../random-tensors.ts";
import type { Tensor } from "../tensor.ts";

/** The type of the rows of one tensor: as many as a batch has. */
type Rows<X> = X extends Tensor<[number, ...infer Row extends number[]]> ? Tensor<[number, ...Row]> : Tensor;

/** The types of a batch of several tensors. */
export type Batch<Data extends readonly Tensor[]> = { -readonly [K in keyof Data]: Rows<Data[K]> };

/** Deals out the rows of all tensors in one random order, from the stream of `seed`; the last batch may be smaller. */
export function* batches<const Data extends readonly Tensor[]>(
  data: Data,
  size: number,
): Generator<Batch<Data>> {
  const order = shuffled(data[0].shape[0]);
  for (let start = 0; start < order.length; start += size) {
    const rows = order.slice(start, start + size);
    yield withoutRecording(() => data.map((x) => take(x, rows))) as unknown as Batch<Data>; // a tensor for each
  }
}

/** The numbers 0, …, n − 1 in a random order (Fisher and Yates): each place takes one of those that are left. */
function shuffled(n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  const draws = rand(n).data;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(draws[i] * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
