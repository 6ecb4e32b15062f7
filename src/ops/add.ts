import { elementwise } from "../elementwise.ts";
import { infix, Strength } from "../latex/tex.ts";
import type { Binary } from "../pointwise.ts";

/**
 * The sum M + N, entry by entry: y_ij = m_ij + n_ij.
 *
 * ∂y_ij/∂m_ij = ∂y_ij/∂n_ij = 1, so dM = dN = dY. The shapes broadcast.
 *
 * @example
 * add(tensor([1, 2]), 10).toArray() // [11, 12]
 */
export const add: Binary<"add"> = elementwise({
  name: "add",
  tex: infix("+", Strength.sum),
  kernel: (m, n) => m + n,
  partials: [() => 1, () => 1],
});
