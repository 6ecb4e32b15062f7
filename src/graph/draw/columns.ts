/** How wide the columns of a grid are, so that points stand below points in each of its states. */

import { labelWidth } from "../../typeset/label.ts";
import { type Block, type Cell, fractionOf, isAligned, wholeOf } from "./grid.ts";

/** The size of the numbers, and the height of a row of them. */
export const NUMBERS = 12.5;
export const ROW = 16;
/** The size of a remark below numbers. */
export const REMARK = 11;
/** The room between columns, and between a bracket and the numbers. */
const BETWEEN = 9;
const BRACKET = 7;

/** A column: the room before and after the decimal point, and all of it. */
export interface Column {
  readonly whole: number;
  readonly fraction: number;
  readonly width: number;
}

/** The size of a block of numbers, which is the same in all of its states. */
export interface Room {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly hasLine: boolean;
  readonly isMatrix: boolean;
  readonly width: number;
  readonly height: number;
}

/** The room that any of the blocks needs. */
export function roomFor(blocks: readonly Block[]): Room {
  const rows = blocks.flatMap((block) => block.rows ?? []);
  const count = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, k) => columnOf(rows, k));
  const rowCount = Math.max(0, ...blocks.map((block) => block.rows?.length ?? 0));
  const isMatrix = blocks.some((block) => block.isMatrix);
  const lines = blocks.flatMap(({ line }) => line ?? []);
  const grid = columns.reduce((total, { width }) => total + width, 0) + BETWEEN * Math.max(0, count - 1);
  const width = grid + (isMatrix && count > 0 ? 2 * BRACKET : 0);
  return {
    columns,
    rowCount,
    hasLine: lines.length > 0,
    isMatrix,
    width: Math.max(width, ...lines.map((line) => labelWidth(line, REMARK))),
    height: rowCount * ROW + (lines.length > 0 ? REMARK + 4 : 0),
  };
}

/** Where the columns of a room begin, from the left of its grid, and how wide that is. */
export function placesOf({ columns, isMatrix }: Room): {
  readonly starts: readonly number[];
  readonly width: number;
} {
  let at = isMatrix ? BRACKET : 0;
  const starts = columns.map(({ width }) => {
    const start = at;
    at += width + BETWEEN;
    return start;
  });
  return { starts, width: at - BETWEEN + (isMatrix ? BRACKET : 0) };
}

function columnOf(rows: readonly (readonly Cell[])[], k: number): Column {
  let [whole, fraction, alone] = [0, 0, 0];
  for (const row of rows) {
    const cell = row[k];
    if (cell === undefined) continue;
    if ("dots" in cell) {
      alone = Math.max(alone, NUMBERS);
      continue;
    }
    const [before, after] = [numberWidth(wholeOf(cell.written)), numberWidth(fractionOf(cell.written))];
    if (isAligned(cell.written)) [whole, fraction] = [Math.max(whole, before), Math.max(fraction, after)];
    else alone = Math.max(alone, before + after);
  }
  return { whole, fraction, width: Math.max(whole + fraction, alone) };
}

/** Digits are all equally wide in the fonts that numbers are set in. */
export function numberWidth(text: string): number {
  return labelWidth(text, NUMBERS);
}
