/** Makers of tensors that take a shape as numbers or as one array: `zeros(2, 3)`, `zeros(X.shape)`. */

import { allocate } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A maker. */
export interface Shaped {
  <S extends number[]>(...shape: S): Tensor<S>;
  <S extends Shape>(shape: [...S]): Tensor<S>;
}

/** A maker whose tensors have what `entry` gives, one entry after the other. */
export function shaped(name: string, entry: () => number): Shaped {
  return <S extends Shape>(first?: number | S, ...rest: number[]): Tensor<S> => {
    const shape = first === undefined ? [] : typeof first === "number" ? [first, ...rest] : [...first];
    if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
      throw new ShapeError(
        `Cannot make ${name} of shape ${formatShape(shape)}: a length is a whole number from 0 on`,
        [shape],
      );
    }
    const entries = allocate("float64", sizeOf(shape));
    for (let k = 0; k < entries.length; k++) entries[k] = entry();
    return new Tensor(shape, entries) as Tensor<S>; // the shape as given
  };
}
