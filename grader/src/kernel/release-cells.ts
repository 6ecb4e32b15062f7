/**
 * Which cell of the source a piece of code is. Jupyter hands a kernel code and nothing else, so a locked cell is
 * recognised by its text: by the source's, which lies with the teacher, and never by what the notebook says of itself.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { roleOf } from "../grade/plan.ts";
import { type Cell, type Notebook, readNotebook } from "../notebook/ipynb.ts";

/** The sources of the assignment that a folder below `autograded` belongs to; throws a sentence if there are none. */
export function sourcesFor(folder: string, env: NodeJS.ProcessEnv = process.env): Notebook[] {
  const assignment = basename(folder);
  const places = [
    env.GRADBOOK_SOURCE,
    ...coursesAbove(folder).map((course) => join(course, "source", assignment)),
  ];
  const found = places.find((place): place is string => place !== undefined && existsSync(place));
  if (found === undefined) {
    throw new Error(
      `Cannot grade in ${folder}: there is no ${join("source", assignment)} beside it; name its folder in GRADBOOK_SOURCE`,
    );
  }
  return readdirSync(found)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => readNotebook(readFileSync(join(found, name), "utf8")));
}

function coursesAbove(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...coursesAbove(parent)];
}

/** The sources that a notebook may still be, as its cells come. */
export class Candidates {
  #left: readonly Notebook[];
  /** Cells of the source that have come, in case one text stands in it twice. */
  readonly #come = new Set<Cell>();

  constructor(sources: readonly Notebook[]) {
    this.#left = sources;
  }

  /** The locked cell that this code is, with its source; undefined for any other code. */
  find(code: string): { readonly source: Notebook; readonly cell: Cell } | undefined {
    const holders = this.#left.flatMap((source) => {
      const cells = source.cells.filter(
        (cell) => cell.cell_type === "code" && roleOf(cell) !== "student" && cell.source === code,
      );
      const cell = cells.find((one) => !this.#come.has(one)) ?? cells.at(-1);
      return cell === undefined ? [] : [{ source, cell }];
    });
    if (holders.length === 0) return undefined;
    this.#left = holders.map(({ source }) => source);
    const [first] = holders;
    this.#come.add(first.cell);
    return first;
  }
}
