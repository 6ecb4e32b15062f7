import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { log } from "./log.ts";

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
