/**
 * Sums by halves: a tree of partial sums, whose rounding grows with the logarithm of the number of terms only, where
 * adding one after the other loses a digit with each power of ten (Higham, 1993).
 *
 * The tree depends on the number of terms alone, so the bits are the same at every call and on every engine.
 */

import type { Entries } from "./dtype.ts";

/** So many terms are added without a tree: few enough to lose nothing, many enough to be fast. */
export const LEAF = 32;

/** Σ of the terms at 0, 1, …, length − 1, of which `leaf` adds up those from `start` to before `end`, in order. */
export function pairwise(length: number, leaf: (start: number, end: number) => number): number {
  if (length <= LEAF) return leaf(0, length);
  const waiting: number[] = [];
  let start = 0;
  for (let leaves = 1; start + LEAF < length; leaves++, start += LEAF) {
    let total = leaf(start, start + LEAF);
    for (let pairs = leaves; (pairs & 1) === 0; pairs >>= 1) total = (waiting.pop() as number) + total;
    waiting.push(total);
  }
  return waiting.reduceRight((right, left) => left + right, leaf(start, length));
}

/** The same for the numbers of a list. */
export function pairwiseSum(terms: ArrayLike<number>): number {
  return pairwise(terms.length, (start, end) => {
    let total = 0;
    for (let k = start; k < end; k++) total += terms[k];
    return total;
  });
}

// The next two are the same for entries of tensors. They are what takes the time in a sum, so each is one loop.

/** The sums of 1, 2, 4, … leaves that wait for as many on their right. */
const waiting = new Float64Array(48);

/** The sum of `length` entries from `i` on, `di` apart. */
export function pairwiseEntries(length: number, a: Entries, i: number, di: number): number {
  let at = i;
  let left = length;
  let top = 0;
  for (let leaves = 1; left > LEAF; leaves++, left -= LEAF) {
    let total = 0;
    for (let k = 0; k < LEAF; k++) {
      total += a[at];
      at += di;
    }
    for (let pairs = leaves; (pairs & 1) === 0; pairs >>= 1) total = waiting[--top] + total;
    waiting[top++] = total;
  }
  let total = 0;
  for (; left > 0; left--) {
    total += a[at];
    at += di;
  }
  while (top > 0) total = waiting[--top] + total;
  return total;
}

/** The sum of `length` products of the entries of two tensors. */
export function pairwiseProducts(
  length: number,
  a: Entries,
  i: number,
  di: number,
  b: Entries,
  j: number,
  dj: number,
): number {
  let at = i;
  let bt = j;
  let left = length;
  let top = 0;
  for (let leaves = 1; left > LEAF; leaves++, left -= LEAF) {
    let total = 0;
    for (let k = 0; k < LEAF; k++) {
      total += a[at] * b[bt];
      at += di;
      bt += dj;
    }
    for (let pairs = leaves; (pairs & 1) === 0; pairs >>= 1) total = waiting[--top] + total;
    waiting[top++] = total;
  }
  let total = 0;
  for (; left > 0; left--) {
    total += a[at] * b[bt];
    at += di;
    bt += dj;
  }
  while (top > 0) total = waiting[--top] + total;
  return total;
}
