/** Grades many jobs at once on one machine: as many processes as it has cores. */

import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { isGraded, type KeyedJob } from "./store.ts";

export type ToWorker = KeyedJob;

export type FromWorker =
  | { readonly type: "idle" }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly message: string };

/** A job that has come to nothing, which is nobody's fault who is graded. */
export interface Failed {
  readonly job: KeyedJob;
  readonly message: string;
}

export interface PoolOptions {
  readonly processes?: number;
  /** Told after each job. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How often a job is begun whose process dies. */
const TRIES = 2;

/** Grades what is not graded yet; returns the jobs that have come to nothing. */
export async function gradeAll(jobs: readonly KeyedJob[], options: PoolOptions = {}): Promise<Failed[]> {
  const waiting = jobs.filter((job) => !isGraded(job));
  const total = waiting.length;
  const failed: Failed[] = [];
  const tries = new Map<KeyedJob, number>();
  let done = 0;
  const count = Math.min(options.processes ?? availableParallelism(), total);
  const settle = (): void => {
    done += 1;
    options.onProgress?.(done, total);
  };

  const serve = (): Promise<void> =>
    new Promise((resolve) => {
      let current: KeyedJob | undefined;
      const worker: ChildProcess = fork(new URL("./pool-worker.js", import.meta.url), {
        env: workerEnvironment(),
      });
      const next = (): void => {
        current = waiting.shift();
        if (current) worker.send(current);
        else worker.disconnect();
      };
      worker.on("message", (message: FromWorker) => {
        if (message.type === "failed" && current) failed.push({ job: current, message: message.message });
        if (message.type !== "idle") settle();
        next();
      });
      worker.on("exit", (code, signal) => {
        if (!current) return resolve();
        const tried = (tries.get(current) ?? 0) + 1;
        tries.set(current, tried);
        if (tried < TRIES) waiting.push(current);
        else {
          failed.push({ job: current, message: `the grader's process ended (${signal ?? code})` });
          settle();
        }
        void serve().then(resolve);
      });
    });
  await Promise.all(Array.from({ length: count }, serve));
  return failed;
}

/** The graders themselves need to find programs and their cache, and nothing else. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "XDG_CACHE_HOME", "GRADBOOK_BWRAP", "GRADBOOK_SECONDS", "TMPDIR"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Says how far it is, and how long it will take: a line now and then, or one in place on a terminal. */
export function progressLine(
  write: (text: string) => void,
  isLive: boolean,
): (done: number, total: number) => void {
  const start = performance.now();
  let told = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - told < (isLive ? 200 : 10_000)) return;
    told = now;
    const left = ((now - start) / done) * (total - done);
    const estimate = done === total ? `in ${duration(now - start)}` : `about ${duration(left)} left`;
    const line = `Graded ${done} of ${total} notebooks, ${estimate}`;
    write(isLive ? `\r\x1b[K${line}${done === total ? "\n" : ""}` : `${line}\n`);
  };
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
