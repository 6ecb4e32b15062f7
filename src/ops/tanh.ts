import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import { neg } from "./neg.ts";
import { tanhSlope } from "./slopes.ts";
import { sub } from "./sub.ts";

/**
 * The hyperbolic tangent, entry by entry: y_ij = (e^x_ij − e^−x_ij) / (e^x_ij + e^−x_ij).
 *
 * ∂y_ij/∂x_ij = (1 + y_ij)(1 − y_ij), so dX = dY ⊙ ((1 + Y) ⊙ (1 − Y)).
 *
 * @example
 * tanh(tensor([0, 1])).toArray() // [0, 0.7615941559557649]
 */
export const tanh: Unary = elementwise({
  name: "tanh",
  tex: call("\\tanh"),
  definition: (x) => div(sub(exp(x), exp(neg(x))), add(exp(x), exp(neg(x)))),
  kernel: scalar.tanh,
  partials: [(y, x) => tanhSlope(y, x)],
});
