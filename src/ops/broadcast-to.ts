import { stretchTo } from "../contraction.ts";
import { ShapeError } from "../errors.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { broadcastShapes, formatShape, type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Operand } from "../typed-shapes.ts";

/** The type of `broadcastTo`. */
export interface BroadcastTo extends Described {
  <S extends Shape>(x: Operand, shape: S): Tensor<S>;
  readonly method: <S extends Shape>(this: Tensor, shape: S) => Tensor<S>;
}

function stretch(operand: Operand, shape: Shape): Tensor {
  const x = toTensor("broadcastTo", operand);
  if (!sameShape(broadcastShapes("broadcast", [x.shape, shape]), shape)) {
    throw new ShapeError(
      `Cannot broadcast shape ${formatShape(x.shape)} to ${formatShape(shape)}: only axes of length 1 stretch`,
      [x.shape, shape],
    );
  }
  return stretchTo(x, shape);
}

/**
 * The tensor repeated along axes of length 1, and along new leading axes, until it has `shape`.
 *
 * dX sums dY over what was repeated.
 *
 * @throws ShapeError when the shapes do not broadcast so.
 * @example
 * broadcastTo(tensor([1, 2]), [2, 2]).toArray() // [[1, 2], [1, 2]]
 */
export const broadcastTo: BroadcastTo = publish(stretch, [
  { shapes: [[3]], call: (x) => stretch(x, [2, 3]), domain: [[-2, 2]] },
  { shapes: [[2, 1]], call: (x) => stretch(x, [4, 2, 3]), domain: [[-2, 2]] },
  { shapes: [[]], call: (x) => stretch(x, [2]), domain: [[-2, 2]] },
]);
