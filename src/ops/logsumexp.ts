import { pairwiseSum } from "../pairwise.ts";
import { type Folding, foldAlong, type Reduction, reduction, sumAlong } from "../reduction.ts";
import * as scalar from "../scalar.ts";
import { abs } from "./abs.ts";
import { eq } from "./compare.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { sub } from "./sub.ts";
import { tieShares } from "./tie-shares.ts";
import { where } from "./where.ts";

const folding: Folding = {
  name: "logsumexp",
  definition: (x, axes) => log(sumAlong("sum", axes, exp(x))),
  // The largest entry is taken out, so no exponential overflows; the others add to 1, and are not lost where tiny.
  fold: (entries) => {
    const largest = entries.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    if (!Number.isFinite(largest)) return largest;
    const at = entries.indexOf(largest);
    const others = pairwiseSum(entries.map((x, k) => (k === at ? 0 : scalar.exp(x - largest))));
    return largest + scalar.log1p(others);
  },
  partial: (y, x, axes) => {
    const softmax = exp(sub(x, y));
    if (!y.data.some((yk) => Math.abs(yk) === Number.POSITIVE_INFINITY)) return softmax;
    // Where ∞ − ∞ says nothing, the entries that are as infinite as the result share its cotangent, as in a maximum.
    return where(eq(abs(y), Number.POSITIVE_INFINITY), tieShares(y, x, axes), softmax);
  },
};

/**
 * The logarithm of the sum of exponentials, over all entries or along `axis`: y = log Σ_i e^(x_i). It does not
 * overflow; of no entries it is −∞.
 *
 * ∂y/∂x_i = e^(x_i − y), the softmax of x; where y is ±∞, the entries that equal it share 1.
 *
 * @example
 * logsumexp(tensor([1000, 1000])).item() // 1000.6931471805599
 */
export const logsumexp: Reduction = reduction("logsumexp", (x, axes) => foldAlong(folding, axes, x));
