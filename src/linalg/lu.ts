/** A square matrix, row after row in one array, as a product of a lower and an upper triangle. */

import { subtractRow, swapRows } from "./rows.ts";

/** The factors of P A = L U, where P moves the largest number of each column to the diagonal. */
export interface Lu {
  /** The number of rows and of columns. */
  readonly n: number;
  /** L below the diagonal, whose own diagonal is all 1, and U on and above it. */
  readonly factors: Float64Array;
  /** Row i of P A is row `permutation[i]` of A. */
  readonly permutation: Int32Array;
  /** The determinant of P: 1 or −1. */
  readonly sign: 1 | -1;
  /** A pivot is 0, or no larger than what rounding alone leaves where exact arithmetic gives 0. */
  readonly singular: boolean;
}

/** Factors an n × n matrix by elimination with partial pivoting. NaN in the matrix comes out as NaN. */
export function lu(a: Float64Array, n: number): Lu {
  const factors = a.slice();
  const permutation = Int32Array.from({ length: n }, (_, i) => i);
  let sign: 1 | -1 = 1;
  for (let k = 0; k < n; k++) {
    const pivotRow = largestInColumn(factors, n, k);
    if (pivotRow !== k) {
      swapRows(factors, n, k, pivotRow);
      [permutation[k], permutation[pivotRow]] = [permutation[pivotRow], permutation[k]];
      sign = sign === 1 ? -1 : 1;
    }
    const pivot = factors[k * n + k];
    if (pivot === 0) continue; // and so is all below it: nothing to eliminate
    for (let i = k + 1; i < n; i++) {
      const factor = factors[i * n + k] / pivot;
      factors[i * n + k] = factor;
      subtractRow(factors, n, i, factor, k, k + 1);
    }
  }
  return { n, factors, permutation, sign, singular: hasVanishingPivot(a, factors, permutation, n) };
}

/** The row, from k on, with the largest number of column k; NaN counts as larger than any. */
function largestInColumn(factors: Float64Array, n: number, k: number): number {
  let row = k;
  let largest = Math.abs(factors[k * n + k]);
  for (let i = k + 1; i < n; i++) {
    const size = Math.abs(factors[i * n + k]);
    if (size > largest || Number.isNaN(size)) {
      row = i;
      largest = size;
    }
  }
  return row;
}

/** How many times the rounding error of its own terms a pivot may be and still count as nothing but that error. */
const SAFETY = 32;

/**
 * u_kk = a_kk − Σ l_ki u_ik over i < k. Where the difference is no larger than the rounding error of its own terms, the
 * matrix cannot be told from a singular one. (Comparing pivots with each other would refuse diag(1, 10⁻²⁰).)
 */
function hasVanishingPivot(
  a: Float64Array,
  factors: Float64Array,
  permutation: Int32Array,
  n: number,
): boolean {
  for (let k = 0; k < n; k++) {
    let terms = Math.abs(a[permutation[k] * n + k]);
    for (let i = 0; i < k; i++) terms += Math.abs(factors[k * n + i] * factors[i * n + k]);
    if (Math.abs(factors[k * n + k]) <= SAFETY * k * Number.EPSILON * terms) return true;
  }
  return false;
}
