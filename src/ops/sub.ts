import { elementwise } from "../elementwise.ts";
import { infix, Strength } from "../latex/tex.ts";
import type { Binary } from "../pointwise.ts";

/**
 * The difference M − N, entry by entry: y_ij = m_ij − n_ij.
 *
 * ∂y_ij/∂m_ij = 1 and ∂y_ij/∂n_ij = −1, so dM = dY and dN = −dY. The shapes broadcast.
 *
 * @example
 * sub(1, tensor([1, 2])).toArray() // [0, -1]
 */
export const sub: Binary<"sub"> = elementwise({
  name: "sub",
  tex: infix("-", Strength.sum),
  kernel: (m, n) => m - n,
  partials: [() => 1, () => -1],
});
