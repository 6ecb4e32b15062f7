/** The words of TypeScript's messages, in this project's style. */

import type ts from "typescript";
import { typescript } from "./typescript.ts";

/** A message with its explanations, each on a line of its own, without periods. */
export function plainMessage(text: string | ts.DiagnosticMessageChain): string {
  return plainTypes(typescript.flattenDiagnosticMessageText(text, "\n")).replace(/\.$/gm, "");
}

/**
 * Types as a person wants to read them: `import("/folder/file").Name` is `Name`, and a tensor of unknown shape is a
 * `Tensor`.
 */
export function plainTypes(text: string): string {
  return text.replace(/\bimport\("[^"]*"\)\./g, "").replace(/\bTensor<(?:Shape|number\[\])>/g, "Tensor");
}

/** Text that TypeScript gives in coloured parts. */
export function plainText(parts: readonly ts.SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}
