/** Shows a place in a source: the lines around it, and a caret below. */

import { coloured } from "./coloured.ts";

export interface Place {
  readonly line: number;
  readonly column: number;
  /** The last column to underline on that line; one caret without it. */
  readonly endColumn?: number;
}

/** Lines shown before and after the one that matters. */
const AROUND = 1;

/**
 * The lines around a place, numbered; the line itself is marked, with carets under its columns.
 *
 * @example
 * excerpt("const x = 1;\nx.y.z", { line: 2, column: 5 })
 * //   1 | const x = 1;
 * // > 2 | x.y.z
 * //     |     ^
 */
export function excerpt(source: string, { line, column, endColumn = column + 1 }: Place): string {
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1];
    const gutter = `${String(number).padStart(width)} | `;
    if (number !== line) {
      shown.push(coloured("dim", `  ${gutter}${text}`));
      continue;
    }
    const carets = "^".repeat(Math.max(1, Math.min(endColumn, text.length + 1) - column));
    shown.push(`${coloured("red", ">")} ${gutter}${text}`);
    shown.push(`  ${" ".repeat(width)} | ${indentTo(column, text)}${coloured("red", carets)}`);
  }
  return shown.join("\n");
}

/** White space as wide as the text before a column, tabs kept. */
function indentTo(column: number, text: string): string {
  return text.slice(0, column - 1).replace(/[^\t]/g, " ");
}
