import { elementwise } from "../elementwise.ts";
import { superscript } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import { mul } from "./mul.ts";

/**
 * The square, entry by entry: y_ij = x_ij².
 *
 * ∂y_ij/∂x_ij = 2 x_ij, so dX = dY ⊙ 2X.
 *
 * @example
 * square(tensor([-1, 3])).toArray() // [1, 9]
 */
export const square: Unary = elementwise({
  name: "square",
  tex: superscript("2"),
  kernel: (x) => x * x,
  partials: [(_y, x) => mul(2, x)],
});
