/** Lets one process at a time work on a folder, so that two set-ups at once do not undo each other. */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SetupError } from "./command.ts";
import { isAlive } from "./processes.ts";

/** The file that is the lock, and how the wait for it can end early. */
export interface LockOptions {
  readonly path: string;
  readonly stop: AbortSignal;
  /** Called once when another process has the lock. */
  readonly onWait: (pid: number) => void;
  /** Milliseconds without a sign of life after which a holder counts as gone. */
  readonly silence?: number;
}

const beat = 2000;

/**
 * Waits until no other process has the lock, takes it, does the work and gives it back.
 * The file holds the holder's process id, and the holder touches it every two seconds. A holder whose process is gone
 * has lost it at once, one that has gone silent after a while: after a crash the same id may be another program's.
 * The work gets a signal that also aborts when the lock is lost.
 */
export async function withLock<T>(options: LockOptions, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${performance.timeOrigin}`;
  await acquire(mine, options);
  const lost = new AbortController();
  const heart = setInterval(() => {
    const now = new Date();
    if (read(options.path) === mine) utimesSync(options.path, now, now);
    else
      lost.abort(
        new SetupError(`Lost ${options.path} to another set-up while this one slept: start it again`),
      );
  }, beat);
  try {
    return await work(AbortSignal.any([options.stop, lost.signal]));
  } finally {
    clearInterval(heart);
    if (read(options.path) === mine) rmSync(options.path);
  }
}

async function acquire(mine: string, { path, stop, onWait, silence = 30_000 }: LockOptions): Promise<void> {
  let waiting = false;
  let seen = { touched: 0, since: 0 };
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    stop.throwIfAborted();
    if (create(path, mine)) {
      // Two that judge the same holder gone may both have removed its file: the later one's stays.
      await delay(50, undefined, { signal: stop });
      if (read(path) === mine) return;
      continue;
    }
    const content = read(path);
    if (content === undefined) continue;
    const holder = Number(content.split(" ")[0]);
    const touched = lastTouched(path);
    if (touched !== seen.touched) seen = { touched, since: performance.now() };
    if (!isAlive(holder) || performance.now() - seen.since > silence) {
      rmSync(path, { force: true });
      continue;
    }
    if (!waiting) onWait(holder);
    waiting = true;
    await delay(200, undefined, { signal: stop });
  }
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function lastTouched(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
