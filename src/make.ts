/** Makes tensors from numbers. */

import { allocate, checkedDtype, type Dtype, type Entries } from "./dtype.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import { type Shaped, shaped } from "./shaped.ts";
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

/** `tensor` for data of which the type says nothing. */
export function fromData(data: Data, { dtype = "float64", name }: TensorOptions = {}): Tensor {
  const shape = shapeOf(data);
  const flat = allocate(checkedDtype("make a tensor of", dtype), sizeOf(shape));
  fill(flat, data, shape, 0, 0);
  const x = new Tensor(shape, flat);
  if (name !== undefined) x.as(name);
  return x;
}

function shapeOf(data: Data): Shape {
  const shape: Shape = [];
  for (let level = data; typeof level !== "number"; level = level[0]) {
    if (!isArray(level)) throw notNumeric(level);
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
    const found = isArray(data) ? `another has ${length}` : `one is ${String(data)}`;
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
  const shownEntry = typeof entry === "string" ? JSON.stringify(entry) : String(entry);
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
  return shaped("full", () => value)(shape);
}

/**
 * The identity matrix of n rows.
 *
 * @example
 * eye(2).toArray() // [[1, 0], [0, 1]]
 */
export function eye<N extends number>(n: N): Tensor<[N, N]> {
  const identity = zeros(n, n);
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1;
  return identity as Tensor<[N, N]>; // zeros knows the two lengths, but not that they are one
}

/**
 * The numbers from `start` on, in steps, up to but without `end`; `arange(n)` counts from 0.
 *
 * @throws ValueError when the step is 0.
 * @example
 * arange(1, 2, 0.25).toArray() // [1, 1.25, 1.5, 1.75]
 */
export function arange(start: number, end?: number, step = 1): Tensor<[number]> {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (step === 0 || !Number.isFinite(count)) {
    throw new ValueError(`Cannot count from ${from} to ${to} in steps of ${step}`);
  }
  return new Tensor(
    [count],
    Float64Array.from({ length: count }, (_, i) => from + i * step),
  );
}

/**
 * `count` numbers from `start` to `end`, both included, at equal distances.
 *
 * @throws ValueError when the count is no whole number.
 * @example
 * linspace(0, 1, 5).toArray() // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, end: number, count: number): Tensor<[number]> {
  if (!Number.isInteger(count) || count < 0) {
    throw new ValueError(
      `Cannot space ${count} numbers from ${start} to ${end}: the count is a whole number`,
    );
  }
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
  const rows = new Tensor([...list.shape, n], allocate(list.dtype, list.size * n));
  list.data.forEach((index, row) => {
    if (!Number.isInteger(index) || index < 0 || index >= n) {
      throw new ValueError(`Cannot encode the class index ${index}: there are classes 0 to ${n - 1}`);
    }
    rows.data[row * n + index] = 1;
  });
  return rows;
}
