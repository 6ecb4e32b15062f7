/** Comparisons and isFinite, which give 0 or 1. */

import * as numbers from "../numeric/arithmetic.ts";
import { elementwise } from "../rules/elementwise.ts";
import type { Binary, Unary } from "../rules/pointwise.ts";
import { casesOf, indicator } from "../tex/tex.ts";

/** A comparison, entry by entry: 1 where it holds and 0 where it does not. It is flat, so no gradient passes through it. */
function comparison<Name extends string>(
  name: Name,
  relation: string,
  kernel: (x: number, y: number) => number,
): Binary<Name> {
  return elementwise({
    name,
    tex: indicator(relation),
    cell: casesOf(relation),
    kernel,
    bends: "at a tie",
    partials: [() => 0, () => 0],
    domain: [
      [-2, -0.1],
      [0.1, 2],
    ],
  });
}

/**
 * 1 where x ≥ y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * ge(tensor([-1, 0, 2]), 0).toArray() // [0, 1, 1]
 */
export const ge: Binary<"ge"> = comparison("ge", "\\geq", numbers.ge);

/**
 * 1 where x > y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * gt(tensor([-1, 0, 2]), 0).toArray() // [0, 0, 1]
 */
export const gt: Binary<"gt"> = comparison("gt", ">", numbers.gt);

/**
 * 1 where x ≤ y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * le(tensor([-1, 0, 2]), 0).toArray() // [1, 1, 0]
 */
export const le: Binary<"le"> = comparison("le", "\\leq", numbers.le);

/**
 * 1 where x < y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * lt(tensor([-1, 0, 2]), 0).toArray() // [1, 0, 0]
 */
export const lt: Binary<"lt"> = comparison("lt", "<", numbers.lt);

/**
 * 1 where x = y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * eq(tensor([-1, 0, 2]), 0).toArray() // [0, 1, 0]
 */
export const eq: Binary<"eq"> = comparison("eq", "=", numbers.eq);

/**
 * 1 where x ≠ y, else 0; shapes broadcast. No gradient passes through a comparison.
 *
 * @example
 * ne(tensor([-1, 0, 2]), 0).toArray() // [1, 0, 1]
 */
export const ne: Binary<"ne"> = comparison("ne", "\\neq", numbers.ne);

/**
 * 1 where the entry is a finite number, 0 where it is ±∞ or NaN. No gradient passes through it.
 *
 * @example
 * isFinite(tensor([1, Infinity, NaN])).toArray() // [1, 0, 0]
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: what NumPy and PyTorch call it, and of a number it says the same
export const isFinite: Unary = elementwise({
  name: "isFinite",
  tex: (x) => indicator("<")({ ...x, latex: `\\lvert ${x.latex} \\rvert` }, { ...x, latex: "\\infty" }),
  kernel: (x) => (Number.isFinite(x) ? 1 : 0),
  partials: [() => 0],
});
