/** Starts the programs that the main thread waits for (sync-children.ts). */

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { type MessagePort, parentPort } from "node:worker_threads";

/** A program to be started. */
export interface Order {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
  readonly stdio: readonly ("pipe" | "ignore" | number)[];
  readonly input: string | Uint8Array | undefined;
  /** How many bytes may be kept of each stream. */
  readonly most: number;
  /** The streams whose bytes are kept; those of others are reported when they come. */
  readonly kept: readonly number[];
  /** Counts the reports. */
  readonly flag: Int32Array;
  readonly port: MessagePort;
}

/** How a program ended. */
export interface Ended {
  readonly type: "ended";
  readonly pid: number;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: readonly (Uint8Array | null)[];
  /** Why it could not be started, or was ended: `ENOENT`, `ETIMEDOUT`, `ENOBUFS`. */
  readonly failure: string | undefined;
}

export type Report = Ended | { readonly type: "data"; readonly index: number; readonly chunk: Uint8Array };

/** How long in ms a program may take to end when it is told to. */
const GRACE = 500;
const HAS_GROUPS: boolean = process.platform !== "win32";

parentPort?.on("message", (order: Order) => {
  const { file, args, options, stdio, input, most, kept, flag, port } = order;
  const { timeout, killSignal, ...others } = options;
  const chunks = new Map<number, Buffer[]>();
  let failure: string | undefined;
  let last: NodeJS.Timeout | undefined;

  const report = (message: Report): void => {
    port.postMessage(message);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  };
  const outputs = (): (Uint8Array | null)[] =>
    stdio.map((_, index) => {
      const bytes = index > 0 && kept.includes(index) ? Buffer.concat(chunks.get(index) ?? []) : null;
      return bytes && new Uint8Array(bytes);
    });

  // With a group of its own, so that what a shell has started ends with it.
  const child = spawn(file, args, { ...others, stdio: [...stdio], detached: HAS_GROUPS });
  const fail = (reason: string, signal: NodeJS.Signals | number | undefined): void => {
    failure ??= reason;
    end(child, signal);
  };
  const timer = timeout ? setTimeout(() => fail("ETIMEDOUT", killSignal), timeout) : undefined;
  for (const [index, stream] of child.stdio.entries()) {
    if (index === 0 || !stream || !("read" in stream)) continue;
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      if (!kept.includes(index)) return report({ type: "data", index, chunk: new Uint8Array(chunk) });
      const known = chunks.get(index) ?? [];
      chunks.set(index, known);
      known.push(chunk.subarray(0, Math.max(0, most - size)));
      size += chunk.length;
      if (size > most) fail("ENOBUFS", killSignal);
    });
  }
  child.stdin?.on("error", () => {}); // a program need not read all of what it is given
  child.stdin?.end(input);
  port.on("message", () => {
    end(child, "SIGTERM");
    last = setTimeout(() => end(child, "SIGKILL"), GRACE);
  });
  const close = (status: number | null, signal: NodeJS.Signals | null): void => {
    clearTimeout(timer);
    clearTimeout(last);
    report({ type: "ended", pid: child.pid ?? 0, status, signal, output: outputs(), failure });
    port.close();
  };
  child.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error.code ?? error.message;
    if (child.pid === undefined) close(null, null);
  });
  child.on("close", (status, signal) => {
    if (child.pid !== undefined) close(status, signal);
  });
});

function end(child: ChildProcess, signal: NodeJS.Signals | number | undefined): void {
  try {
    if (HAS_GROUPS && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    child.kill(signal); // the group is gone, and perhaps the child, too
  }
}
