/** Runs programs whose output is what one wants to see, at once or in its turn. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { endOf } from "./family.ts";
import { root } from "./paths.ts";

/** How a program ended that ran beside others. */
export interface Ended {
  readonly code: number;
  readonly seconds: number;
  /** All that it wrote. */
  readonly output: string;
}

/** Runs a JavaScript program on this Node to its end, and answers its exit code; a stop ends it and its descendants. */
export async function runOpenly(args: readonly string[], stop: AbortSignal): Promise<number> {
  return await codeOf(start(args, ["ignore", "inherit", "inherit"], stop), stop);
}

/** The same with its output kept, for whoever shows it when nothing else is shown. */
export async function runAside(args: readonly string[], stop: AbortSignal): Promise<Ended> {
  const begin = performance.now();
  const child = start(args, ["ignore", "pipe", "pipe"], stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await Promise.all([codeOf(child, stop), once(child, "close")]); // when all of it is read
  return { code, seconds: (performance.now() - begin) / 1000, output };
}

function start(args: readonly string[], stdio: StdioOptions, stop: AbortSignal): ChildProcess {
  stop.throwIfAborted();
  return spawn(process.execPath, args, {
    cwd: root,
    stdio,
    // A group of its own: the terminal's Ctrl-C then reaches only us, and we stop the program as a whole.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

async function codeOf(child: ChildProcess, stop: AbortSignal): Promise<number> {
  const [code] = await endOf(child, stop, { grace: 5000 });
  stop.throwIfAborted();
  return code ?? 1;
}
