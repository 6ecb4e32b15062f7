/** Gradients as values, for exactly the tensors asked for: grad, vjp and jvp. */

import { add } from "../ops/arithmetic.ts";
import { checkDerivatives, withoutRecording } from "../tensor/apply.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { zerosLike } from "../tensor/make.ts";
import { checkTensor, listed, TENSOR } from "../tensor/operands.ts";
import { checkedOptions, FLAG } from "../tensor/options.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { ofDtype, pullbackOf, seedOf } from "./backward.ts";
import { checkUnchanged, toposort } from "./tape.ts";

// Gradients as values, for exactly the tensors asked for.

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
    // A copy: two gradients may be the same cotangent, and each may be given a name of its own.
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

// The backward mode as a value: the twin of `jvp`.

/**
 * The cotangents of the tensors `xs` when y has `cotangent`: dX = dY ∂Y/∂X, one for a tensor, a list for a list.
 *
 * @throws ShapeError when the cotangent does not have y's shape.
 * @example
 * const x = tensor([1, 2]);
 * vjp(mul(x, x), x, tensor([1, 10])).toArray() // [2, 40]
 */
export function vjp<const X extends Tensor | readonly Tensor[]>(
  y: Tensor,
  xs: X,
  cotangent: Tensor,
): GradientsOf<X> {
  checkTensor("pull back through", y, "vjp(Y, X, dY)");
  checkTensor("pull back", cotangent, "vjp(Y, X, dY)");
  return grad(y, xs, { cotangent });
}

// The forward mode: a tangent of x becomes a tangent of y.

const EXAMPLE = "jvp(Y, X, t)";

/**
 * The directional derivative of `y` as the tensors `xs` move along `tangents`, one of the shape of each x:
 * t_y = Σ_x (∂y/∂x) t_x.
 *
 * @throws ShapeError when a tangent does not have its tensor's shape.
 * @example
 * const x = tensor([1, 2]);
 * jvp(mul(x, x), x, tensor([1, 0])).toArray() // [2, 0]
 */
export function jvp<S extends number[]>(
  y: Tensor<S>,
  xs: Tensor | readonly Tensor[],
  tangents: Tensor | readonly Tensor[],
): Tensor<S> {
  checkDerivatives("push forward");
  checkTensor("push forward to", y, EXAMPLE);
  const list = listed("push forward from", xs, EXAMPLE);
  const given = listed("push forward", tangents, EXAMPLE);
  if (given.length > list.length) {
    throw new ValueError(
      `Cannot push ${given.length} tangents forward from ${list.length} tensors: give one for each, as in ${EXAMPLE}`,
    );
  }
  const pushed = new Map(list.map((x, i) => [x, fitting(x, given[i])]));
  const push = (): void => {
    for (const z of toposort(y)) {
      const node = internals.nodeOf(z);
      if (node === null || pushed.has(z)) continue;
      if (node.inputs.some((x) => pushed.has(x))) checkUnchanged("go forward", z);
      const shares = node.inputs.flatMap((x, i) => {
        const t = pushed.get(x);
        return t === undefined ? [] : (node.op.jvp(i, t, z, ...node.inputs) ?? []);
      });
      if (shares.length > 0)
        pushed.set(
          z,
          shares.reduce((sum, share) => add(sum, share)),
        );
    }
  };
  withoutRecording(() => internals.inEngine(push));
  const pushedTo = pushed.get(y);
  return (pushedTo === undefined ? zerosLike(y) : internals.copyOf(pushedTo)) as Tensor<S>; // every share has y's shape
}

function fitting(x: Tensor, tangent: Tensor | undefined): Tensor {
  if (tangent !== undefined && sameShape(tangent.shape, x.shape)) {
    return ofDtype(x, tangent, `push ${x.name ?? "x"} of ${x.dtype} forward with a tangent`);
  }
  const found = tangent === undefined ? "none was given" : `it has shape ${formatShape(tangent.shape)}`;
  throw new ShapeError(
    `Cannot push a tangent of ${x.name ?? "x"} forward: it must have shape ${formatShape(x.shape)}, and ${found}`,
    [x.shape],
  );
}
