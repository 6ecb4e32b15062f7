/** What an optimiser is: a rule that turns the gradient of each parameter into its next value. */

import { assign } from "../assign.ts";
import { grad } from "../autodiff/grad.ts";
import { toposort } from "../autodiff/toposort.ts";
import { GradientError, ValueError } from "../errors.ts";
import { note } from "../host.ts";
import { kindOf } from "../kind-of.ts";
import { withoutRecording } from "../op.ts";
import { formatShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";

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
  const example = `${name}(model.parameters, { learningRate: 0.1 })`;
  const given: unknown = parameters;
  if (!Array.isArray(given)) {
    throw new ValueError(
      `Cannot make ${name} of ${kindOf(parameters)}: give a list of tensors, as in ${example}`,
    );
  }
  for (const W of given) checkTensor(`make ${name} of a list with`, W, example);
  if (given.length === 0) {
    throw new ValueError(
      `Cannot make ${name} without parameters: give a list of tensors, as in ${name}(model.parameters)`,
    );
  }
  const rules = parameters.map(rule);
  let isNoted = false;
  /** A parameter that J does not depend on would stay as it is, and nobody would know why. */
  const checkDependence = (J: Tensor): void => {
    const origins = new Set(toposort(J));
    const missing = parameters.filter((W) => !origins.has(W));
    if (missing.length === 0) return;
    const what = missing.map((W) => W.name ?? `a parameter of shape ${formatShape(W.shape)}`).join(", ");
    const sentence = `${J.name ?? "J"} does not depend on ${what}`;
    if (missing.length === parameters.length) {
      throw new GradientError(
        `Cannot step: ${sentence}; compute the loss from the parameters of this optimiser, then step`,
      );
    }
    if (!isNoted) note(`${sentence}: the step changes only what it depends on`);
    isNoted = true;
  };
  const step = (J: Tensor): void => {
    if (!(J instanceof Tensor)) {
      throw new ValueError(
        `Cannot step without a loss: give it, as in step(J); the gradients are computed there`,
      );
    }
    checkDependence(J);
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
  throw new ValueError(
    `Cannot make ${owner} with ${name} = ${value === undefined || typeof value === "number" ? value : kindOf(value)}: give ${range}`,
  );
}
