/** A tensor as text: as good as its LaTeX, for terminals and for readers of a raw notebook. */

import { MOST, MOST_IN_BLOCKS, plainNumber, shown } from "../tensor/numbers.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { plainTex } from "../tex/plain.ts";
import { symbolicTex } from "./expression.ts";

/**
 * The entries under the tensor's name, in parentheses drawn with lines. A scalar is `J = 1.5`, without a name just the
 * number. From rank 3 on the last two axes stand as matrices, one below the other, labelled from 1.
 */
export function text(x: Tensor): string {
  const symbolic = symbolicTex(x);
  if (symbolic !== null) return plainTex(symbolic);
  const { shape, rank } = x;
  const label = internals.labelOf(x)?.text;
  const name = [x.name, label].filter((part) => part != null).join(" = ") || null;
  if (rank === 0) return labelled(name ?? "", [plainNumber(x.data[0])]);
  const dimensions = shape.join(" × ");
  if (x.size === 0) return labelled(name ?? "", [`() of shape ${dimensions}`]);
  if (rank <= 2) {
    const lines = matrix(x, rank === 1 ? [shape[0], 1] : shape, 0, MOST);
    const isWhole = shape.every((length) => length <= MOST);
    return labelled(name ?? "", lines) + (isWhole ? "" : `\n${dimensions}`);
  }
  const outer = shape.slice(0, -2);
  const inner = shape.slice(-2);
  const blocks = positions(outer).map((position) => {
    if (position === null) return "⋮";
    const offset = position.reduce((index, at, axis) => index * outer[axis] + at, 0) * sizeOf(inner);
    const label = `${name ?? ""}[${position.map((at) => at + 1).join(", ")}]`;
    return labelled(label, matrix(x, inner, offset, MOST_IN_BLOCKS));
  });
  return `${name === null ? "" : `${name} `}${dimensions}\n${blocks.join("\n")}`;
}

/** Where the shown blocks stand, in order; `null` where some are left out. */
function positions(outer: Shape): (number[] | null)[] {
  return outer.reduce<(number[] | null)[]>(
    (before, length) =>
      before.flatMap((position) =>
        position === null
          ? [null]
          : shown(length, MOST_IN_BLOCKS).map((at) => (at === null ? null : [...position, at])),
      ),
    [[]],
  );
}

/** The lines of a matrix of `shape` whose entries start at `offset`. */
function matrix(x: Tensor, [rowCount, columnCount]: Shape, offset: number, most: number): string[] {
  const rows = shown(rowCount, most);
  const columns = shown(columnCount, most).map((column) => {
    if (column === null) return rows.map((row) => (row === null ? "⋱" : "⋯"));
    return aligned(
      rows.map((row) => (row === null ? "⋮" : plainNumber(x.data[offset + row * columnCount + column]))),
    );
  });
  return rows.map((_, row) => {
    const [open, close] = bracket(row, rows.length);
    return `${open}${columns.map((column) => column[row]).join("  ")}${close}`;
  });
}

/** Pads the cells of a column so that points stand below points. */
function aligned(cells: readonly string[]): string[] {
  const pointOf = (cell: string): number => /^[^.e]*/.exec(cell)?.[0].length ?? 0;
  const before = Math.max(...cells.map(pointOf));
  const shifted = cells.map((cell) => " ".repeat(before - pointOf(cell)) + cell);
  const width = Math.max(...shifted.map((cell) => cell.length));
  return shifted.map((cell) => cell.padEnd(width));
}

function bracket(row: number, rows: number): [open: string, close: string] {
  if (rows === 1) return ["(", ")"];
  if (row === 0) return ["⎛", "⎞"];
  return row === rows - 1 ? ["⎝", "⎠"] : ["⎜", "⎟"];
}

/** Puts `label = ` before the middle line. */
function labelled(label: string, lines: readonly string[]): string {
  if (label === "") return lines.join("\n");
  const head = `${label} = `;
  const middle = Math.floor((lines.length - 1) / 2);
  return lines.map((line, i) => (i === middle ? head : " ".repeat(head.length)) + line).join("\n");
}
