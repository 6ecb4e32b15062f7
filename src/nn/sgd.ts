/** Gradient descent, with momentum where it is asked for. */

import { zerosLike } from "../make.ts";
import { add, mul, sub } from "../ops/index.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { hyperparameter, type Optimiser, optimiser } from "./optimiser.ts";

/** Options of `sgd`. */
export interface SgdOptions {
  /** The step size η. */
  readonly learningRate: number;
  /** How much of the last step goes into the next, μ in [0, 1) (default 0). */
  readonly momentum?: number;
}

/**
 * Gradient descent: W := W − η dW for every parameter W. With momentum μ the steps add up like those of a heavy ball,
 * V := μ V + dW and W := W − η V (Polyak 1964; Sutskever et al. 2013).
 *
 * On mini-batches, as in `fit`, it is the stochastic gradient descent of its name.
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
  const eta = hyperparameter("sgd", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  const mu = hyperparameter("sgd", "momentum", momentum, 0, 1);
  return optimiser("sgd", parameters, (W) => {
    let V = zerosLike(W);
    return (dW) => {
      V = add(mul(mu, V), dW);
      return sub(W, mul(eta, V)); // W := W − η V, where V is dW without momentum
    };
  });
}
