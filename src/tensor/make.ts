/** Makes tensors from numbers. */

import { allocate, checkedDtype, checkRoom, type Dtype, type Entries } from "./dtype.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { computed } from "./internals.ts";
import { ANYTHING, checkedOptions, checkNumbers, kindOf, TEXT } from "./options.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { Data, ShapeOfData } from "./typed-shapes.ts";

/** Options of `tensor`. */
export interface TensorOptions {
  /** The name it prints under; a declaration `const X = tensor(…)` gives it one too. */
  readonly name?: string;
  readonly dtype?: Dtype;
}

/**
 * A tensor from a number or from nested arrays of numbers, one level per axis.
 *
 * @throws ShapeError when rows differ in length.
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).shape // [2, 3]
 */
export function tensor<const D extends Data>(data: D, options?: TensorOptions): Tensor<ShapeOfData<D>> {
  return fromData(data, options) as Tensor<ShapeOfData<D>>; // shapeOf reads the lengths that ShapeOfData reads
}

/** `tensor` for data whose type says nothing. */
export function fromData(data: Data, options?: TensorOptions): Tensor {
  const { dtype = "float64", name } = checkedOptions(options, {
    of: "tensor",
    example: 'tensor([[1, 2]], { dtype: "float32" })',
    known: { name: TEXT, dtype: ANYTHING },
  });
  const shape = shapeOf(data);
  checkRoom(`a tensor of shape ${formatShape(shape)}`, sizeOf(shape));
  const flat = allocate(checkedDtype("make a tensor of", dtype), sizeOf(shape));
  fill(flat, data, shape, 0, 0);
  const x = new Tensor(shape, flat);
  if (name !== undefined) x.as(name);
  return x;
}

/** No formula has this many axes; an array that contains itself has no end of them. */
const MOST_AXES = 32;

function shapeOf(data: Data): Shape {
  const shape: Shape = [];
  const above = new Set<unknown>();
  for (let level = data; typeof level !== "number"; level = level[0]) {
    if (!isArray(level)) throw notNumeric(level);
    if (above.has(level)) {
      throw new ValueError("Cannot make a tensor of an array that contains itself: its entries are numbers");
    }
    if (shape.length === MOST_AXES) {
      throw new ShapeError(
        `Cannot make a tensor of arrays nested deeper than ${MOST_AXES}: each level is an axis`,
        [shape],
      );
    }
    above.add(level);
    shape.push(level.length);
    if (level.length === 0) break;
  }
  return shape;
}

function isArray(data: unknown): data is Entries | readonly Data[] {
  return Array.isArray(data) || ArrayBuffer.isView(data);
}

function fill(flat: Entries, data: Data, shape: Shape, axis: number, start: number): number {
  if (axis === shape.length) {
    if (typeof data !== "number") throw isArray(data) ? tooDeep(shape) : notNumeric(data);
    flat[start] = data;
    return start + 1;
  }
  const length = isArray(data) ? data.length : 0;
  if (!isArray(data) || length !== shape[axis]) {
    const found = isArray(data)
      ? `another has ${length}`
      : `one is ${kindOf(data).replace(/^the (number )?/, "")}`;
    throw new ShapeError(
      `Cannot make a tensor of uneven rows: along axis ${axis} the first has ${shape[axis]} entries and ${found}`,
      [shape],
    );
  }
  let next = start;
  for (const inner of data) next = fill(flat, inner, shape, axis + 1, next);
  return next;
}

function tooDeep(shape: Shape): ShapeError {
  return new ShapeError(
    `Cannot make a tensor of shape ${formatShape(shape)}: an array stands where a number should`,
    [shape],
  );
}

function notNumeric(entry: unknown): ValueError {
  const shownEntry = typeof entry === "string" ? JSON.stringify(entry) : kindOf(entry);
  return new ValueError(`Cannot make a tensor of ${shownEntry}: its entries are numbers`);
}

/** Zeros of the shape and number type of `x`. */
export function zerosLike(x: Tensor): Tensor {
  return new Tensor([...x.shape], allocate(x.dtype, x.size));
}

/** Ones of the shape and number type of `x`. */
export function onesLike(x: Tensor): Tensor {
  return new Tensor([...x.shape], allocate(x.dtype, x.size).fill(1));
}

/**
 * A tensor of zeros, of the shape given as numbers or as one array.
 *
 * @example
 * zeros(2, 3).toArray() // [[0, 0, 0], [0, 0, 0]]
 */
export const zeros: Shaped = shaped("zeros", () => 0);

/**
 * A tensor of ones, of the shape given as numbers or as one array.
 *
 * @example
 * ones(tensor([1, 2]).shape).toArray() // [1, 1]
 */
export const ones: Shaped = shaped("ones", () => 1);

/**
 * A tensor of one number everywhere.
 *
 * @example
 * full([2, 2], 7).toArray() // [[7, 7], [7, 7]]
 */
export function full<S extends Shape>(shape: [...S], value: number): Tensor<S> {
  checkNumbers("full", "full([2, 2], 7)", { value });
  return shaped("full", () => value)(shape);
}

/**
 * The identity matrix of n rows.
 *
 * @example
 * eye(2).toArray() // [[1, 0], [0, 1]]
 */
export function eye<N extends number>(n: N): Tensor<[N, N]> {
  checkNumbers("eye", "eye(3)", { n });
  checkedShape("eye", [n, n]);
  const entries = allocate("float64", n * n);
  for (let i = 0; i < n; i++) entries[i * n + i] = 1;
  return new Tensor([n, n], entries);
}

/**
 * The numbers from `start` on, in steps, up to but without `end`; `arange(n)` counts from 0.
 *
 * @throws ValueError when the step is 0.
 * @example
 * arange(1, 2, 0.25).toArray() // [1, 1.25, 1.5, 1.75]
 */
export function arange(start: number, end?: number, step = 1): Tensor<[number]> {
  checkNumbers("arange", "arange(5)", { start, ...(end !== undefined && { end }), step });
  const [from, to] = end === undefined ? [0, start] : [start, end];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (step === 0 || !Number.isFinite(count)) {
    throw new ValueError(`Cannot count from ${from} to ${to} in steps of ${step}`);
  }
  checkRoom(`arange of ${count} numbers`, count);
  return new Tensor(
    [count],
    Float64Array.from({ length: count }, (_, i) => from + i * step),
  );
}

/**
 * `count` numbers from `start` to `end`, both included, at equal distances.
 *
 * @throws ValueError when the count is not a whole number.
 * @example
 * linspace(0, 1, 5).toArray() // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, end: number, count: number): Tensor<[number]> {
  checkNumbers("linspace", "linspace(0, 1, 5)", { start, end, count });
  if (!Number.isInteger(count) || count < 0) {
    throw new ValueError(
      `Cannot space ${count} numbers from ${start} to ${end}: the count is a whole number`,
    );
  }
  checkRoom(`linspace of ${count} numbers`, count);
  const at = (i: number): number =>
    i === count - 1 && i > 0 ? end : start + (i * (end - start)) / (count - 1 || 1);
  return new Tensor(
    [count],
    Float64Array.from({ length: count }, (_, i) => at(i)),
  );
}

/**
 * A row per class index, with a 1 at the index and 0 elsewhere.
 *
 * @throws ValueError when an index is not one of 0, …, n − 1.
 * @example
 * oneHot([2, 0], 3).toArray() // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(indices: Tensor | readonly number[], n: number): Tensor {
  const list = indices instanceof Tensor ? indices : fromData(indices);
  checkNumbers("oneHot", "oneHot([2, 0], 3)", { n });
  if (!Number.isInteger(n) || n < 0) {
    throw new ValueError(`Cannot encode ${n} classes: give a whole number, as in oneHot([2, 0], 3)`);
  }
  checkRoom(`oneHot of ${n} classes`, list.size * n);
  const shape = [...list.shape, n];
  const entries = computed(
    ({ dtype }, { data }) => {
      const rows = allocate(dtype, data.length * n);
      data.forEach((index, row) => {
        if (!Number.isInteger(index) || index < 0 || index >= n) {
          throw new ValueError(`Cannot encode the class index ${index}: there are classes 0 to ${n - 1}`);
        }
        rows[row * n + index] = 1;
      });
      return rows;
    },
    { shape, dtype: list.dtype, name: "oneHot" },
    [list],
  );
  return new Tensor(shape, entries);
}

// Makers of tensors that take a shape as numbers or as one array: `zeros(2, 3)`, `zeros(X.shape)`.

/** A maker. */
export interface Shaped {
  <S extends number[]>(...shape: S): Tensor<S>;
  <S extends Shape>(shape: [...S]): Tensor<S>;
}

/** A maker whose tensors are filled by `entry`, one entry after the other. */
export function shaped(name: string, entry: () => number): Shaped {
  return <S extends Shape>(first?: number | S, ...rest: number[]): Tensor<S> => {
    const shape = checkedShape(name, first === undefined && rest.length === 0 ? [] : [first, ...rest]);
    const entries = allocate("float64", sizeOf(shape));
    for (let k = 0; k < entries.length; k++) entries[k] = entry();
    return new Tensor(shape, entries) as Tensor<S>; // the shape as given
  };
}

/**
 * A tensor of the shape of `like` with these numbers, row by row, repeated or cut where there are too few or too many:
 * an upstream gradient that fits, whatever shape its result has.
 *
 * @throws ValueError without a number to fill it with.
 * @example
 * filled(zeros(2, 2), [1, 2, 3]).toArray() // [[1, 2], [3, 1]]
 */
export function filled<S extends Shape>(like: Tensor<S>, numbers: readonly number[]): Tensor<S> {
  if (!(like instanceof Tensor)) {
    throw new ValueError(
      `Cannot fill the shape of ${kindOf(like)}: give a tensor, as in filled(X, [1, 2, 3])`,
    );
  }
  if (!Array.isArray(numbers) || numbers.length === 0 || !numbers.every((one) => typeof one === "number")) {
    throw new ValueError(
      `Cannot fill a tensor with ${kindOf(numbers)}: give a list of numbers, as in filled(X, [1, 2])`,
    );
  }
  return new Tensor(
    like.shape,
    Float64Array.from({ length: like.size }, (_, k) => numbers[k % numbers.length]),
  );
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
