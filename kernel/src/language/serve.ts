/** Answers the calls of a client (client.ts) in another thread. */

import type { LanguagePort, Request, Response } from "./channel.ts";
import type { Diagnosis, Language } from "./protocol.ts";

const OBSOLETE: Diagnosis = { diagnostics: [], obsolete: true };

/** From now on the language answers what arrives at the port. */
export function serveLanguage(language: Language, port: LanguagePort<Request, Response>): void {
  /** The diagnosis that has been asked for and not begun. */
  let waiting: Request | undefined;

  port.on("message", (request) => {
    if (request.method === "diagnose") diagnoseLater(request);
    else void reply(request);
  });

  // By then all calls that have arrived are answered; anything older than the newest text is not worth the time.
  function diagnoseLater(request: Request): void {
    if (waiting) port.postMessage({ id: waiting.id, value: OBSOLETE });
    else setImmediate(diagnose);
    waiting = request;
  }

  function diagnose(): void {
    if (waiting) void reply(waiting);
    waiting = undefined;
  }

  async function reply({ id, method, parameters }: Request): Promise<void> {
    const run = language[method] as (...parameters: readonly unknown[]) => Promise<unknown>;
    port.postMessage(await answer(id, () => run(...parameters)));
  }
}

async function answer(id: number, run: () => Promise<unknown>): Promise<Response> {
  try {
    return { id, value: await run() };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
