/** The engine as seen from another thread: the same methods, answered by the language worker. */

import type { LanguagePort, Request, Response } from "./channel.ts";
import type { Language } from "./protocol.ts";

/** The client's end of the line, which also says when there is nobody at the other end any more. */
interface ClientPort extends LanguagePort<Response, Request> {
  on(event: "message", hear: (response: Response) => void): unknown;
  on(event: "close", hear: () => void): unknown;
}

/** A language at the other end of a port. Calls are answered in the order they were made, diagnoses last. */
export function connectLanguage(port: ClientPort): Language {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  let failure: Error | undefined;

  port.on("message", (response: Response) => {
    const call = pending.get(response.id);
    pending.delete(response.id);
    if ("error" in response) call?.reject(new Error(response.error));
    else call?.resolve(response.value);
  });
  // The worker's end closes when the worker ends.
  port.on("close", () => {
    failure = new Error("Cannot ask the TypeScript engine: it has stopped; restart the kernel");
    for (const call of pending.values()) call.reject(failure);
    pending.clear();
  });

  const ask = <T>(method: keyof Language, ...parameters: unknown[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (failure) return reject(failure);
      const id = calls++;
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      port.postMessage({ id, method, parameters } satisfies Request);
    });

  return {
    ready: () => ask("ready"),
    compile: (source, cell, lost, globals) => ask("compile", source, cell, lost, globals),
    complete: (source, cursor) => ask("complete", source, cursor),
    inspect: (source, cursor, detail) => ask("inspect", source, cursor, detail),
    isComplete: (source) => ask("isComplete", source),
    diagnose: (source) => ask("diagnose", source),
    watch: (source, locals) => ask("watch", source, locals),
    signature: (source, cursor) => ask("signature", source, cursor),
    catalogue: () => ask("catalogue"),
  };
}
