import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { div } from "./div.ts";

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
