/** Confirms the gradients of a point by central differences, which know nothing of the rules of the ops. */

import { type Judgement, judge, type Slope, slopeOf } from "../autodiff/central-difference.ts";
import { GradientError, InconclusiveError } from "../errors.ts";
import { plainNumber } from "../numbers.ts";
import { createRandom } from "../random.ts";
import { Tensor } from "../tensor.ts";
import { magnitude } from "./draw.ts";
import type { Setting, Trial } from "./trial.ts";

/**
 * Moves each tensor whose gradient a formula speaks of along a random direction v and compares ⟨dX, v⟩ with the slope of
 * J(X + hv) at h = 0, at the first of the points at which differences can say something.
 *
 * @throws GradientError when a gradient of the library is not confirmed; InconclusiveError when no point says anything.
 */
export function confirmGradients(trials: readonly Trial[], { asked, labels }: Setting): void {
  for (const x of asked) {
    const name = labels.get(x) ?? "a tensor";
    let judgement: Judgement = { kind: "unsaid", why: "there are no numbers to try" };
    for (const trial of trials) {
      judgement = { kind: "unsaid", why: "there are numbers on the way that are not finite" };
      const found = along(trial, x);
      if (found === null) continue;
      const { gradient, slope } = found;
      judgement = judge(gradient, slope);
      if (judgement.kind === "fails") {
        throw new GradientError(
          `The gradient of ${name} is not confirmed: along a random direction it is ` +
            `${plainNumber(gradient)}, and central differences give ${plainNumber(slope.value)}`,
        );
      }
      if (judgement.kind === "holds") break;
    }
    if (judgement.kind === "unsaid")
      throw new InconclusiveError(`Cannot check the gradient of ${name} here: ${judgement.why}`);
  }
}

/**
 * ⟨dX, v⟩ and what differences give for it; `null` where a value or a gradient is infinite or NaN, which moves no more.
 * The direction has the size of X, so that h has none.
 */
function along(trial: Trial, x: Tensor): { gradient: number; slope: Slope } | null {
  const random = createRandom(11);
  const size = magnitude(trial.value(x));
  const v = new Tensor(
    [...x.shape],
    Float64Array.from({ length: x.size }, () => size * random.normal()),
  );
  const gradient = trial.gradient(x).data.reduce((sum, dx, k) => sum + dx * v.data[k], 0);
  if (!(Number.isFinite(gradient) && trial.isFinite(true))) return null;
  return { gradient, slope: slopeOf((h) => trial.termsAlong(x, v, h), 0, 1) };
}
