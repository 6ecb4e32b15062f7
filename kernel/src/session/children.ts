/**
 * Programs that cells start: what they print into the kernel's own streams belongs to the cell, and an interrupt ends
 * them, also those that the cell waits for with `execSync`.
 */

import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { currentCell, type RunningCell, runAs } from "./context.ts";
import { routed } from "./stdio.ts";
import { execFileSync, execSync, spawnSync } from "./sync-children.ts";

/** What Node hands to a child that is to be started; no published type has it. */
interface Start {
  readonly stdio?: unknown;
}

type Spawn = (this: ChildProcess, start: Start) => unknown;

/** The programs that each cell has running. */
const running = new Map<RunningCell, Set<ChildProcess>>();

/** Replaces Node's ways to start a program. */
export function followChildren(): void {
  // All ways that do not block come by here.
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = prototype;
  prototype.spawn = function (start) {
    const cell = currentCell();
    if (!cell) return spawn.call(this, start);
    const { stdio, into } = routed(start.stdio);
    const answer = spawn.call(this, { ...start, stdio });
    for (const [index, name] of into) forward(this, index, (chunk) => process[name].write(chunk), cell);
    follow(cell, this);
    return answer;
  };
  Object.assign(childProcess, { spawnSync, execSync, execFileSync });
  syncBuiltinESMExports();
}

/** Ends the programs of an interrupted cell. */
export function endChildren(cell: RunningCell): void {
  for (const child of running.get(cell) ?? []) child.kill();
}

/** The cells whose programs run. */
export function cellsWithChildren(): RunningCell[] {
  return [...running.keys()];
}

function follow(cell: RunningCell, child: ChildProcess): void {
  if (child.pid === undefined) return; // there is no such program
  const children = running.get(cell) ?? new Set();
  running.set(cell, children.add(child));
  child.once("exit", () => {
    children.delete(child);
    if (children.size === 0) running.delete(cell);
  });
}

/** Prints as the cell what a child writes; to the cell, the child has no such stream, as with Node's own `inherit`. */
function forward(
  child: ChildProcess,
  index: number,
  print: (chunk: Uint8Array) => unknown,
  cell: RunningCell,
): void {
  const streams = child.stdio as unknown[];
  const stream = streams[index] as NodeJS.ReadableStream | null;
  stream?.on("data", (chunk: Buffer) => runAs(cell, () => print(chunk)));
  streams[index] = null;
  if (index === 1) child.stdout = null;
  if (index === 2) child.stderr = null;
}
