import { Mask } from "../mask.ts";
import { type Folding, foldAlong, nonEmpty, type Reduction, reduction } from "../reduction.ts";
import { tieShares } from "./tie-shares.ts";

const folding = (name: "max" | "min", better: (a: number, b: number) => number): Folding => ({
  name,
  big: name,
  fold: (entries) => entries.reduce((a, b) => better(a, b)),
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
  (x, axes) => foldAlong(folding("max", Math.max), nonEmpty("maximum", axes), x),
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
  (x, axes) => foldAlong(folding("min", Math.min), nonEmpty("minimum", axes), x),
  { distinct: true },
);
