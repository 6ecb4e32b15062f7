/** A matrix as it stands in LaTeX: its cells, row by row. */

/** The cells of a matrix in LaTeX. */
export type MatrixCells = readonly (readonly string[])[];

/** An environment that was read, and where it ends. */
export interface ReadEnvironment {
  readonly cells: MatrixCells;
  readonly end: number;
}

const dots: ReadonlySet<string> = new Set(["\\cdots", "\\vdots", "\\ddots"]);

/**
 * Reads the environment that begins at `start` of `tex`, such as `\begin{pmatrix} 1 & 2 \end{pmatrix}`; `null` where
 * none begins or its end is missing.
 */
export function readEnvironment(tex: string, start: number): ReadEnvironment | null {
  const opening = /\\begin\{(\w+)\}(?:\{[^{}]*\})?/y;
  opening.lastIndex = start;
  if (!opening.test(tex)) return null;

  const rows: string[][] = [[]];
  let cell = opening.lastIndex;
  let [environments, braces] = [0, 0];
  const token = /\\begin\{|\\end\{\w+\}|\\\\(?:\[[^\]]*\])?|\\.|[{}&]/gs;
  token.lastIndex = cell;
  for (let found = token.exec(tex); found !== null; found = token.exec(tex)) {
    const [text] = found;
    const isOutside = environments === 0 && braces === 0;
    if (isOutside && (text === "&" || text.startsWith("\\\\") || text.startsWith("\\end{"))) {
      rows[rows.length - 1].push(tex.slice(cell, found.index).trim());
      cell = token.lastIndex;
      if (text.startsWith("\\end{")) return { cells: rows, end: cell };
      if (text !== "&") rows.push([]);
    } else if (text === "\\begin{") {
      environments += 1;
      braces += 1;
    } else if (text.startsWith("\\end{")) environments -= 1;
    else if (text === "{") braces += 1;
    else if (text === "}") braces -= 1;
  }
  return null;
}

/** What the rows, or columns, of a matrix are called: by number from 1, the last one also `last`; dots have no name. */
export function labelsOf(lines: readonly (readonly string[])[]): (readonly string[])[] {
  const gap = lines.findIndex((line) => line.every((cell) => dots.has(cell)));
  return lines.map((_, k) => {
    if (k === gap) return [];
    const isLast = k === lines.length - 1;
    return [...(gap >= 0 && k > gap ? [] : [`${k + 1}`]), ...(isLast ? ["last"] : [])];
  });
}
