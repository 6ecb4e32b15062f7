import { contract } from "../contraction.ts";
import { type Described, publish } from "../op.ts";
import { ranked } from "../ranked.ts";
import { binarySamples } from "../samples.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed-shapes.ts";

/** The type of `outer`. */
export interface Outer extends Described {
  <X extends Tensor, Y extends Tensor>(x: X, y: Y): Tensor<[ShapeOf<X>[0], ShapeOf<Y>[0]]>;
  readonly method: <X extends Tensor, Y extends Tensor>(
    this: X,
    y: Y,
  ) => Tensor<[ShapeOf<X>[0], ShapeOf<Y>[0]]>;
}

const call = (x: Tensor, y: Tensor): Tensor =>
  contract({ name: "outer", indices: "a,b->ab" }, ranked("outer", x, 1), ranked("outer", y, 1));

/**
 * The outer product of two vectors, Z = x yᵀ: z_ij = x_i y_j.
 *
 * dx = dZ y and dy = dZᵀ x.
 *
 * @throws ShapeError when an operand is no vector.
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray() // [[3, 4], [6, 8]]
 */
export const outer: Outer = publish(call, binarySamples(call, undefined, [[[2], [3]]]));
