import { elementwise } from "../elementwise.ts";
import { command } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

/**
 * The square root, entry by entry: y_ij = √x_ij, for x_ij ≥ 0; NaN below.
 *
 * ∂y_ij/∂x_ij = 1/(2 y_ij), which is ∞ at 0.
 *
 * @example
 * sqrt(tensor([0, 9])).toArray() // [0, 3]
 */
export const sqrt: Unary = elementwise({
  name: "sqrt",
  tex: command("\\sqrt"),
  kernel: Math.sqrt, // correctly rounded on every engine
  partials: [(y) => div(1, mul(2, y))],
  domain: [[0.2, 4]],
});
