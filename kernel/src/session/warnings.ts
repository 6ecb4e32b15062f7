/** Keeps Node's own warnings out of notebooks, where text on stderr means that a cell has a fault. */

import { log } from "./log.ts";

/** Sends warnings to the log of Jupyter. */
export function logWarnings(): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log(`${warning.name}: ${warning.message}`));
}
