/**
 * Sums by halves: a tree of partial sums, whose rounding grows with the logarithm of the number of terms only, where
 * adding one after the other loses a digit with each power of ten (Higham, 1993).
 *
 * The tree depends on the number of terms alone, so the bits are the same at every call and on every engine.
 */

import type { Entries } from "../tensor/dtype.ts";

/** How many terms are added without a tree: few enough to lose nothing, many enough to be fast. */
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

// Adds up the terms of a contraction, in an order that depends on nothing but the shapes: the bits are always the
// same.

/** One loop of a contraction: how often it runs, and how far it moves in the result and in each operand. */
export interface Loop {
  readonly length: number;
  readonly y: number;
  readonly a: number;
  readonly b: number;
}

/** The loops of a contraction. */
export interface Loops {
  readonly kept: readonly Loop[];
  readonly summed: readonly Loop[];
}

/** The number at one place of each operand, or the sum of those that begin there. */
type At = (ai: number, bi: number) => number;

/** What is done with the sums. */
export interface Finish {
  /** What they are divided by. */
  readonly divisor: number;
  /** The operand whose 0 makes its term 0, even next to ∞ or NaN. */
  readonly stops?: number | undefined;
}

/**
 * The entries of one operand, and the products that all fall into one number, are added by halves along each index;
 * the products of a matrix product in the order of the index.
 */
export function accumulate(
  { kept, summed }: Loops,
  y: Entries,
  [a, b]: readonly Entries[],
  { divisor, stops }: Finish,
): void {
  const isTree = b === undefined || kept.length === 0;
  const term: At = b === undefined ? (ai) => a[ai] : (ai, bi) => a[ai] * b[bi];
  const sum =
    summed.length === 0
      ? term
      : isTree
        ? nested(summed.slice(0, -1), pairwise, innermost(summed[summed.length - 1], a, b))
        : inOrder(summed, a, b);

  // Done only where the plain sum is NaN, so that it costs nothing for finite numbers.
  const stopped = nested(summed, isTree ? pairwise : whole, (ai, bi) =>
    (stops === 0 ? a[ai] : b[bi]) === 0 ? 0 : a[ai] * b[bi],
  );

  const fill = (level: number, yi: number, ai: number, bi: number): void => {
    if (level === kept.length) {
      const plain = sum(ai, bi);
      const total = stops !== undefined && Number.isNaN(plain) ? stopped(ai, bi) : plain;
      y[yi] = divisor === 1 ? total : total / divisor; // before it is rounded to the dtype
      return;
    }
    const { length, y: dy, a: da, b: db } = kept[level];
    for (let k = 0; k < length; k++) fill(level + 1, yi + k * dy, ai + k * da, bi + k * db);
  };

  fill(0, 0, 0, 0);
}

function inOrder(summed: readonly Loop[], a: Entries, b: Entries): At {
  const sum = (level: number, ai: number, bi: number): number => {
    const { length, a: da, b: db } = summed[level];
    let total = 0;
    if (level < summed.length - 1) {
      for (let k = 0; k < length; k++) total += sum(level + 1, ai + k * da, bi + k * db);
    } else {
      for (let k = 0; k < length; k++) total += a[ai + k * da] * b[bi + k * db];
    }
    return total;
  };
  return (ai, bi) => sum(0, ai, bi);
}

/** The sums along the innermost index: the loop that takes the time. */
function innermost({ length, a: da, b: db }: Loop, a: Entries, b?: Entries): At {
  if (b !== undefined) return (ai, bi) => pairwiseProducts(length, a, ai, da, b, bi, db);
  if (length > LEAF) return (ai) => pairwiseEntries(length, a, ai, da);
  return (ai) => {
    let total = 0;
    for (let k = 0; k < length; k++) total += a[ai + k * da];
    return total;
  };
}

/** Adds up `length` terms, which `part` adds in order. */
type Summation = (length: number, part: (start: number, end: number) => number) => number;

const whole: Summation = (length, part) => part(0, length);

/** The sums along all indices of what `inner` gives. */
function nested(summed: readonly Loop[], add: Summation, inner: At): At {
  return summed.reduceRight<At>(
    (term, { length, a: da, b: db }) =>
      (ai, bi) =>
        add(length, (start, end) => {
          let total = 0;
          for (let k = start; k < end; k++) total += term(ai + k * da, bi + k * db);
          return total;
        }),
    inner,
  );
}
