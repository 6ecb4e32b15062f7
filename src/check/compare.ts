/** Compares the two sides of an equation, entry by entry. */

import { broadcastTo, reshape } from "../ops/reshape.ts";
import { ShapeError, SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { entryName, formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { solid } from "./arithmetic.ts";
import { evaluate } from "./evaluate.ts";
import { type Context, type Expr, walk } from "./grammar.ts";
import { roundingOf, UNIT } from "./rounding.ts";
import {
  aligned,
  asColumn,
  type Cells,
  fitOf,
  type Grid,
  isScalar,
  type Matrix,
  matrix,
  matrixOf,
  shapeText,
  type Value,
} from "./value.ts";
import { formulaText } from "./write.ts";

// Compares the two sides of an equation.

/** How two sides compare. */
export type Comparison = Agreement | Difference | Mismatch;

/** No entry contradicts the equation. */
export interface Agreement {
  readonly kind: "agreement";
  /** The largest error of an entry, relative to the terms that it is made of. */
  readonly error: number;
  /** For each entry, whether its numbers say something. */
  readonly isClear: readonly boolean[];
  /** The first entry that says nothing. */
  readonly doubt: Doubt | null;
  readonly sides: Sides;
}

/** An entry without numbers on one side or on both, or with numbers that may be nothing but rounding. */
export interface Doubt {
  readonly kind: "valueless" | "one-sided" | "rounded";
  readonly entry: string;
  readonly left: number;
  readonly right: number;
}

/** Their numbers differ at an entry. */
export interface Difference {
  readonly kind: "difference";
  readonly entry: string;
  readonly left: number;
  readonly right: number;
  readonly sides: Sides;
  /** The cell of the grid that holds a wrong number. */
  readonly cell: Expr | null;
}

/** Both sides as tensors of one shape, unless one is a grid with ⋯. */
type Sides = readonly [left: Tensor, right: Tensor] | null;

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
  /** How much of their difference may be rounding. */
  readonly rounding: number;
  readonly place: string;
  readonly cell: Expr | null;
}

/**
 * Compares two values, entry by entry: each relative to the terms that it is made of, whatever the others are. `names`
 * are the two sides as they were written; `size` is that of the numbers the formula starts from.
 */
export function compare(a: Value, b: Value, names: readonly [string, string], size: number): Comparison {
  if (a.kind === "grid" && b.kind === "grid") return compareGrids(a, b, size);
  if (a.kind === "grid") return compareWithGrid(a, b, names[1], false, size);
  if (b.kind === "grid") return compareWithGrid(b, a, names[0], true, size);
  const [p, q] = [beside(a, b, names[0]), beside(b, a, names[1])];
  const areEntries = [p, q].every(({ kind, tensor }) => kind === "cells" || tensor.rank === 0);
  return areEntries ? compareEntries(p, q, size) : compareMatrices(whole(p), whole(q), size);
}

/** A side; a ∂z/∂x becomes the matrix of all slopes when the other side is a matrix of its shape. */
function beside(value: Value, other: Value, name: string): Matrix | Cells {
  const isWhole =
    value.kind === "slope" &&
    value.whole !== null &&
    other.kind === "matrix" &&
    sameShape(value.whole.shape, other.tensor.shape);
  return isWhole ? matrix(value.whole) : solid(value, name);
}

function whole(value: Matrix | Cells): Matrix {
  return value.kind === "cells" ? matrixOf(value) : value;
}

function compareEntries(a: Cells | Matrix, b: Cells | Matrix, size: number): Comparison {
  const [x, y] = aligned([a, b]).tensors;
  const rank = Math.max(x.rank, y.rank);
  const shape = Array.from({ length: rank }, (_, axis) => Math.max(x.shape[axis] ?? 1, y.shape[axis] ?? 1));
  return compareTensors(broadcastTo(x, shape), broadcastTo(y, shape), size);
}

function compareMatrices(a: Matrix, b: Matrix, size: number): Comparison {
  const areNumbers = [a, b].every(({ tensor, fit }) => tensor.size === 1 && fit === undefined);
  if (areNumbers) return compareTensors(reshape(a.tensor), reshape(b.tensor), size); // however they are wrapped
  if (sameShape(a.tensor.shape, b.tensor.shape)) return compareTensors(a.tensor, b.tensor, size);
  const shape = commonShape(a, b);
  if (shape !== null)
    return compareTensors(
      broadcastTo(asColumn(a.tensor), shape),
      broadcastTo(asColumn(b.tensor), shape),
      size,
    );
  return compareWithNumber(a, b, size) ?? { kind: "mismatch", left: shapeText(a), right: shapeText(b) };
}

/** A number stands for a matrix with that number in every entry; every written number may be compared with a matrix. */
function compareWithNumber(a: Matrix, b: Matrix, size: number): Comparison | null {
  const number = [a, b].find(isScalar);
  if (number === undefined) return null;
  const { shape } = (number === a ? b : a).tensor;
  const comparison = compareTensors(broadcastTo(a.tensor, shape), broadcastTo(b.tensor, shape), size);
  return comparison.kind === "agreement" || internals.isWeak(number.tensor) ? comparison : null;
}

/** The shape of two matrices, a vector being a column and ones as long as necessary; `null` if there is none. */
function commonShape(a: Matrix, b: Matrix): Shape | null {
  const [x, y] = [asColumn(a.tensor), asColumn(b.tensor)];
  const [p, q] = [fitOf(a), fitOf(b)];
  const fits = [0, 1].every(
    (axis) => p[axis] !== "fixed" || q[axis] !== "fixed" || x.shape[axis] === y.shape[axis],
  );
  return x.rank === 2 && y.rank === 2 && fits ? x.shape.map((n, axis) => Math.max(n, y.shape[axis])) : null;
}

function compareGrids(a: Grid, b: Grid, size: number): Comparison {
  if (!sameShape(a.shape, b.shape)) {
    return { kind: "mismatch", left: formatShape(a.shape), right: formatShape(b.shape) };
  }
  const pairs = a.cells.flatMap(({ row, column, tensor, expr }) => {
    const other = b.cells.find((cell) => cell.row === row && cell.column === column);
    return other === undefined
      ? []
      : [
          {
            left: tensor.item(),
            right: other.tensor.item(),
            rounding: roundingOf(tensor)[0] + roundingOf(other.tensor)[0],
            place: placeOf(row, column),
            cell: expr,
          },
        ];
  });
  return comparePairs(pairs, null, size);
}

/** A grid with ⋯ against a whole matrix: the printed cells count. */
function compareWithGrid(grid: Grid, value: Value, name: string, isRight: boolean, size: number): Comparison {
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
  const all = broadcastTo(x, grid.shape);
  const roundings = roundingOf(all);
  const pairs = grid.cells.map(({ row, column, tensor, expr }) => {
    const at = row * grid.shape[1] + column;
    const [written, expected] = [tensor.item(), all.data[at]];
    const [left, right] = isRight ? [expected, written] : [written, expected];
    const rounding = roundings[at] + roundingOf(tensor)[0];
    return { left, right, rounding, place: placeOf(row, column), cell: expr };
  });
  return comparePairs(pairs, null, size);
}

function placeOf(row: number, column: number): string {
  return `entry (${row + 1}, ${column + 1})`;
}

/** Compares two tensors of one shape. */
export function compareTensors(a: Tensor, b: Tensor, size: number): Comparison {
  const roundings = [roundingOf(a), roundingOf(b)];
  const pairs = Array.from(a.data, (left, k) => ({
    left,
    right: b.data[k],
    rounding: roundings[0][k] + roundings[1][k],
    place: entryName(k, a.shape),
    cell: null,
  }));
  return comparePairs(pairs, [a, b], size);
}

/** A number says something when its error is small beside it, */
const LOOSE = 1e-3;
/** or, where it may well be 0, when its error is very small beside the numbers it comes from. */
const RESOLUTION = 1e-6;

function comparePairs(pairs: readonly Pair[], sides: Sides, size: number): Comparison {
  let [error, gap] = [0, 0];
  let worst: Pair | null = null;
  let doubt: Doubt | null = null;
  const isClear: boolean[] = [];
  for (const pair of pairs) {
    const { left, right, rounding, place: entry } = pair;
    const kind = doubtIn(pair, size);
    isClear.push(kind === null);
    if (kind !== null) doubt ??= { kind, entry, left, right };
    const off = Math.abs(left - right);
    // Without two numbers, or with a number on the way that is too large, there is nothing to compare.
    if (!(Number.isFinite(off) && Number.isFinite(rounding))) continue;
    if (off > rounding && off > gap) [worst, gap] = [pair, off];
    const terms = Math.max(Math.abs(left), Math.abs(right), rounding / UNIT);
    if (off > 0) error = Math.max(error, off / terms);
  }
  if (worst === null) return { kind: "agreement", error, isClear, doubt, sides };
  const { place, left, right, cell } = worst;
  return { kind: "difference", entry: place, left, right, sides, cell };
}

/** Whether two tensors of one shape have an entry that no rounding could explain and still let the numbers say something. */
export function areApart(a: Tensor, b: Tensor, size: number): boolean {
  const [left, right] = [a.data, b.data];
  return left.some((entry, k) => {
    const off = Math.abs(entry - right[k]);
    return off > LOOSE * Math.max(Math.abs(entry), Math.abs(right[k])) && off > RESOLUTION * size;
  });
}

function doubtIn({ left, right, rounding }: Pair, size: number): Doubt["kind"] | null {
  const values = [left, right].filter(Number.isFinite).length;
  if (values < 2) return values === 0 ? "valueless" : "one-sided";
  const largest = Math.max(Math.abs(left), Math.abs(right));
  return rounding <= LOOSE * largest || rounding <= RESOLUTION * size ? null : "rounded";
}

// Evaluates the two sides of an equation at a point, and compares them.

/** A side that has no value because shapes within it do not fit. */
export interface Misfit {
  readonly kind: "misfit";
  readonly message: string;
}

/** Compares two sides at a point. */
export function compareSides(a: Expr, b: Expr, context: Context): Comparison | Misfit {
  try {
    const [x, y] = [evaluate(a, context), evaluate(b, context)];
    return compare(x, y, [formulaText(a), formulaText(b)], Math.max(sizeOf(a, context), sizeOf(b, context)));
  } catch (error) {
    if (error instanceof ShapeError) return { kind: "misfit", message: error.message };
    if (error instanceof SingularMatrixError || error instanceof ValueError) return NO_VALUE;
    throw error;
  }
}

/** What an op rejects at these numbers, such as the inverse of a singular matrix, says nothing. */
const NO_VALUE: Agreement = {
  kind: "agreement",
  error: 0,
  isClear: [false],
  doubt: { kind: "valueless", entry: "its value", left: Number.NaN, right: Number.NaN },
  sides: null,
};

/** The largest of the numbers that a formula starts from: those of its tensors, or its own if there are none. */
function sizeOf(expr: Expr, { point }: Context): number {
  let [ofTensors, ofNumbers] = [0, 0];
  walk(expr, (part) => {
    if (part.kind === "number") ofNumbers = Math.max(ofNumbers, Math.abs(part.value));
    const leaf = part.kind === "entry" ? part.of : part;
    if (leaf.kind !== "tensor" && leaf.kind !== "gradient") return;
    const { data } = leaf.kind === "tensor" ? point.value(leaf.tensor) : point.gradient(leaf.tensor);
    for (const entry of data) if (Number.isFinite(entry)) ofTensors = Math.max(ofTensors, Math.abs(entry));
  });
  return ofTensors || ofNumbers;
}
