/** Runs a program whose output matters only when it fails. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { endOf } from "./family.ts";
import { cache, root } from "./paths.ts";
import { SetupError } from "./setup-error.ts";

/** A program to run and what to call it. */
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
export async function runQuietly(program: Program, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted();
  const logPath = logOf(program.name);
  const log = openSync(logPath, "w");
  // A group of its own: the terminal's Ctrl-C then reaches only us, and we stop the program as a whole.
  const child = spawn(program.command, program.args, {
    cwd: program.cwd ?? root,
    env: program.env ?? process.env,
    stdio: ["ignore", log, log],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  closeSync(log);
  try {
    const [code, signal] = await endOf(child, stop, { grace: 3000 });
    stop.throwIfAborted();
    if (code !== 0) {
      throw new SetupError(
        `${program.name} failed (${code ?? signal}), and its log ends so:\n${tail(logPath)}`,
      );
    }
  } catch (error) {
    if (error instanceof Error && "syscall" in error) {
      throw new SetupError(`Cannot run ${program.command}: ${error.message}`);
    }
    throw error;
  }
}

/** Where the output of a program goes. */
export function logOf(name: string): string {
  mkdirSync(join(cache, "log"), { recursive: true });
  return join(cache, "log", `${name.replaceAll(/\W+/g, "-")}.log`);
}

/** The last lines of a log, indented, and where the rest is. */
export function tail(logPath: string, count = 25): string {
  const lines = readFileSync(logPath, "utf8").trimEnd().split("\n").slice(-count);
  return [...lines.map((line) => `  ${line}`), `All of it is in ${relative(root, logPath)}`].join("\n");
}
