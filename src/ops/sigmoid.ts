import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import { neg } from "./neg.ts";
import { sigmoidSlope } from "./slopes.ts";

/**
 * The logistic function, entry by entry: y_ij = σ(x_ij) = 1 / (1 + e^(−x_ij)).
 *
 * ∂y_ij/∂x_ij = y_ij (1 − y_ij), so dX = dY ⊙ (Y ⊙ (1 − Y)).
 *
 * @example
 * sigmoid(tensor([0, 2])).toArray() // [0.5, 0.8807970779778824]
 */
export const sigmoid: Unary = elementwise({
  name: "sigmoid",
  tex: call("\\sigma"),
  definition: (x) => div(1, add(1, exp(neg(x)))),
  kernel: scalar.sigmoid,
  partials: [(y, x) => sigmoidSlope(y, x)],
});
