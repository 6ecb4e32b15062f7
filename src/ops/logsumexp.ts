import { pairwiseSum } from "../pairwise.ts";
import { type Folding, foldAlong, type Reduction, reduction, sumAlong } from "../reduction.ts";
import * as scalar from "../scalar.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { sub } from "./sub.ts";

const folding: Folding = {
  name: "logsumexp",
  definition: (x, axes) => log(sumAlong("sum", axes, exp(x))),
  // The largest entry is taken out, so no exponential overflows.
  fold: (entries) => {
    const largest = entries.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    if (!Number.isFinite(largest)) return largest;
    return largest + scalar.log(pairwiseSum(entries.map((x) => scalar.exp(x - largest))));
  },
  partial: (y, x) => exp(sub(x, y)),
};

/**
 * The logarithm of the sum of exponentials, over all entries or along `axis`: y = log Σ_i e^(x_i). It does not
 * overflow; of no entries it is −∞.
 *
 * ∂y/∂x_i = e^(x_i − y), the softmax of x.
 *
 * @example
 * logsumexp(tensor([1000, 1000])).item() // 1000.6931471805599
 */
export const logsumexp: Reduction = reduction("logsumexp", (x, axes) => foldAlong(folding, axes, x));
