/** `gradbook grade FOLDER`: from what was handed in to marks, feedback and an overview. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench } from "../grade/bench.ts";
import { type Assignment, readCourse } from "../grade/course.ts";
import { gradeAll, progressLine } from "../grade/pool.ts";
import { gradeJob, isGraded, type KeyedJob, keyedJob, readResult, writeWhole } from "../grade/store.ts";
import { type List, listOf } from "../queue/lists.ts";
import { feedbackPage } from "../report/feedback.ts";
import { itemsOf } from "../report/items.ts";
import { marksCsv, marksOf } from "../report/marks.ts";
import { teacherPage } from "../report/teacher.ts";
import { findSandbox } from "../sandbox/bubblewrap.ts";
import { studentSnapshot } from "../student/snapshot.ts";

export interface GradeOptions {
  readonly folder: string;
  readonly assignment?: string;
  readonly source?: string;
  readonly output?: string;
  readonly processes?: number;
  /** Grades by workers at a queue, instead of here. */
  readonly queue?: string;
  /** Grades nothing, but prints the work for a batch system. */
  readonly list?: List;
}

/** Grades; returns the exit code: 1 if some notebook came to nothing, which a second run tries again. */
export async function grade({ folder, processes, queue, list, ...options }: GradeOptions): Promise<number> {
  if (queue === undefined && list === undefined) findSandbox();
  const assignments = readCourse(folder, options);
  if (list !== undefined) return printList(list, assignments);
  if (queue === undefined) await studentSnapshot();
  let failures = 0;
  for (const assignment of assignments) {
    const jobs = assignment.jobs.map((job) => keyedJob(job, assignment.output));
    const known = jobs.filter(isGraded).length;
    console.log(
      `${assignment.name}: ${jobs.length} notebooks${known > 0 ? `, ${known} of them graded before` : ""}`,
    );
    const onProgress = progressLine((text) => void process.stdout.write(text), process.stdout.isTTY === true);
    const failed =
      queue === undefined
        ? await gradeAll(jobs, { onProgress, ...(processes !== undefined && { processes }) })
        : await (await import("../queue/queue.ts")).gradeByQueue(queue, jobs, onProgress);
    for (const { job, message } of failed) console.error(`${job.student}: not graded: ${message}`);
    failures += failed.length;
    writeReports(assignment, jobs);
    console.log(`Marks, feedback and overview are in ${assignment.output}`);
  }
  return failures === 0 ? 0 : 1;
}

/** Prints what is not graded yet, for a batch system; when it has run, grading again writes the reports. */
function printList(list: List, assignments: readonly Assignment[]): number {
  for (const { jobs, output } of assignments) {
    const left = jobs.map((job) => keyedJob(job, output)).filter((job) => !isGraded(job));
    if (left.length === 0) continue;
    const file = join(output, "jobs.json");
    writeWhole(file, `${JSON.stringify(left, null, 1)}\n`);
    const command = [process.execPath, process.argv[1]];
    process.stdout.write(listOf(list, { command, file, jobs: left }));
  }
  return 0;
}

/** Grades one job of a list: by its number, else by that of the task of Slurm or Kubernetes that this is. */
export async function gradeOne(file: string, number: string | undefined): Promise<number> {
  const jobs = JSON.parse(readFileSync(file, "utf8")) as KeyedJob[]; // we wrote it
  const index = number ?? process.env.SLURM_ARRAY_TASK_ID ?? process.env.JOB_COMPLETION_INDEX;
  const job = jobs[Number(index ?? Number.NaN)];
  if (job === undefined)
    throw new Error(`Cannot grade job ${index} of ${file}: it has ${jobs.length}, from 0`);
  const bench = new Bench();
  try {
    await gradeJob(bench, job);
  } finally {
    await bench.close();
  }
  return 0;
}

/** Writes marks, feedback and overview from the results that are there. */
export function writeReports(assignment: Assignment, jobs: readonly KeyedJob[]): void {
  const { name, notes, output } = assignment;
  const results = jobs.filter(isGraded).map(readResult);
  const rows = marksOf(results);
  writeWhole(join(output, "marks.json"), `${JSON.stringify(rows, null, 1)}\n`);
  writeWhole(join(output, "marks.csv"), marksCsv(rows));
  writeWhole(join(output, "items.json"), `${JSON.stringify(itemsOf(results), null, 1)}\n`);
  writeWhole(join(output, "index.html"), teacherPage({ assignment: name, results, notes }));
  for (const result of results) {
    const file = `${result.student}-${result.notebook.replace(/\.ipynb$/, "")}.html`;
    writeWhole(join(output, "feedback", file), feedbackPage(result));
  }
}
