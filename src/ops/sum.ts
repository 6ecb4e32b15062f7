import { type Reduction, reduction, sumAlong } from "../reduction.ts";

/**
 * The sum over all entries, or along `axis`: J = Σ_r Σ_c x_rc.
 *
 * ∂J/∂x_ij = 1, so dX repeats dJ in every entry.
 *
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { axis: 0 }).toArray() // [4, 6]
 */
export const sum: Reduction = reduction("sum", (x, axes) => sumAlong("sum", axes, x));
