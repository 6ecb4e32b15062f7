/** Norms and magnitudes. */

import { lengthOf } from "../numeric/sums.ts";
import { elementwise } from "../rules/elementwise.ts";
import { carry, Mask } from "../rules/mask.ts";
import type { Unary } from "../rules/pointwise.ts";
import {
  type Folding,
  foldAlong,
  nonEmpty,
  type Reduction,
  reduction,
  sumAlong,
} from "../rules/reduction.ts";
import { ValueError } from "../tensor/errors.ts";
import { NUMBER } from "../tensor/options.ts";
import { call, delimited, functionOver } from "../tex/tex.ts";
import { sqrt, square } from "./arithmetic.ts";
import { directed, factorBeside } from "./norm-slopes.ts";
import { max } from "./reductions.ts";

/** Options of `norm`. */
export interface NormOptions {
  /** 1 for the sum of magnitudes, 2 for the Euclidean length, `Infinity` for the largest magnitude (default 2). */
  readonly ord?: number;
}

const euclidean: Folding = {
  name: "norm",
  definition: (x, axes) => sqrt(sumAlong("sum", axes, square(x))),
  fold: lengthOf,
  chain: (ct, y, x) => directed(ct, x, y),
};

/**
 * The length of a vector: of all entries, or along `axis`. `ord` 2 is √Σx_i², 1 is Σ|x_i|, `Infinity` is max |x_i|.
 *
 * ∂y/∂x_i = x_i / y for `ord` 2; at 0 it is 0, and there is no second derivative there: it is NaN. That of the square
 * of a norm is a number everywhere.
 *
 * @throws ValueError for another `ord`.
 * @example
 * norm(tensor([3, 4])).item() // 5
 */
export const norm: Reduction<NormOptions> = reduction(
  "norm",
  (x, axes, { ord = 2, axis, keepdims }) => {
    if (ord === 1) return sumAlong("sum", axes, abs(x));
    if (ord === 2) return foldAlong(euclidean, axes, x);
    if (ord !== Number.POSITIVE_INFINITY) {
      throw new ValueError(`Cannot take the norm of ord ${ord}: choose 1, 2 or Infinity`);
    }
    nonEmpty("norm of ord Infinity", axes);
    return max(abs(x), { ...(axis !== undefined && { axis }), ...(keepdims !== undefined && { keepdims }) });
  },
  {
    domain: [0.2, 2],
    options: { ord: NUMBER },
    tex: (axis) => (axis === null ? delimited("\\lVert", "\\rVert") : functionOver("norm", [axis])),
  },
);

/**
 * The absolute value, entry by entry: y_ij = |x_ij|.
 *
 * ∂y_ij/∂x_ij is the sign of x_ij, and 0 at the kink x_ij = 0.
 *
 * @example
 * abs(tensor([-1, 0, 2])).toArray() // [1, 0, 2]
 */
export const abs: Unary = elementwise({
  name: "abs",
  tex: delimited("\\lvert", "\\rvert"),
  kernel: Math.abs,
  bends: "at 0",
  partials: [(_y, x) => new Mask(sign(x))],
  // q |x| sign x is q x: so |x|² bends at 0 as x² does, though |x| has a kink there.
  product: (ct, y, x) => {
    const factor = factorBeside(ct, y);
    return factor && carry(factor, x);
  },
  domain: [[0.1, 2]],
});

/**
 * The sign, entry by entry: 1, 0 or −1. It is flat, so no gradient passes through it.
 *
 * @example
 * sign(tensor([-3, 0, 2])).toArray() // [-1, 0, 1]
 */
export const sign: Unary = elementwise({
  name: "sign",
  tex: call("\\operatorname{sign}"),
  kernel: Math.sign,
  bends: "at 0",
  partials: [() => 0],
  domain: [[0.1, 2]],
});
