import { elementwise } from "../elementwise.ts";
import { power } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";

/**
 * The exponential, entry by entry: y_ij = e^(x_ij).
 *
 * ∂y_ij/∂x_ij = y_ij, so dX = dY ⊙ Y.
 *
 * @example
 * exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]
 */
export const exp: Unary = elementwise({
  name: "exp",
  tex: power("e"),
  kernel: scalar.exp,
  partials: [(y) => y],
});
