/** The language worker: an engine that answers the calls of a client in another thread. */

import "./compile-cache.ts";
import { workerData } from "node:worker_threads";
import type { LanguageData, Request, Response } from "./channel.ts";
import { createLanguage } from "./engine.ts";
import type { Diagnosis } from "./protocol.ts";

const OBSOLETE: Diagnosis = { diagnostics: [], obsolete: true };

const { options, port } = workerData as LanguageData;
const language = createLanguage(options);

/** The diagnosis that has been asked for and not begun. */
let waiting: Request | undefined;

port.on("message", (request: Request) => {
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
