import { type Folding, foldAlong, nonEmpty, type Reduction, reduction } from "../reduction.ts";

const folding: Folding = {
  name: "argmax",
  fold: (entries) => {
    const firstNaN = entries.findIndex(Number.isNaN);
    return firstNaN >= 0 ? firstNaN : entries.reduce((best, x, i) => (x > entries[best] ? i : best), 0);
  },
  partial: null,
};

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
  (x, axes) => foldAlong(folding, nonEmpty("argmax", axes), x),
  { distinct: true },
);
