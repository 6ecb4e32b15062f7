/** Makers of tensors that take a shape as numbers or as one array: `zeros(2, 3)`, `zeros(X.shape)`. */

import { allocate, checkRoom } from "./dtype.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";
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
    const shape = checkedShape(name, first === undefined && rest.length === 0 ? [] : [first, ...rest]);
    const entries = allocate("float64", sizeOf(shape));
    for (let k = 0; k < entries.length; k++) entries[k] = entry();
    return new Tensor(shape, entries) as Tensor<S>; // the shape as given
  };
}

/** The lengths as given, one by one or in one array. `maker` is the function that was called, for its errors. */
export function checkedShape(maker: string, given: readonly unknown[]): Shape {
  const isList = given.length === 1 && Array.isArray(given[0]);
  const shape: readonly unknown[] = isList ? (given[0] as unknown[]) : given; // an array, by the line above
  const odd = shape.find((length) => typeof length !== "number");
  if (odd !== undefined || shape.some((length) => length === undefined)) {
    throw new ValueError(
      `Cannot make ${maker} with ${kindOf(odd)} as a length: give whole numbers, as in ${maker}(2, 3), or one array, ` +
        `as in ${maker}(X.shape)`,
    );
  }
  const lengths = shape as number[]; // numbers, by the lines above
  if (!lengths.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ShapeError(
      `Cannot make ${maker} of shape ${formatShape(lengths)}: a length is a whole number from 0 on`,
      [[...lengths]],
    );
  }
  checkRoom(`${maker} of shape ${formatShape(lengths)}`, sizeOf(lengths));
  return [...lengths];
}
