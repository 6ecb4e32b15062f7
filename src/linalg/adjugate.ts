import { subtractRow, swapColumns, swapRows } from "./rows.ts";
import { solveLower } from "./solve.ts";

/**
 * The adjugate of an n × n matrix, row after row: the transpose of its cofactors, with A adj(A) = det(A) I.
 * It is right for singular matrices too: of rank 1 for a matrix of rank n − 1, zero below that.
 *
 * Elimination with complete pivoting gives P A Q = L D W, with D diagonal and ones on the diagonals of L and W.
 * As adj(X Y) = adj(Y) adj(X), adj(A) = det(P) det(Q) · Q W⁻¹ adj(D) L⁻¹ P, where adj(D) has for each diagonal entry
 * the product of the others. Nothing is divided by a small pivot.
 */
export function adjugate(a: Float64Array, n: number): Float64Array {
  const { factors, rows, columns, sign } = eliminate(a, n);
  const x = new Float64Array(n * n);
  for (let i = 0; i < n; i++) x[i * n + rows[i]] = sign;
  solveLower(factors, n, x, n);
  const others = productsOfOthers(factors, n);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = 0; j < n; j++) x[i * n + j] *= others[i];
  }
  for (let i = n - 2; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtractRow(x, n, i, factors[i * n + k], k, 0);
  }
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) result[columns[i] * n + j] = x[i * n + j] + 0; // never −0
  }
  return result;
}

/** P A Q = L D W. */
interface Elimination {
  /** L below the diagonal, D on it, W above; no number of L or W is larger than 1. */
  readonly factors: Float64Array;
  /** Row i of P A Q comes from row `rows[i]` of A, column j from column `columns[j]`. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** The determinant of P times that of Q. */
  readonly sign: number;
}

function eliminate(a: Float64Array, n: number): Elimination {
  const factors = a.slice();
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const columns = rows.slice();
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const [row, column] = largest(factors, n, k);
    if (row !== k) {
      swapRows(factors, n, k, row);
      [rows[k], rows[row]] = [rows[row], rows[k]];
      sign = -sign;
    }
    if (column !== k) {
      swapColumns(factors, n, k, column);
      [columns[k], columns[column]] = [columns[column], columns[k]];
      sign = -sign;
    }
    const pivot = factors[k * n + k];
    if (pivot === 0) break; // and so is all that is left
    for (let i = k + 1; i < n; i++) {
      const factor = factors[i * n + k] / pivot;
      factors[i * n + k] = factor;
      subtractRow(factors, n, i, factor, k, k + 1);
    }
    for (let j = k + 1; j < n; j++) factors[k * n + j] /= pivot;
  }
  return { factors, rows, columns, sign };
}

/** Where the largest number from row and column k on stands; NaN counts as larger than any. */
function largest(factors: Float64Array, n: number, k: number): [row: number, column: number] {
  let place: [number, number] = [k, k];
  let found = Math.abs(factors[k * n + k]);
  for (let i = k; i < n; i++) {
    for (let j = k; j < n; j++) {
      const size = Math.abs(factors[i * n + j]);
      if (size > found || Number.isNaN(size)) {
        place = [i, j];
        found = size;
      }
    }
  }
  return place;
}

/** For each number on the diagonal, the product of all the others. */
function productsOfOthers(factors: Float64Array, n: number): Float64Array {
  const products = new Float64Array(n).fill(1);
  for (let i = 1, before = 1; i < n; i++) {
    before *= factors[(i - 1) * n + i - 1];
    products[i] = before;
  }
  for (let i = n - 2, after = 1; i >= 0; i--) {
    after *= factors[(i + 1) * n + i + 1];
    products[i] *= after;
  }
  return products;
}
