/** Numbers in rows and columns, as many as a card has room for, with dots for those left out. */

import type { JsonNumber } from "../../json-numbers.ts";
import { shown, superscript, type Written, written } from "../../numbers.ts";
import { sizeOf } from "../../shape.ts";
import type { GraphValues } from "../graph-json.ts";

/** What stands at a place of a grid: an entry of the tensor, or dots. */
export type Cell =
  | { readonly entry: number; readonly value: number; readonly written: Written }
  | { readonly dots: "⋯" | "⋮" | "⋱" };

/** The numbers of a tensor in a card. */
export interface Block {
  /** `null` where a tensor has no rows and columns, or too many axes. */
  readonly rows: readonly (readonly Cell[])[] | null;
  /** What is said of all entries where not all of them are there. */
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

/** The corner of a large matrix; what it leaves out it marks itself. */
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
