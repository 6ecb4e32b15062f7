/** The mistakes that a gradient shows by its numbers alone. */

import { plainNumber } from "../tensor/numbers.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What is wrong with a gradient, if it is its sign, its transpose or a factor; `null` if it is something else. */
export function mistakeIn(
  gradient: Tensor,
  right: Tensor,
  isEqual: (a: Tensor, b: Tensor) => boolean,
): string | null {
  if (isEqual(gradient, right.neg())) return "its sign is wrong";
  if (right.rank === 2 && isEqual(gradient, right.T)) return "it is transposed";
  const largest = right.abs().argmax().item();
  const ratio = gradient.data[largest] / right.data[largest];
  if (!Number.isFinite(ratio) || ratio === 0 || !isEqual(gradient, right.mul(ratio))) return null;
  return `it is ${plainNumber(Number(ratio.toPrecision(5)))} times the right one everywhere`;
}
