/** Adam: gradient descent whose step adapts to each entry. */

import { zerosLike } from "../make.ts";
import { add, div, mul, sqrt, square, sub } from "../ops/index.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { hyperparameter, type Optimiser, optimiser } from "./optimiser.ts";

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
  const eta = hyperparameter("adam", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  const b1 = hyperparameter("adam", "beta1", beta1, 0, 1);
  const b2 = hyperparameter("adam", "beta2", beta2, 0, 1);
  const eps = hyperparameter("adam", "epsilon", epsilon, 0, Number.POSITIVE_INFINITY);
  return optimiser("adam", parameters, (W) => {
    let M = zerosLike(W);
    let V = zerosLike(W);
    // β₁ᵗ and β₂ᵗ, by multiplication: the bits of a power differ between engines.
    let b1t = 1;
    let b2t = 1;
    return (dW) => {
      M = add(mul(b1, M), mul(1 - b1, dW));
      V = add(mul(b2, V), mul(1 - b2, square(dW)));
      b1t *= b1;
      b2t *= b2;
      const MHat = div(M, 1 - b1t);
      const VHat = div(V, 1 - b2t);
      return sub(W, mul(eta, div(MHat, add(sqrt(VHat), eps))));
    };
  });
}
