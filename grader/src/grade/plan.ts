/** A source notebook made ready for grading: which cell runs where, and the tests compiled once for the whole class. */

import { createHash } from "node:crypto";
import type { CompiledCell, Declared } from "@gradbook/kernel/language/protocol";
import type { Compiler } from "../compiler/compiler.ts";
import { type Cell, isSolution, markingOf, type Notebook, NotebookError } from "../notebook/ipynb.ts";

/**
 * Where a cell runs: a test among the tests alone, what is given in both places, and all the rest beside the student's
 * code alone, of which the tests get the values.
 */
export type Role = "test" | "given" | "student";

export interface PlannedCell {
  readonly cell: Cell;
  readonly role: Role;
  /** As it runs among the tests. */
  readonly compiled: CompiledCell | undefined;
  /** What the student's cell is to declare, by the source. */
  readonly declared: readonly Declared[];
}

export interface Plan {
  readonly source: Notebook;
  /** By the cells' objects in `source`. */
  readonly cells: ReadonlyMap<Cell, PlannedCell>;
  /** From which the inputs of the checks are drawn: nobody knows it who has not seen the hidden tests. */
  readonly seed: string;
}

export function roleOf(cell: Cell): Role {
  const marking = markingOf(cell);
  if (marking.locked !== true || isSolution(marking)) return "student";
  return marking.grade === true ? "test" : "given";
}

/** What the student's cells before this one are to declare. */
export function theirsBefore({ source, cells }: Plan, cell: Cell): readonly Declared[] {
  const before = source.cells.slice(0, source.cells.indexOf(cell));
  return before.flatMap((one) => {
    const planned = cells.get(one);
    return planned?.role === "student" ? planned.declared : [];
  });
}

/** Compiles what runs among the tests; throws a sentence where the source itself does not compile. */
export async function planOf(source: Notebook, compiler: Compiler): Promise<Plan> {
  const notebook = compiler.notebook();
  const cells = new Map<Cell, PlannedCell>();
  const theirs = new Set<string>();
  let number = 0;
  for (const cell of source.cells) {
    if (cell.cell_type !== "code") continue;
    number += 1;
    const role = roleOf(cell);
    const compilation = await notebook.compile(cell.source, number, role === "student" ? [] : [...theirs]);
    if (!compilation.ok) {
      const [first] = compilation.diagnostics;
      throw new NotebookError(
        `Cell ${markingOf(cell).grade_id ?? number} of the source does not compile: line ${first.line}: ${first.message}`,
      );
    }
    const { declared } = compilation.cell;
    if (role === "student") for (const { name } of declared) theirs.add(name);
    cells.set(cell, { cell, role, compiled: role === "student" ? undefined : compilation.cell, declared });
  }
  const seed = createHash("sha256").update(JSON.stringify(source)).digest("hex").slice(0, 16);
  return { source, cells, seed };
}
