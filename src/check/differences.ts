/** Confirms the gradients of a point by central differences, which know nothing of the rules of the ops. */

import { GradientError } from "../errors.ts";
import { plainNumber } from "../numbers.ts";
import { createRandom } from "../random.ts";
import { Tensor } from "../tensor.ts";
import type { Setting, Trial } from "./trial.ts";

const STEPS: Readonly<Record<Tensor["dtype"], number>> = { float64: 1e-5, float32: 1e-2 };
const TOLERANCES: Readonly<Record<Tensor["dtype"], number>> = { float64: 1e-5, float32: 5e-2 };

/**
 * Moves each tensor whose gradient a formula speaks of along a random direction v and compares: ⟨dX, v⟩ = (J(X + hv) − J(X − hv)) / 2h.
 *
 * @throws GradientError when a gradient of the library is not confirmed.
 */
export function confirmGradients(trial: Trial, { asked, labels }: Setting): void {
  const random = createRandom(11);
  for (const x of asked) {
    const v = new Tensor([...x.shape], x.data.map(random.normal));
    const gradient = trial.gradient(x);
    const terms = Array.from(gradient.data, (dx, k) => dx * v.data[k]);
    const slope = terms.reduce((sum, term) => sum + term, 0);
    const h = STEPS[x.dtype];
    const [up, down] = [trial.objectiveAlong(x, v, h), trial.objectiveAlong(x, v, -h)];
    const difference = (up - down) / (2 * h);
    const size = terms.reduce((sum, term) => sum + Math.abs(term), 0) + Math.abs(up) + Math.abs(down);
    if (Math.abs(slope - difference) <= TOLERANCES[x.dtype] * (size + 1e-6)) continue;
    throw new GradientError(
      `The gradient of ${labels.get(x) ?? "a tensor"} is not confirmed: along a random direction it is ` +
        `${plainNumber(slope)}, and central differences give ${plainNumber(difference)}`,
    );
  }
}
