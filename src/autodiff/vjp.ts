/** The backward mode as a value: the twin of `jvp`. */

import type { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";
import { type GradientsOf, grad } from "./grad.ts";

/**
 * The cotangents of the tensors `xs` when y has `cotangent`: dX = dY ∂Y/∂X, one for a tensor, a list for a list.
 *
 * @throws ShapeError when the cotangent has not y's shape.
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
