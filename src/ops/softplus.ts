import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { sigmoid } from "./sigmoid.ts";

/**
 * A smooth maximum of x and 0, entry by entry: y_ij = ln(1 + e^(x_ij)).
 *
 * ∂y_ij/∂x_ij = σ(x_ij), so dX = dY ⊙ σ(X).
 *
 * @example
 * softplus(tensor([0, 800])).toArray() // [0.6931471805599453, 800]
 */
export const softplus: Unary = elementwise({
  name: "softplus",
  tex: call("\\operatorname{softplus}"),
  definition: (x) => log(add(1, exp(x))),
  kernel: scalar.softplus,
  partials: [(_y, x) => sigmoid(x)],
});
