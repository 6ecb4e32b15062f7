/** What a formula evaluates to: a matrix, or entries for all values of some indices. */

import { reshape } from "../ops/reshape.ts";
import { slice } from "../ops/slice.ts";
import { contract } from "../rules/contraction.ts";
import { ShapeError } from "../tensor/errors.ts";
import { formatShape, letters, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Expr } from "./grammar.ts";

/** The value of an expression. */
export type Value = Matrix | Cells | Grid | Slope;

/** A tensor as a whole; a scalar has rank 0. */
export interface Matrix {
  readonly kind: "matrix";
  readonly tensor: Tensor;
  /** How far each axis of a matrix of ones goes; such an axis has length 1 in the tensor. */
  readonly fit?: readonly [rows: Fit, columns: Fit];
}

/**
 * An axis of a known length; one that is as long as necessary; or one that is so only when combined entry by entry,
 * and is 1 in a matrix product, as 𝟏 is a column.
 */
export type Fit = "fixed" | "stretch" | "loose";

/** Entries for all values of their indices, one axis each: the value of x_ij. */
export interface Cells {
  readonly kind: "cells";
  readonly tensor: Tensor;
  readonly indices: readonly string[];
}

/** A grid with ⋯: some entries of a matrix of this shape. */
export interface Grid {
  readonly kind: "grid";
  readonly shape: Shape;
  readonly cells: readonly GridCell[];
}

/** A printed entry of a grid, and where it stands, counted from 0. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly tensor: Tensor;
  /** As it was written. */
  readonly expr: Expr;
}

/** ∂Y/∂X of two matrices. As a factor it pulls back; by itself it is the matrix of ∂y_ij/∂x_ij, if there are no others. */
export interface Slope {
  readonly kind: "slope";
  readonly y: Tensor;
  readonly x: Tensor;
  /** The matrix of ∂y_ij/∂x_ij; `null` when an entry of Y depends on more than one of X. */
  readonly diagonal: Tensor | null;
  /** The Jacobian, where Y and X are vectors: a row for each entry of Y, or of X, as the layout says. */
  readonly whole: Tensor | null;
  readonly label: string;
}

export function matrix(tensor: Tensor): Matrix {
  return { kind: "matrix", tensor };
}

export function isScalar(value: Value): value is Matrix {
  return value.kind === "matrix" && value.tensor.rank === 0;
}

/** The fit of each axis; a vector is a column. */
export function fitOf({ fit }: Matrix): readonly [Fit, Fit] {
  return fit ?? ["fixed", "fixed"];
}

/** The tensor with two axes, a vector as a column. */
export function asColumn(x: Tensor): Tensor {
  return x.rank === 1 ? reshape(x, x.shape[0], 1) : x;
}

/** The shape of a value in messages: a ? for an axis of ones that is as long as necessary. */
export function shapeText(value: Matrix): string {
  const [rows, columns] = fitOf(value);
  if (rows === "fixed" && columns === "fixed") return formatShape(value.tensor.shape);
  const [m, n] = value.tensor.shape;
  return `[${rows === "stretch" ? "?" : m}, ${columns === "stretch" ? "?" : n}]`;
}

/** Brings entries to common indices, so that ops combine them entry by entry; a missing index has length 1. */
export function aligned(values: readonly (Cells | Matrix)[]): { tensors: Tensor[]; indices: string[] } {
  const indices = [
    ...new Set(values.flatMap((value) => (value.kind === "cells" ? value.indices : []))),
  ].sort();
  const tensors = values.map((value) => {
    if (value.kind === "matrix") return value.tensor; // a scalar
    const own = indices.filter((index) => value.indices.includes(index));
    const ordered = arranged(value, own);
    const shape = indices.map((index) => (own.includes(index) ? ordered.shape[own.indexOf(index)] : 1));
    return shape.length === own.length ? ordered : reshape(ordered, ...shape);
  });
  return { tensors, indices };
}

/** The entries with their axes in the order of `order`. */
function arranged({ tensor, indices }: Cells, order: readonly string[]): Tensor {
  if (order.every((index, axis) => index === indices[axis])) return tensor;
  const names = letters(indices.length);
  const of = (index: string): string => names[indices.indexOf(index)];
  return contract({ name: "transpose", indices: `${names}->${order.map(of).join("")}` }, tensor);
}

/** The matrix (x_ij) of entries with one or two indices, in the order of the alphabet: rows, then columns. */
export function matrixOf(cells: Cells): Matrix {
  return matrix(aligned([cells]).tensors[0]);
}

/**
 * The tensor at some positions: a number picks one entry, a letter names an axis; the same letter twice takes a
 * diagonal.
 */
export function pick(x: Tensor, positions: readonly (number | string)[]): Matrix | Cells {
  const numbers = positions.map((position) => (typeof position === "number" ? position : null));
  const part = numbers.every((position) => position === null) ? x : slice(x, ...numbers);
  const indices = positions.filter((position) => typeof position === "string");
  if (indices.length === 0) return matrix(part);
  const distinct = [...new Set(indices)];
  if (distinct.length === indices.length) return { kind: "cells", tensor: part, indices };
  const names = letters(distinct.length);
  const group = indices.map((index) => names[distinct.indexOf(index)]).join("");
  const lengths = indices.map((index, axis) => [index, part.shape[axis]] as const);
  const odd = lengths.find(([index, length]) => length !== part.shape[indices.indexOf(index)]);
  if (odd !== undefined) {
    throw new ShapeError(
      `Cannot take the entries with equal ${odd[0]} of shape ${formatShape(part.shape)}: its sides differ`,
      [part.shape],
    );
  }
  return {
    kind: "cells",
    tensor: contract({ name: "diag", indices: `${group}->${names}` }, part),
    indices: distinct,
  };
}
