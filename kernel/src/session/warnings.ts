/** Keeps Node's own warnings out of notebooks, where text on stderr means that a cell has a fault. */

import { writeSync } from "node:fs";

/** Sends warnings to the log of Jupyter. */
export function logWarnings(): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => writeSync(2, `gradbook: ${warning.name}: ${warning.message}\n`));
}
