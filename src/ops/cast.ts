/** From one number type to the other. */

import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate, checkedDtype, type Dtype } from "../tensor/dtype.ts";
import { type Described, type Op, publish } from "../tensor/op.ts";
import { letters } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ShapeOf } from "../tensor/typed-shapes.ts";
import { call as callTex } from "../tex/tex.ts";

/** The type of `cast`. */
export interface Cast extends Described {
  <X extends Tensor>(x: X, dtype: Dtype): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, dtype: Dtype) => Tensor<ShapeOf<X>>;
}

const castOp = (dtype: Dtype): Op => ({
  name: "cast",
  tex: callTex(`\\operatorname{${dtype}}`),
  dtype,
  recipe: { maker: "cast", dtype },
  lengths: (shape) => `${letters(shape.length)}->${letters(shape.length)}`,
  shape: (shape) => shape,
  primal: (_form, { data }) => {
    const y = allocate(dtype, data.length);
    y.set(data);
    return y;
  },
  vjp: (_i, ct, _y, x) => applyOp(castOp(x.dtype), ct),
  jvp: (_i, t) => applyOp(castOp(dtype), t),
});

const call = (x: Tensor, dtype: Dtype): Tensor =>
  applyOp(castOp(checkedDtype("cast to", dtype)), toTensor("cast", x));

/**
 * The tensor with its entries as "float64" or "float32", rounded to the nearest. Tensors of the two do not mix.
 *
 * @throws DtypeError for another dtype.
 * @example
 * cast(tensor([0.1]), "float32").item() // 0.10000000149011612
 */
export const cast: Cast = publish(
  call,
  [{ shapes: [[2, 3]], call: (x) => call(x, "float64"), domain: [[-2, 2]] }],
  {
    chapter: "Make",
    remake:
      ({ dtype }: { dtype: Dtype }) =>
      (x) =>
        call(x, dtype),
  },
);
