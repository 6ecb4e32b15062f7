/**
 * A queue beyond one machine: BullMQ on Redis or Valkey. A job goes under the hash of its content, so the same work is
 * there once, however often it is handed in; it is done at least once, and its result is the same each time.
 */

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Queue, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import { Bench } from "../grade/bench.ts";
import type { Failed } from "../grade/pool.ts";
import type { Result } from "../grade/result.ts";
import { gradeTexts, isGraded, type KeyedJob, resultFile, writeWhole } from "../grade/store.ts";
import { graderVersion } from "../student/snapshot.ts";

/** Everything that grading needs, as a worker may be on another machine. */
export interface Task {
  readonly key: string;
  readonly grader: string;
  readonly student: string;
  readonly assignment: string;
  readonly notebook: string;
  readonly source: string;
  readonly submission: string;
}

const NAME = "gradbook-grade";

/** How long in ms a worker may be silent before another one takes its job. */
const SILENCE = 15_000;

/** How often a job is begun whose worker dies. */
const TRIES = 4;

const KEPT = { age: 7 * 24 * 3600 };

/** Puts what is not graded yet into the queue, and waits until it is; returns the jobs that have come to nothing. */
export async function gradeByQueue(
  url: string,
  jobs: readonly KeyedJob[],
  onProgress: (done: number, total: number) => void,
): Promise<Failed[]> {
  const connection = await connect(url);
  const queue = new Queue<Task, string>(NAME, { connection });
  const waiting = new Map(jobs.filter((job) => !isGraded(job)).map((job) => [job.key, job]));
  const total = waiting.size;
  const failed: Failed[] = [];
  try {
    for (const job of waiting.values()) {
      // One that came to nothing before is tried again.
      const before = await queue.getJob(job.key);
      if ((await before?.getState()) === "failed") await before?.remove();
      await queue.add(job.student, taskOf(job), {
        jobId: job.key,
        removeOnComplete: KEPT,
        removeOnFail: KEPT,
      });
    }
    while (waiting.size > 0) {
      for (const [key, job] of waiting) {
        const queued = await queue.getJob(key);
        const state = await queued?.getState();
        if (state === "completed" && queued) writeWhole(resultFile(job), queued.returnvalue);
        else if (state === "failed") failed.push({ job, message: queued?.failedReason ?? "it failed" });
        else continue;
        waiting.delete(key);
        onProgress(total - waiting.size, total);
      }
      if (waiting.size > 0) await pause(250);
    }
  } finally {
    await queue.close();
    connection.disconnect();
  }
  return failed;
}

function taskOf({ key, student, assignment, source, submission }: KeyedJob): Task {
  return {
    key,
    grader: graderVersion(),
    student,
    assignment,
    notebook: basename(source),
    source: readFileSync(source, "utf8"),
    submission: readFileSync(submission, "utf8"),
  };
}

/** Grades what is in the queue until `stop` aborts; then it ends what it has begun. */
export async function workOnQueue(
  url: string,
  stop: AbortSignal,
  processes: number = availableParallelism(),
): Promise<void> {
  const connection = await connect(url);
  const idle: Bench[] = Array.from({ length: processes }, () => new Bench());
  const benches = [...idle];
  const worker = new Worker<Task, string>(
    NAME,
    async ({ data }) => {
      if (data.grader !== graderVersion()) {
        throw new UnrecoverableError(
          "The worker has another version of Gradbook, or of Node, than whoever asked",
        );
      }
      const bench = idle.pop() as Bench; // there are as many as jobs at once
      try {
        const result: Result = await gradeTexts(bench, data);
        return `${JSON.stringify(result, null, 1)}\n`;
      } finally {
        idle.push(bench);
      }
    },
    {
      connection,
      concurrency: processes,
      lockDuration: SILENCE,
      stalledInterval: SILENCE / 3,
      maxStalledCount: TRIES,
    },
  );
  worker.on("error", (error) => console.error(`gradbook: ${error.message}`));
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  await worker.close();
  await Promise.all(benches.map((bench) => bench.close()));
  connection.disconnect();
}

/** A connection that answers; throws a sentence where nobody does. */
async function connect(url: string): Promise<Redis> {
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  try {
    await connection.connect();
  } catch (error) {
    connection.disconnect();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Cannot reach the queue at ${withoutPassword(url)}: ${reason}; start Redis or Valkey there`,
    );
  }
  connection.on("error", () => {}); // it connects again by itself
  return connection;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//");
}
