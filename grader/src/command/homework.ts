/** `gradbook homework …`: what a course needs besides grading. */

import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { readCourse } from "../grade/course.ts";
import { writeWhole } from "../grade/store.ts";
import {
  isSolution,
  markingOf,
  type Notebook,
  NotebookError,
  readNotebook,
  writeNotebook,
} from "../notebook/ipynb.ts";
import { rebuild } from "../notebook/rebuild.ts";
import { releaseOf, withoutHidden } from "../notebook/release.ts";
import { typesetNotebook } from "./typeset.ts";

export const HOMEWORK_HELP = `Usage: gradbook homework COMMAND [options]

Commands:
  tidy COURSE     mend what was handed in (COURSE/submitted), before nbgrader grades it; --assignment NAME for one
  lint FILE…      say what is wrong with source notebooks before they are released
  release FILE    print what students get of a source notebook
  typeset         formulas of a notebook from stdin as HTML, for nbgrader's pages`;

/** Runs one of them; returns the exit code. */
export async function homework(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case "tidy":
      return tidy(rest);
    case "lint": {
      const { lintFiles } = await import("./lint.ts");
      return lintFiles(rest);
    }
    case "release":
      process.stdout.write(writeNotebook(releaseOf(readNotebook(readFileSync(rest[0], "utf8")))));
      return 0;
    case "typeset":
      process.stdout.write(JSON.stringify(typesetNotebook(readNotebook(readFileSync(0, "utf8")))));
      return 0;
    default:
      console.log(HOMEWORK_HELP);
      return name === undefined ? 2 : name === "--help" ? 0 : 2;
  }
}

/** Rebuilds every submission in place; what was there is kept beside it. */
function tidy(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { assignment: { type: "string" } },
  });
  const { assignment } = values;
  const [folder] = positionals;
  if (folder === undefined)
    throw new Error("Cannot tidy: say which course, as in gradbook homework tidy COURSE");
  let repaired = 0;
  let quarantined = 0;
  for (const { name, jobs, notes } of readCourse(folder, assignment === undefined ? {} : { assignment })) {
    for (const note of notes) console.log(`${name}: ${note}`);
    for (const job of jobs) {
      try {
        const submission = readNotebook(readFileSync(job.submission, "utf8"));
        const source = readNotebook(readFileSync(job.source, "utf8"));
        const { notebook, repairs } = rebuild(source, submission);
        const target = join(dirname(job.submission), basename(job.source));
        const isRenamed = target !== job.submission;
        if (repairs.length === 0 && !isRenamed) continue;
        keepOriginal(folder, job.submission);
        writeWhole(target, writeNotebook(handedIn(notebook)));
        repaired += 1;
        for (const repair of repairs) console.log(`${job.student}: ${repair}`);
        if (isRenamed) console.log(`${job.student}: ${basename(job.submission)} is ${basename(target)} now`);
      } catch (error) {
        if (!(error instanceof NotebookError)) throw error;
        quarantined += 1;
        putAside(folder, job.submission);
        console.log(`${job.student}: ${basename(job.submission)} was put aside: ${error.message}`);
      }
    }
  }
  console.log(`${repaired} notebooks mended, ${quarantined} put aside`);
  return 0;
}

/** A rebuilt notebook as a student could have handed it in: without hidden tests. */
function handedIn(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => (isSolution(markingOf(cell)) ? cell : withoutHidden(cell))),
  };
}

/** Moves a file of `submitted` to `untidied`. */
function keepOriginal(course: string, file: string): void {
  const kept = join(course, "untidied", relative(join(course, "submitted"), file));
  mkdirSync(dirname(kept), { recursive: true });
  // The first one is what was handed in; later ones are ours.
  if (!existsSync(kept)) renameSync(file, kept);
}

/** The same for a file that nobody can read; a folder without any other notebook goes, as nbgrader fails at it. */
function putAside(course: string, file: string): void {
  keepOriginal(course, file);
  const folder = dirname(file);
  if (globSync("*.ipynb", { cwd: folder }).length > 0) return;
  for (const name of globSync("*", { cwd: folder })) keepOriginal(course, join(folder, name));
  if (globSync("*", { cwd: folder }).length === 0) rmdirSync(folder);
}
