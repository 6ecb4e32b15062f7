/** What a source notebook becomes when it is handed out: without solutions and hidden tests, by nbgrader's own rules. */

import { type Cell, isSolution, markingOf, type Notebook } from "./ipynb.ts";

/** What stands in place of a solution, by language; `nbgrader_config.py` of a course says the same. */
export const CODE_STUB = '// YOUR CODE HERE\nthrow new Error("Not done yet");';
export const TEXT_STUB = "YOUR ANSWER HERE";

const SOLUTION = { begin: "BEGIN SOLUTION", end: "END SOLUTION" };
const HIDDEN = { begin: "BEGIN HIDDEN TESTS", end: "END HIDDEN TESTS" };
const SCHEME = { begin: "BEGIN MARK SCHEME", end: "END MARK SCHEME" };

interface Delimiters {
  readonly begin: string;
  readonly end: string;
}

/** The release of a source. */
export function releaseOf(source: Notebook): Notebook {
  return { ...source, cells: source.cells.map(releasedCell) };
}

/** A cell of the source as it is handed out. */
export function releasedCell(cell: Cell): Cell {
  return { ...withoutHidden(withoutSolution(cell)), ...(cell.cell_type === "code" && { outputs: [] }) };
}

/** A cell without its solution. A region loses its lines; without one, the whole of a solution cell goes. */
export function withoutSolution(cell: Cell): Cell {
  const stub = cell.cell_type === "code" ? CODE_STUB : TEXT_STUB;
  const { text, found } = withoutRegions(cell.source, SOLUTION, stub);
  if (found) return { ...cell, source: text };
  return isSolution(markingOf(cell)) && markingOf(cell).task !== true ? { ...cell, source: stub } : cell;
}

/** A cell without hidden tests and mark schemes. */
export function withoutHidden(cell: Cell): Cell {
  const { text } = withoutRegions(cell.source, HIDDEN);
  return { ...cell, source: withoutRegions(text, SCHEME).text };
}

/** Whether a cell has a part that students do not get. */
export function hasHidden({ source }: Cell): boolean {
  return source.includes(HIDDEN.begin);
}

function withoutRegions(
  source: string,
  { begin, end }: Delimiters,
  stub?: string,
): { readonly text: string; readonly found: boolean } {
  const kept: string[] = [];
  let inside = false;
  let found = false;
  for (const line of source.split("\n")) {
    if (line.includes(begin)) {
      if (inside) throw new SyntaxError(`${begin} stands inside another one`);
      inside = true;
      found = true;
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      if (stub !== undefined) kept.push(...stub.split("\n").map((text) => indent + text));
    } else if (line.includes(end)) inside = false;
    else if (!inside) kept.push(line);
  }
  if (inside) throw new SyntaxError(`${begin} without ${end}`);
  return { text: kept.join("\n"), found };
}
