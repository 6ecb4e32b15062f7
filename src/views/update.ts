/** A step of gradient descent, and the space that a matrix lives in. */

import { checkText } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { spaceTex } from "../tex/matrix.ts";
import { nameTex } from "../tex/name.ts";
import { gradientTex, indexTex, lengthsOf, nameOf, View } from "./view.ts";

// The step of gradient descent, as the lecture writes it.

/**
 * W := W − α · dW, with the rate under its letter.
 *
 * @example
 * update(symbol("W^[O]", "N", "K"), "η").latex() // "W^{[O]} := W^{[O]} - \\eta \\cdot dW^{[O]}"
 */
export function update(w: Tensor, rate: string): View {
  checkText("write a step with the rate", rate, 'update(W, "η")');
  const own = nameOf(w, "an update");
  const name = nameTex(own, w.rank);
  return new View([`${name} := ${name} - ${indexTex(rate)} \\cdot ${gradientTex(own, w.rank)}`]);
}

// Which space a matrix lives in.

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
