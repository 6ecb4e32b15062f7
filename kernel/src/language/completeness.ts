/** Whether code is a whole cell, so that a console knows if Enter runs it or starts another line. */

import type ts from "typescript";
import type { Completeness } from "./protocol.ts";
import { blocksIn, CELL_PREFIX, mayBeObject, parseDiagnosticsOf, readingOf } from "./reading.ts";
import { typescript } from "./typescript.ts";

const INDENT = "  ";
/** Template literals and comments may go on in the next line, … */
const GOES_ON: ReadonlySet<number> = new Set([1160, 1010]);
/** … strings may not. */
const UNTERMINATED_STRING = 1002;

export function completenessOf(source: string): Completeness {
  const asWritten = completenessOfText(readingOf(source).text, source);
  // `{ a: 1, b:` does not begin a block but an object.
  const goesOn = asWritten.status === "invalid" && mayBeObject(source, source.length);
  return goesOn ? completenessOfText(inOpenParenthesis(source), source) : asWritten;
}

function completenessOfText(code: string, source: string): Completeness {
  const text = CELL_PREFIX + code;
  const file = typescript.createSourceFile("cell.ts", text, typescript.ScriptTarget.ES2022, false);
  const problems = parseDiagnosticsOf(file);
  if (problems.length === 0) return { status: "complete" };
  // What is wrong only because the text ends can be put right by typing on.
  const end = text.trimEnd().length;
  const isOpen = ({ start, code }: ts.DiagnosticWithLocation): boolean =>
    GOES_ON.has(code) || (start >= end && code !== UNTERMINATED_STRING);
  return problems.some((problem) => !isOpen(problem))
    ? { status: "invalid" }
    : { status: "incomplete", indent: indentAfter(source) };
}

/** The cell with a parenthesis before the block that it ends with. */
function inOpenParenthesis(source: string): string {
  const start = blocksIn(source).at(-1) ?? 0;
  return `${source.slice(0, start)}(${source.slice(start)}`;
}

function indentAfter(source: string): string {
  const last = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]\s*$/.test(last) ? indent + INDENT : indent;
}
