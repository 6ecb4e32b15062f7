/** Courses for tests: a source notebook, and what students made of it. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { releaseOf } from "../../grader/dist/notebook/release.js";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

// Where the machine has no bubblewrap of its own, the set-up has brought one.
const brought = join(ROOT, ".cache", "debian", "usr", "bin", "bwrap");
if (existsSync(brought)) process.env.GRADBOOK_BWRAP ??= brought;

export interface RawCell {
  cell_type: "code" | "markdown";
  id: string;
  source: string;
  metadata: Record<string, unknown>;
  outputs?: unknown[];
  execution_count?: null;
}

export interface RawNotebook {
  cells: RawCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/** What a cell is to nbgrader. */
type Kind = "given" | "solution" | "test" | "manual" | "plain" | "text";

/** A cell of a source, by its kind. */
export function cell(kind: Kind, id: string, source: string, points?: number): RawCell {
  const isCode = kind !== "text" && kind !== "manual";
  const marking = {
    schema_version: 3,
    grade: kind === "test" || kind === "manual",
    solution: kind === "solution" || kind === "manual",
    locked: kind === "given" || kind === "test",
    task: false,
    grade_id: id,
    ...(points !== undefined && { points }),
  };
  return {
    cell_type: isCode ? "code" : "markdown",
    id,
    source,
    metadata: kind === "plain" || kind === "text" ? {} : { nbgrader: marking },
    ...(isCode && { outputs: [], execution_count: null }),
  };
}

export function notebook(cells: readonly RawCell[]): RawNotebook {
  return {
    cells: [...cells],
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The release of a source, with these solutions filled in. */
export function solved(source: RawNotebook, solutions: Readonly<Record<string, string>>): RawNotebook {
  const copy = releaseOf(readNotebook(JSON.stringify(source))) as unknown as RawNotebook;
  for (const one of copy.cells) {
    const id = (one.metadata.nbgrader as { grade_id?: string } | undefined)?.grade_id ?? "";
    if (id in solutions) one.source = solutions[id];
  }
  return copy;
}

/** A course in a folder for temporary files. */
export class CourseFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), "gradbook-course-"));

  write(file: string, content: unknown): string {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 1));
    return path;
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), "utf8");
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
