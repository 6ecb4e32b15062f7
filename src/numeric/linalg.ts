/** Linear algebra on square matrices of doubles, stored row after row: the numbers behind `det`, `inv` and `solve`. */

// The elementary operations on a matrix with n columns, stored row after row.

/** Takes a multiple of row k from row i, in the columns from `start` on. */
export function subtractRow(
  a: Float64Array,
  n: number,
  i: number,
  factor: number,
  k: number,
  start: number,
): void {
  if (factor === 0) return;
  const [row, from] = [i * n, k * n];
  for (let j = start; j < n; j++) a[row + j] -= factor * a[from + j];
}

/** Exchanges rows i and k. */
export function swapRows(a: Float64Array, n: number, i: number, k: number): void {
  for (let j = 0; j < n; j++) {
    const kept = a[i * n + j];
    a[i * n + j] = a[k * n + j];
    a[k * n + j] = kept;
  }
}

/** Exchanges columns j and k of a square matrix. */
export function swapColumns(a: Float64Array, n: number, j: number, k: number): void {
  for (let i = 0; i < n; i++) {
    const kept = a[i * n + j];
    a[i * n + j] = a[i * n + k];
    a[i * n + k] = kept;
  }
}

// A square matrix, row after row in one array, as a product of a lower and an upper triangle.

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
 * matrix cannot be told from a singular one. (Comparing pivots with each other would reject diag(1, 10⁻²⁰).)
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

/** The determinant of an n × n matrix, row after row: the product of the pivots, up to sign; 1 for n = 0. */
export function determinant(a: Float64Array, n: number): number {
  const { factors, sign } = lu(a, n);
  let product: number = sign;
  for (let k = 0; k < n; k++) product *= factors[k * n + k];
  return product + 0; // never −0
}

// Systems of linear equations, by elimination. Matrices are stored row after row.

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
