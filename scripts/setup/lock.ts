/** Lets one process at a time work on a folder, so that two set-ups at once do not undo each other. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { uptime } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SetupError } from "./command.ts";
import { endOfGroup, isAlive } from "./families.ts";

/** The file that is the lock, and how the wait for it can end early. */
export interface LockOptions {
  readonly path: string;
  readonly stop: AbortSignal;
  /** Called once when another process has the lock. */
  readonly onWait: (pid: number) => void;
  /** Milliseconds without a sign of life after which a holder counts as gone. */
  readonly silence?: number;
}

/** What the work is given while it has the lock. */
export interface Turn {
  /** Aborts when the turn is over before its work is done. */
  readonly stop: AbortSignal;
  /** Writes down which process group works for it: whoever comes after a holder that was killed waits for its end. */
  readonly note: (group: number) => void;
}

const beat = 2000;

/**
 * Waits until no other process has the lock, takes it, does the work and gives it back.
 * The file holds the holder's process id, and the holder touches it every two seconds. A holder whose process is gone
 * has lost it at once, one that has gone silent after a while: after a crash the same id may be another program's.
 */
export async function withLock<T>(options: LockOptions, work: (turn: Turn) => Promise<T>): Promise<T> {
  const { path } = options;
  const mine = `${process.pid} ${performance.timeOrigin} `;
  const isMine = () => read(path)?.startsWith(mine) === true;
  await acquire(mine, options);
  const lost = new AbortController();
  const heart = setInterval(() => {
    const now = new Date();
    if (isMine()) utimesSync(path, now, now);
    else lost.abort(new SetupError(`Lost ${path} to another set-up while this one slept: start it again`));
  }, beat);
  const note = (group: number) => {
    if (!isMine()) return;
    // In one piece, or we could be killed while the file is empty.
    writeFileSync(`${path}.next`, `${mine}${group}`);
    renameSync(`${path}.next`, path);
  };
  try {
    return await work({ stop: AbortSignal.any([options.stop, lost.signal]), note });
  } finally {
    clearInterval(heart);
    if (isMine()) rmSync(path);
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
    const [holder, , group] = content.split(" ").map(Number);
    const touched = lastTouched(path);
    if (touched !== seen.touched) seen = { touched, since: performance.now() };
    const silent = performance.now() - seen.since;
    // Without a number in it, it is being written, or was when the disk was full or its writer was killed.
    const isGone = holder > 0 ? !isAlive(holder) || silent > silence : silent > beat;
    if (isGone) {
      // Process ids of an earlier run of the machine say nothing.
      if (group > 0 && touched > Date.now() - uptime() * 1000) await endOfGroup(group);
      if (read(path) === content) rmSync(path, { force: true });
      continue;
    }
    if (holder > 0) {
      if (!waiting) onWait(holder);
      waiting = true;
    }
    await delay(200, undefined, { signal: stop });
  }
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    rmSync(path, { force: true }); // a full disk has room for its name, but not for what is in it
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
