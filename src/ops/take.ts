import { ShapeError } from "../errors.ts";
import { call } from "../latex/tex.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { positionsAt, select } from "../select.ts";
import { formatShape, normalizeAxis } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Options of `take`. */
export interface TakeOptions {
  /** The axis the indices run along (default 0). */
  readonly axis?: number;
}

/** The type of `take`. */
export interface Take extends Described {
  (x: Tensor, indices: Tensor | readonly number[], options?: TakeOptions): Tensor;
  readonly method: (this: Tensor, indices: Tensor | readonly number[], options?: TakeOptions) => Tensor;
}

function pick(operand: Tensor, indices: Tensor | readonly number[], { axis = 0 }: TakeOptions = {}): Tensor {
  const x = toTensor("take", operand);
  const along = normalizeAxis("take", axis, x.shape);
  const length = x.shape[along];
  const list = [...("data" in indices ? indices.data : indices)];
  const outside = list.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (outside !== undefined) {
    throw new ShapeError(
      `Cannot take index ${outside} of shape ${formatShape(x.shape)} along axis ${along}: ` +
        `its indices go from 0 to ${length - 1}`,
      [x.shape],
    );
  }
  const picked = x.shape.map((n, i) => (i === along ? list : [...Array(n).keys()]));
  return select(
    {
      name: "take",
      tex: call("\\operatorname{take}"),
      from: x.shape,
      to: x.shape.with(along, list.length),
      positions: positionsAt(x.shape, picked),
    },
    x,
  );
}

/**
 * The slices at the given indices along an axis, in their order; an index may occur more than once.
 *
 * dX collects the dY of each slice at its index.
 *
 * @throws ShapeError when an index lies outside.
 * @example
 * take(tensor([[1, 2], [3, 4]]), [1, 0, 1]).toArray() // [[3, 4], [1, 2], [3, 4]]
 */
export const take: Take = publish(pick, [
  { shapes: [[3, 2]], call: (x) => pick(x, [2, 0, 2]), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => pick(x, [1], { axis: -1 }), domain: [[-2, 2]] },
]);
