import { ValueError } from "../errors.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { checkNumbers } from "../options.ts";
import { unarySamples } from "../samples.ts";
import type { Tensor } from "../tensor.ts";
import type { Operand, ShapeOf } from "../typed-shapes.ts";
import { maximum, minimum } from "./maximum.ts";

/** The type of `clamp`. */
export interface Clamp extends Described {
  <X extends Operand>(x: X, low: number, high: number): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, low: number, high: number) => Tensor<ShapeOf<X>>;
}

function clampTo(operand: Tensor, low: number, high: number): Tensor {
  const x = toTensor("clamp", operand);
  checkNumbers("clamp", "clamp(X, -1, 1)", { "lower bound": low, "upper bound": high });
  if (!(low <= high))
    throw new ValueError(`Cannot clamp to [${low}, ${high}]: the first bound is the lower one`);
  return minimum(maximum(x, low), high);
}

/**
 * The nearest number between two bounds, entry by entry: y_ij = min(max(x_ij, low), high).
 *
 * The derivative is 1 between the bounds, 0 beyond, and ½ on them.
 *
 * @throws ValueError when `low` exceeds `high`.
 * @example
 * clamp(tensor([-3, 0.5, 3]), -1, 1).toArray() // [-1, 0.5, 1]
 */
export const clamp: Clamp = publish(
  clampTo,
  unarySamples((x) => clampTo(x, -1, 1), [-0.9, 0.9]),
);
