/** Functions of the plane, called on a grid. */

import { type Interval, intervalOf } from "../svg/plane.ts";
import { ValueError } from "../tensor/errors.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";

/** A function of the plane, known at the centres of a grid of cells; the first row is the lowest. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
  readonly range: Interval;
}

/** A point, and its class, if it has one. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number | null;
}

/** An arrow from its middle (x, y), as a share of the longest. */
export interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** No curve needs more points than the picture has pixels. */
export const CURVE_POINTS = 400;
const HEAT_COLUMNS = 96;
const ARROW_COLUMNS = 15;

/** The values of a function at the centres of a grid of cells. */
export function gridOf(
  heat: (x: number, y: number) => Operand,
  x: Interval,
  y: Interval,
  aspect: number,
): Grid {
  const rows = Math.round(HEAT_COLUMNS * aspect);
  const values = new Float64Array(HEAT_COLUMNS * rows);
  let k = 0;
  eachCell(x, y, HEAT_COLUMNS, rows, (cx, cy) => {
    values[k++] = numberOf(heat(cx, cy));
  });
  return { columns: HEAT_COLUMNS, rows, values, range: intervalOf(values) };
}

/** An arrow in the middle of each cell of a grid. */
export function arrowsOf(
  field: (x: number, y: number) => Tensor | readonly [Operand, Operand],
  x: Interval,
  y: Interval,
  aspect: number,
): Arrow[] {
  const rows = Math.round(ARROW_COLUMNS * aspect);
  const found: Arrow[] = [];
  eachCell(x, y, ARROW_COLUMNS, rows, (cx, cy) => {
    const vector = field(cx, cy);
    const [dx, dy] = vector instanceof Tensor ? vector.data : vector.map(numberOf);
    found.push({ x: cx, y: cy, dx, dy });
  });
  const lengths = found.map(({ dx, dy }) => Math.sqrt(dx * dx + dy * dy)).filter(Number.isFinite);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0) || 1;
  return found.map((arrow) => ({ ...arrow, dx: arrow.dx / longest, dy: arrow.dy / longest }));
}

/** The values of a function of x. */
export function sampled(curve: (x: number) => Operand, [low, high]: Interval): Point[] {
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
    const x = low + ((high - low) * i) / CURVE_POINTS;
    return { x, y: numberOf(curve(x)), label: null };
  });
}

/** Calls `visit` with the centre of every cell of a grid, from the lowest row on. */
function eachCell(
  x: Interval,
  y: Interval,
  columns: number,
  rows: number,
  visit: (x: number, y: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    const cy = y[0] + ((y[1] - y[0]) * (row + 0.5)) / rows;
    for (let column = 0; column < columns; column++) {
      visit(x[0] + ((x[1] - x[0]) * (column + 0.5)) / columns, cy);
    }
  }
}

function numberOf(value: Operand): number {
  if (typeof value === "number") return value;
  if (value instanceof Tensor) return value.item();
  throw new ValueError(`Cannot plot a value of type ${typeof value}: the function must answer a number`);
}

// The line on which a function of the plane has a given value.

/** A straight piece of the line, in columns and rows of the grid's centres. */
export type Segment = readonly [from: readonly [number, number], to: readonly [number, number]];

/**
 * The pieces of the level line, by marching squares: each square between four centres is cut where its sides pass the
 * level, with linear interpolation. At a saddle there are two ways to join the four cuts; the first is taken.
 */
export function contour({ columns, rows, values }: Grid, level: number): Segment[] {
  const at = (column: number, row: number): number => values[row * columns + column] - level;
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const cuts = corners.flatMap((a, side) => {
        const b = corners[(side + 1) % 4];
        const [va, vb] = [at(a[0], a[1]), at(b[0], b[1])];
        if (va < 0 === vb < 0) return [];
        const t = va / (va - vb);
        return [[a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])] as const];
      });
      for (let k = 0; k + 1 < cuts.length; k += 2) segments.push([cuts[k], cuts[k + 1]]);
    }
  }
  return segments;
}
