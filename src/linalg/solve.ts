/** Systems of linear equations, by elimination. Matrices are stored row after row. */

import { type Lu, lu } from "./lu.ts";
import { subtractRow } from "./rows.ts";

/** The X of shape n × m with A X = B; `undefined` where A is singular, as far as doubles can tell. */
export function solve(a: Float64Array, n: number, b: Float64Array, m: number): Float64Array | undefined {
  const decomposition = lu(a, n);
  return decomposition.singular ? undefined : solveLu(decomposition, b, m);
}

/** The inverse of an n × n matrix; `undefined` where it is singular, as far as doubles can tell. */
export function inverse(a: Float64Array, n: number): Float64Array | undefined {
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  return solve(a, n, identity, n);
}

/** The same as {@link solve} for a matrix that is factored already, and not singular. */
export function solveLu({ n, factors, permutation }: Lu, b: Float64Array, m: number): Float64Array {
  const x = new Float64Array(n * m);
  for (let i = 0; i < n; i++) x.set(b.subarray(permutation[i] * m, (permutation[i] + 1) * m), i * m);
  solveLower(factors, n, x, m);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtractRow(x, m, i, factors[i * n + k], k, 0);
    for (let j = 0; j < m; j++) x[i * m + j] /= factors[i * n + i];
  }
  return x;
}

/** Replaces X by L⁻¹ X, where L is what stands below the diagonal, and ones on it. */
export function solveLower(factors: Float64Array, n: number, x: Float64Array, m: number): void {
  for (let i = 1; i < n; i++) {
    for (let k = 0; k < i; k++) subtractRow(x, m, i, factors[i * n + k], k, 0);
  }
}
