/** Compares tensors within a tolerance. */

import { ShapeError } from "./errors.ts";
import { fromData } from "./make.ts";
import { checkedOptions, NUMBER } from "./options.ts";
import { formatShape, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { Data } from "./typed-shapes.ts";

/** Options of `allclose`. */
export interface Tolerance {
  /** Relative to the expected entry (default 1e−5). */
  readonly rtol?: number;
  /** Absolute (default 1e−8). */
  readonly atol?: number;
}

/**
 * Whether every entry is as expected: |actual − expected| ≤ atol + rtol |expected|. Equal infinities agree; NaN never
 * does.
 *
 * @throws ShapeError when the shapes differ.
 * @example
 * allclose(exp(tensor([0, 1])), [1, 2.71828183]) // true
 */
export function allclose(actual: Tensor | Data, expected: Tensor | Data, tolerance?: Tolerance): boolean {
  const { rtol = 1e-5, atol = 1e-8 } = checkedOptions(tolerance, {
    of: "allclose",
    example: "allclose(X, Y, { rtol: 1e-3 })",
    known: { rtol: NUMBER, atol: NUMBER },
  });
  const a = actual instanceof Tensor ? actual : fromData(actual);
  const e = expected instanceof Tensor ? expected : fromData(expected);
  if (!sameShape(a.shape, e.shape)) {
    throw new ShapeError(
      `Cannot compare shapes ${formatShape(a.shape)} and ${formatShape(e.shape)}: allclose wants them equal`,
      [a.shape, e.shape],
    );
  }
  return a.data.every((ai, k) => {
    const ei = e.data[k];
    return ai === ei || (Number.isFinite(ei) && Math.abs(ai - ei) <= atol + rtol * Math.abs(ei));
  });
}
