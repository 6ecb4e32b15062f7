/** What is wrong with a source notebook before it is released. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Bench } from "../grade/bench.ts";
import { roleOf } from "../grade/plan.ts";
import { type Cell, isSolution, markingOf, type Notebook, readNotebook } from "../notebook/ipynb.ts";
import { hasHidden, releaseOf } from "../notebook/release.ts";

/** Tells the problems of each file; returns the exit code. */
export async function lintFiles(files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new Error("Cannot lint: name the source notebooks");
  let count = 0;
  const bench = new Bench();
  try {
    for (const file of files) {
      const problems = await lint(readNotebook(readFileSync(file, "utf8")), bench);
      for (const problem of problems) console.log(`${basename(file)}: ${problem}`);
      count += problems.length;
    }
  } finally {
    await bench.close();
  }
  console.log(count === 0 ? "Nothing is wrong" : `${count} problems`);
  return count === 0 ? 0 : 1;
}

/** The problems of a source, a sentence each. */
export async function lint(source: Notebook, bench: Bench): Promise<string[]> {
  const marks = source.cells.flatMap(markingProblems);
  const names = source.cells.flatMap((cell) => markingOf(cell).grade_id ?? []);
  const twice = [...new Set(names.filter((name, k) => names.indexOf(name) !== k))];
  const problems = [...marks, ...twice.map((name) => `The name ${name} is there twice`)];
  let release: Notebook;
  try {
    release = releaseOf(source);
  } catch (error) {
    return [...problems, error instanceof Error ? error.message : String(error)];
  }
  problems.push(...leaks(release));
  problems.push(...(await compilationProblems("source", source, bench)));
  const released = await compilationProblems("release", release, bench);
  problems.push(...released);
  if (problems.length === 0) problems.push(...(await gradingProblems(source, release, bench)));
  return problems;
}

function markingProblems(cell: Cell): string[] {
  const { grade, grade_id, points, locked, solution, task } = markingOf(cell);
  if (!grade && !solution && !locked && !task) {
    return hasHidden(cell) ? ["A cell that is not locked has hidden tests: students would get them"] : [];
  }
  if (grade_id === undefined) return ["A cell with marks of grading has no name (grade_id)"];
  const problems: string[] = [];
  if (!/^[\w-]+$/.test(grade_id)) problems.push(`${grade_id}: a name has letters, digits, - and _`);
  if (grade && points === undefined) problems.push(`${grade_id}: a graded cell has no points`);
  if (grade && !locked && !solution) problems.push(`${grade_id}: a test is not locked`);
  if (hasHidden(cell) && !(grade && locked)) {
    problems.push(`${grade_id}: hidden tests stand in a cell that is not a test, where nbgrader leaves them`);
  }
  return problems;
}

/** What of the hidden part or the solution is still in the release. */
function leaks(release: Notebook): string[] {
  return release.cells.flatMap((cell) => {
    const id = markingOf(cell).grade_id ?? "a cell";
    const rest = /(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)/.exec(cell.source)?.[0];
    const hidden = /\bhidden\s*:\s*true\b/.test(cell.source);
    return [
      ...(rest === undefined ? [] : [`${id}: ${rest} is in the release`]),
      ...(hidden
        ? [`${id}: a hidden declaration is in the release: put it between BEGIN and END HIDDEN TESTS`]
        : []),
    ];
  });
}

async function compilationProblems(what: string, notebook: Notebook, bench: Bench): Promise<string[]> {
  const cells = bench.compiler.notebook();
  const problems: string[] = [];
  let number = 0;
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    number += 1;
    const compilation = await cells.compile(cell.source, number);
    if (compilation.ok) continue;
    // In a release, a test may name what the student has still to write.
    const [first] = compilation.diagnostics;
    const isMissing = first.code === 2304 || first.code === 2552;
    if (what === "release" && roleOf(cell) !== "student" && isMissing) continue;
    const id = markingOf(cell).grade_id ?? `cell ${number}`;
    const hint =
      what === "release" && isSolution(markingOf(cell))
        ? "; a solution between BEGIN and END must be whole statements, as a line takes its place"
        : "";
    problems.push(`${id} of the ${what} does not compile: line ${first.line}: ${first.message}${hint}`);
  }
  return problems;
}

/** The source's own solution must have all points, and a release that nobody has touched none. */
async function gradingProblems(source: Notebook, release: Notebook, bench: Bench): Promise<string[]> {
  const work = { key: "", student: "nobody", assignment: "", notebook: "", source };
  const own = await bench.grade({ ...work, submission: source });
  const empty = await bench.grade({ ...work, submission: release });
  const isGraded = ({ status }: { status: string }): boolean => status === "graded";
  return [
    ...own.marks
      .filter((mark) => isGraded(mark) && mark.earned < mark.points)
      .map(({ id, earned, points, message }) => {
        return `${id}: the source's own solution has ${earned} of ${points} points${message ? ` (${message})` : ""}`;
      }),
    ...empty.marks
      .filter((mark) => isGraded(mark) && mark.earned > 0)
      .map(({ id, earned }) => `${id}: a release that nobody has touched has ${earned} points`),
  ];
}
