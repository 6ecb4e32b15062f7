/** Sums, means and products, and the largest entries. */

import { largest, positionOfLargest, positionOfSmallest, smallest } from "../numeric/groups.ts";
import { lengthOf, pairwiseSum } from "../numeric/sums.ts";
import { carryBoth, Mask } from "../rules/mask.ts";
import {
  type Axes,
  type Folding,
  foldAlong,
  nonEmpty,
  type Reduction,
  reduction,
  spreadAlong,
  sumAlong,
} from "../rules/reduction.ts";
import { GradientError, ValueError } from "../tensor/errors.ts";
import { onesLike } from "../tensor/make.ts";
import type { Call } from "../tensor/op.ts";
import { NUMBER } from "../tensor/options.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { mul, sqrt, square, sub } from "./arithmetic.ts";
import { stack } from "./concat.ts";
import { directed } from "./norm-slopes.ts";
import { reshape, transpose } from "./reshape.ts";
import { slice } from "./slice.ts";
import { tieShares } from "./slopes.ts";

/**
 * The sum over all entries, or along `axis`: J = Σ_r Σ_c x_rc.
 *
 * ∂J/∂x_ij = 1, so dX repeats dJ in every entry.
 *
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { axis: 0 }).toArray() // [4, 6]
 */
export const sum: Reduction = reduction("sum", (x, axes) => sumAlong("sum", axes, x));

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

/** Options of `variance` and `std`. */
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
    const divisor = divisorOf("variance", axes, correction);
    return sumAlong("mean", axes, square(centred(x, axes)), divisor);
  },
  { options: { correction: NUMBER }, aliases: ["var"] },
);

/** n less the correction. */
function divisorOf(what: string, axes: Axes, correction: number): number {
  const { count } = nonEmpty(what, axes);
  if (count > correction) return count - correction;
  throw new ValueError(
    `Cannot take the ${what} of ${count} entries with correction ${correction}: the divisor is not positive`,
  );
}

/** What each entry is above the mean of its group. */
function centred(x: Tensor, axes: Axes): Tensor {
  return sub(x, spreadAlong(axes, sumAlong("mean", axes, x, axes.count)));
}

const deviation = (axes: Axes, correction: number): Folding => {
  const divisor = divisorOf("standard deviation", axes, correction);
  return {
    name: "std",
    definition: (x) => sqrt(sumAlong("mean", axes, square(centred(x, axes)), divisor)),
    // As distances from one of them, equal entries are 0, and so is what they spread; scaled, no square overflows.
    fold: (entries) => {
      const distances = entries.map((x) => x - entries[0]);
      const mean = pairwiseSum(distances) / entries.length;
      return lengthOf(distances.map((x) => x - mean)) / Math.sqrt(divisor);
    },
    // It is the length of what is centred, over √n, so x̃/(n y) is passed back as x̃/‖x̃‖ is. One entry never spreads.
    ...(axes.count > 1 && { chain: (ct, y, x) => directed(ct, centred(x, axes), y) }),
    divisor,
    options: { correction },
  };
};

/**
 * The standard deviation of all entries, or along `axis`, the root of the variance: √((1/n) Σ_i (x_i − x̄)²), the
 * divisor n less `correction`.
 *
 * ∂y/∂x_i = (x_i − x̄) / (n y); where all entries are equal it is 0, as at the kink of a norm.
 *
 * @throws ValueError when the divisor would not be positive.
 * @example
 * std(tensor([1, 3, 1, 3])).item() // 1
 */
export const std: Reduction<VarianceOptions> = reduction(
  "std",
  (x, axes, { correction = 0 }) => foldAlong(deviation(axes, correction), axes, x),
  { options: { correction: NUMBER }, distinct: true },
);

const extremeFolding = (name: "max" | "min", fold: Folding["fold"]): Folding => ({
  name,
  big: name,
  fold,
  partial: (y, x, axes) => new Mask(tieShares(y, x, axes)),
});

/**
 * The largest entry, or the largest along `axis`; NaN when one is.
 *
 * The cotangent goes to the largest entry; k equal ones share it.
 *
 * @throws ValueError when there are no entries.
 * @example
 * max(tensor([[1, 5], [3, 4]]), { axis: 1 }).toArray() // [5, 4]
 */
export const max: Reduction = reduction(
  "max",
  (x, axes) => foldAlong(extremeFolding("max", largest), nonEmpty("maximum", axes), x),
  { distinct: true },
);

/**
 * The smallest entry, or the smallest along `axis`; NaN when one is.
 *
 * The cotangent goes to the smallest entry; k equal ones share it.
 *
 * @throws ValueError when there are no entries.
 * @example
 * min(tensor([[1, 5], [3, 4]]), { axis: 1 }).toArray() // [1, 3]
 */
export const min: Reduction = reduction(
  "min",
  (x, axes) => foldAlong(extremeFolding("min", smallest), nonEmpty("minimum", axes), x),
  { distinct: true },
);

const positionFolding = (name: "argmax" | "argmin", fold: Folding["fold"]): Folding => ({
  name,
  fold,
  partial: null,
});

/**
 * The position of the largest entry, counted from 0: in the flattened tensor, or along `axis`. The first of equal
 * ones; that of the first NaN, if there is one. No gradient passes through it.
 *
 * @throws ValueError when there are no entries.
 * @example
 * argmax(tensor([[1, 5], [3, 2]]), { axis: 1 }).toArray() // [1, 0]
 */
export const argmax: Reduction = reduction(
  "argmax",
  (x, axes) => foldAlong(positionFolding("argmax", positionOfLargest), nonEmpty("argmax", axes), x),
  { distinct: true },
);

/**
 * The position of the smallest entry, counted from 0: in the flattened tensor, or along `axis`. The first of equal
 * ones; that of the first NaN, if there is one. No gradient passes through it.
 *
 * @throws ValueError when there are no entries.
 * @example
 * argmin(tensor([[1, 5], [3, 2]]), { axis: 1 }).toArray() // [0, 1]
 */
export const argmin: Reduction = reduction(
  "argmin",
  (x, axes) => foldAlong(positionFolding("argmin", positionOfSmallest), nonEmpty("argmin", axes), x),
  { distinct: true },
);

/** A question to the entries, which 0 answers with no and any other number with yes; it is flat. */
const answerFolding = (name: "any" | "all", answer: (entries: Float64Array) => boolean): Folding => ({
  name,
  fold: (entries) => (answer(entries) ? 1 : 0),
  partial: null,
});

/**
 * 1 where some entry is not 0, in the whole tensor or along `axis`, else 0; 0 of no entries. NaN is not 0. No gradient
 * passes through it.
 *
 * @example
 * any(tensor([[0, 2], [0, 0]]), { axis: 1 }).toArray() // [1, 0]
 */
export const any: Reduction = reduction("any", (x, axes) =>
  foldAlong(
    answerFolding("any", (entries) => entries.some((entry) => entry !== 0)),
    axes,
    x,
  ),
);

/**
 * 1 where no entry is 0, in the whole tensor or along `axis`, else 0; 1 of no entries. NaN is not 0. No gradient passes
 * through it.
 *
 * @example
 * all(tensor([[0, 2], [3, 4]]).gt(1), { axis: 1 }).toArray() // [0, 1]
 */
export const all: Reduction = reduction("all", (x, axes) =>
  foldAlong(
    answerFolding("all", (entries) => entries.every((entry) => entry !== 0)),
    axes,
    x,
  ),
);

/**
 * For each entry the product of the others in its group. Dividing the product by the entry would fail at 0, so the
 * product of those before it is multiplied by that of those after it.
 */
function productOfOthers(x: Tensor, { folded, from, count }: Axes): Tensor {
  if (x.size === 0) return x;
  if (internals.isSymbolic(x)) {
    throw new GradientError(
      `Cannot go backward through prod of ${x.name ?? "a symbol"}: the product of all other entries has no formula ` +
        "here; take tensors of numbers",
    );
  }
  const order = [...[...from.keys()].filter((axis) => !folded.includes(axis)), ...folded];
  const groups = reshape(transpose(x, order), -1, count);
  const entries = Array.from({ length: count }, (_, k) => slice(groups, null, k));
  // Finite entries whose product overflows are still finite: multiplied by a 0, nothing is left of them.
  const times = x.data.every(Number.isFinite) ? carryBoth : mul;
  const before = productsBefore(entries, times);
  const after = productsBefore(entries.toReversed(), times).toReversed();
  const others = stack(
    before.map((product, k) => times(product, after[k])),
    { axis: 1 },
  );
  const back = order.map((_, axis) => order.indexOf(axis));
  return transpose(reshape(others, ...order.map((axis) => from[axis])), back);
}

function productsBefore(entries: readonly Tensor[], times: Call): Tensor[] {
  const products = [onesLike(entries[0])];
  for (const entry of entries.slice(0, -1)) products.push(times(products[products.length - 1], entry));
  return products;
}

const productFolding: Folding = {
  name: "prod",
  big: "prod",
  fold: (entries) => {
    const product = entries.reduce((total, x) => total * x, 1);
    return Number.isNaN(product) && entries.every(Number.isFinite) ? 0 : product; // an overflow, then a 0
  },
  partial: (_y, x, axes) => productOfOthers(x, axes),
};

/**
 * The product of all entries, or along `axis`: y = Π_i x_i; 1 of no entries.
 *
 * ∂y/∂x_i is the product of the other entries, also where some are 0.
 *
 * @example
 * prod(tensor([[1, 2], [3, 4]]), { axis: 0 }).toArray() // [3, 8]
 */
export const prod: Reduction = reduction("prod", (x, axes) => foldAlong(productFolding, axes, x));
