/** Which space a matrix lives in. */

import { nameTex } from "../latex/name.ts";
import type { Tensor } from "../tensor.ts";
import { lengthsOf, spaceTex } from "./lengths.ts";
import { nameOf } from "./named.ts";
import { View } from "./view.ts";

/**
 * X, Y ∈ ℝ^{α×β}; what lives in the same space is said once.
 *
 * @example
 * space(symbol("X", "α", "β")).latex() // "X \\in \\mathbb{R}^{\\alpha \\times \\beta}"
 */
export function space(...tensors: Tensor[]): View {
  const groups = new Map<string, string[]>();
  for (const x of tensors) {
    const where = spaceTex(lengthsOf(x));
    groups.set(where, [...(groups.get(where) ?? []), nameTex(nameOf(x, "the space of a tensor"), x.rank)]);
  }
  return new View([Array.from(groups, ([where, names]) => `${names.join(", ")} \\in ${where}`).join(", ")]);
}
