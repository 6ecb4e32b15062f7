/** The step of gradient descent, as the lecture writes it. */

import { nameTex } from "../latex/name.ts";
import { checkText } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { indexTex } from "./lengths.ts";
import { gradientTex, nameOf } from "./named.ts";
import { View } from "./view.ts";

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
