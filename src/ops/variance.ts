import { ValueError } from "../errors.ts";
import { NUMBER } from "../options.ts";
import { nonEmpty, type Reduction, reduction, spreadAlong, sumAlong } from "../reduction.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

/** Options of `variance`. */
export interface VarianceOptions {
  /** What is taken off the divisor n: 0, or 1 for the unbiased estimate (default 0). */
  readonly correction?: number;
}

/**
 * The variance of all entries, or along `axis`: (1/n) Σ_i (x_i − x̄)², the divisor n less `correction`.
 *
 * ∂y/∂x_i = (2/n)(x_i − x̄).
 *
 * @throws ValueError when the divisor would not be positive.
 * @example
 * variance(tensor([1, 2, 3, 4])).item() // 1.25
 */
export const variance: Reduction<VarianceOptions> = reduction(
  "variance",
  (x, axes, { correction = 0 }) => {
    const { count } = nonEmpty("variance", axes);
    if (!(count > correction)) {
      throw new ValueError(
        `Cannot take the variance of ${count} entries with correction ${correction}: the divisor is not positive`,
      );
    }
    const centred = sub(x, spreadAlong(axes, sumAlong("mean", axes, x, count)));
    return sumAlong("mean", axes, square(centred), count - correction);
  },
  undefined,
  { correction: NUMBER },
);
