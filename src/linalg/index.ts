/** Linear algebra on square matrices of doubles, stored row after row: the numbers behind `det`, `inv` and `solve`. */

export { adjugate } from "./adjugate.ts";
export { determinant } from "./determinant.ts";
export { type Lu, lu } from "./lu.ts";
export { inverse, solve, solveLu } from "./solve.ts";
