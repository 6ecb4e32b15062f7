/** Changing a parameter: the lecture's `:=`, outside the record. */

import { DtypeError, GradientError, ShapeError } from "./errors.ts";
import { withLetters } from "./in-letters.ts";
import { fromData } from "./make.ts";
import { formatShape, sameShape } from "./shape.ts";
import { internals, Tensor } from "./tensor.ts";
import type { Data } from "./typed-shapes.ts";

/** Replaces the entries of the leaf `x` by those of `value`. What was computed from the old ones keeps its numbers. */
export function assign(x: Tensor, value: Tensor | Data): void {
  withLetters([x, value], () => replace(x, value));
}

function replace(x: Tensor, value: Tensor | Data): void {
  const name = x.name ?? "a tensor";
  if (internals.nodeOf(x) !== null) {
    throw new GradientError(
      `Cannot assign to ${name}: it was computed from other tensors; assign to those, or to ${name}.detach()`,
    );
  }
  const given = value instanceof Tensor ? value : fromData(value, { dtype: x.dtype });
  if (!sameShape(given.shape, x.shape)) {
    throw new ShapeError(
      `Cannot assign shape ${formatShape(given.shape)} to ${name} of shape ${formatShape(x.shape)}: ` +
        "a parameter keeps its shape",
      [x.shape, given.shape],
    );
  }
  if (given.dtype !== x.dtype) {
    throw new DtypeError(
      `Cannot assign ${given.dtype} to ${name} of ${x.dtype}: cast it first, as in value.cast("${x.dtype}")`,
    );
  }
  internals.assign(x, given);
}
