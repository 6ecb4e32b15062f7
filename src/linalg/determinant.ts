import { lu } from "./lu.ts";

/** The determinant of an n × n matrix, row after row: the product of the pivots, up to sign; 1 for n = 0. */
export function determinant(a: Float64Array, n: number): number {
  const { factors, sign } = lu(a, n);
  let product: number = sign;
  for (let k = 0; k < n; k++) product *= factors[k * n + k];
  return product + 0; // never −0
}
