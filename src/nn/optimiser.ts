/** What an optimiser is: a rule that turns the gradient of each parameter into its next value. */

import { assign } from "../assign.ts";
import { grad } from "../autodiff/grad.ts";
import { ValueError } from "../errors.ts";
import { withoutRecording } from "../op.ts";
import { Tensor } from "../tensor.ts";

/** Changes parameters so that a loss falls. */
export interface Optimiser {
  /** What it changes. */
  readonly parameters: readonly Tensor[];
  /**
   * Computes ∂J/∂W for its parameters W, and nothing else, and assigns each its next value. There is no need to call
   * `J.backward()` before, nor to set gradients to zero.
   *
   * @throws GradientError when J is not a single number.
   */
  step(J: Tensor): void;
}

/** The rule for one parameter W: from dW to the next W. It is made once, so it may remember earlier gradients. */
export type UpdateRule = (W: Tensor) => (dW: Tensor) => Tensor;

/** An optimiser that follows `rule`. */
export function optimiser(name: string, parameters: readonly Tensor[], rule: UpdateRule): Optimiser {
  if (!(parameters?.length > 0)) {
    throw new ValueError(
      `Cannot make ${name} without parameters: give a list of tensors, as in ${name}(model.parameters)`,
    );
  }
  const rules = parameters.map(rule);
  const step = (J: Tensor): void => {
    if (!(J instanceof Tensor)) {
      throw new ValueError(
        `Cannot step without a loss: give it, as in step(J); the gradients are computed there`,
      );
    }
    const gradients = grad(J, parameters);
    const next = withoutRecording(() => rules.map((update, i) => update(gradients[i])));
    parameters.forEach((W, i) => {
      assign(W, next[i]);
    });
  };
  return { parameters, step };
}

/** A hyperparameter that must be at least `low` and less than `high`. */
export function hyperparameter(
  owner: string,
  name: string,
  value: number,
  low: number,
  high: number,
): number {
  if (value >= low && value < high) return value;
  const range =
    high === Number.POSITIVE_INFINITY ? `a number from ${low} on` : `a number in [${low}, ${high})`;
  throw new ValueError(`Cannot make ${owner} with ${name} = ${value}: give ${range}`);
}
