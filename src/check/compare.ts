/** Compares the two sides of an equation. */

import { broadcastTo } from "../ops/broadcast-to.ts";
import { reshape } from "../ops/reshape.ts";
import { entryName, formatShape, type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { solid } from "./arithmetic.ts";
import type { Expr } from "./grammar.ts";
import {
  aligned,
  asColumn,
  type Cells,
  fitOf,
  type Grid,
  type Matrix,
  matrixOf,
  shapeText,
  type Value,
} from "./value.ts";

/** How two sides compare. */
export type Comparison = Agreement | Difference | Mismatch;

/** They agree; the error is relative to the largest number on either side. */
export interface Agreement {
  readonly kind: "agreement";
  readonly error: number;
}

/** Their numbers differ at an entry. */
export interface Difference {
  readonly kind: "difference";
  readonly entry: string;
  readonly left: number;
  readonly right: number;
  /** Both sides as tensors of one shape, unless one is a grid with ⋯. */
  readonly sides: readonly [left: Tensor, right: Tensor] | null;
  /** The cell of the grid that holds a wrong number. */
  readonly cell: Expr | null;
}

/** Their shapes differ. */
export interface Mismatch {
  readonly kind: "mismatch";
  readonly left: string;
  readonly right: string;
}

/** Two numbers that should be equal. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly place: string;
  readonly cell: Expr | null;
}

/** Compares two values; `names` are the two sides as they were written. */
export function compare(a: Value, b: Value, names: readonly [string, string]): Comparison {
  if (a.kind === "grid" && b.kind === "grid") return compareGrids(a, b);
  if (a.kind === "grid") return compareWithGrid(a, b, names[1], false);
  if (b.kind === "grid") return compareWithGrid(b, a, names[0], true);
  const [p, q] = [solid(a, names[0]), solid(b, names[1])];
  const areEntries = [p, q].every(({ kind, tensor }) => kind === "cells" || tensor.rank === 0);
  return areEntries ? compareEntries(p, q) : compareMatrices(whole(p), whole(q));
}

function whole(value: Matrix | Cells): Matrix {
  return value.kind === "cells" ? matrixOf(value) : value;
}

function compareEntries(a: Cells | Matrix, b: Cells | Matrix): Comparison {
  const [x, y] = aligned([a, b]).tensors;
  const rank = Math.max(x.rank, y.rank);
  const shape = Array.from({ length: rank }, (_, axis) => Math.max(x.shape[axis] ?? 1, y.shape[axis] ?? 1));
  return compareTensors(broadcastTo(x, shape), broadcastTo(y, shape));
}

function compareMatrices(a: Matrix, b: Matrix): Comparison {
  const areNumbers = [a, b].every(({ tensor, fit }) => tensor.size === 1 && fit === undefined);
  if (areNumbers) return compareTensors(reshape(a.tensor), reshape(b.tensor)); // however they are wrapped
  if (sameShape(a.tensor.shape, b.tensor.shape)) return compareTensors(a.tensor, b.tensor);
  const shape = commonShape(a, b);
  if (shape === null) return { kind: "mismatch", left: shapeText(a), right: shapeText(b) };
  return compareTensors(broadcastTo(asColumn(a.tensor), shape), broadcastTo(asColumn(b.tensor), shape));
}

/** The shape of two matrices, a vector being a column and ones as long as they must be; `null` if there is none. */
function commonShape(a: Matrix, b: Matrix): Shape | null {
  const [x, y] = [asColumn(a.tensor), asColumn(b.tensor)];
  const [p, q] = [fitOf(a), fitOf(b)];
  const fits = [0, 1].every(
    (axis) => p[axis] !== "fixed" || q[axis] !== "fixed" || x.shape[axis] === y.shape[axis],
  );
  return x.rank === 2 && y.rank === 2 && fits ? x.shape.map((n, axis) => Math.max(n, y.shape[axis])) : null;
}

function compareGrids(a: Grid, b: Grid): Comparison {
  if (!sameShape(a.shape, b.shape)) {
    return { kind: "mismatch", left: formatShape(a.shape), right: formatShape(b.shape) };
  }
  const pairs = a.cells.flatMap(({ row, column, tensor, expr }) => {
    const other = b.cells.find((cell) => cell.row === row && cell.column === column);
    return other === undefined
      ? []
      : [{ left: tensor.item(), right: other.tensor.item(), place: placeOf(row, column), cell: expr }];
  });
  return comparePairs(pairs, null, a.cells[0].tensor.dtype);
}

/** A grid with ⋯ against a whole matrix: the printed cells count. */
function compareWithGrid(grid: Grid, value: Value, name: string, isRight: boolean): Comparison {
  const other = whole(solid(value, name));
  const x = asColumn(other.tensor);
  const fits =
    x.rank === 2 && x.shape.every((n, axis) => fitOf(other)[axis] !== "fixed" || n === grid.shape[axis]);
  if (!fits) {
    const [left, right] = isRight
      ? [shapeText(other), formatShape(grid.shape)]
      : [formatShape(grid.shape), shapeText(other)];
    return { kind: "mismatch", left, right };
  }
  const { data, dtype } = broadcastTo(x, grid.shape);
  const pairs = grid.cells.map(({ row, column, tensor, expr }) => {
    const [written, expected] = [tensor.item(), data[row * grid.shape[1] + column]];
    const [left, right] = isRight ? [expected, written] : [written, expected];
    return { left, right, place: placeOf(row, column), cell: expr };
  });
  return comparePairs(pairs, null, dtype);
}

function placeOf(row: number, column: number): string {
  return `entry (${row + 1}, ${column + 1})`;
}

/** Compares two tensors of one shape. */
export function compareTensors(a: Tensor, b: Tensor): Comparison {
  const pairs = Array.from(a.data, (left, k) => ({
    left,
    right: b.data[k],
    place: entryName(k, a.shape),
    cell: null,
  }));
  return comparePairs(pairs, [a, b], a.dtype === "float64" ? b.dtype : a.dtype);
}

/** The error allowed, relative to the largest number, and that which is rounding noise around 0. */
const TOLERANCE = { float64: [1e-8, 1e-12], float32: [2e-4, 1e-6] } as const;

function comparePairs(
  pairs: readonly Pair[],
  sides: Difference["sides"],
  dtype: keyof typeof TOLERANCE,
): Comparison {
  const [relative, noise] = TOLERANCE[dtype];
  const largest = pairs.reduce((most, { left, right }) => Math.max(most, finite(left), finite(right)), 0);
  let error = 0;
  let worst: Pair | null = null;
  for (const pair of pairs) {
    if (Object.is(pair.left, pair.right)) continue; // equal infinities too
    const off = Math.abs(pair.left - pair.right);
    if (off <= error) continue;
    error = off;
    worst = pair;
    if (Number.isNaN(off)) break;
  }
  if (worst === null || error <= relative * largest + noise) {
    return { kind: "agreement", error: largest === 0 ? error : error / largest };
  }
  const { place, left, right, cell } = worst;
  return { kind: "difference", entry: place, left, right, sides, cell };
}

function finite(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : 0;
}
