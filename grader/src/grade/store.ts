/**
 * Results as files, each under the hash of all that it depends on: so a run that was stopped at any moment goes on where
 * it was, and a second run does nothing twice.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Notebook, NotebookError, readNotebook } from "../notebook/ipynb.ts";
import { graderVersion } from "../student/snapshot.ts";
import type { Bench } from "./bench.ts";
import type { Job } from "./course.ts";
import type { Result } from "./result.ts";

/** A job under its name. */
export interface KeyedJob extends Job {
  readonly key: string;
  /** The folder of results. */
  readonly results: string;
}

/** The job under the hash of the two files, of whose it is, and of what grades it. */
export function keyedJob(job: Job, output: string): KeyedJob {
  const hash = createHash("sha256").update(graderVersion());
  for (const part of [job.student, job.assignment, basename(job.source)])
    hash.update(`\0${part.length} ${part}`);
  for (const file of [job.source, job.submission]) hash.update("\0").update(readFileSync(file));
  return { ...job, key: hash.digest("hex").slice(0, 32), results: join(output, "results") };
}

export function resultFile({ results, key }: Pick<KeyedJob, "results" | "key">): string {
  return join(results, `${key}.json`);
}

export function isGraded(job: KeyedJob): boolean {
  return existsSync(resultFile(job));
}

export function readResult(job: KeyedJob): Result {
  return JSON.parse(readFileSync(resultFile(job), "utf8")) as Result; // we wrote it
}

/** Writes a file in one go: whoever reads it reads all of it, or what was there before. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** What is graded, as texts, wherever they come from. */
export interface Texts {
  readonly key: string;
  readonly student: string;
  readonly assignment: string;
  readonly notebook: string;
  readonly source: string;
  readonly submission: string;
}

/** Grades a job unless it is graded, and keeps the result. */
export async function gradeJob(bench: Bench, job: KeyedJob): Promise<void> {
  if (isGraded(job)) return;
  const { key, student, assignment } = job;
  const result = await gradeTexts(bench, {
    ...{ key, student, assignment, notebook: basename(job.source) },
    source: readFileSync(job.source, "utf8"),
    submission: readFileSync(job.submission, "utf8"),
  });
  writeWhole(resultFile(job), `${JSON.stringify(result, null, 1)}\n`);
}

/** The result; of a file that is not a notebook, why there is none. */
export async function gradeTexts(bench: Bench, texts: Texts): Promise<Result> {
  const { key, student, assignment, notebook } = texts;
  const source = sourceIn(texts.source);
  let submission: Notebook;
  try {
    submission = readNotebook(texts.submission);
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    const none = { earned: 0, points: 0, manual: 0, marks: [], repairs: [], flags: [], cells: [] };
    return {
      v: 1,
      key,
      student,
      assignment,
      notebook,
      ...none,
      refused: `Cannot be graded: ${error.message}`,
    };
  }
  return bench.grade({ key, student, assignment, notebook, source, submission });
}

/** The sources graded last, by their text: each is made ready once. */
const sources = new Map<string, Notebook>();
const SOURCES = 20;

function sourceIn(text: string): Notebook {
  const known = sources.get(text);
  if (known) return known;
  const notebook = readNotebook(text);
  if (sources.size >= SOURCES) sources.clear();
  sources.set(text, notebook);
  return notebook;
}
