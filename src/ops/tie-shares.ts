import { type Axes, spreadAlong, sumAlong } from "../reduction.ts";
import type { Tensor } from "../tensor.ts";
import { eq } from "./compare.ts";
import { div } from "./div.ts";

/** 1/k for each of the k entries of x that attain the value y of their group: what central differences give at a tie. */
export function tieShares(y: Tensor, x: Tensor, axes: Axes): Tensor {
  const attains = eq(x, y);
  return div(attains, spreadAlong(axes, sumAlong("sum", axes, attains)));
}
