/** The elementary operations on a matrix with n columns, stored row after row. */

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
