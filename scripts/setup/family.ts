/** Stops a program and everything it has started. */
import { type ChildProcess, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** How long to wait for a program that was asked to stop. */
export interface Patience {
  /** Milliseconds after which it and its descendants are killed. */
  readonly grace: number;
  /** Aborts when nobody wants to wait any longer. */
  readonly hurry?: AbortSignal;
}

/**
 * Asks a program to stop, waits until it has, and kills what is left of it and of its descendants.
 * Jupyter's kernels live in sessions of their own, where no signal to a process group reaches them: so the family is
 * written down before its head goes.
 */
export async function stopFamily(child: ChildProcess, { grace, hurry }: Patience): Promise<void> {
  const pid = child.pid;
  if (pid === undefined || hasEnded(child)) return;
  if (process.platform === "win32") {
    // Windows knows no polite signal; taskkill ends the whole tree.
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  const family = descendants(pid, parents());
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const patience = new AbortController();
  const signal = hurry === undefined ? patience.signal : AbortSignal.any([patience.signal, hurry]);
  await Promise.race([ended, delay(grace, undefined, { signal }).catch(() => {})]);
  patience.abort();
  for (const member of hasEnded(child) ? family : [pid, ...family]) kill(member);
}

/** How a program ended: with a code, or by a signal. */
export type Ending = readonly [code: number | null, signal: NodeJS.Signals | null];

/** Waits for the end of a program; when the signal aborts, it is stopped first, with everything it started. */
export async function endOf(child: ChildProcess, stop: AbortSignal, patience: Patience): Promise<Ending> {
  let stopped: Promise<void> | undefined;
  const onStop = () => {
    stopped = stopFamily(child, patience);
  };
  stop.addEventListener("abort", onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    const [code, signal] = await once(child, "exit");
    await stopped;
    return [code, signal];
  } finally {
    stop.removeEventListener("abort", onStop);
  }
}

/** All processes below pid, given each process's parent. */
export function descendants(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendants(child, parents)]);
}

/** The parent of every process there is. */
export function parents(): Map<number, number> {
  return process.platform === "linux" ? parentsFromProc() : parentsFromPs();
}

// Small Linux images have no ps.
function parentsFromProc(): Map<number, number> {
  const result = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // "pid (program) state parent …", and the program's name may hold spaces and parentheses.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      result.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It has ended since the folder was listed.
    }
  }
  return result;
}

function parentsFromPs(): Map<number, number> {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
