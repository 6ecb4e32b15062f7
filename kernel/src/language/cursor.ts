/** The number that stands for a line of a cell: what running code leaves in the scope's `at`. */

/** More lines than a cell has; cells up to the 32,000th have numbers that V8 keeps without a box. */
const LINES = 1 << 16;

/** The number of a line, counted from 1, in the cell that was compiled under `cell`. */
export function cursorOf(cell: number, line: number): number {
  return cell * LINES + line;
}

/** The line that a number stands for; undefined for 0, which stands for no line. */
export function lineAt(cursor: number): { readonly cell: number; readonly line: number } | undefined {
  const line = cursor % LINES;
  return line === 0 ? undefined : { cell: (cursor - line) / LINES, line };
}
