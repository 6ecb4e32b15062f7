/** An elementwise function, entry by entry: each y_ij comes from its own x_ij, and each gradient goes back there. */

import { quotient } from "../typeset/label.ts";
import type { Arrow, Box, Drawing, Matrix } from "./drawing.ts";

/** The rows and columns of the generic matrix. */
const ROWS = ["1", "2", "⋮", "α"];
const COLUMNS = ["1", "2", "⋯", "β"];
/** From the first column to the last. */
const WIDTH = 150;
/** The entries that are followed. */
const FRAMED = [
  [0, 1],
  [1, 3],
  [3, 0],
] as const;

/** Y = f(X). */
export function entries(): Drawing {
  const [left, right] = [70, 470];
  const [X, Y] = [matrix("x", left), matrix("y", right)];
  const middle = (left + WIDTH + right) / 2; // of the room between the two, where the labels are
  const arrows = FRAMED.flatMap(([row, column]): Arrow[] => {
    const [x, y] = [X.rows[row][column], Y.rows[row][column]];
    const labelAt = (middle - x.x) / (y.x - x.x);
    const label = [quotient("J", y.label), quotient(y.label, x.label)];
    return [
      { from: x, to: y, lane: -27, labelAt, label: `${y.label} = f(${x.label})` },
      { from: y, to: x, lane: 27, labelAt: 1 - labelAt, label, isBackward: true },
    ];
  });
  return {
    title: "An elementwise function, entry by entry",
    description:
      "Three entries of X, each with the entry of Y that is computed from it and from nothing else. The gradient of a y " +
      "goes back to its x alone, times ∂y/∂x.",
    width: right + WIDTH + left,
    height: 456,
    boxes: [],
    arrows,
    matrices: [X, Y],
  };
}

function matrix(letter: string, left: number): Matrix {
  const rows = ROWS.map((row, i) =>
    COLUMNS.map((column, j): Box => {
      const isFramed = FRAMED.some(([r, c]) => r === i && c === j);
      const outline = isFramed ? "frame" : "none";
      const [x, y] = [left + (WIDTH / 3) * j, 128 + 86 * i];
      return { x, y, width: 40, height: 28, outline, label: entry(letter, row, column) };
    }),
  );
  return { name: letter.toUpperCase(), rows };
}

function entry(letter: string, row: string, column: string): string {
  if (row === "⋮") return column === "⋯" ? "⋱" : "⋮";
  return column === "⋯" ? "⋯" : `${letter}_{${row}${column}}`;
}
