/** The folders whose code does not show in the call stacks of cells. */

import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The kernel's own code, and the library's: an arrow must point at the line its author can change. */
export function hiddenFolders(): string[] {
  const kernel = dirname(dirname(fileURLToPath(import.meta.url)));
  const library = dirname(fileURLToPath(import.meta.resolve("gradbook")));
  return [kernel, library].flatMap((folder) => [folder, realpathSync(folder)]);
}
