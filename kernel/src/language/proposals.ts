/** Which names are proposed where the compiler's own proposals are too many, or none. */

import type ts from "typescript";
import { CELL_PREFIX } from "./reading.ts";

/** What the converter answers; `original` is what the compiler did. */
export interface Proposed {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original: ts.CompletionInfo | undefined;
}

/** Where a new name is about to be typed, or the name of a class after `new`. */
const NOTHING_YET =
  /(?:^|[^\w$.])(?:for(?:\s+|\s*\(\s*)|for\s*\(\s*(?:const|let|var)\s+|(?:new|const|let|var|function|class|enum|interface)\s+)$/;
/** In an object that has only been begun. */
const IN_OBJECT = /[{,]\s*$/;
/** What stands for modules among the kinds of names. */
const PATHS: ReadonlySet<string> = new Set(["script", "directory", "external module name"]);
/** A name that nobody has, for an object to be one in the eyes of the parser. */
const PLACEHOLDER = "_";

/** What can be typed at a position of a cell; `complete` asks the compiler. */
export function proposalsAt(
  complete: (code: string, position: number) => Proposed,
  code: string,
  position: number,
): Proposed {
  const before = code.slice(0, position);
  if (NOTHING_YET.test(before))
    return { start: position, end: position, candidates: [], original: undefined };
  if (IN_OBJECT.test(before)) {
    const inside = complete(before + PLACEHOLDER + code.slice(position), position + PLACEHOLDER.length);
    const members = inside.original;
    if (members?.isMemberCompletion) {
      const candidates = members.entries.map(({ name }) => name);
      return { start: position, end: position, candidates, original: members };
    }
  }
  const proposed = complete(code, position);
  const [first] = proposed.original?.entries ?? [];
  if (!first || !PATHS.has(first.kind)) return proposed;
  // Where the compiler names no span, the word at the cursor is meant.
  const { start, length } = first.replacementSpan ?? { start: -1, length: 0 };
  const [word] = /[\w$]*$/.exec(before) ?? [""];
  return start < 0
    ? inSpan(proposed, code, position, position - word.length, word.length)
    : inSpan(proposed, code, position, start - CELL_PREFIX.length, length);
}

/** Proposals for a part of a string: the path of a module. */
function inSpan(proposed: Proposed, code: string, position: number, start: number, length: number): Proposed {
  const typed = code.slice(start, position);
  const candidates = proposed.candidates.filter((name) => name.startsWith(typed));
  return { ...proposed, start, end: start + length, candidates };
}
