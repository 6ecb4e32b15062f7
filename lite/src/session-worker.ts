/** The session in a browser: the same session, in a worker, whose page is its wire. */
import "./node/globals.ts";
import type { MessagePort } from "node:worker_threads";
import { Shared } from "../../kernel/src/bridge.ts";
import { Session } from "../../kernel/src/session/session.ts";
import { type Port, portOf } from "./node/worker_threads.ts";

self.addEventListener("message", function begin({ data }: MessageEvent<{ id: string; shared: Int32Array }>) {
  self.removeEventListener("message", begin);
  const { id, shared } = data;
  const page = portOf(self as unknown as Worker);
  const wire: Port = {
    on: page.on,
    postMessage(message) {
      page.postMessage(message);
      // Where memory is not shared, nobody can say that text has been taken, nor could be waited for.
      if (!globalThis.crossOriginIsolated) shared[Shared.backlog] = 0;
    },
  };
  // Questions to a person are refused before anything is sent to this port.
  const answers: Port = { on() {}, postMessage() {} };
  new Session({
    id,
    wire: wire as unknown as MessagePort,
    answers: answers as unknown as MessagePort,
    shared,
  });
});
