/** `filled`: numbers in the shape of something else. */

import { ValueError } from "../tensor/errors.ts";
import { checkTensor } from "../tensor/operands.ts";
import { kindOf } from "../tensor/options.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * A tensor of the shape of `like` with these numbers, row by row, repeated or cut where there are too few or too many:
 * an upstream gradient that fits, whatever shape its result has.
 *
 * @throws ValueError without a number to fill it with.
 * @example
 * filled(zeros(2, 2), [1, 2, 3]).toArray() // [[1, 2], [3, 1]]
 */
export function filled<S extends Shape>(like: Tensor<S>, numbers: readonly number[]): Tensor<S> {
  checkTensor("fill the shape of", like, "filled(X, [1, 2, 3])");
  if (!Array.isArray(numbers) || numbers.length === 0 || !numbers.every((one) => typeof one === "number")) {
    throw new ValueError(
      `Cannot fill a tensor with ${kindOf(numbers)}: give a list of numbers, as in filled(X, [1, 2])`,
    );
  }
  return new Tensor(
    like.shape,
    Float64Array.from({ length: like.size }, (_, k) => numbers[k % numbers.length]),
  );
}
