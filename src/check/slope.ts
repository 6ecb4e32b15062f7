/** Tells whether an op acts entry by entry, and how steep it is there. */

import { onesLike } from "../make.ts";
import { mul } from "../ops/mul.ts";
import { createRandom } from "../random.ts";
import { sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { roundingOf } from "./rounding.ts";
import type { Point } from "./scene.ts";

/**
 * The matrix of ∂y_ij/∂x_ij; `null` when some y_ij depends on another entry of X. All of them at once are the
 * gradient for dY = 𝟏, if the Jacobian D is diagonal; and it is when Dᵀv = v ⊙ Dᵀ𝟏 for a random v too.
 */
export function diagonalOf(y: Tensor, x: Tensor, point: Point): Tensor | null {
  if (!sameShape(y.shape, x.shape)) return null;
  const diagonal = point.pull(y, x, onesLike(y));
  const { normal } = createRandom(7);
  const v = new Tensor([...y.shape], y.data.map(normal));
  const pulled = point.pull(y, x, v);
  const expected = mul(v, diagonal);
  const roundings = [roundingOf(pulled), roundingOf(expected)];
  const isDiagonal = pulled.data.every((dx, k) => {
    const off = Math.abs(dx - expected.data[k]);
    return off <= roundings[0][k] + roundings[1][k] || !Number.isFinite(expected.data[k]);
  });
  return isDiagonal ? diagonal : null;
}
