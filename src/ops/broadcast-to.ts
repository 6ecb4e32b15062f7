import { contract, stretchTo } from "../contraction.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { letters } from "../indices.ts";
import { kindOf } from "../kind-of.ts";
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
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ValueError(
      `Cannot broadcast to ${kindOf(shape)}: give a shape, an array of whole numbers, as in broadcastTo(x, [2, 3])`,
    );
  }
  if (!sameShape(broadcastShapes("broadcast", [x.shape, shape]), shape)) {
    throw new ShapeError(
      `Cannot broadcast shape ${formatShape(x.shape)} to ${formatShape(shape)}: only axes of length 1 stretch`,
      [x.shape, shape],
    );
  }
  const y = stretchTo(x, [...shape]);
  if (y !== x) return y;
  // A tensor of its own, although nothing stretches: it may be given a name, and has its own gradient.
  const same = letters(x.rank);
  return contract({ name: "broadcastTo", indices: `${same}->${same}` }, x);
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
  { shapes: [[3, 2]], call: (x) => stretch(x, [3, 2]), domain: [[-2, 2]] },
  { shapes: [[2, 1]], call: (x) => stretch(x, [4, 2, 3]), domain: [[-2, 2]] },
  { shapes: [[]], call: (x) => stretch(x, [2]), domain: [[-2, 2]] },
]);
