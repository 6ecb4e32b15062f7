/** What the data sets answer. */

import { ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import type { Tensor } from "../tensor.ts";

/** Samples with what they are: a row of X and a label each. */
export interface Labelled<N extends number = number, Features extends number = number> {
  /** A sample per row, a feature per column. */
  readonly X: Tensor<[N, Features]>;
  /** The class of each sample, counted from 0. */
  readonly labels: Tensor<[N]>;
}

/** Options of data that is drawn. */
export interface NoiseOptions {
  /** The standard deviation of the normal noise that is added to every coordinate (default 0.1). */
  readonly noise?: number;
}

/** How many there are of something: a whole number from 1 on, and no more than there are. */
export function checkedCount(
  owner: string,
  noun: string,
  n: number,
  most: number = Number.POSITIVE_INFINITY,
): number {
  if (Number.isInteger(n) && n >= 1 && n <= most) return n;
  const range = Number.isFinite(most) ? `to ${most}` : "on";
  throw new ValueError(
    `Cannot make ${owner} of ${typeof n === "number" ? n : kindOf(n)} ${noun}: give a whole number from 1 ${range}`,
  );
}
