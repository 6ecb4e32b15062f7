/** The numbers of a tensor in a picture: arranged in rows and columns, measured, and drawn. */

import type { GraphValues } from "../graph/graph-json.ts";
import { labelMarks, labelText, labelWidth } from "../svg/label.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { type JsonNumber, shown, superscript, type Written, written } from "../tensor/numbers.ts";
import { sizeOf } from "../tensor/shape.ts";
import { classes, type Highlight } from "./theme.ts";

// Arranged: as many rows and columns as a card has room for, with dots for those left out.

/** What stands at a place of a grid: an entry of the tensor, or dots. */
export type Cell =
  | { readonly entry: number; readonly value: number; readonly written: Written }
  | { readonly dots: "⋯" | "⋮" | "⋱" };

/** The numbers of a tensor in a card. */
export interface Block {
  /** `null` if a tensor has no rows and columns, or too many axes. */
  readonly rows: readonly (readonly Cell[])[] | null;
  /** What is said about all entries if not all of them are shown. */
  readonly line: string | null;
  /** Whether brackets stand around the rows; they do not around a scalar. */
  readonly isMatrix: boolean;
}

/** The most rows and columns that are shown. */
const MOST = 5;

/** Arranges the values of a tensor. */
export function blockOf(values: GraphValues, shape: readonly number[]): Block {
  const isMatrix = shape.length > 0;
  if (sizeOf(shape) === 0) return { rows: null, line: "no entries", isMatrix };
  if (!("data" in values)) {
    const range = `${numeral(values.least)} … ${numeral(values.most)}`;
    return { rows: shape.length > 2 ? null : cornerRows(values.corner, shape), line: range, isMatrix };
  }
  const { data } = values;
  if (shape.length > 2) return { rows: null, line: rangeOf(data), isMatrix };
  const [rowCount, columnCount] = [shape[0] ?? 1, shape[1] ?? 1];
  const columns = shown(columnCount, MOST);
  const rows = shown(rowCount, MOST).map((row) =>
    columns.map((column): Cell => {
      if (row === null) return { dots: column === null ? "⋱" : "⋮" };
      if (column === null) return { dots: "⋯" };
      const entry = row * columnCount + column;
      const value = Number(data[entry]);
      return { entry, value, written: written(value) };
    }),
  );
  return { rows, line: null, isMatrix };
}

/** A number as text, with a true minus: −0.5, 1.5·10⁻⁷. */
export function numeral(value: JsonNumber): string {
  const parts = written(Number(value));
  return wholeOf(parts) + fractionOf(parts);
}

/** What stands before the decimal point. */
export function wholeOf({ negative, whole }: Written): string {
  return `${negative ? "−" : ""}${whole}`;
}

/** The point and what stands after it. */
export function fractionOf({ fraction, exponent }: Written): string {
  const power = exponent === null ? "" : `·10${superscript(exponent)}`;
  return `${fraction && `.${fraction}`}${power}`;
}

/** Whether a number is aligned with others at its point: NaN, ∞ and powers of ten stand by themselves. */
export function isAligned({ whole, exponent }: Written): boolean {
  return exponent === null && /^\d/.test(whole);
}

function rangeOf(data: readonly JsonNumber[]): string {
  const numbers = data.map(Number).filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return "NaN";
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  const range = `${numeral(least)} … ${numeral(most)}`;
  return numbers.length === data.length ? range : `${range}, NaN`;
}

/** The corner of a large matrix, in which what is left out is marked already. */
function cornerRows(
  corner: readonly (readonly (JsonNumber | null)[] | null)[],
  shape: readonly number[],
): readonly (readonly Cell[])[] | null {
  const width = Math.min(MOST, Math.max(0, ...corner.map((row) => row?.length ?? 0)));
  if (width === 0) return null;
  const last = corner.find((row) => row !== null);
  // A vector's corner is one row of it; what is left out lies before the last row and the last column.
  const [rowCount, columnCount] = shape.length < 2 ? [1, shape[0] ?? 1] : shape;
  const [rowsAt, columnsAt] = [shown(rowCount, corner.length), shown(columnCount, width)];
  return corner.slice(0, MOST).map((row, i) =>
    Array.from({ length: width }, (_, j): Cell => {
      if (row === null) return { dots: (last?.[j] ?? null) === null ? "⋱" : "⋮" };
      const value = row[j] ?? null;
      return value === null
        ? { dots: "⋯" }
        : {
            entry: (rowsAt[i] ?? i) * columnCount + (columnsAt[j] ?? j),
            value: Number(value),
            written: written(Number(value)),
          };
    }),
  );
}

// Measured: how wide the columns are, so that points stand below points in every state of the numbers.

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

// Drawn: in columns, their points below each other, in brackets.

/** Whose numbers they are. */
export interface Owner {
  readonly node: number;
  readonly part: Highlight["part"];
  /** What an entry is called: z_12. */
  readonly nameOf: (entry: number) => string;
  readonly highlight: (entry: number) => readonly Highlight["kind"][];
}

/** The block, its upper left corner at (x, y). */
export function blockMarks(block: Block, room: Room, x: number, y: number, owner: Owner | null): Mark[] {
  const { starts, width } = placesOf(room);
  const rows = block.rows ?? [];
  const left = x + (room.width - width) / 2;
  const cells = rows.flatMap((row, i) =>
    row.flatMap((cell, j) => cellMarks(cell, room, left + starts[j], y + (i + 0.5) * ROW, j, owner)),
  );
  const marks =
    room.isMatrix && rows.length > 0 ? [brackets(left, width, y, rows.length * ROW), ...cells] : cells;
  if (block.line === null) return marks;
  const middle = y + room.rowCount * ROW + (REMARK + 4) / 2;
  return [...marks, ...labelMarks(block.line, x + room.width / 2, middle, REMARK)];
}

function brackets(left: number, width: number, top: number, height: number): Mark {
  const bracket = (x: number, side: number): string =>
    `M${short(x + side * 4)} ${short(top)}h${-4 * side}v${short(height)}h${4 * side}`;
  return mark("path", {
    ...classes("gb-Bracket"),
    fill: "none",
    stroke: "currentColor",
    d: bracket(left + 0.5, 1) + bracket(left + width - 0.5, -1),
  });
}

function cellMarks(
  cell: Cell,
  room: Room,
  left: number,
  middle: number,
  column: number,
  owner: Owner | null,
): Mark[] {
  const { whole, fraction, width } = room.columns[column];
  const centre = left + width / 2;
  const baseline = short(middle + NUMBERS * 0.34);
  const text = (x: number, anchor: string, ...parts: (Mark | string)[]): Mark =>
    mark("text", { x: short(x), y: baseline, "text-anchor": anchor }, ...parts);
  if ("dots" in cell) return [text(centre, "middle", cell.dots)];
  const { entry, value, written } = cell;
  const [before, after] = [wholeOf(written), fractionOf(written)];
  const point = left + (width - whole - fraction) / 2 + whole;
  const shown = !room.isMatrix
    ? text(left, "start", before + after)
    : !isAligned(written)
      ? text(centre, "middle", before + after)
      : after === ""
        ? text(point, "end", before)
        : text(point, "end", before, mark("tspan", { x: short(point), "text-anchor": "start" }, after));
  if (owner === null) return [shown];
  const start = !room.isMatrix
    ? left
    : isAligned(written)
      ? point - numberWidth(before)
      : centre - numberWidth(before + after) / 2;
  const kinds = owner.highlight(entry).map((kind) => `gb-mod-${kind}`);
  const ground = mark("rect", {
    ...classes("gb-Entry-ground", ...kinds),
    x: short(start - 2.5),
    y: short(middle - ROW / 2 + 0.5),
    width: short(numberWidth(before + after) + 5),
    height: ROW - 1,
    rx: 2,
  });
  const title = mark(
    "title",
    {},
    `${labelText(owner.nameOf(entry))} = ${String(value).replaceAll("-", "−")}`,
  );
  return [
    mark(
      "g",
      { ...classes("gb-Entry", ...kinds), "data-entry": `${owner.node}:${entry}`, "data-part": owner.part },
      title,
      ground,
      shown,
    ),
  ];
}
