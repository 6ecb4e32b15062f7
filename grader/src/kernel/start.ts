/** Starts the kernel for nbgrader: Gradbook's own wire, and behind it a session that keeps tests and students apart. */

import { randomUUID } from "node:crypto";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { Shared, type WireData } from "@gradbook/kernel/bridge";
import type { Request } from "@gradbook/kernel/language/channel";
import type { Compilation } from "@gradbook/kernel/language/protocol";
import { startKernel } from "@gradbook/kernel/start";
import { readConnection } from "@gradbook/kernel/wire/connection";
import { GraderSession } from "./session.ts";

/** Where nothing is graded, as when a teacher validates a notebook, this is the ordinary kernel. */
export async function startGraderKernel(
  connectionFile: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (env.NBGRADER_EXECUTION !== "autograde") {
    await startKernel(connectionFile);
    return;
  }
  const shared = new Int32Array(new SharedArrayBuffer(Shared.length * Int32Array.BYTES_PER_ELEMENT));
  const [session, answers, language] = [new MessageChannel(), new MessageChannel(), new MessageChannel()];
  const workerData: WireData = {
    connection: readConnection(connectionFile),
    sessionId: randomUUID(),
    hasDebugger: false,
    shared,
    documentation: undefined,
    session: session.port1,
    answers: answers.port1,
    language: language.port1,
  };
  const wire = new Worker(new URL(import.meta.resolve("@gradbook/kernel/wire/worker")), {
    workerData,
    transferList: [session.port1, answers.port1, language.port1],
  });
  wire.on("exit", (code) => process.exit(code));
  passOn(language.port2);
  new GraderSession(session.port2, process.cwd());
}

/** The wire has each cell compiled before it is run; here it is compiled where it turns out to belong. */
function passOn(port: MessagePort): void {
  const later: Compilation = {
    ok: true,
    cell: {
      code: "",
      sourceMap: { version: 3, file: "", sources: [], sourcesContent: [], names: [], mappings: "" },
      declared: [],
      steps: [],
      lastExpression: undefined,
      hasTopLevelAwait: false,
      shadowed: [],
      modules: [],
    },
  };
  const values: Readonly<Record<Request["method"], unknown>> = {
    ready: [],
    compile: later,
    complete: { start: 0, end: 0, matches: [] },
    inspect: { found: false, plain: "", markdown: "" },
    isComplete: { status: "unknown" },
    diagnose: { diagnostics: [] },
    signature: null,
    catalogue: [],
    watch: "",
  };
  port.on("message", ({ id, method }: Request) => port.postMessage({ id, value: values[method] }));
}
