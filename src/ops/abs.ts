import { elementwise } from "../elementwise.ts";
import { delimited } from "../latex/tex.ts";
import { carry, Mask } from "../mask.ts";
import type { Unary } from "../pointwise.ts";
import { factorBeside } from "./over-norm.ts";
import { sign } from "./sign.ts";

/**
 * The absolute value, entry by entry: y_ij = |x_ij|.
 *
 * ∂y_ij/∂x_ij is the sign of x_ij, and 0 at the kink x_ij = 0.
 *
 * @example
 * abs(tensor([-1, 0, 2])).toArray() // [1, 0, 2]
 */
export const abs: Unary = elementwise({
  name: "abs",
  tex: delimited("\\lvert", "\\rvert"),
  kernel: Math.abs,
  partials: [(_y, x) => new Mask(sign(x))],
  // q |x| sign x is q x: so |x|² bends at 0 as x² does, though |x| has a kink there.
  product: (ct, y, x) => {
    const factor = factorBeside(ct, y);
    return factor && carry(factor, x);
  },
  domain: [[0.1, 2]],
});
