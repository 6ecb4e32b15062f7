/** The language worker: an engine that answers the calls of a client in another thread. */

import "./compile-cache.ts";
import { workerData } from "node:worker_threads";
import type { LanguageData, Request, Response } from "./channel.ts";
import { createLanguage } from "./engine.ts";

const { options, port } = workerData as LanguageData;
const language = createLanguage(options);

port.on("message", async ({ id, method, parameters }: Request) => {
  port.postMessage(await answer(id, () => call(method, parameters)));
});

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
