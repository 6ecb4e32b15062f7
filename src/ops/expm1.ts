import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { exp } from "./exp.ts";
import { sub } from "./sub.ts";

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
