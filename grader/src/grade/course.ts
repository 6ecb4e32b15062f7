/** A course on disk, in nbgrader's folders: `source/ASSIGNMENT/*.ipynb` and `submitted/STUDENT/ASSIGNMENT/*.ipynb`. */

import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { markingOf, type Notebook, readNotebook } from "../notebook/ipynb.ts";

/** One notebook of one student. */
export interface Job {
  readonly student: string;
  readonly assignment: string;
  /** The file of the source, and of what was handed in. */
  readonly source: string;
  readonly submission: string;
}

/** An assignment, and where its results go. */
export interface Assignment {
  readonly name: string;
  readonly sources: readonly string[];
  readonly jobs: readonly Job[];
  /** Students whose folder holds no notebook of it, and files that are nobody's notebook. */
  readonly notes: readonly string[];
  readonly output: string;
}

export interface CourseOptions {
  /** Just this one. */
  readonly assignment?: string;
  /** The source of a folder of submissions that is not a course. */
  readonly source?: string;
  /** Where results go; by default `graded` in the folder. */
  readonly output?: string;
}

/** The assignments of a folder; throws a sentence where there is nothing to grade. */
export function readCourse(folder: string, { assignment, source, output }: CourseOptions = {}): Assignment[] {
  const root = resolve(folder);
  if (!existsSync(root)) throw new Error(`Cannot grade ${folder}: there is no such folder`);
  const graded = resolve(output ?? join(root, "graded"));
  if (source !== undefined) return [looseAssignment(root, resolve(source), graded)];
  const sources = join(root, "source");
  const submitted = join(root, "submitted");
  if (!existsSync(sources) || !existsSync(submitted)) {
    throw new Error(
      `Cannot grade ${folder}: a course has the folders source and submitted; for a folder of submissions alone, ` +
        "name the source: gradbook grade FOLDER --source FILE.ipynb",
    );
  }
  const names = foldersIn(sources).filter((name) => assignment === undefined || name === assignment);
  if (names.length === 0)
    throw new Error(`Cannot grade ${assignment ?? folder}: there is no such assignment in ${sources}`);
  return names.map((name) => {
    const own = notebooksIn(join(sources, name));
    const students = foldersIn(submitted).filter((student) => existsSync(join(submitted, student, name)));
    const found = students.map((student) =>
      jobsOf(student, name, own, notebooksIn(join(submitted, student, name))),
    );
    return {
      name,
      sources: own,
      jobs: found.flatMap(({ jobs }) => jobs),
      notes: found.flatMap(({ notes }) => notes),
      output: join(graded, name),
    };
  });
}

/** A folder of submissions for one source: a folder for each student, or a file. */
function looseAssignment(root: string, source: string, output: string): Assignment {
  const name = basename(source, ".ipynb");
  const folders = foldersIn(root)
    .filter((student) => join(root, student) !== output)
    .map((student) => jobsOf(student, name, [source], notebooksBelow(join(root, student))));
  const files = notebooksIn(root)
    .filter((file) => file !== source)
    .map((file) => jobsOf(basename(file, ".ipynb"), name, [source], [file]));
  const found = [...folders, ...files];
  return {
    name,
    sources: [source],
    jobs: found.flatMap(({ jobs }) => jobs),
    notes: found.flatMap(({ notes }) => notes),
    output,
  };
}

/** Which of a student's files is which notebook: by name, else by what is in it. */
function jobsOf(
  student: string,
  assignment: string,
  sources: readonly string[],
  files: readonly string[],
): { jobs: Job[]; notes: string[] } {
  const left = new Set(files);
  const jobs: Job[] = [];
  const notes: string[] = [];
  const take = (source: string, submission: string): void => {
    left.delete(submission);
    jobs.push({ student, assignment, source, submission });
  };
  const missing = sources.filter((source) => {
    const named = files.find((file) => basename(file) === basename(source));
    if (named !== undefined) take(source, named);
    return named === undefined;
  });
  for (const source of missing) {
    const likeliest = [...left]
      .map((file) => ({ file, shared: sharedCells(source, file) }))
      .sort((a, b) => b.shared - a.shared)[0];
    if (likeliest !== undefined && (likeliest.shared > 0 || (sources.length === 1 && left.size === 1))) {
      notes.push(`${student}: ${basename(likeliest.file)} was taken for ${basename(source)}`);
      take(source, likeliest.file);
    } else notes.push(`${student}: ${basename(source)} was not handed in`);
  }
  for (const file of left) notes.push(`${student}: ${basename(file)} is not a notebook of ${assignment}`);
  return { jobs, notes };
}

function sharedCells(source: string, file: string): number {
  try {
    const namesIn = (notebook: Notebook): (string | undefined)[] =>
      notebook.cells.map((cell) => markingOf(cell).grade_id);
    const own = new Set(namesIn(readNotebook(readFileSync(source, "utf8"))));
    const theirs = namesIn(readNotebook(readFileSync(file, "utf8")));
    return theirs.filter((name) => name !== undefined && own.has(name)).length;
  } catch {
    return 0;
  }
}

// Links are not followed: a student's folder may hold one that leads out of it.
function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith(".") && lstatSync(join(folder, name)).isDirectory())
    .sort();
}

function notebooksIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb") && lstatSync(join(folder, name)).isFile())
    .sort()
    .map((name) => join(folder, name));
}

function notebooksBelow(folder: string): string[] {
  return [...notebooksIn(folder), ...foldersIn(folder).flatMap((name) => notebooksIn(join(folder, name)))];
}
