/** The words of TypeScript's messages, in this project's style. */

import type ts from "@tslab/typescript-for-tslab";
import { typescript } from "./typescript.ts";

/** A message with its explanations, each on a line of its own, without periods. */
export function plainMessage(text: string | ts.DiagnosticMessageChain): string {
  return withoutPaths(typescript.flattenDiagnosticMessageText(text, "\n")).replace(/\.$/gm, "");
}

/** A type from a file is written `import("/folder/file").Name`, where a person wants to read `Name`. */
export function withoutPaths(text: string): string {
  return text.replace(/\bimport\("[^"]*"\)\./g, "");
}
