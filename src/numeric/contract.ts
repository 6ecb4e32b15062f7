/**
 * Sums of products over strided arrays: what contractions compute, in an order that depends on nothing but the lengths.
 *
 * The entries of one operand, and the products that all fall into one number, are added by halves along each index; the
 * products of a matrix product in the order of the index, those of several indices one index after the other.
 */

import type { Entries } from "../tensor/dtype.ts";
import { gemm, type Product } from "./gemm.ts";
import { pairwise, sumColumns, sumOf, sumOfProducts } from "./sums.ts";

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

/** What is done with the sums. */
export interface Finish {
  /** What they are divided by. */
  readonly divisor: number;
  /** The operand whose 0 makes its term 0, even next to ∞ or NaN. */
  readonly stops?: number | undefined;
}

/** How a contraction is computed for operands of one shape. */
export interface Plan {
  /** Entries in other places; their sums; products, entry by entry; one sum of products; or matrix products. */
  readonly kind: "copy" | "sum" | "multiply" | "dot" | "product";
  readonly outer: readonly Loop[];
  /** The two innermost loops, or those of a matrix product. */
  readonly row: Loop;
  readonly column: Loop;
  readonly summed: readonly Loop[];
  readonly product: Product;
  /** Whether every entry of the result is written, so that it need not be 0 at first. */
  readonly fillsAll: boolean;
  /** Whether the operands of the product are exchanged, so that its rows are rows of the result too. */
  readonly isSwapped: boolean;
}

/** One loop that runs once, for a contraction that has none. */
const ONCE: Loop = { length: 1, y: 0, a: 0, b: 0 };

/** The plan for a contraction of one or two operands. */
export function planOf(loops: Loops, operands: number): Plan {
  const kept = merged(loops.kept.filter(({ length }) => length !== 1));
  const many = loops.summed.filter(({ length }) => length !== 1);
  const summed = many.length === 0 ? loops.summed.slice(0, 1) : many;
  const kind = kindOf(loops, operands);
  const [row, column] = kind === "product" ? rowAndColumn(kept) : kept.slice(-2);
  const isSwapped = kind === "product" && (column === ONCE || (row !== ONCE && row.y < column.y));
  const two = row === undefined ? [ONCE, ONCE] : column === undefined ? [ONCE, row] : [row, column];
  return {
    kind,
    outer: kept.filter((loop) => !two.includes(loop)),
    row: two[0],
    column: two[1],
    summed,
    product: productOf(two[0], summed.at(-1) ?? ONCE, two[1], isSwapped),
    fillsAll: isWhole(kept) && (kind !== "product" || summed.length === 1),
    isSwapped,
  };
}

/** Whether the loops reach every entry of the result, and not only a diagonal. */
function isWhole(kept: readonly Loop[]): boolean {
  const steps = kept.toSorted((a, b) => a.y - b.y);
  let next = 1;
  return steps.every(({ length, y }) => {
    const fits = y === next;
    next *= length;
    return fits;
  });
}

function kindOf({ kept, summed }: Loops, operands: number): Plan["kind"] {
  if (summed.length === 0) return operands === 1 ? "copy" : "multiply";
  if (operands === 1) return "sum";
  return kept.length === 0 ? "dot" : "product";
}

/** Two loops are one where the outer goes on where the inner ends. */
function merged(loops: readonly Loop[]): Loop[] {
  const result: Loop[] = [];
  for (const inner of loops) {
    const outer = result.at(-1);
    const { length, y, a, b } = inner;
    if (outer !== undefined && outer.y === y * length && outer.a === a * length && outer.b === b * length) {
      result[result.length - 1] = { ...inner, length: outer.length * length };
    } else result.push(inner);
  }
  return result;
}

/** The longest loop that only the first operand takes part in, and the longest of the second. */
function rowAndColumn(kept: readonly Loop[]): [row: Loop, column: Loop] {
  const longest = (loops: readonly Loop[]): Loop =>
    loops.reduce((best, loop) => (loop.length > best.length ? loop : best), ONCE);
  return [longest(kept.filter(({ b }) => b === 0)), longest(kept.filter(({ a, b }) => a === 0 && b !== 0))];
}

function productOf(row: Loop, sum: Loop, column: Loop, isSwapped: boolean): Product {
  const { length: k, a: aDepth, b: bDepth } = sum;
  return isSwapped
    ? {
        m: column.length,
        k,
        n: row.length,
        yRow: column.y,
        yColumn: row.y,
        aRow: column.b,
        aDepth: bDepth,
        bDepth: aDepth,
        bColumn: row.a,
      }
    : {
        m: row.length,
        k,
        n: column.length,
        yRow: row.y,
        yColumn: column.y,
        aRow: row.a,
        aDepth,
        bDepth,
        bColumn: column.b,
      };
}

/** Computes a contraction into `y`, which is 0 at first if the plan does not fill it; of one operand, `b` is not looked at. */
export function accumulate(plan: Plan, y: Entries, a: Entries, b: Entries, { divisor, stops }: Finish): void {
  if (y.length === 0) return;
  const { outer } = plan;
  if (isBundled(plan)) bundled(plan, y, a, b);
  else if (outer.length === 0) part(plan, y, a, b, divisor, stops, 0, 0, 0);
  else {
    eachPass(outer, 0, 0, 0, 0, (yi, ai, bi) => part(plan, y, a, b, divisor, stops, yi, ai, bi));
  }
  if (plan.kind !== "product") return;
  // Done only where a plain sum is NaN, so that it costs little for finite numbers.
  if (stops !== undefined && mayStop(stops === 0 ? b : a, y) && hasNaN(y)) mendNaN(plan, y, a, b, stops);
  if (divisor !== 1) for (let k = 0; k < y.length; k++) y[k] /= divisor;
}

// Many small products with the same matrix are one product: that of the matrix and the others side by side.

/** The most multiplications of one of them, and the most entries of all. */
const [SMALL, MOST_BUNDLED] = [2 ** 15, 2 ** 20];

function isBundled({ kind, outer, summed, product: { m, k, n } }: Plan): boolean {
  if (kind !== "product" || outer.length !== 1 || summed.length !== 1) return false;
  const [{ length, a, b }] = outer;
  const isFit = length > 1 && m * n > 1 && m * k * n <= SMALL && length * (m + n) * k <= MOST_BUNDLED;
  return isFit && (a === 0) !== (b === 0) && length * m * n <= MOST_BUNDLED;
}

/** The operands side by side, and their products, for each number type. */
const besides: Entries[][] = [
  [new Float64Array(0), new Float64Array(0)],
  [new Float32Array(0), new Float32Array(0)],
];

function besideFor(isSingle: boolean, which: 0 | 1, size: number): Entries {
  const known = besides[isSingle ? 1 : 0];
  if (known[which].length < size) known[which] = isSingle ? new Float32Array(size) : new Float64Array(size);
  return known[which];
}

function bundled({ outer: [loop], product, isSwapped }: Plan, y: Entries, a: Entries, b: Entries): void {
  const { m, k, n, yRow, yColumn, aRow, aDepth, bDepth, bColumn } = product;
  const [left, right] = isSwapped ? [b, a] : [a, b];
  const [leftStep, rightStep] = isSwapped ? [loop.b, loop.a] : [loop.a, loop.b];
  const { length } = loop;
  const isSingle = y instanceof Float32Array;
  const isLeft = leftStep !== 0;
  // The moving operand has `own` lines of k entries each, and the result as many lines, across those of the other.
  const [own, other] = isLeft ? [m, n] : [n, m];
  const lines = own * length;
  const moving = besideFor(isSingle, 0, lines * k);
  const made = besideFor(isSingle, 1, lines * other);
  const [from, step] = isLeft ? [left, leftStep] : [right, rightStep];
  const [line, along] = isLeft ? [aRow, aDepth] : [bColumn, bDepth];
  for (let p = 0, to = 0; p < k; p++) {
    for (let q = 0; q < length; q++) {
      for (let l = 0, x = q * step + p * along; l < own; l++, x += line) moving[to++] = from[x];
    }
  }
  if (isLeft) {
    const shape = { m: lines, k, n, yRow: 1, yColumn: lines, aRow: 1, aDepth: lines, bDepth, bColumn };
    gemm(shape, made, 0, moving, 0, right, 0);
  } else {
    const shape = { m, k, n: lines, yRow: lines, yColumn: 1, aRow, aDepth, bDepth: lines, bColumn: 1 };
    gemm(shape, made, 0, left, 0, moving, 0);
  }
  const [ownStep, otherStep] = isLeft ? [yRow, yColumn] : [yColumn, yRow];
  for (let o = 0, at = 0; o < other; o++) {
    for (let q = 0; q < length; q++) {
      for (let l = 0, z = q * loop.y + o * otherStep; l < own; l++, z += ownStep) y[z] = made[at++];
    }
  }
}

/** Calls `visit` with where each pass through the loops begins. */
function eachPass(
  loops: readonly Loop[],
  level: number,
  yi: number,
  ai: number,
  bi: number,
  visit: (yi: number, ai: number, bi: number) => void,
): void {
  if (level === loops.length) {
    visit(yi, ai, bi);
    return;
  }
  const { length, y, a, b } = loops[level];
  for (let k = 0; k < length; k++) eachPass(loops, level + 1, yi + k * y, ai + k * a, bi + k * b, visit);
}

/** Computes what the loops inside of the outer ones do. */
function part(
  plan: Plan,
  y: Entries,
  a: Entries,
  b: Entries,
  divisor: number,
  stops: number | undefined,
  yi: number,
  ai: number,
  bi: number,
): void {
  const { kind, summed } = plan;
  if (kind === "copy") copy(plan, y, yi, a, ai, divisor);
  else if (kind === "sum") sum(plan, y, yi, a, ai, divisor);
  else if (kind === "multiply") multiply(plan, y, yi, a, ai, b, bi, divisor, stops);
  else if (kind === "product") {
    if (plan.isSwapped) product(plan, 0, y, yi, b, bi, a, ai);
    else product(plan, 0, y, yi, a, ai, b, bi);
  } else {
    const plain = sumOfProducts(summed, 0, a, ai, b, bi);
    const isMended = stops !== undefined && Number.isNaN(plain);
    y[yi] = (isMended ? stoppedSum(summed, a, ai, b, bi, stops) : plain) / divisor; // before it is rounded to the dtype
  }
}

/** Entries in another order, or repeated. */
function copy({ row, column }: Plan, y: Entries, yi: number, a: Entries, ai: number, divisor: number): void {
  const { length: columns, y: dy, a: da } = column;
  for (let i = 0; i < row.length; i++) {
    let to = yi + i * row.y;
    let from = ai + i * row.a;
    if (divisor === 1) for (let j = 0; j < columns; j++, to += dy, from += da) y[to] = a[from];
    else for (let j = 0; j < columns; j++, to += dy, from += da) y[to] = a[from] / divisor;
  }
}

function sum(
  { row, column, summed }: Plan,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  divisor: number,
): void {
  for (let i = 0; i < row.length; i++) {
    const [to, from] = [yi + i * row.y, ai + i * row.a];
    if (summed.length === 1 && column.length > 1) sumColumns(column, summed[0], y, to, a, from, divisor);
    else {
      for (let j = 0; j < column.length; j++) {
        y[to + j * column.y] = sumOf(summed, 0, a, from + j * column.a) / divisor; // before it is rounded to the dtype
      }
    }
  }
}

/** Products of two entries each, which are not summed. */
function multiply(
  { row, column }: Plan,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  b: Entries,
  bi: number,
  divisor: number,
  stops: number | undefined,
): void {
  const { length: columns, y: dy, a: da, b: db } = column;
  for (let i = 0; i < row.length; i++) {
    let [z, x, w] = [yi + i * row.y, ai + i * row.a, bi + i * row.b];
    for (let j = 0; j < columns; j++, z += dy, x += da, w += db) {
      const plain = a[x] * b[w];
      y[z] = (Number.isNaN(plain) && stops !== undefined ? stoppedTerm(a[x], b[w], stops) : plain) / divisor;
    }
  }
}

/** Sums of products: of the last index in a matrix product, of those before it one product after the other. */
function product(
  plan: Plan,
  level: number,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  b: Entries,
  bi: number,
): void {
  const { summed, isSwapped, product: shape } = plan;
  if (level === summed.length - 1) {
    gemm(shape, y, yi, a, ai, b, bi);
    return;
  }
  const { m, n, yRow, yColumn } = shape;
  const { length, a: first, b: second } = summed[level];
  const [da, db] = isSwapped ? [second, first] : [first, second];
  const inner = { ...plan, product: { ...shape, yRow: n, yColumn: 1 } };
  const one = y instanceof Float32Array ? new Float32Array(m * n) : new Float64Array(m * n);
  for (let k = 0; k < length; k++) {
    product(inner, level + 1, one.fill(0), 0, a, ai + k * da, b, bi + k * db);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) y[yi + i * yRow + j * yColumn] += one[i * n + j];
    }
  }
}

// Where 0 stops its term.

const stoppedTerm = (x: number, y: number, stops: number): number =>
  (stops === 0 ? x : y) === 0 ? 0 : x * y;

/**
 * Whether a 0 may have met ∞ or NaN in the operand beside it. That is asked only of an operand that has fewer entries
 * than the result, where to look for NaN takes longer.
 */
function mayStop(other: Entries, y: Entries): boolean {
  const { length } = other;
  if (length >= y.length) return true;
  // 0 · x is 0 for every finite x. In four sums, as each addition waits for the one before it.
  let [p, q, r, s] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    p += other[k] * 0;
    q += other[k + 1] * 0;
    r += other[k + 2] * 0;
    s += other[k + 3] * 0;
  }
  for (; k < length; k++) p += other[k] * 0;
  return p + q + (r + s) !== 0;
}

/** Asks several at once: where their sum is a number, so are they. */
function hasNaN(y: Entries): boolean {
  const { length } = y;
  let k = 0;
  for (; k + 8 <= length; k += 8) {
    const sum = y[k] + y[k + 1] + (y[k + 2] + y[k + 3]) + (y[k + 4] + y[k + 5] + (y[k + 6] + y[k + 7]));
    if (Number.isNaN(sum)) for (let j = k; j < k + 8; j++) if (Number.isNaN(y[j])) return true;
  }
  for (; k < length; k++) if (Number.isNaN(y[k])) return true;
  return false;
}

/** Computes the products that are NaN again, so that a 0 stops its terms. */
function mendNaN(plan: Plan, y: Entries, a: Entries, b: Entries, stops: number): void {
  const { outer, row, column, summed } = plan;
  const round = y instanceof Float32Array ? Math.fround : (x: number): number => x;
  const sumFrom = (level: number, ai: number, bi: number): number => {
    if (level === summed.length) return round(stoppedTerm(a[ai], b[bi], stops));
    const { length, a: da, b: db } = summed[level];
    let total = 0;
    for (let k = 0; k < length; k++) total = round(total + sumFrom(level + 1, ai + k * da, bi + k * db));
    return total;
  };
  eachPass([...outer, row, column], 0, 0, 0, 0, (yi, ai, bi) => {
    if (Number.isNaN(y[yi])) y[yi] = sumFrom(0, ai, bi);
  });
}

/** One sum of products, by halves, where a 0 stops its term. */
function stoppedSum(
  summed: readonly Loop[],
  a: Entries,
  ai: number,
  b: Entries,
  bi: number,
  stops: number,
): number {
  const sumFrom = (level: number, x: number, w: number): number => {
    if (level === summed.length) return stoppedTerm(a[x], b[w], stops);
    const { length, a: da, b: db } = summed[level];
    return pairwise(length, (start, end) => {
      let total = 0;
      for (let k = start; k < end; k++) total += sumFrom(level + 1, x + k * da, w + k * db);
      return total;
    });
  };
  return sumFrom(0, ai, bi);
}
