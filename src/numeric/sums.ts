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

/** The same for the numbers of an array. */
export function pairwiseSum(terms: Float64Array): number {
  return sumAlong(terms.length, terms, 0, 1, 0);
}

/** √Σx², scaled by the largest magnitude, so that no square overflows or vanishes. */
export function lengthOf(x: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < x.length; k++) largest = Math.max(largest, Math.abs(x[k]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  const squares = new Float64Array(x.length);
  for (let k = 0; k < x.length; k++) squares[k] = (x[k] / largest) * (x[k] / largest);
  return largest * Math.sqrt(pairwiseSum(squares));
}

// The same for entries of tensors, as one loop each: they are what takes the time in a sum.

/** The most sums that wait for as many terms on their right: one for each power of two. */
const DEPTH = 48;

/** The sums of 1, 2, 4, … leaves that wait; those of a sum within a sum have a place of their own. */
const waiting = new Float64Array(32 * DEPTH);

/** Takes in the sum of the leaf of that number, counted from 1: every second one completes a pair, and so on. */
function wait(total: number, leaf: number, top: number): number {
  let sum = total;
  let at = top;
  for (let pairs = leaf; (pairs & 1) === 0; pairs >>= 1) sum = waiting[--at] + sum;
  waiting[at] = sum;
  return at + 1;
}

/** The last leaf, and what waits above `base`. */
function finish(total: number, top: number, base: number): number {
  let sum = total;
  for (let at = top; at > base; ) sum = waiting[--at] + sum;
  return sum;
}

/** One index of a sum: its length, and how far it moves in each operand. */
interface Index {
  readonly length: number;
  readonly a: number;
  readonly b: number;
}

/** The sum of entries along the indices from `level` on, the last of which is the innermost. */
export function sumOf(indices: readonly Index[], level: number, a: Entries, start: number): number {
  const { length, a: step } = indices[level];
  const base = level * DEPTH;
  if (level === indices.length - 1) return sumAlong(length, a, start, step, base);
  let [at, total, top] = [start, 0, base];
  for (let k = 1; k <= length; k++, at += step) {
    total += sumOf(indices, level + 1, a, at);
    if (k % LEAF === 0 && k < length) {
      top = wait(total, k / LEAF, top);
      total = 0;
    }
  }
  return finish(total, top, base);
}

/** The sum of `length` entries that are `step` apart. */
function sumAlong(length: number, a: Entries, start: number, step: number, base: number): number {
  const apart = LEAF * step;
  let at = start;
  let left = length;
  let leaf = 1;
  let top = base;
  // Eight leaves at a time, as each addition waits for the one before it in the same leaf; of neighbours, eight in one
  // stretch, whose places need no arithmetic.
  for (; left > 8 * LEAF; leaf++, left -= 8 * LEAF, at += 8 * apart) {
    top = wait(step === 1 ? leavesOfNeighbours(a, at) : eightLeaves(a, at, step, apart), leaf, top);
  }
  for (leaf = 8 * leaf - 7; left > LEAF; leaf++, left -= LEAF) {
    let total = 0;
    for (let k = 0; k < LEAF; k++, at += step) total += a[at];
    top = wait(total, leaf, top);
  }
  let total = 0;
  for (; left > 0; left--, at += step) total += a[at];
  return finish(total, top, base);
}

function leavesOfNeighbours(a: Entries, start: number): number {
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let w = 0;
  for (let k = start, end = start + LEAF; k < end; k++) {
    p += a[k];
    q += a[k + LEAF];
    r += a[k + 2 * LEAF];
    s += a[k + 3 * LEAF];
    t += a[k + 4 * LEAF];
    u += a[k + 5 * LEAF];
    v += a[k + 6 * LEAF];
    w += a[k + 7 * LEAF];
  }
  return p + q + (r + s) + (t + u + (v + w));
}

function eightLeaves(a: Entries, start: number, step: number, apart: number): number {
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let w = 0;
  for (let k = 0, at = start; k < LEAF; k++, at += step) {
    p += a[at];
    q += a[at + apart];
    r += a[at + 2 * apart];
    s += a[at + 3 * apart];
    t += a[at + 4 * apart];
    u += a[at + 5 * apart];
    v += a[at + 6 * apart];
    w += a[at + 7 * apart];
  }
  return p + q + (r + s) + (t + u + (v + w));
}

/** The sum of the products of entries along the indices from `level` on. */
export function sumOfProducts(
  indices: readonly Index[],
  level: number,
  a: Entries,
  start: number,
  b: Entries,
  begin: number,
): number {
  const { length, a: da, b: db } = indices[level];
  const isInnermost = level === indices.length - 1;
  const base = level * DEPTH;
  let [at, bt, total, top] = [start, begin, 0, base];
  for (let k = 1; k <= length; k++, at += da, bt += db) {
    total += isInnermost ? a[at] * b[bt] : sumOfProducts(indices, level + 1, a, at, b, bt);
    if (k % LEAF === 0 && k < length) {
      top = wait(total, k / LEAF, top);
      total = 0;
    }
  }
  return finish(total, top, base);
}

/** The most sums that are added side by side. */
const SIDE_BY_SIDE = 256;
const totals = new Float64Array(SIDE_BY_SIDE);
let rows = new Float64Array(0);

/**
 * The sums along one index for each place on another: row after row of the operand, where its rows are what is added.
 */
export function sumColumns(
  { length: columns, y: dy, a: da }: Index & { readonly y: number },
  index: Index,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  divisor: number,
): void {
  const { length, a: step } = index;
  if (step <= da || length === 0) {
    for (let j = 0; j < columns; j++) y[yi + j * dy] = sumAlong(length, a, ai + j * da, step, 0) / divisor;
    return;
  }
  if (length > LEAF && rows.length === 0) rows = new Float64Array(DEPTH * SIDE_BY_SIDE);
  for (let first = 0; first < columns; first += SIDE_BY_SIDE) {
    const width = Math.min(SIDE_BY_SIDE, columns - first);
    sumSideBySide(width, length, a, ai + first * da, step, da);
    for (let j = 0; j < width; j++) y[yi + (first + j) * dy] = totals[j] / divisor;
  }
}

/** Leaves `totals` with the sums. */
function sumSideBySide(
  width: number,
  length: number,
  a: Entries,
  start: number,
  step: number,
  da: number,
): void {
  let top = 0;
  totals.fill(0, 0, width);
  for (let k = 1, at = start; k <= length; k++, at += step) {
    for (let j = 0, x = at; j < width; j++, x += da) totals[j] += a[x];
    if (k % LEAF !== 0 || k === length) continue;
    for (let pairs = k / LEAF; (pairs & 1) === 0; pairs >>= 1) addWaiting(--top, width);
    rows.set(totals.subarray(0, width), top * SIDE_BY_SIDE);
    top += 1;
    totals.fill(0, 0, width);
  }
  while (top > 0) addWaiting(--top, width);
}

function addWaiting(row: number, width: number): void {
  for (let j = 0, at = row * SIDE_BY_SIDE; j < width; j++, at++) totals[j] = rows[at] + totals[j];
}
