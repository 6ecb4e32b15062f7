/** Problems of a cell in words for whoever begins, with ways out: the one door to the tables of this folder. */

import type ts from "typescript";
import { typescript } from "../typescript.ts";
import { meaningAdvice, silentMistakes } from "./meaning.ts";
import type { Mistake } from "./nodes.ts";
import type { Fix } from "./syntax.ts";

/** Ways out of a problem, at offsets of its file. */
const fixes = new WeakMap<ts.Diagnostic, readonly Fix[]>();

/** The ways out of a problem. */
export function fixesOf(diagnostic: ts.Diagnostic): readonly Fix[] {
  return fixes.get(diagnostic) ?? [];
}

/** The problems, in our words where we have some, and what the compiler does not look for. */
export function advised(
  program: ts.Program,
  file: ts.SourceFile,
  found: readonly ts.Diagnostic[],
): readonly ts.Diagnostic[] {
  const checked = { file, checker: program.getTypeChecker() };
  const told = found.map((diagnostic) => {
    const mistake = diagnostic.file === file ? meaningAdvice(checked, diagnostic) : null;
    return mistake === null ? diagnostic : asDiagnostic(file, mistake, diagnostic.code);
  });
  const silent = silentMistakes(checked).map((mistake) => asDiagnostic(file, mistake, OWN_RULE));
  const all = [...told, ...silent];
  // What stands within something that is to be written anew follows from it.
  return all.filter((one, k) => !all.some((other, n) => fixes.has(other) && isWithin(one, other, n < k)));
}

function isWithin(inner: ts.Diagnostic, outer: ts.Diagnostic, isLater: boolean): boolean {
  const [a, b] = [inner, outer].map(({ start = 0, length = 0 }) => ({ start, end: start + length }));
  if (inner.file !== outer.file || a.start < b.start || a.end > b.end) return false;
  return isLater || a.start > b.start || a.end < b.end;
}

/** Stands where TypeScript's number stands, for rules that are ours. */
const OWN_RULE = 0;

function asDiagnostic(
  file: ts.SourceFile,
  { start, end, message, fixes: ways }: Mistake,
  code: number,
): ts.Diagnostic {
  const diagnostic: ts.Diagnostic = {
    file,
    start,
    length: end - start,
    code,
    category: typescript.DiagnosticCategory.Error,
    messageText: message,
  };
  fixes.set(diagnostic, ways);
  return diagnostic;
}
