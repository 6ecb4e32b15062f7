/** The language worker: an engine that answers the calls of a client in another thread. */

import "./compile-cache.ts";
import { getHeapStatistics } from "node:v8";
import { workerData } from "node:worker_threads";
import { collectGarbage } from "../garbage.ts";
import type { LanguageData, Request, Response } from "./channel.ts";
import { createLanguage } from "./engine.ts";
import type { Diagnosis } from "./protocol.ts";

const OBSOLETE: Diagnosis = { diagnostics: [], obsolete: true };

const { options, port } = workerData as LanguageData;
const language = createLanguage(options);

/** How long in ms nobody asks for anything before garbage is collected, and by how many bytes the heap must have grown. */
const IDLE = 1000;
const GROWTH = 16_000_000;

let kept = 0;
// Else a session of many cells keeps several times what it needs.
const idle = setTimeout(() => {
  const { used_heap_size: used } = getHeapStatistics();
  if (used < kept + GROWTH) return;
  collectGarbage();
  kept = getHeapStatistics().used_heap_size;
}, IDLE);

/** The diagnosis that has been asked for and not begun. */
let waiting: Request | undefined;

port.on("message", (request: Request) => {
  idle.refresh();
  if (request.method === "diagnose") diagnoseLater(request);
  else void reply(request);
});

// By then all calls that have arrived are answered; anything older than the newest text is not worth the time.
function diagnoseLater(request: Request): void {
  if (waiting) port.postMessage({ id: waiting.id, value: OBSOLETE } satisfies Response);
  else setImmediate(diagnose);
  waiting = request;
}

function diagnose(): void {
  if (waiting) void reply(waiting);
  waiting = undefined;
}

async function reply({ id, method, parameters }: Request): Promise<void> {
  port.postMessage(await answer(id, () => call(method, parameters)));
}

function call(method: Request["method"], parameters: readonly unknown[]): Promise<unknown> {
  const run = language[method] as (...parameters: readonly unknown[]) => Promise<unknown>;
  return run(...parameters);
}

async function answer(id: number, run: () => Promise<unknown>): Promise<Response> {
  try {
    return { id, value: await run() };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
