/**
 * The process's stdout and stderr, in place of Node's.
 *
 * Node's would make the files of the descriptors 1 and 2 non-blocking. Whoever starts a kernel often lets it have its own
 * files, and then cannot write there either: Python, whose writes fail at once while its reader is slow, loses the rest
 * of a traceback.
 */

import fs from "node:fs";
import { Writable } from "node:stream";

/** Node's own, taken before it is replaced for cells (descriptors.ts). */
const { writeSync } = fs;

/** Has to be called before anything looks at the streams, as `node:util` and the start of a worker do. */
export function replaceStreams(): void {
  for (const [fd, name] of [
    [1, "stdout"],
    [2, "stderr"],
  ] as const) {
    const stream = new LogStream(fd);
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
  }
}

/** Writes into the log of Jupyter, until cells have the stream (output.ts). */
class LogStream extends Writable {
  readonly fd: 1 | 2;

  constructor(fd: 1 | 2) {
    super({ decodeStrings: false });
    this.fd = fd;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    writeSync(this.fd, typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    done();
  }

  /** Nobody ends the streams of a process, as in Node itself. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error);
  }
}
