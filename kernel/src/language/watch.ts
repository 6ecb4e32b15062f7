/** Expressions that a person writes while the program stands still. */

import MagicString from "magic-string";
import type ts from "typescript";
import { bindingOf, isShorthand, isVariable, parseBound } from "./binding.ts";
import { PREFIX } from "./scope.ts";
import { typescript } from "./typescript.ts";

/** JavaScript for an expression, in which names of the notebook stand for its variables, and `locals` for themselves. */
export function watchedCode(
  source: string,
  isKnown: (name: string) => boolean,
  locals: readonly string[],
): string {
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: { target: typescript.ScriptTarget.ES2024, module: typescript.ModuleKind.ESNext },
  });
  const code = outputText.replace(/^export \{\};\n?/m, "");
  const edits = new MagicString(code);
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node) && isVariable(node) && bindingOf(node) === "free") {
      const { text } = node;
      if (isKnown(text) && !locals.includes(text))
        edits.appendRight(node.getStart(), (isShorthand(node) ? `${text}: ` : "") + PREFIX);
    }
    typescript.forEachChild(node, visit);
  };
  visit(parseBound(code));
  return edits.toString();
}
