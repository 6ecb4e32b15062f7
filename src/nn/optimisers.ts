/** Optimisers: rules that turn the gradient of each parameter into its next value. */

import { grad } from "../autodiff/grad.ts";
import { assign, toposort } from "../autodiff/tape.ts";
import { add, div, mul, sqrt, square, sub } from "../ops/index.ts";
import { fused } from "../rules/chain.ts";
import { isUnobserved, withoutRecording } from "../tensor/apply.ts";
import { Arena, inArena } from "../tensor/dtype.ts";
import { GradientError, ValueError } from "../tensor/errors.ts";
import { note } from "../tensor/host.ts";
import { isRecorded } from "../tensor/internals.ts";
import { zerosLike } from "../tensor/make.ts";
import { checkTensor } from "../tensor/operands.ts";
import { checkedOptions, kindOf, NUMBER } from "../tensor/options.ts";
import { formatShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";

/** Changes parameters so that a loss falls. */
export interface Optimiser {
  /** What it changes. */
  readonly parameters: readonly Tensor[];
  /** The step size η, which may be set at any time: what comes after it takes steps of that size. */
  learningRate: number;
  /**
   * Computes ∂J/∂W for its parameters W, and nothing else, and assigns each its next value. There is no need to call
   * `J.backward()` before, nor to set gradients to zero.
   *
   * @throws GradientError when J is not a single number.
   */
  step(J: Tensor): void;
}

/** The rule for one parameter W: from dW to the next W. It is made once, so it may remember earlier gradients. */
export type UpdateRule = (W: Tensor) => (dW: Tensor, eta: Tensor) => Tensor;

/** An optimiser that follows `rule`. */
export function optimiser(
  name: string,
  parameters: readonly Tensor[],
  learningRate: number,
  rule: UpdateRule,
): Optimiser {
  const checkedRate = (rate: number): number =>
    hyperparameter(name, "learningRate", rate, 0, Number.POSITIVE_INFINITY);
  let eta = checkedRate(learningRate);
  // As a tensor, so that a step that is replayed takes the rate of the time.
  const rate = internals.literal(eta);
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
  const descend = (J: Tensor): void => {
    const gradients = grad(J, parameters);
    const next = withoutRecording(() => rules.map((update, i) => update(gradients[i], rate)));
    parameters.forEach((W, i) => {
      assign(W, next[i]);
    });
  };
  const scratch = new Arena();
  const step = (J: Tensor): void => {
    if (!(J instanceof Tensor)) {
      throw new ValueError(
        `Cannot step without a loss: give it, as in step(J); the gradients are computed there`,
      );
    }
    checkDependence(J);
    // Nothing of it is there afterwards: what is assigned is copied.
    if (isUnobserved() && !isRecorded()) inArena(scratch, () => descend(J));
    else descend(J);
  };
  return {
    parameters,
    step,
    get learningRate() {
      return eta;
    },
    set learningRate(next) {
      eta = checkedRate(next);
      internals.assign(rate, internals.literal(eta));
    },
  };
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

// Gradient descent, with momentum if asked for.

/** Options of `sgd`. */
export interface SgdOptions {
  /** The step size η. */
  readonly learningRate: number;
  /** How much of the last step goes into the next, μ in [0, 1) (default 0). */
  readonly momentum?: number;
}

/** The next W, W − η V, and the next V, μ V + dW. */
const stepDown = fused((V, W, eta) => sub(W, mul(eta, V)));
const rolled = fused((dW, V, mu) => add(mul(mu, V), dW));

/**
 * Gradient descent: W := W − η dW for every parameter W. With momentum μ the steps add up like those of a heavy ball,
 * V := μ V + dW and W := W − η V (Polyak 1964; Sutskever et al. 2013).
 *
 * On mini-batches, as in `fit`, it is the stochastic gradient descent that its name says.
 *
 * @throws ValueError when there are no parameters, or a number is out of its range.
 * @example
 * const W = tensor([1, 2]);
 * sgd([W], { learningRate: 0.1 }).step(sum(square(W)));
 * W.toArray() // [0.8, 1.6]
 */
export function sgd(parameters: readonly Tensor[], options: SgdOptions): Optimiser {
  const { learningRate, momentum = 0 } = checkedOptions(options, {
    of: "sgd",
    example: "sgd([W, b], { learningRate: 0.1 })",
    known: { learningRate: NUMBER, momentum: NUMBER },
  });
  const mu = hyperparameter("sgd", "momentum", momentum, 0, 1);
  const factor = internals.literal(mu);
  return optimiser("sgd", parameters, learningRate, (W) => {
    if (mu === 0) return (dW, eta) => stepDown(dW, W, eta); // there is nothing to remember
    const V = zerosLike(W);
    return (dW, eta) => {
      assign(V, rolled(dW, V, factor));
      return stepDown(V, W, eta);
    };
  });
}

// Adam: gradient descent whose step adapts to each entry.

/** Options of `adam`. */
export interface AdamOptions {
  /** The step size η (default 0.001). */
  readonly learningRate?: number;
  /** How slowly the mean of the gradients forgets, β₁ in [0, 1) (default 0.9). */
  readonly beta1?: number;
  /** How slowly the mean of their squares forgets, β₂ in [0, 1) (default 0.999). */
  readonly beta2?: number;
  /** Keeps the division away from 0 (default 1e−8). */
  readonly epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1): running means of the gradients
 * and of their squares, M := β₁ M + (1 − β₁) dW and V := β₂ V + (1 − β₂) dW ⊙ dW, both divided by what is missing at
 * the start, M̂ = M/(1 − β₁ᵗ) and V̂ = V/(1 − β₂ᵗ) at step t, and W := W − η M̂/(√V̂ + ε), entry by entry.
 *
 * @throws ValueError when there are no parameters, or a number is out of its range.
 * @example
 * const W = tensor([1, -20]);
 * adam([W], { learningRate: 0.5 }).step(sum(square(W)));
 * allclose(W, [0.5, -19.5]) // true
 */
export function adam(parameters: readonly Tensor[], options?: AdamOptions): Optimiser {
  const {
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
  } = checkedOptions(options, {
    of: "adam",
    example: "adam([W, b], { learningRate: 0.01 })",
    known: { learningRate: NUMBER, beta1: NUMBER, beta2: NUMBER, epsilon: NUMBER },
  });
  const b1 = hyperparameter("adam", "beta1", beta1, 0, 1);
  const b2 = hyperparameter("adam", "beta2", beta2, 0, 1);
  const eps = hyperparameter("adam", "epsilon", epsilon, 0, Number.POSITIVE_INFINITY);
  const [m1, m2] = [b1, b2].map(internals.literal);
  const mean = fused((dW, M, b) => add(mul(b, M), mul(1 - b1, dW)));
  const meanSquare = fused((dW, V, b) => add(mul(b, V), mul(1 - b2, square(dW))));
  return optimiser("adam", parameters, learningRate, (W) => {
    const M = zerosLike(W);
    const V = zerosLike(W);
    // β₁ᵗ and β₂ᵗ, by multiplication: the bits of a power differ between engines.
    const [b1t, b2t] = [internals.literal(1), internals.literal(1)];
    return (dW, eta) => {
      assign(M, mean(dW, M, m1));
      assign(V, meanSquare(dW, V, m2));
      internals.assign(b1t, mul(b1t, b1));
      internals.assign(b2t, mul(b2t, b2));
      const MHat = div(M, sub(1, b1t));
      const VHat = div(V, sub(1, b2t));
      return sub(W, mul(eta, div(MHat, add(sqrt(VHat), eps))));
    };
  });
}
