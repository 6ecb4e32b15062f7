/** Gradients as values, for exactly the tensors asked for. */

import { zerosLike } from "../make.ts";
import { withoutRecording } from "../op.ts";
import { checkedOptions, FLAG } from "../options.ts";
import { internals, Tensor } from "../tensor.ts";
import { checkTensor, listed, TENSOR } from "../tensors.ts";
import { pullbackOf, seedOf } from "./pullback.ts";

/** Options of `grad`. */
export interface GradOptions {
  /** The upstream gradient dY, of y's shape; it may be left out when y is a single number. */
  readonly cotangent?: Tensor;
  /** Records the backward pass itself, so that the gradient can be differentiated again. */
  readonly createGraph?: boolean;
}

/** One gradient per tensor, in the arrangement of `X`. */
export type GradientsOf<X> = X extends Tensor<infer S> ? Tensor<S> : { [K in keyof X]: GradientsOf<X[K]> };

/**
 * The gradients ∂y/∂x of the tensors `xs`: one for a tensor, a list for a list. Where y does not depend on x it is
 * zero. Nothing else is computed, and no `.grad` changes.
 *
 * @example
 * grad(sum(mul(2, tensor([1, 2]))), tensor([3, 4])).toArray() // [0, 0]
 */
export function grad<const X extends Tensor | readonly Tensor[]>(
  y: Tensor,
  xs: X,
  options?: GradOptions,
): GradientsOf<X> {
  checkTensor("take grad of", y, "grad(J, X)");
  const list = listed("take grad with respect to", xs, "grad(J, X) or grad(J, [X, W])");
  const { cotangent, createGraph = false } = checkedOptions(options, {
    of: "grad",
    example: "grad(Y, X, { cotangent: dY })",
    known: { cotangent: TENSOR, createGraph: FLAG },
  });
  const seed = seedOf("take grad of", y, cotangent);
  const compute = (): Tensor[] => {
    const cotangents = pullbackOf(y, new Set(list))(seed);
    // Of its own: two gradients may be one and the same cotangent, and each may be given a name.
    return list.map((x) => internals.copyOf(cotangents.get(x) ?? zerosLike(x)));
  };
  const gradients = createGraph ? compute() : withoutRecording(compute);
  // The numbers behind a symbol's gradient mean nothing: it prints as dX does.
  if (!createGraph)
    list.forEach((x, i) => {
      if (internals.isSymbolic(x)) internals.markGradient(x, gradients[i]);
    });
  return (xs instanceof Tensor ? gradients[0] : gradients) as GradientsOf<X>; // one of x's shape for each x
}
