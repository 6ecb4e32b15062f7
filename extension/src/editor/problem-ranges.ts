/** From problems as the kernel tells them, by line and column, to ranges of the editor's text. */
import type { Text } from "@codemirror/state";
import type { Fix, Problem } from "../kernel-link/kernel-language.ts";

/** A part of a text; never empty unless its line is empty. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where `problem` stands in `text`. A problem of another file stands where the cell imports that file. */
export function rangeOf(problem: Problem, text: Text): Range {
  if (problem.file !== undefined) return importOf(problem.file, text);
  const from = offsetOf(problem.line, problem.column, text);
  const to = offsetOf(problem.endLine, problem.endColumn, text);
  return visible(from, Math.max(from, to), text);
}

/** What a way out replaces, which may be nothing: then its text goes there. */
export function fixRangeOf({ line, column, endLine, endColumn }: Fix, text: Text): Range {
  const from = offsetOf(line, column, text);
  return { from, to: Math.max(from, offsetOf(endLine, endColumn, text)) };
}

function offsetOf(line: number, column: number, text: Text): number {
  if (line > text.lines) return text.length;
  const { from, to } = text.line(Math.max(line, 1));
  return Math.min(from + Math.max(column - 1, 0), to);
}

/** An empty range takes in the character behind it, or before it at the end of its line. */
function visible(from: number, to: number, text: Text): Range {
  if (from < to) return { from, to };
  const line = text.lineAt(from);
  if (from < line.to) return { from, to: from + 1 };
  return { from: Math.max(line.from, from - 1), to };
}

function importOf(file: string, text: Text): Range {
  const name = (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[cm]?[jt]s$/, "");
  for (let number = 1; number <= text.lines; number++) {
    const line = text.line(number);
    const specifier = line.text.match(/["'][^"']*["']/g)?.find((quoted) => quoted.includes(name));
    if (specifier === undefined) continue;
    const from = line.from + line.text.indexOf(specifier);
    return { from, to: from + specifier.length };
  }
  return text.line(1);
}
