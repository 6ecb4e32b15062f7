import { nonEmpty, type Reduction, reduction, sumAlong } from "../reduction.ts";

/**
 * The mean over all entries, or along `axis`: J = (1/αβ) Σ_r Σ_c x_rc for X of shape α×β.
 *
 * ∂J/∂x_ij = 1/(αβ), so dX repeats dJ/(αβ) in every entry. There is no mean of nothing.
 *
 * @example
 * mean(tensor([[1, 2], [3, 4]])).item() // 2.5
 */
export const mean: Reduction = reduction("mean", (x, axes) =>
  sumAlong("mean", axes, x, nonEmpty("mean", axes).count),
);
