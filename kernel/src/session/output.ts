/** Sends what cells print and display to the wire worker. */

import type { MessagePort } from "node:worker_threads";
import { type Content, type FromSession, type Published, Shared, type StreamName } from "../bridge.ts";
import { currentCell } from "./context.ts";

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
  print(name: StreamName, text: string): void {
    const cell = currentCell();
    if (!cell || text === "") return;
    this.#yieldTo(Atomics.add(this.#shared, Shared.backlog, text.length) + text.length);
    this.tell({ type: "stream", cell: cell.id, name, text });
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
      // Whoever calls `write` may leave out the encoding, and wants its callback called.
      const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
        this.print(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString(encoding));
        const done = rest.find((argument) => typeof argument === "function");
        if (done) process.nextTick(done);
        return true;
      };
      process[name].write = write as typeof process.stdout.write;
    }
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
