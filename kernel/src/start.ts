/** Starts a kernel: first the wire worker and the language worker, then the session beside them. */

import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { MessageChannel, Worker } from "node:worker_threads";
import { Shared, type WireData } from "./bridge.ts";
import { documentation } from "./command/documentation.ts";
import { startLanguage } from "./language/start.ts";
import { log } from "./session/log.ts";
import { readConnection } from "./wire/connection.ts";

/** Messages come and go; by itself V8 would keep up to 48 MB for them. */
const WIRE_LIMITS = { maxYoungGenerationSizeMb: 6 };

/** Throws a sentence where the connection file asks for what the kernel cannot do. */
export async function startKernel(connectionFile: string): Promise<void> {
  const connection = readConnection(connectionFile);
  // With loops unrolled, V8 leaves out the place where a termination is noticed from loops that call only functions of
  // its own, as `while (true) list.push(new Array(9).fill(0))` does: nothing could stop them.
  setFlagsFromString("--no-turboshaft-loop-unrolling");
  const shared = new Int32Array(new SharedArrayBuffer(Shared.length * Int32Array.BYTES_PER_ELEMENT));
  const session = new MessageChannel();
  const answers = new MessageChannel();
  const language = new MessageChannel();
  const sessionId = randomUUID();
  const wireData: WireData = {
    connection,
    sessionId,
    hasDebugger: true,
    shared,
    documentation: documentation(),
    session: session.port1,
    answers: answers.port1,
    language: language.port1,
  };
  const wire = new Worker(new URL("./wire/worker.js", import.meta.url), {
    workerData: wireData,
    transferList: [session.port1, answers.port1, language.port1],
    resourceLimits: WIRE_LIMITS,
  });
  wire.on("error", collapse);
  // A wire worker that cannot open its sockets has said why. Cells will not be allowed to call this.
  wire.on("exit", process.exit.bind(process));
  // Without TypeScript the kernel still answers, even if only that a cell cannot be compiled.
  startLanguage(language.port2, process.cwd()).on("error", complain);
  try {
    const [{ Session }, { nodeOutside }] = await Promise.all([
      import("./session/session.ts"),
      import("./session/node-outside.ts"),
    ]);
    const outside = nodeOutside(process.cwd());
    new Session({ id: sessionId, wire: session.port2, answers: answers.port2, shared, outside });
  } catch (error) {
    collapse(error);
  }
}

function complain(error: unknown): void {
  log(error instanceof Error ? String(error.stack) : String(error));
}

/** Ends a kernel that has lost a part it cannot do without. */
function collapse(error: unknown): void {
  complain(error);
  process.kill(process.pid, "SIGKILL");
}
