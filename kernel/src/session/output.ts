/** Sends what cells print and display to the wire worker. */

import type { MessagePort } from "node:worker_threads";
import {
  type Content,
  type Counted,
  type Extra,
  type FromSession,
  type Published,
  Shared,
  type StreamName,
} from "../bridge.ts";
import { currentCell, type RunningCell } from "./context.ts";

/** Characters of output that may be on their way; more than that, and who makes more waits for the wire worker. */
const BACKLOG = 4_000_000;
/** What each message of its kind counts besides its characters, since many small ones are much, too. */
const EACH = { stream: 100, publish: 4000 } as const;
/** Longer text goes in pieces, so that it need not be in several threads at once as a whole. */
const PIECE = 100_000;
/** How long in ms one wait may last before it looks again. */
const WAIT = 100;

/** Output before it is counted. */
type Uncounted<Message> = Message extends Counted ? Omit<Message, "sent"> : never;

export class Output {
  readonly #port: MessagePort;
  readonly #shared: Int32Array;
  /** How much was sent, as an Int32. */
  #sent = 0;

  constructor(port: MessagePort, shared: Int32Array) {
    this.#port = port;
    this.#shared = shared;
  }

  /** Prints as the cell that runs now; before the first cell there is nobody to print to. */
  print(name: StreamName, chunk: string | Uint8Array): void {
    const cell = currentCell();
    if (cell) this.#print(cell, name, cell.printed[name].add(chunk));
  }

  /** Prints what there is of a cell's last character, as a cell that has ended writes no more. */
  finish(cell: RunningCell): void {
    for (const name of ["stdout", "stderr"] as const) this.#print(cell, name, cell.printed[name].end());
  }

  publish(kind: Published, content: Content, extra: Extra = {}): void {
    const cell = currentCell();
    const bytes = (extra.buffers ?? []).reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (cell) {
      this.#send({ type: "publish", cell: cell.id, kind, content, extra }, sizeOf(content) + bytes);
    }
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

  #print(cell: RunningCell, name: StreamName, text: string): void {
    for (const piece of piecesOf(text)) {
      this.#send({ type: "stream", cell: cell.id, name, text: piece }, piece.length);
    }
  }

  /** Sends output when there is room for it, whatever its own size. */
  #send(message: Uncounted<FromSession>, size: number): void {
    this.#waitForRoom();
    const sent = (this.#sent + size + EACH[message.type]) | 0;
    this.#port.postMessage({ ...message, sent });
    // Not before: what an interrupt tears down in between was never sent, and would be waited for.
    this.#sent = sent;
  }

  /** Output in a loop must not fill the memory faster than a front end can read. */
  #waitForRoom(): void {
    for (;;) {
      const taken = Atomics.load(this.#shared, Shared.taken);
      if (((this.#sent - taken) | 0) <= BACKLOG) return;
      Atomics.wait(this.#shared, Shared.taken, taken, WAIT);
    }
  }
}

/** Whether a string in an encoding stands for bytes, and is not the text itself. */
function isBytes(encoding: BufferEncoding | undefined): boolean {
  return encoding !== undefined && /^(hex|base64|base64url)$/i.test(encoding);
}

/** The text in pieces that are not cut between the halves of a character. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PIECE, text.length);
    if (end < text.length && isFirstHalf(text, end - 1)) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}

function isFirstHalf(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

/** About how many characters a value has as JSON. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 4;
  return Object.entries(value).reduce((size, [key, entry]) => size + key.length + sizeOf(entry), 2);
}
