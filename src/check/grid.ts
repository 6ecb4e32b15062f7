/** The value of a matrix written out: all of its entries, or some of a larger one. */

import { concat } from "../ops/concat.ts";
import { reshape } from "../ops/reshape.ts";
import type { Shape } from "../shape.ts";
import { describe } from "./describe.ts";
import { FormulaError } from "./errors.ts";
import { DOTS, type Expr } from "./grammar.ts";
import type { Scene } from "./scene.ts";
import { type GridCell, matrix, type Value } from "./value.ts";

type Grid = Extract<Expr, { kind: "grid" }>;

/** A whole matrix, or with ⋯ those entries of one that are printed. */
export function grid(expr: Grid, scene: Scene, evaluate: (part: Expr) => Value): Value {
  const { rows } = expr;
  const columnCount = rows[0].length;
  const dotRow = rows.findIndex((row) => row.every((cell) => cell === DOTS));
  const dotColumn = columnCount === 1 ? -1 : rows[0].indexOf(DOTS);
  checkDots(expr, dotRow, dotColumn, scene);
  const { subject } = scene.letters;
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
      cells.push({ row: at, column, tensor: number(cell, scene, evaluate), expr: cell });
    });
  });
  if (hasDots) return { kind: "grid", shape, cells };
  const entries = concat(cells.map(({ tensor }) => reshape(tensor, 1)));
  return matrix(reshape(entries, ...shape));
}

function checkDots({ rows, at }: Grid, dotRow: number, dotColumn: number, { source, letters }: Scene): void {
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

function number(cell: Expr, scene: Scene, evaluate: (part: Expr) => Value): GridCell["tensor"] {
  const value = evaluate(cell);
  if (value.kind === "matrix" && value.tensor.rank === 0) return value.tensor;
  if (value.kind !== "cells") {
    throw new FormulaError(`${describe(cell)} is a matrix, and a cell holds a number`, scene.source, cell.at);
  }
  const names = value.indices.join(" and ");
  throw new FormulaError(
    `${names} ${value.indices.length === 1 ? "is" : "are"} not a name here: ` +
      "the cells of a matrix count 1, 2, …, and the last row is α, the last column β",
    scene.source,
    cell.at,
  );
}
