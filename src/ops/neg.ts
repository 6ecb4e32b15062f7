import { elementwise } from "../elementwise.ts";
import { negative } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";

/**
 * The negative −X, entry by entry. ∂y_ij/∂x_ij = −1, so dX = −dY.
 *
 * @example
 * neg(tensor([1, -2])).toArray() // [-1, 2]
 */
export const neg: Unary = elementwise({
  name: "neg",
  tex: negative,
  kernel: (x) => -x,
  partials: [() => -1],
});
