/** The log that Jupyter keeps of a kernel, for what goes wrong on the wire. */

import { writeSync } from "node:fs";

/** The most sentences that are remembered, and so the most that a stranger can write into the log. */
const MOST = 200;

const told = new Set<string>();

/** Writes down what went wrong, in one line, and the same line only once, however often somebody provokes it. */
export function log(error: unknown): void {
  const line = error instanceof Error ? error.message : String(error);
  if (told.has(line) || told.size >= MOST) return;
  told.add(line);
  writeSync(2, `gradbook: ${line}\n`); // a worker's own stderr is the cells'
}
