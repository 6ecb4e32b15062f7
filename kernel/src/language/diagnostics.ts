/** TypeScript's diagnostics as a student reads them: in the cell's own lines, the library's sentence first. */

import type ts from "typescript";
import { fixesOf } from "./beginners/advise.ts";
import type { Fix } from "./beginners/syntax.ts";
import { plainMessage } from "./message.ts";
import { path } from "./node.ts";
import type { Problem } from "./prepare.ts";
import type { Diagnostic } from "./protocol.ts";
import { CELL_PREFIX, type Reading } from "./reading.ts";
import { typescript } from "./typescript.ts";

/** That a module is not found, by an import of names or by one of none. */
const NO_MODULE: ReadonlySet<number> = new Set([2307, 2792, 2882]);

/** A problem that `prepareCell` found. */
export function fromProblem(
  source: string,
  { toSource }: Reading,
  { start, end, message, code, fixes = [] }: Problem,
): Diagnostic {
  const range = rangeIn(source, toSource(start), toSource(end));
  return { ...range, message, code, category: "error", ...waysOut(source, toSource, fixes, 0) };
}

/** Ways out of a problem, in the cell's own lines. */
function waysOut(
  source: string,
  toSource: Reading["toSource"],
  fixes: readonly Fix[],
  before: number,
): Pick<Diagnostic, "fixes"> {
  if (fixes.length === 0) return {};
  return {
    fixes: fixes.map(({ title, start, end, text }) => ({
      title,
      text,
      ...rangeIn(source, toSource(start - before), toSource(end - before)),
    })),
  };
}

/** A problem that the type checker found, in the cell or in a local file that it imports. */
export function fromTypeScript(
  source: string,
  { text, toSource }: Reading,
  folder: string,
  diagnostic: ts.Diagnostic,
): Diagnostic {
  const { file, start = 0, length = 0, code } = diagnostic;
  const isCell = file === undefined || file.text.startsWith(CELL_PREFIX + text);
  const from = start - CELL_PREFIX.length;
  return {
    ...(isCell
      ? rangeIn(source, toSource(from), toSource(from + length))
      : rangeIn(file.text, start, start + length)),
    message: messageOf(diagnostic.messageText) + wayOut(diagnostic),
    code,
    category: diagnostic.category === typescript.DiagnosticCategory.Warning ? "warning" : "error",
    ...(isCell
      ? waysOut(source, toSource, fixesOf(diagnostic), CELL_PREFIX.length)
      : { file: path.relative(folder, file.fileName) }),
  };
}

/** How to come by a package that is not there. */
function wayOut({ code, messageText }: ts.Diagnostic): string {
  const [, name] = /'([^']+)'/.exec(typescript.flattenDiagnosticMessageText(messageText, " ")) ?? [];
  const isPackage = name !== undefined && !/^[./#]|^[a-z]+:/.test(name);
  if (!NO_MODULE.has(code) || !isPackage) return "";
  const [ofPackage] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name];
  return `; install it in the notebook's folder: npm install ${ofPackage}`;
}

/**
 * The library writes what is wrong with literal shapes into a type, `ShapeProblem<"Cannot multiply …">`.
 * Where TypeScript's message names such a type, its sentence is the message.
 */
function messageOf(text: string | ts.DiagnosticMessageChain): string {
  const message = plainMessage(text);
  const sentence = /\bShapeProblem<"((?:[^"\\]|\\.)+)"/.exec(message)?.[1];
  return sentence === undefined ? message : (JSON.parse(`"${sentence}"`) as string);
}

function rangeIn(
  text: string,
  start: number,
  end: number,
): Pick<Diagnostic, "line" | "column" | "endLine" | "endColumn"> {
  const from = positionIn(text, start);
  const to = positionIn(text, end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** Counts from 1; an offset past the text is at its end. */
function positionIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(offset, 0)).split("\n");
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
