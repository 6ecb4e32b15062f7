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

/** √Σx², scaled by the largest magnitude, so that no square overflows or vanishes. */
export function lengthOf(x: readonly number[]): number {
  const largest = x.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(pairwiseSum(x.map((xk) => (xk / largest) * (xk / largest))));
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

/** The loops of a contraction, the outermost first. */
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
  loops: Loops,
  y: Entries,
  [a, b]: readonly Entries[],
  { divisor, stops }: Finish,
): void {
  if (b === undefined && loops.summed.length === 0) copy(loops.kept, y, a, divisor);
  else if (b !== undefined && divisor === 1 && isProduct(loops)) addProducts(loops, y, a, b, stops);
  else addEach(loops, y, a, b, divisor, stops);
}

/** One loop that runs once, for a contraction that has none. */
const ONCE: Loop = { length: 1, y: 0, a: 0, b: 0 };

/** Calls `visit` where each pass through the innermost loop begins. */
function eachPass(kept: readonly Loop[], visit: (yi: number, ai: number, bi: number) => void): void {
  const along = (level: number, yi: number, ai: number, bi: number): void => {
    if (level >= kept.length - 1) {
      visit(yi, ai, bi);
      return;
    }
    const { length, y: dy, a: da, b: db } = kept[level];
    for (let k = 0; k < length; k++) along(level + 1, yi + k * dy, ai + k * da, bi + k * db);
  };
  along(0, 0, 0, 0);
}

/** The entries in another order, or repeated. */
function copy(kept: readonly Loop[], y: Entries, a: Entries, divisor: number): void {
  const { length, y: dy, a: da } = kept.at(-1) ?? ONCE;
  eachPass(kept, (yi, ai) => {
    if (divisor === 1) for (let k = 0; k < length; k++) y[yi + k * dy] = a[ai + k * da];
    else for (let k = 0; k < length; k++) y[yi + k * dy] = a[ai + k * da] / divisor;
  });
}

/** Whether `a` is the same along a row of y, as in a matrix product: its entries meet rows, or columns, of `b`. */
function isProduct({ kept, summed }: Loops): boolean {
  const row = kept.at(-1);
  return row !== undefined && row.a === 0 && row.length > 1 && summed.length === 1;
}

/** The sums of one row, in doubles. */
let row = new Float64Array(64);

/** The sums of products of each row of y, to each of which its products are added in the order of the index. */
function addProducts(
  { kept, summed }: Loops,
  y: Entries,
  a: Entries,
  b: Entries,
  stops: number | undefined,
): void {
  const { length: columns, y: dy, b: dj } = kept[kept.length - 1];
  const [sum] = summed;
  if (row.length < columns) row = new Float64Array(columns);
  const totals = row;
  const add = dj <= sum.b ? addRows : addDots;
  const stopped = stops === undefined ? null : nested(summed, whole, stoppedTerm(a, b, stops));
  eachPass(kept, (yi, ai, bi) => {
    add(totals, columns, dj, sum, a, ai, b, bi);
    for (let j = 0; j < columns; j++) {
      const plain = totals[j];
      y[yi + j * dy] = stopped !== null && Number.isNaN(plain) ? stopped(ai, bi + j * dj) : plain;
    }
  });
}

/** Row after row of `b`, each times its entry of `a`; four at a time. */
function addRows(
  totals: Float64Array,
  columns: number,
  dj: number,
  { length, a: da, b: db }: Loop,
  a: Entries,
  ai: number,
  b: Entries,
  bi: number,
): void {
  for (let j = 0; j < columns; j++) totals[j] = 0;
  let [k, at, from] = [0, ai, bi];
  for (; k + 4 <= length; k += 4, at += 4 * da, from += 4 * db) {
    const p = a[at];
    const q = a[at + da];
    const r = a[at + 2 * da];
    const s = a[at + 3 * da];
    for (let j = 0, bt = from; j < columns; j++, bt += dj) {
      totals[j] = totals[j] + p * b[bt] + q * b[bt + db] + r * b[bt + 2 * db] + s * b[bt + 3 * db];
    }
  }
  for (; k < length; k++, at += da, from += db) {
    const p = a[at];
    for (let j = 0, bt = from; j < columns; j++, bt += dj) totals[j] += p * b[bt];
  }
}

/** The entries of `a` times column after column of `b`; four at a time, as each sum waits for its last product. */
function addDots(
  totals: Float64Array,
  columns: number,
  dj: number,
  { length, a: da, b: db }: Loop,
  a: Entries,
  ai: number,
  b: Entries,
  bi: number,
): void {
  let [j, from] = [0, bi];
  for (; j + 4 <= columns; j += 4, from += 4 * dj) {
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let k = 0, at = ai, bt = from; k < length; k++, at += da, bt += db) {
      const factor = a[at];
      p += factor * b[bt];
      q += factor * b[bt + dj];
      r += factor * b[bt + 2 * dj];
      s += factor * b[bt + 3 * dj];
    }
    totals[j] = p;
    totals[j + 1] = q;
    totals[j + 2] = r;
    totals[j + 3] = s;
  }
  for (; j < columns; j++, from += dj) {
    let total = 0;
    for (let k = 0, at = ai, bt = from; k < length; k++, at += da, bt += db) total += a[at] * b[bt];
    totals[j] = total;
  }
}

/** The product of two entries, and 0 where that of the operand that stops is 0. */
function stoppedTerm(a: Entries, b: Entries, stops: number): At {
  return (ai, bi) => ((stops === 0 ? a[ai] : b[bi]) === 0 ? 0 : a[ai] * b[bi]);
}

/** Sum after sum. */
function addEach(
  { kept, summed }: Loops,
  y: Entries,
  a: Entries,
  b: Entries | undefined,
  divisor: number,
  stops: number | undefined,
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
  const stopped =
    stops === undefined || b === undefined
      ? null
      : nested(summed, isTree ? pairwise : whole, stoppedTerm(a, b, stops));
  const { length, y: dy, a: da, b: db } = kept.at(-1) ?? ONCE;
  eachPass(kept, (yi, ai, bi) => {
    for (let k = 0; k < length; k++) {
      const plain = sum(ai + k * da, bi + k * db);
      const total = stopped !== null && Number.isNaN(plain) ? stopped(ai + k * da, bi + k * db) : plain;
      y[yi + k * dy] = divisor === 1 ? total : total / divisor; // before it is rounded to the dtype
    }
  });
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
