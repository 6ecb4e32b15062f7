/** Evaluates what has indices: letters, δ, sums, entries at their places, and grids. */

import { mul } from "../ops/arithmetic.ts";
import { concat } from "../ops/concat.ts";
import { reshape } from "../ops/reshape.ts";
import { contract } from "../rules/contraction.ts";
import { toTensor } from "../tensor/apply.ts";
import { letters as axisLetters, formatShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { solid } from "./arithmetic.ts";
import { type Context, DOTS, type Entry, type Expr, FormulaError, type Subscript } from "./grammar.ts";
import { dimensionOf, isDimension, positionsOf } from "./letters.ts";
import { type Cells, type GridCell, type Matrix, matrix, pick, type Value } from "./value.ts";
import { formulaText } from "./write.ts";

// The values of indices by themselves, and sums over them.

/** An index or a dimension as a number: the i of e^{ij}. */
export function letterValue(
  { letter: name, at }: Extract<Expr, { kind: "letter" }>,
  { letters, source }: Context,
): Value {
  const length = letters.lengths.get(name);
  if (length !== undefined) {
    return {
      kind: "cells",
      tensor: new Tensor(
        [length],
        Float64Array.from({ length }, (_, i) => i + 1),
      ),
      indices: [name],
    };
  }
  const dimension = dimensionOf(name, letters);
  if (dimension !== null) return matrix(toTensor("take", dimension));
  throw new FormulaError(`${name} is not a name here: no entry has it as an index`, source, at);
}

/** Kronecker's δ_jl: 1 where its indices agree. */
export function deltaValue(
  { subscripts, at }: Extract<Expr, { kind: "delta" }>,
  { letters, source }: Context,
): Value {
  const [a, b] = subscripts;
  const lengthOf = (index: Subscript): number =>
    typeof index === "string" ? (letters.lengths.get(index) ?? 0) : index;
  const n = Math.max(lengthOf(a), lengthOf(b));
  if (subscripts.length !== 2 || n === 0) {
    throw new FormulaError(
      "δ has two indices, and one of them must be that of an entry, as in x_ik δ_jl",
      source,
      at,
    );
  }
  const identity = new Tensor(
    [n, n],
    Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
  );
  return pick(
    identity,
    subscripts.map((index) => (typeof index === "number" ? index - 1 : index)),
  );
}

/** Σ of the entries along an index. */
export function sumOver(index: string, value: Value, expr: Expr, { letters, source }: Context): Value {
  const plain = solid(value, formulaText(expr));
  const length = letters.lengths.get(index);
  if (length === undefined) {
    throw new FormulaError(
      `Nothing says how far ${index} runs: no entry under the sum has it`,
      source,
      expr.at,
    );
  }
  if (plain.kind === "matrix" || !plain.indices.includes(index)) {
    const total = mul(plain.tensor, length);
    return plain.kind === "matrix" ? matrix(total) : { ...plain, tensor: total };
  }
  return summed(plain, index);
}

function summed({ tensor, indices }: Cells, index: string): Matrix | Cells {
  const names = axisLetters(indices.length);
  const axis = indices.indexOf(index);
  const total = contract({ name: "sum", indices: `${names}->${names.replace(names[axis], "")}` }, tensor);
  const left = indices.toSpliced(axis, 1);
  return left.length === 0 ? matrix(total) : { kind: "cells", tensor: total, indices: left };
}

// Where an entry stands in its tensor.

/** Its place: positions counted from 0, and indices. */
export function placesOf(expr: Entry, { letters, source }: Context): (number | string)[] {
  const { shape, rank } = expr.of.tensor;
  const positions = positionsOf(expr.subscripts, rank);
  if (positions.length !== rank) {
    const needs = `${rank} ${rank === 1 ? "index" : "indices"}`;
    throw new FormulaError(
      `${formulaText(expr)} has ${positions.length}, and an entry of shape ${formatShape(shape)} needs ${needs}`,
      source,
      expr.at,
    );
  }
  return positions.map((position, axis) => {
    if (typeof position === "string") {
      const isLast = isDimension(position) || letters.dimensions.has(position);
      const isIndex = letters.lengths.has(position) || !isLast;
      return isIndex ? position : shape[axis] - 1;
    }
    if (position >= 1 && position <= shape[axis]) return position - 1;
    throw new FormulaError(
      `${formulaText(expr)} lies outside of shape ${formatShape(shape)}: indices count from 1 to ${shape[axis]}`,
      source,
      expr.at,
    );
  });
}

// The value of a matrix written out: all of its entries, or some of a larger one.

type Grid = Extract<Expr, { kind: "grid" }>;

/** A whole matrix, or, with ⋯, the entries of one that are printed. */
export function grid(expr: Grid, context: Context, evaluate: (part: Expr) => Value): Value {
  const { rows } = expr;
  const columnCount = rows[0].length;
  const dotRow = rows.findIndex((row) => row.every((cell) => cell === DOTS));
  const dotColumn = columnCount === 1 ? -1 : rows[0].indexOf(DOTS);
  checkDots(expr, dotRow, dotColumn, context);
  const { subject } = context.letters;
  const hasDots = dotRow >= 0 || dotColumn >= 0;
  const shape: Shape = [sideOf(rows.length, dotRow, subject[0]), sideOf(columnCount, dotColumn, subject[1])];
  const places = (count: number, dots: number, length: number): (number | null)[] =>
    Array.from({ length: count }, (_, k) => placeOf(k, count, dots, length));
  const [down, across] = [places(rows.length, dotRow, shape[0]), places(columnCount, dotColumn, shape[1])];

  const cells: GridCell[] = [];
  rows.forEach((row, i) => {
    row.forEach((cell, j) => {
      const [at, column] = [down[i], across[j]];
      // Of a matrix with fewer than three rows, the row above ⋮ may not exist.
      if (cell === DOTS || at === null || column === null) return;
      cells.push({ row: at, column, tensor: number(cell, context, evaluate), expr: cell });
    });
  });
  if (hasDots) return { kind: "grid", shape, cells };
  const entries = concat(cells.map(({ tensor }) => reshape(tensor, 1)));
  return matrix(reshape(entries, ...shape));
}

function checkDots(
  { rows, at }: Grid,
  dotRow: number,
  dotColumn: number,
  { source, letters }: Context,
): void {
  const isRegular = rows.every((row, i) =>
    row.every((cell, j) => (cell === DOTS) === (i === dotRow || j === dotColumn)),
  );
  if (!isRegular) {
    throw new FormulaError("⋯ stands for a whole row or column: put dots into all of its cells", source, at);
  }
  if ((dotRow >= 0 || dotColumn >= 0) && letters.subject.length === 0) {
    throw new FormulaError("Nothing says how large this matrix is: name a matrix in the formula", source, at);
  }
}

function sideOf(count: number, dots: number, length: number | undefined): number {
  return dots < 0 ? count : (length ?? 1);
}

/** Where the k-th printed row or column stands: those after the dots count from the end. `null` if there is none. */
function placeOf(k: number, count: number, dots: number, length: number): number | null {
  if (k === dots) return null;
  const place = dots < 0 || k < dots ? k : length - (count - k);
  return place >= 0 && place < length ? place : null;
}

function number(cell: Expr, context: Context, evaluate: (part: Expr) => Value): GridCell["tensor"] {
  const value = evaluate(cell);
  if (value.kind === "matrix" && value.tensor.rank === 0) return value.tensor;
  if (value.kind !== "cells") {
    throw new FormulaError(
      `${formulaText(cell)} is a matrix, and a cell holds a number`,
      context.source,
      cell.at,
    );
  }
  const names = value.indices.join(" and ");
  throw new FormulaError(
    `${names} ${value.indices.length === 1 ? "is" : "are"} not a name here: ` +
      "the cells of a matrix count 1, 2, …, and the last row is α, the last column β",
    context.source,
    cell.at,
  );
}
