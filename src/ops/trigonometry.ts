/** Sine and cosine, the arcs, and the hyperbolic functions but for tanh. */

import * as scalar from "../numeric/scalar.ts";
import { elementwise } from "../rules/elementwise.ts";
import type { Binary, Unary } from "../rules/pointwise.ts";
import { call, functionOfTwo } from "../tex/tex.ts";
import { add, div, neg, square, sub } from "./arithmetic.ts";
import { exp } from "./exponential.ts";
import { asinSlope, overSquares } from "./slopes.ts";

// Each is the other's derivative, so they stand together.

/**
 * The sine, entry by entry, of angles in radians: y_ij = sin x_ij.
 *
 * ∂y_ij/∂x_ij = cos x_ij.
 *
 * @example
 * sin(tensor([0, Math.PI / 2])).toArray() // [0, 1]
 */
export const sin: Unary = elementwise({
  name: "sin",
  tex: call("\\sin"),
  kernel: scalar.sin,
  partials: [(_y, x) => cos(x)],
});

/**
 * The cosine, entry by entry, of angles in radians: y_ij = cos x_ij.
 *
 * ∂y_ij/∂x_ij = −sin x_ij.
 *
 * @example
 * cos(tensor([0, Math.PI])).toArray() // [1, -1]
 */
export const cos: Unary = elementwise({
  name: "cos",
  tex: call("\\cos"),
  kernel: scalar.cos,
  partials: [(_y, x) => neg(sin(x))],
});

/**
 * The arcsine, entry by entry: the angle y_ij in [−π/2, π/2] with sin y_ij = x_ij; NaN beyond ±1.
 *
 * ∂y_ij/∂x_ij = 1/√(1 − x_ij²), which is ∞ at ±1.
 *
 * @example
 * asin(tensor([0, 1])).toArray() // [0, 1.5707963267948966]
 */
export const asin: Unary = elementwise({
  name: "asin",
  aliases: ["arcsin"],
  tex: call("\\arcsin"),
  kernel: scalar.asin,
  partials: [(_y, x) => asinSlope(x)],
  domain: [[-0.9, 0.9]],
});

/**
 * The arccosine, entry by entry: the angle y_ij in [0, π] with cos y_ij = x_ij; NaN beyond ±1.
 *
 * ∂y_ij/∂x_ij = −1/√(1 − x_ij²), which is −∞ at ±1.
 *
 * @example
 * acos(tensor([0, 1])).toArray() // [1.5707963267948966, 0]
 */
export const acos: Unary = elementwise({
  name: "acos",
  aliases: ["arccos"],
  tex: call("\\arccos"),
  kernel: scalar.acos,
  partials: [(_y, x) => neg(asinSlope(x))],
  domain: [[-0.9, 0.9]],
});

/**
 * The arctangent, entry by entry: the angle y_ij in [−π/2, π/2] with tan y_ij = x_ij.
 *
 * ∂y_ij/∂x_ij = 1/(1 + x_ij²).
 *
 * @example
 * atan(tensor([0, 1])).toArray() // [0, 0.7853981633974483]
 */
export const atan: Unary = elementwise({
  name: "atan",
  aliases: ["arctan"],
  tex: call("\\arctan"),
  kernel: scalar.atan,
  partials: [(_y, x) => div(1, add(1, square(x)))],
});

/**
 * The angle in [−π, π] from the positive first axis to the point (x, y), entry by entry: z_ij = atan2(y_ij, x_ij), so
 * that tan z_ij = y_ij/x_ij in the right quadrant. The shapes broadcast.
 *
 * ∂z_ij/∂y_ij = x_ij/(x_ij² + y_ij²) and ∂z_ij/∂x_ij = −y_ij/(x_ij² + y_ij²); at the origin both are taken as 0.
 *
 * @example
 * atan2(tensor([1, 1]), tensor([1, -1])).toArray() // [0.7853981633974483, 2.356194490192345]
 */
export const atan2: Binary<"atan2"> = elementwise({
  name: "atan2",
  tex: functionOfTwo("\\operatorname{atan2}"),
  kernel: scalar.atan2,
  partials: [(_z, y, x) => overSquares(x, y), (_z, y, x) => neg(overSquares(y, x))],
  domain: [
    [-2, 2],
    [0.3, 2],
  ],
});

/**
 * The hyperbolic sine, entry by entry: y_ij = (e^(x_ij) − e^(−x_ij))/2.
 *
 * ∂y_ij/∂x_ij = cosh x_ij.
 *
 * @example
 * sinh(tensor([0, 1])).toArray() // [0, 1.1752011936438014]
 */
export const sinh: Unary = elementwise({
  name: "sinh",
  tex: call("\\sinh"),
  definition: (x) => div(sub(exp(x), exp(neg(x))), 2),
  kernel: scalar.sinh,
  partials: [(_y, x) => cosh(x)],
});

/**
 * The hyperbolic cosine, entry by entry: y_ij = (e^(x_ij) + e^(−x_ij))/2.
 *
 * ∂y_ij/∂x_ij = sinh x_ij.
 *
 * @example
 * cosh(tensor([0, 1])).toArray() // [1, 1.5430806348152437]
 */
export const cosh: Unary = elementwise({
  name: "cosh",
  tex: call("\\cosh"),
  definition: (x) => div(add(exp(x), exp(neg(x))), 2),
  kernel: scalar.cosh,
  partials: [(_y, x) => sinh(x)],
});
