/** The words of TypeScript's messages, in this project's style. */

import type ts from "typescript";
import { typescript } from "./typescript.ts";

/** A message with its explanations, each on a line of its own, without periods. */
export function plainMessage(text: string | ts.DiagnosticMessageChain): string {
  return withoutLongShapes(plainTypes(typescript.flattenDiagnosticMessageText(text, "\n"))).replace(
    /\.$/gm,
    "",
  );
}

/**
 * Types as a person wants to read them: `import("/folder/file").Name` is `Name`, and a tensor of unknown shape is a
 * `Tensor`.
 */
export function plainTypes(text: string): string {
  return text.replace(/\bimport\("[^"]*"\)\./g, "").replace(/\bTensor<(?:Shape|number\[\])>/g, "Tensor");
}

/** `Tensor<[2, 3]>` stands as it is; a shape that the type checker would still have to compute is left out. */
function withoutLongShapes(message: string): string {
  const text = message.replace(/<[^<>()']*\bextends\b[^<>()']*>(?=\()/g, ""); // what a call decides anew
  const starts = [...text.matchAll(/\bTensor</g)].map(({ index }) => index + "Tensor".length).toReversed();
  return starts.reduce((shorter, start) => {
    let depth = 0;
    for (let at = start; at < shorter.length; at++) {
      if (shorter[at] === "<") depth += 1;
      if (shorter[at] === ">" && shorter[at - 1] !== "=") depth -= 1;
      if (depth > 0) continue;
      const shape = shorter.slice(start + 1, at);
      return isPlainShape(shape) ? shorter : shorter.slice(0, start) + shorter.slice(at + 1);
    }
    return shorter;
  }, text);
}

function isPlainShape(shape: string): boolean {
  return /^(?:\[(?:(?:\.\.\.)?(?:\d+|number(?:\[\])?)(?:, )?)*\]|[A-Z]\w*)$/.test(shape);
}

/** Text that TypeScript gives in coloured parts. */
export function plainText(parts: readonly ts.SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}
