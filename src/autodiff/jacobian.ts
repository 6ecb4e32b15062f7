/** All derivatives of all entries of Y with respect to all entries of X. */

import type { EntryAt } from "../ops/slice.ts";
import { isUnobserved, withoutRecording } from "../tensor/apply.ts";
import { Arena, allocate, checkRoom, inArena } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { isRecorded } from "../tensor/internals.ts";
import { checkTensor } from "../tensor/operands.ts";
import { numberOrKind } from "../tensor/options.ts";
import { formatShape, type Shape, stridesOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { derivativeTex, nameTex } from "../tex/name.ts";
import { blockPullbackOf } from "./backward.ts";
import { grad } from "./grad.ts";

/** The derivatives ∂y/∂x, of shape `[...Y.shape, ...X.shape]`. */
export class Jacobian<out S extends Shape = Shape> extends Tensor<S> {
  readonly #of: Tensor;
  readonly #by: Tensor;

  /** Use `jacobian(Y, X)` instead. */
  constructor(shape: S, data: Tensor["data"], of: Tensor, by: Tensor) {
    super(shape, data);
    this.#of = of;
    this.#by = by;
    internals.setLabel(this, quotient("", of, by));
  }

  /**
   * A grid over the entries of Y, each holding the matrix ∂y/∂X: rank 4, so that it prints as blocks. A vector counts
   * as a column.
   *
   * @throws ShapeError when Y or X has more than two axes.
   * @example
   * const X = tensor([[1, 2]]);
   * jacobian(mul(X, X), X).blocks().shape // [1, 2, 1, 2]
   */
  blocks(): Tensor {
    const sides = [this.#of, this.#by].map(({ shape }) => {
      if (shape.length <= 2) return shape.length === 2 ? shape : [...shape, 1, 1].slice(0, 2);
      throw new ShapeError(`Cannot draw blocks of shape ${formatShape(shape)}: only matrices make a grid`, [
        shape,
      ]);
    });
    const grid = new Tensor(sides.flat(), this.data);
    internals.setLabel(grid, quotient("", this.#of, this.#by));
    return grid;
  }

  /**
   * The Jacobian as one matrix: a row per entry of Y, a column per entry of X, both in the order of vec, which stacks
   * columns (column-major).
   *
   * @example
   * const X = tensor([[1, 2], [3, 4]]);
   * jacobian(X.T, X).matrix().toArray() // [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
   */
  matrix(): Tensor<[number, number]> {
    const rows = columnMajor(this.#of.shape);
    const columns = columnMajor(this.#by.shape);
    const entries = allocate(this.dtype, this.size);
    rows.forEach((row, i) => {
      columns.forEach((column, j) => {
        entries[i * columns.length + j] = this.data[row * columns.length + column];
      });
    });
    const matrix = new Tensor<[number, number]>([rows.length, columns.length], entries);
    internals.setLabel(matrix, quotient("vec", this.#of, this.#by));
    return matrix;
  }

  /**
   * One derivative ∂y/∂x: the indices of the entry of Y, then those of the entry of X, all from 0.
   *
   * @throws ShapeError when an index is missing or lies outside.
   * @example
   * const X = tensor([[1, 2]]);
   * jacobian(mul(X, X), X).at(0, 1, 0, 1) // 4
   */
  declare at: <X extends Tensor, I extends readonly number[]>(this: X, ...indices: I) => EntryAt<X, I>;

  static {
    // Every tensor has an `at`, a property by its type, in place of which no method may be declared.
    Object.defineProperty(Jacobian.prototype, "at", {
      value: derivativeAt,
      configurable: true,
      writable: true,
    });
  }
}

function derivativeAt(this: Jacobian, ...indices: number[]): number {
  const { shape } = this;
  const isInside = shape.every(
    (length, axis) => Number.isInteger(indices[axis]) && indices[axis] >= 0 && indices[axis] < length,
  );
  if (indices.length !== shape.length || !isInside) {
    throw new ShapeError(
      `Cannot read entry [${indices.map(numberOrKind).join(", ")}] of a Jacobian of shape ${formatShape(shape)}: ` +
        `it wants ${shape.length} indices, each from 0 to its axis' length less 1`,
      [shape],
    );
  }
  return this.data[stridesOf(shape).reduce((position, stride, axis) => position + stride * indices[axis], 0)];
}

/** ∂Y/∂X as a label, under `operator` such as vec. */
function quotient(operator: string, of: Tensor, by: Tensor): { tex: string; text: string } {
  const [y, x] = [of, by].map((t, i) => {
    const name = t.name ?? ["Y", "X"][i];
    const applied =
      operator === "" ? nameTex(name, t.rank) : `\\operatorname{${operator}} ${nameTex(name, t.rank)}`;
    return { tex: applied, text: `∂${operator}${operator && " "}${name}` };
  });
  return { tex: derivativeTex(y.tex, x.tex), text: `${y.text}/${x.text}` };
}

/** The position of each entry, in the order that runs down the first axis fastest. */
function columnMajor(shape: Shape): number[] {
  const strides = stridesOf(shape);
  return shape.reduceRight<number[]>(
    (starts, length, axis) =>
      starts.flatMap((start) => Array.from({ length }, (_, i) => start + i * strides[axis])),
    [0],
  );
}

/**
 * The Jacobian ∂Y/∂X: every derivative of every entry of Y by every entry of X, of shape `[...Y.shape, ...X.shape]`.
 * `.blocks()`, `.matrix()` and `.at(i, j, k, l)` show it in the ways of the lecture.
 *
 * @example
 * const x = tensor([1, 2]);
 * jacobian(mul(x, x), x).toArray() // [[2, 0], [0, 4]]
 */
export function jacobian<S extends Shape, R extends Shape>(
  y: Tensor<S>,
  x: Tensor<R>,
): Jacobian<[...S, ...R]> {
  checkTensor("take the jacobian of", y, "jacobian(Y, X)");
  checkTensor("take the jacobian with respect to", x, "jacobian(Y, X)");
  internals.checkNumbers("the jacobian", y);
  checkRoom(`the jacobian of shape ${formatShape([...y.shape, ...x.shape])}`, y.size * x.size, y.dtype);
  const entries = allocate(y.dtype, y.size * x.size);
  const { pull, rows } = blockPullbackOf(y, x);
  const pullFrom = (first: number): number => {
    const unit = rows === 1 ? unitCotangent(y, first) : blockOfUnits(y, first, rows);
    const found = pull(unit).get(x);
    if (found !== undefined) entries.set(internals.entriesOf(found), first * x.size);
    return unit.size / y.size;
  };
  // What lies between is not there afterwards.
  const isAlone = isUnobserved() && !isRecorded();
  withoutRecording(() => {
    for (let first = 0; first < y.size; ) {
      first += isAlone ? inArena(scratch, () => pullFrom(first)) : pullFrom(first);
    }
  });
  scratch.shrinkTo(MOST_KEPT);
  return new Jacobian([...y.shape, ...x.shape] as [...S, ...R], entries, y, x);
}

const scratch = new Arena();
/** So many entries of it are kept for the next Jacobian. */
const MOST_KEPT = 2 ** 20;

/** A cotangent for each entry of y, in order. */
export function* unitCotangents(y: Tensor): Generator<Tensor> {
  for (let k = 0; k < y.size; k++) yield unitCotangent(y, k);
}

/** The cotangent that is 1 at one entry of y and 0 elsewhere: pulled back, it is that row of ∂Y/∂X. */
function unitCotangent(y: Tensor, k: number): Tensor {
  const entries = allocate(y.dtype, y.size);
  entries[k] = 1;
  return new Tensor([...y.shape], entries);
}

/** So many of them, along an axis in front. */
function blockOfUnits(y: Tensor, first: number, rows: number): Tensor {
  const count = Math.min(rows, y.size - first);
  const entries = allocate(y.dtype, count * y.size);
  for (let k = 0; k < count; k++) entries[k * y.size + first + k] = 1;
  return new Tensor([count, ...y.shape], entries);
}

/**
 * The second derivatives of a single number J: ∂²J/∂x∂x for all pairs of entries of X, of shape
 * `[...X.shape, ...X.shape]`.
 *
 * @throws GradientError when J is not a single number.
 * @example
 * const x = tensor([1, 2]);
 * hessian(sum(mul(x, mul(x, x))), x).toArray() // [[6, 0], [0, 12]]
 */
export function hessian<S extends Shape>(j: Tensor, x: Tensor<S>): Jacobian<[...S, ...S]> {
  checkTensor("take the hessian of", j, "hessian(J, X)");
  checkTensor("take the hessian with respect to", x, "hessian(J, X)");
  const gradient = grad(j, x, { createGraph: true }) as Tensor<S>; // of x's shape
  return jacobian(gradient.as(`d${x.name ?? "X"}`) as Tensor<S>, x);
}
