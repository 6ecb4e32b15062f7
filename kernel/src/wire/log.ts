/** The log that Jupyter keeps of a kernel, for what goes wrong on the wire. */

import { writeSync } from "node:fs";

/** The most lines that are written: front ends, too, must not fill a disk. */
const MOST = 1000;
/** The most characters of a line, which may quote a message. */
const LENGTH = 300;

const told = new Set<string>();

/** Writes down what went wrong, in one line, and the same line only once, however often somebody provokes it. */
export function log(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replace(/\p{Cc}/gu, " ").slice(0, LENGTH);
  if (told.has(line) || told.size >= MOST) return;
  told.add(line);
  writeSync(2, `gradbook: ${line}\n`); // a worker's own stderr is the cells'
}
