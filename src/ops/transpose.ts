import { contract } from "../contraction.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { letters } from "../indices.ts";
import { kindOf } from "../kind-of.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { formatShape, normalizeAxis, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed-shapes.ts";

/** The type of `transpose`. */
export interface Transpose extends Described {
  <X extends Tensor, Axes extends readonly number[] | undefined = undefined>(
    x: X,
    axes?: Axes,
  ): Tensor<Axes extends undefined ? Reversed<ShapeOf<X>> : Shape>;
  readonly method: <X extends Tensor, Axes extends readonly number[] | undefined = undefined>(
    this: X,
    axes?: Axes,
  ) => Tensor<Axes extends undefined ? Reversed<ShapeOf<X>> : Shape>;
}

type Reversed<S extends Shape> = S extends [infer I extends number, infer J extends number]
  ? [J, I]
  : S extends [] | [number]
    ? S
    : Shape;

function permute(operand: Tensor, axes?: readonly number[]): Tensor {
  const x = toTensor("transpose", operand);
  if (axes !== undefined && !(Array.isArray(axes) && axes.every((axis) => typeof axis === "number"))) {
    throw new ValueError(
      `Cannot transpose by ${kindOf(axes)}: the axes stand in one array, as in transpose(X, [1, 0])`,
    );
  }
  const before = letters(x.rank);
  const order =
    axes?.map((axis) => normalizeAxis("transpose", axis, x.shape)) ??
    [...before].map((_, i) => x.rank - 1 - i);
  if (new Set(order).size !== x.rank || order.length !== x.rank) {
    throw new ShapeError(
      `Cannot transpose shape ${formatShape(x.shape)} by axes ${formatShape([...order])}: ` +
        `name each of its ${x.rank} axes once`,
      [x.shape],
    );
  }
  return contract(
    { name: "transpose", indices: `${before}->${order.map((axis) => before[axis]).join("")}` },
    x,
  );
}

/**
 * The tensor with its axes reversed, or in the order of `axes`: y_ji = x_ij for a matrix, also written `X.T`.
 *
 * dX = dYᵀ.
 *
 * @example
 * transpose(tensor([[1, 2, 3]])).shape // [3, 1]
 */
export const transpose: Transpose = publish(permute, [
  { shapes: [[2, 3]], call: (x) => permute(x), domain: [[-2, 2]] },
  { shapes: [[2, 3, 4]], call: (x) => permute(x, [1, -1, 0]), domain: [[-2, 2]] },
]);
