/** `npm start` as a test drives it: started, asked, stopped, and looked for afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { descendants, isAlive, parents } from "../../scripts/setup/families.ts";

const run = join(import.meta.dirname, "../../scripts/run.mjs");

/** A start under way or done. */
export interface RunningGradbook {
  readonly process: ChildProcess;
  /** Where JupyterLab is, token included. */
  readonly url: URL;
  /** Milliseconds until it answered. */
  readonly startTime: number;
  /** Everything it has printed. */
  output(): string;
  /** Asks JupyterLab's own API. */
  ask(path: string, init?: RequestInit): Promise<unknown>;
  /** The processes of this start that are alive. */
  alive(): number[];
}

/**
 * Starts it without a browser, as the leader of a process group of its own, as a terminal would; by another program, if
 * one is named.
 */
export async function startGradbook(
  program: readonly string[] = [run, "start", "--", "--no-browser"],
): Promise<RunningGradbook> {
  const mark = randomUUID();
  const begin = performance.now();
  const child = spawn(process.execPath, program, {
    env: { ...process.env, GRADBOOK_TEST_MARK: mark },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  const url = await new Promise<URL>((resolve, reject) => {
    const onData = (data: Buffer) => {
      output += data;
      const found = /Gradbook is at (\S+)/.exec(output);
      if (found !== null) resolve(new URL(found[1]));
    };
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.on("exit", () => reject(new Error(`npm start ended before it was ready:\n${output}`)));
  });
  const startTime = performance.now() - begin;
  const known = new Set<number>();
  return {
    process: child,
    url,
    startTime,
    output: () => output,
    async ask(path, init) {
      const response = await fetch(new URL(`${path}${url.search}`, url), init);
      return response.json();
    },
    alive() {
      const found = [child.pid as number, ...descendants(child.pid as number, parents()), ...marked(mark)];
      for (const pid of found) known.add(pid);
      return [...known].filter((pid) => isAlive(pid));
    },
  };
}

/** Waits until the start has ended, and answers its exit code. */
export async function endOf({
  process: { exitCode },
  process: child,
}: RunningGradbook): Promise<number | null> {
  return exitCode ?? ((await once(child, "exit"))[0] as number | null);
}

/** Whether something listens there. */
export async function isListening({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** On Linux: processes that have inherited the mark, wherever they stand in the family by now. */
function marked(mark: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => environmentOf(name).includes(mark))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(join("/proc", pid, "environ"), "utf8");
  } catch {
    // It has ended, or is another user's.
    return "";
  }
}
