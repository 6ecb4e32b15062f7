/** `gradbook grade FOLDER`: from what was handed in to marks, feedback and an overview. */

import { join } from "node:path";
import { type Assignment, readCourse } from "../grade/course.ts";
import { gradeAll, progressLine } from "../grade/pool.ts";
import { isGraded, type KeyedJob, keyedJob, readResult, writeWhole } from "../grade/store.ts";
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
}

/** Grades; returns the exit code: 1 if some notebook came to nothing, which a second run tries again. */
export async function grade({ folder, processes, ...options }: GradeOptions): Promise<number> {
  findSandbox();
  const assignments = readCourse(folder, options);
  await studentSnapshot();
  let failures = 0;
  for (const assignment of assignments) {
    const jobs = assignment.jobs.map((job) => keyedJob(job, assignment.output));
    const known = jobs.filter(isGraded).length;
    console.log(
      `${assignment.name}: ${jobs.length} notebooks${known > 0 ? `, ${known} of them graded before` : ""}`,
    );
    const onProgress = progressLine((text) => void process.stdout.write(text), process.stdout.isTTY === true);
    const failed = await gradeAll(jobs, { onProgress, ...(processes !== undefined && { processes }) });
    for (const { job, message } of failed) console.error(`${job.student}: not graded: ${message}`);
    failures += failed.length;
    writeReports(assignment, jobs);
    console.log(`Marks, feedback and overview are in ${assignment.output}`);
  }
  return failures === 0 ? 0 : 1;
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
