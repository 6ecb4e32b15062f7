/** Evaluates what goes entry by entry: scalars broadcast over matrices, nothing else does. */

import { reshape } from "../ops/reshape.ts";
import { toTensor } from "../tensor/apply.ts";
import { ShapeError } from "../tensor/errors.ts";
import { sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  aligned,
  asColumn,
  type Cells,
  type Fit,
  fitOf,
  isScalar,
  type Matrix,
  matrix,
  matrixOf,
  shapeText,
  type Value,
} from "./value.ts";

/** An operation of a formula, as errors name it. */
export interface Operation {
  /** The verb: "add". */
  readonly action: string;
  /** The operands as they were written. */
  readonly operands: readonly [a: string, b: string];
}

type Op = (...x: Tensor[]) => Tensor;

/** 𝟏: a column of ones, or a matrix of ones where entries meet entries. */
export function ones(): Matrix {
  return { kind: "matrix", tensor: reshape(toTensor("take ones of", 1), 1, 1), fit: ["stretch", "loose"] };
}

/** Applies an op entry by entry. */
export function entrywise(op: Op, operation: Operation, ...values: Value[]): Value {
  const [a, b] = values;
  if (a.kind === "grid" && (b === undefined || isScalar(b))) return onGrid(a, (x) => op(x, ...rest([b])));
  if (b?.kind === "grid" && isScalar(a)) return onGrid(b, (x) => op(a.tensor, x));
  const plain = values.map((value, i) => solid(value, operation.operands[i] ?? operation.operands[0]));
  if (plain.some(({ kind }) => kind === "cells")) return onCells(op, operation, plain);
  return onMatrices(op, operation, plain as Matrix[]); // what is not cells is a matrix
}

function onGrid(grid: Extract<Value, { kind: "grid" }>, f: (x: Tensor) => Tensor): Value {
  return { ...grid, cells: grid.cells.map((cell) => ({ ...cell, tensor: f(cell.tensor) })) };
}

function rest(values: readonly (Value | undefined)[]): Tensor[] {
  return values.flatMap((value) => (value?.kind === "matrix" ? [value.tensor] : []));
}

/** A value that arithmetic can work with. */
export function solid(value: Value, written: string): Matrix | Cells {
  if (value.kind === "slope") {
    const slopes = value.diagonal ?? value.whole;
    if (slopes !== null) return matrix(slopes);
    throw new ShapeError(
      `${value.label} is no matrix: an entry above depends on more than one entry below; ` +
        "write it for entries, as in ∂z_ij/∂w_kl, or let it pull back a gradient, as in dZ ∂Z/∂W",
      [value.y.shape, value.x.shape],
    );
  }
  if (value.kind === "grid") {
    throw new ShapeError(
      `Cannot compute with ${written}: of a matrix with ⋯ only some entries are there; ` +
        "it can be compared, and scaled by a number",
      [value.shape],
    );
  }
  return value;
}

function onCells(op: Op, operation: Operation, values: readonly (Matrix | Cells)[]): Value {
  const whole = values.findIndex((value) => value.kind === "matrix" && value.tensor.rank > 0);
  if (whole >= 0) {
    throw new ShapeError(
      `Cannot ${operation.action} ${operation.operands.join(" and ")}: one is an entry and one a matrix; ` +
        "write entries on both sides, or matrices",
      [values[whole].tensor.shape],
    );
  }
  const { tensors, indices } = aligned(values);
  return { kind: "cells", tensor: op(...tensors), indices };
}

function onMatrices(op: Op, operation: Operation, values: readonly Matrix[]): Matrix {
  const wide = values.filter((value) => value.tensor.rank > 0);
  if (wide.length === 0) return matrix(op(...values.map(({ tensor }) => tensor)));
  const hasColumns =
    wide.some(({ tensor }) => tensor.rank === 2) && wide.some(({ tensor }) => tensor.rank === 1);
  const even = values.map((value) =>
    hasColumns && value.tensor.rank === 1 ? matrix(asColumn(value.tensor)) : value,
  );
  const fit = even
    .filter((value) => value.tensor.rank > 0)
    .reduce((a, b) => {
      const both = joined(a, b);
      if (both === null) throw mismatch(operation, wide[0], wide[1]);
      return both;
    });
  const tensor = op(...even.map((value) => value.tensor));
  return fit.fit === undefined ? matrix(tensor) : { kind: "matrix", tensor, fit: fit.fit };
}

/** A value of the common shape of two operands that are combined entry by entry; `null` if they have none. */
function joined(a: Matrix, b: Matrix): Matrix | null {
  if (a.tensor.rank !== 2 || b.tensor.rank !== 2) return sameShape(a.tensor.shape, b.tensor.shape) ? a : null;
  const [p, q] = [fitOf(a), fitOf(b)];
  const isOdd = [0, 1].some(
    (axis) => p[axis] === "fixed" && q[axis] === "fixed" && a.tensor.shape[axis] !== b.tensor.shape[axis],
  );
  if (isOdd) return null;
  const [rows, columns] = [0, 1].map((axis) => strongest(p[axis], q[axis]));
  if (rows === "fixed" && columns === "fixed")
    return p.includes("fixed") ? matrix(a.tensor) : matrix(b.tensor);
  return { kind: "matrix", tensor: a.tensor, fit: [rows, columns] };
}

/** What an axis becomes when two are combined: a known length wins over any other, and any over a column's. */
function strongest(a: Fit, b: Fit): Fit {
  const order: readonly Fit[] = ["fixed", "stretch", "loose"];
  return order.find((fit) => fit === a || fit === b) ?? "fixed";
}

function mismatch({ action, operands }: Operation, a: Matrix, b: Matrix): ShapeError {
  return new ShapeError(
    `Cannot ${action} ${operands[0]} of shape ${shapeText(a)} and ${operands[1]} of shape ${shapeText(b)}: ` +
      `only scalars broadcast${wayOut(operands, a, b)}`,
    [a.tensor.shape, b.tensor.shape],
  );
}

/** An operand within a larger formula. */
export function asOperand(operand: string): string {
  return / [+−⊙=] /.test(operand) && !/^\([^()]*\)$/.test(operand) ? `(${operand})` : operand;
}

/** How a vector or a row is to be written so that its shape fits, if it is one. */
function wayOut(operands: readonly [string, string], a: Matrix, b: Matrix): string {
  for (const [small, large, i] of [
    [b, a, 1],
    [a, b, 0],
  ] as const) {
    const [rows, columns] = large.tensor.shape;
    const [length, width] = small.tensor.shape;
    const name = asOperand(operands[i]);
    if (large.tensor.rank !== 2) continue;
    if (small.tensor.rank === 1 || width === 1) {
      if (length === columns) return `; write 𝟏${name}ᵀ to add ${name} to every row (typed ones ${name}')`;
      if (length === rows) return `; write ${name}𝟏ᵀ to add ${name} to every column (typed ${name} ones')`;
    }
    if (small.tensor.rank === 2 && length === 1 && width === columns) {
      return `; write 𝟏 ${name} to add the row ${name} to every row`;
    }
    if (length === columns && width === rows) return `; ${name}ᵀ would fit`;
  }
  return "";
}

/** A value as a matrix: entries are put into rows and columns. */
export function wholeOf(value: Value, written: string): Matrix {
  const plain = solid(value, written);
  return plain.kind === "cells" ? matrixOf(plain) : plain;
}
