/** Exponentials and logarithms. */

import * as scalar from "../numeric/scalar.ts";
import { elementwise } from "../rules/elementwise.ts";
import type { Unary } from "../rules/pointwise.ts";
import { call, power } from "../tex/tex.ts";
import { add, div, sub } from "./arithmetic.ts";

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

/**
 * The exponential less 1, entry by entry: y_ij = e^(x_ij) − 1, exact also near 0.
 *
 * ∂y_ij/∂x_ij = y_ij + 1.
 *
 * @example
 * expm1(tensor([0, 1e-20])).toArray() // [0, 1e-20]
 */
export const expm1: Unary = elementwise({
  name: "expm1",
  tex: call("\\operatorname{expm1}"),
  definition: (x) => sub(exp(x), 1),
  kernel: scalar.expm1,
  partials: [(y) => add(y, 1)],
});

/**
 * The natural logarithm, entry by entry: y_ij = ln x_ij, for x_ij > 0; −∞ at 0, NaN below.
 *
 * ∂y_ij/∂x_ij = 1/x_ij, so dX = dY ⊙ 1/X (entry by entry, not the inverse matrix).
 *
 * @example
 * log(tensor([1, 4])).toArray() // [0, 1.3862943611198906]
 */
export const log: Unary = elementwise({
  name: "log",
  tex: call("\\log"),
  kernel: scalar.log,
  partials: [(_y, x) => div(1, x)],
  domain: [[0.2, 4]],
});

/**
 * The logarithm of 1 + x, entry by entry: y_ij = ln(1 + x_ij), exact also near 0.
 *
 * ∂y_ij/∂x_ij = 1/(1 + x_ij).
 *
 * @example
 * log1p(tensor([0, 1e-20])).toArray() // [0, 1e-20]
 */
export const log1p: Unary = elementwise({
  name: "log1p",
  tex: call("\\operatorname{log1p}"),
  definition: (x) => log(add(1, x)),
  kernel: scalar.log1p,
  partials: [(_y, x) => div(1, add(1, x))],
  domain: [[-0.5, 3]],
});
