/** A drawing as text: the same tensors, entries and arrows, for terminals and for those who hear a page. */

import { labelText } from "../typeset/label.ts";
import type { Arrow, Box, Drawing, Matrix } from "./drawing.ts";

/** Writes a figure. */
export function drawText({ title, description, boxes, arrows, matrices = [] }: Drawing): string {
  const forward = arrows.filter(({ isBackward }) => !isBackward).map(arrowText);
  const backward = arrows.filter(({ isBackward }) => isBackward).map(arrowText);
  const parts = [
    [title, description],
    ...matrices.map(matrixText),
    boxes.flatMap(detailsOf),
    forward.length > 0 && backward.length > 0 ? ["forward", ...forward] : forward,
    forward.length > 0 && backward.length > 0 ? ["backward", ...backward] : backward,
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** W^[1]: l_0 × l_1, gradient dW^[1]. */
function detailsOf({ label, detail, gradient }: Box): string[] {
  if (detail === undefined) return [];
  const also = gradient === undefined ? "" : `, and its gradient ${labelText(gradient)}`;
  return [`${labelText(label)}: ${labelText(detail)}${also}`];
}

function arrowText({ from, to, label }: Arrow): string {
  const along = label === undefined ? "" : `: ${labelText(label)}`;
  return `  ${labelText(from.label)} → ${labelText(to.label)}${along}`;
}

/** The rows of a matrix, framed entries in brackets. */
function matrixText({ name, rows }: Matrix): string[] {
  const cells = rows.map((row) =>
    row.map(({ label, outline }) =>
      outline === "frame" ? `[${labelText(label)}]` : ` ${labelText(label)} `,
    ),
  );
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const head = `${labelText(name)} = `;
  return cells.map((row, k) => {
    const [open, close] = k === 0 ? "⎛⎞" : k === cells.length - 1 ? "⎝⎠" : "⎜⎟";
    const line = row.map((cell, column) => cell.padEnd(widths[column])).join(" ");
    return `${k === 1 ? head : " ".repeat(head.length)}${open}${line}${close}`;
  });
}
