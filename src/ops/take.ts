import { ShapeError, ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { call } from "../latex/tex.ts";
import { fromData } from "../make.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { AXIS, checkedOptions } from "../options.ts";
import { positionsAt, select } from "../select.ts";
import { formatShape, normalizeAxis } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { Data } from "../typed-shapes.ts";

/** Options of `take`. */
export interface TakeOptions {
  /** The axis the indices run along (default 0). */
  readonly axis?: number;
}

/** Indices in an array of any rank. */
type Indices = Tensor | readonly Data[];

/** The type of `take`. */
export interface Take extends Described {
  (x: Tensor, indices: Indices, options?: TakeOptions): Tensor;
  readonly method: (this: Tensor, indices: Indices, options?: TakeOptions) => Tensor;
}

const EXAMPLE = "take(X, [2, 0], { axis: 0 })";

function pick(operand: Tensor, indices: Indices, options?: TakeOptions): Tensor {
  const x = toTensor("take", operand);
  const { axis = 0 } = checkedOptions(options, { of: "take", example: EXAMPLE, known: { axis: AXIS } });
  const along = normalizeAxis("take", axis, x.shape);
  const length = x.shape[along];
  if (!(indices instanceof Tensor || Array.isArray(indices))) {
    throw new ValueError(`Cannot take ${kindOf(indices)}: give a list of indices, as in ${EXAMPLE}`);
  }
  const given = indices instanceof Tensor ? indices : fromData(indices);
  const list = Array.from(given.data);
  const outside = list.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (outside !== undefined) {
    throw new ShapeError(
      `Cannot take index ${outside} of shape ${formatShape(x.shape)} along axis ${along}: ` +
        `its indices count from 0, and there are ${length}`,
      [x.shape],
    );
  }
  const picked = x.shape.map((n, i) => (i === along ? list : [...Array(n).keys()]));
  return select(
    {
      name: "take",
      tex: call("\\operatorname{take}"),
      from: x.shape,
      to: x.shape.toSpliced(along, 1, ...given.shape),
      positions: positionsAt(x.shape, picked),
    },
    x,
  );
}

/**
 * The slices at the given indices along an axis, in their order; an index may occur more than once. The shape of the
 * indices stands in the place of the axis: a matrix of them makes two axes of it, a single one (a scalar) none.
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
  {
    shapes: [[3, 2]],
    call: (x) =>
      pick(x, [
        [2, 0],
        [1, 2],
      ]),
    domain: [[-2, 2]],
  },
  { shapes: [[2, 3]], call: (x) => pick(x, [[0], [2]], { axis: 1 }), domain: [[-2, 2]] },
]);
