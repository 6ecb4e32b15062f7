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

const sources = new Map<string, { readonly text: string; readonly notebook: Notebook }>();

/** Grades a job unless it is graded, and keeps the result. */
export async function gradeJob(bench: Bench, job: KeyedJob): Promise<void> {
  if (isGraded(job)) return;
  const { key, student, assignment } = job;
  const notebook = basename(job.source);
  const source = sourceOf(job.source);
  let submission: Notebook;
  try {
    submission = readNotebook(readFileSync(job.submission, "utf8"));
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    const none = { earned: 0, points: 0, manual: 0, marks: [], repairs: [], flags: [], cells: [] };
    const refused = `${basename(job.submission)} cannot be graded: ${error.message}`;
    keep(job, { v: 1, key, student, assignment, notebook, ...none, refused });
    return;
  }
  keep(job, await bench.grade({ key, student, assignment, notebook, source, submission }));
}

function keep(job: KeyedJob, result: Result): void {
  writeWhole(resultFile(job), `${JSON.stringify(result, null, 1)}\n`);
}

/** The same object for the same text, as it is made ready once. */
function sourceOf(file: string): Notebook {
  const text = readFileSync(file, "utf8");
  const known = sources.get(file);
  if (known?.text === text) return known.notebook;
  const notebook = readNotebook(text);
  sources.set(file, { text, notebook });
  return notebook;
}
