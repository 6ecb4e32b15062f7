/** Runs programs, and stops them with everything they have started. */
import {
  type ChildProcess,
  type SpawnOptions,
  type StdioOptions,
  spawn,
  spawnSync,
} from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SetupError } from "./command.ts";
import { descendants, kill, parents } from "./families.ts";
import type { Turn } from "./lock.ts";
import { cache, root } from "./paths.ts";
import { troubleIn } from "./trouble.mjs";

// A group of its own: the terminal's Ctrl-C then reaches only us, and we stop the program as a whole.
const apart = { detached: process.platform !== "win32", windowsHide: true };

/**
 * Runs a JavaScript program on this Node to its end, with its output for all to see, and returns its exit code.
 * A stop ends it and its descendants.
 */
export async function runOpenly(args: readonly string[], stop: AbortSignal): Promise<number> {
  return await codeOf(start(args, ["ignore", "inherit", "inherit"], stop), stop);
}

/** Runs a JavaScript program as `runOpenly` does, beside another one: its output is returned, to be shown later. */
export async function runAside(
  args: readonly string[],
  stop: AbortSignal,
): Promise<{ readonly code: number; readonly output: string }> {
  const child = start(args, ["ignore", "pipe", "pipe"], stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await Promise.all([codeOf(child, stop), once(child, "close")]); // when all of it is read
  return { code, output };
}

function start(args: readonly string[], stdio: StdioOptions, stop: AbortSignal): ChildProcess {
  stop.throwIfAborted();
  return spawn(process.execPath, args, { cwd: root, stdio, ...apart });
}

async function codeOf(child: ChildProcess, stop: AbortSignal): Promise<number> {
  const [code] = await endOf(child, stop, { grace: 5000 });
  stop.throwIfAborted();
  return code ?? 1;
}

/** A program whose output matters only when it fails, and what to call it. */
export interface Program {
  /** Names its log, `.cache/log/<name>.log`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs the program to its end, with its output in a log file.
 * A failure is a SetupError with the end of that log; an interruption stops the program and everything it started.
 */
export async function runQuietly(program: Program, { stop, note }: Turn): Promise<void> {
  stop.throwIfAborted();
  const [logPath, log] = openLog(program.name);
  const { command, args, cwd = root, env = process.env } = program;
  const child = startLeashed(command, args, { cwd, env, patience: 1000 }, log);
  closeSync(log);
  const ended = endOf(child, stop, { grace: 3000 });
  if (child.pid !== undefined) note(child.pid);
  const [code, signal] = await ended;
  stop.throwIfAborted();
  if (code === 0) return;
  const text = readFileSync(logPath, "utf8");
  const trouble = troubleIn(text, root);
  if (trouble !== undefined) throw new SetupError(`${trouble} (${relative(root, logPath)} has more)`);
  throw new SetupError(`${program.name} failed (${code ?? signal}), and its log ends so:\n${tail(logPath)}`);
}

/**
 * Starts a program that ends when we do, even if we are killed, at the latest after so many milliseconds of patience; its
 * output goes to an open file.
 */
export function startLeashed(
  command: string,
  args: readonly string[],
  { patience, ...options }: SpawnOptions & { readonly patience: number },
  output: number,
): ChildProcess {
  const leash = join(import.meta.dirname, "leash.mjs");
  const stdio: StdioOptions = ["pipe", output, output];
  return spawn(process.execPath, [leash, String(patience), command, ...args], {
    ...options,
    stdio,
    ...apart,
  });
}

/** Opens the file that the output of a program goes to, for its owner's eyes only. */
export function openLog(name: string): readonly [path: string, descriptor: number] {
  const folder = join(cache, "log");
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700); // also one that was there before
  const path = join(folder, `${name.replaceAll(/\W+/g, "-")}.log`);
  rmSync(path, { force: true });
  return [path, openSync(path, "w", 0o600)];
}

/** The last lines of a log, indented, and where the rest is. */
export function tail(logPath: string, count = 25): string {
  const lines = readFileSync(logPath, "utf8").trimEnd().split("\n").slice(-count);
  return [...lines.map((line) => `  ${line}`), `All of it is in ${relative(root, logPath)}`].join("\n");
}

/** How long to wait for a program that was asked to stop. */
export interface Patience {
  /** Milliseconds after which it and its descendants are killed. */
  readonly grace: number;
  /** Aborts when nobody wants to wait longer. */
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

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
