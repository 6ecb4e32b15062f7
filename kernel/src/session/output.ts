/** Sends what cells print and display to the wire worker. */

import type { MessagePort } from "node:worker_threads";
import { type Content, type FromSession, type Published, Shared, type StreamName } from "../bridge.ts";
import { currentCell, type RunningCell } from "./context.ts";

/** Characters of output that may be on their way; more than that, and printing waits for the wire worker. */
const BACKLOG = 4_000_000;
/** How long in ms one wait may last before it looks again. */
const WAIT = 100;

export class Output {
  readonly #port: MessagePort;
  readonly #shared: Int32Array;

  constructor(port: MessagePort, shared: Int32Array) {
    this.#port = port;
    this.#shared = shared;
  }

  /** Prints as the cell that runs now; before the first cell there is nobody to print to. */
  print(name: StreamName, chunk: string | Uint8Array): void {
    const cell = currentCell();
    if (cell) this.#send(cell, name, cell.printed[name].add(chunk));
  }

  /** Prints what there is of a cell's last character, as a cell that has ended writes no more. */
  finish(cell: RunningCell): void {
    for (const name of ["stdout", "stderr"] as const) this.#send(cell, name, cell.printed[name].end());
  }

  publish(kind: Published, content: Content): void {
    const cell = currentCell();
    if (cell) this.tell({ type: "publish", cell: cell.id, kind, content });
  }

  tell(message: FromSession): void {
    this.#port.postMessage(message);
  }

  /** Sends what is written to the process's own streams the same way; `console` writes there, too. */
  capture(): void {
    for (const name of ["stdout", "stderr"] as const) {
      // A caller of `write` may leave out the encoding, and expects its callback to be called.
      const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : undefined;
        this.print(
          name,
          typeof chunk === "string" && isBytes(encoding) ? Buffer.from(chunk, encoding) : chunk,
        );
        const done = rest.find((argument) => typeof argument === "function");
        if (done) process.nextTick(done);
        return true;
      };
      process[name].write = write as typeof process.stdout.write;
    }
  }

  #send(cell: RunningCell, name: StreamName, text: string): void {
    if (text === "") return;
    this.#yieldTo(Atomics.add(this.#shared, Shared.backlog, text.length) + text.length);
    this.tell({ type: "stream", cell: cell.id, name, text });
  }

  /** Printing in a loop must not fill the memory faster than a front end can read. */
  #yieldTo(backlog: number): void {
    let waiting = backlog;
    while (waiting > BACKLOG) {
      Atomics.wait(this.#shared, Shared.backlog, waiting, WAIT);
      waiting = Atomics.load(this.#shared, Shared.backlog);
    }
  }
}

/** Whether a string in an encoding stands for bytes, and is not the text itself. */
function isBytes(encoding: BufferEncoding | undefined): boolean {
  return encoding !== undefined && /^(hex|base64|base64url)$/i.test(encoding);
}
