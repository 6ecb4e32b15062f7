/** Which processes there are, who started whom, and whether they still run. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A process as the system lists it. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** It has ended but nobody has collected it, as with the orphans of a container without an init. */
  readonly isZombie: boolean;
}

/** All processes below pid, given each process's parent. */
export function descendants(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendants(child, parents)]);
}

/** The parent of every process there is. */
export function parents(): Map<number, number> {
  return new Map(processes().map(({ pid, parent }) => [pid, parent]));
}

/**
 * Waits until nothing of a process group runs any more. Its leader, a leash, ends it when whoever held the other end is
 * gone; what has lost its leader too is killed. Waits in vain, for a while, where the number is another program's now.
 */
export async function endOfGroup(group: number, patience = 15_000): Promise<void> {
  if (process.platform === "win32") return;
  for (const start = performance.now(); performance.now() - start < patience; await delay(50)) {
    const members = processes().filter((member) => member.group === group && !member.isZombie);
    if (members.length === 0) return;
    if (members.every(({ pid }) => pid !== group)) for (const { pid } of members) kill(pid);
  }
}

function processes(): Process[] {
  return process.platform === "linux" ? processesFromProc() : processesFromPs();
}

// Small Linux images have no ps.
function processesFromProc(): Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // "pid (program) state parent group …", and the program's name may hold spaces and parentheses.
      const stat = readFileSync(join("/proc", name, "stat"), "utf8");
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), isZombie: state === "Z" }];
    } catch {
      // It has ended since the folder was listed.
      return [];
    }
  });
}

function processesFromPs(): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, group, state] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        isZombie: state.startsWith("Z"),
      };
    });
}

/** Kills a process, if it is still there. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Whether a process of this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process answers EPERM.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return /\) Z /.test(readFileSync(join("/proc", String(pid), "stat"), "utf8"));
  } catch {
    return false;
  }
}
