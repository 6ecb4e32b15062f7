/** Starts the language worker. */

import type { LanguageData } from "./channel.ts";
import { type MessagePort, Worker, writeSync } from "./node.ts";

/** Node's own, taken before the session replaces it for cells. */
const complain = writeSync;

// A session of 1,000 cells lives in 60 MB; the rest is room for what is thrown away between collections. In a larger young
// generation a cell is not quicker: with 24 MB the process has 10 MB more, with 64 MB 50.
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 12 };

/** Runs an engine in a thread of its own; `port` is the other end of a client's (client.ts). */
export function startLanguage(port: MessagePort, folder: string, library?: string): Worker {
  const workerData: LanguageData = { options: { folder, ...(library && { library }) }, port };
  // Beside this file and in its language: .js when built, .ts in tests.
  const url = new URL(import.meta.url.replace(/start(\.[jt]s)$/, "worker$1"));
  // What TypeScript prints is for its own developers: it must not end up in the output of a cell.
  const silence = { stdout: true, stderr: true };
  const worker = new Worker(url, { workerData, transferList: [port], resourceLimits: LIMITS, ...silence });
  worker.stdout.resume();
  worker.stderr.resume();
  // The client tells the person at the notebook; the reason is for the terminal that Jupyter runs in.
  worker.on("error", (error) => complain(2, `The TypeScript engine ends: ${error}\n`));
  return worker;
}
