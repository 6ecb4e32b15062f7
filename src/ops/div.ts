import { elementwise } from "../elementwise.ts";
import { fraction } from "../latex/tex.ts";
import type { Binary } from "../pointwise.ts";
import { neg } from "./neg.ts";

/**
 * The quotient M ⊘ N, entry by entry: y_ij = m_ij / n_ij.
 *
 * ∂y_ij/∂m_ij = 1/n_ij and ∂y_ij/∂n_ij = −y_ij/n_ij. The shapes broadcast; x/0 is ±∞ or NaN.
 *
 * @example
 * div(1, tensor([2, 4])).toArray() // [0.5, 0.25]
 */
export const div: Binary<"div"> = elementwise({
  name: "div",
  tex: fraction,
  kernel: (m, n) => m / n,
  partials: [(_y, _m, n) => div(1, n), (y, _m, n) => neg(div(y, n))],
  domain: [
    [-2, 2],
    [0.5, 2],
  ],
});
