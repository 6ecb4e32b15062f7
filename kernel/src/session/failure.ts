/** Puts what went wrong in a cell into words: for the notebook, for nbclient, for a log. */

import { readFileSync } from "node:fs";
import { failureOf } from "gradbook/session";
import type { Cell, Failure } from "../bridge.ts";
import type { Diagnostic } from "../language/protocol.ts";
import { withoutPrefix } from "../language/scope.ts";
import { attempt } from "./attempt.ts";
import { coloured } from "./coloured.ts";
import { excerpt, type Place } from "./excerpt.ts";
import { textOf } from "./mime.ts";
import type { Shadows } from "./shadows.ts";
import { labelOf } from "./sources.ts";
import type { Frame, Stacks } from "./stack.ts";

/** Type errors shown with their lines; the others are counted. */
const DIAGNOSTICS = 5;
/** Callers shown below the place of an error. */
const CALLERS = 8;
/** Causes followed. */
const CAUSES = 4;

export class Failures {
  readonly #stacks: Stacks;
  readonly #shadows: Shadows;

  constructor(stacks: Stacks, shadows: Shadows) {
    this.#stacks = stacks;
    this.#shadows = shadows;
  }

  /** What a cell threw; it may have thrown anything. */
  thrown(value: unknown): Failure {
    return attempt(() => this.#told(value)) ?? this.#unknown(value);
  }

  /** For what throws whenever it is asked something, as a proxy can. */
  #unknown(value: unknown): Failure {
    const [ename, evalue] = ["Thrown", textOf(value)];
    return { ename, evalue, traceback: lines([heading(ename, evalue)]) };
  }

  #told(value: unknown): Failure {
    const { ename, evalue } = summary(value);
    const frames = this.#stacks.frames(value);
    const parts = [heading(ename, evalue), ...this.#hints(ename, frames), ...places(frames)];
    if (value instanceof AggregateError) {
      parts.push(...value.errors.map((error) => `- ${oneLine(summary(error))}`));
    }
    parts.push(...this.#causes(value));
    const isDrawn = value instanceof Error && failureOf(value) !== null;
    if (isDrawn) parts.push("", "graph() draws the computation up to there");
    return { ename, evalue, traceback: lines(parts) };
  }

  /** The line of a cell's top level at which it threw; undefined when nothing tells. */
  lineIn(cell: Cell, thrown: unknown): number | undefined {
    return attempt(() => this.#stacks.frames(thrown))?.findLast(({ label }) => label === labelOf(cell))?.line;
  }

  /** What TypeScript found in a cell before it ran. */
  types(cell: Cell, diagnostics: readonly Diagnostic[]): Failure {
    const errors = diagnostics.filter(({ category }) => category === "error");
    const [first] = errors;
    const ename = "TypeScriptError";
    const where = first.file === undefined ? "" : `${first.file}, `;
    const evalue = `${where}line ${first.line}: ${first.message}`;
    const parts: string[] = [];
    for (const error of errors.slice(0, DIAGNOSTICS)) {
      parts.push(heading(ename, error.message));
      if (error.file !== undefined) {
        parts.push("", placeName(`${error.file}, line ${error.line}`));
        const source = attempt(() => readFileSync(error.file as string, "utf8"));
        if (source !== undefined) parts.push(excerpt(source, placeOf(error)));
        parts.push("");
        continue;
      }
      parts.push(...this.#shadows.hints(lineOf(cell.source, error.line)), "");
      parts.push(placeName(`cell ${cell.count}, line ${error.line}`));
      parts.push(excerpt(cell.source, placeOf(error)), "");
    }
    const more = errors.length - DIAGNOSTICS;
    if (more > 0) parts.push(`… and ${more} more`);
    return { ename, evalue, traceback: lines(parts) };
  }

  /** What a cell that a person has stopped ends with. */
  interrupted(): Failure {
    const ename = "Interrupted";
    const evalue = "The cell was stopped; the session and its variables are still there";
    return { ename, evalue, traceback: [heading(ename, evalue)] };
  }

  /** What a cell ends with that the kernel has stopped, so that the process lives on; with the largest variables. */
  outOfMemory(variables: string): Failure {
    const ename = "MemoryNearlyFull";
    const held =
      variables === "" ? "" : `; the largest are ${variables}: set one to undefined to free its memory`;
    const evalue = `The cell was stopped before the memory was full; the session and its variables are still there${held}`;
    return { ename, evalue, traceback: [heading(ename, evalue)] };
  }

  /** A call that fails because a cell took the name of a function of the library. */
  #hints(ename: string, [frame]: readonly Frame[]): string[] {
    return ename === "TypeError" && frame ? this.#shadows.hints(lineOf(frame.source, frame.line)) : [];
  }

  #causes(value: unknown): string[] {
    const parts: string[] = [];
    let error = value;
    while (error instanceof Error && error.cause !== undefined && parts.length < CAUSES) {
      error = error.cause;
      const [frame] = this.#stacks.frames(error);
      const place = frame ? ` (${location(frame)})` : "";
      parts.push(`${coloured("bold", "Caused by")} ${oneLine(summary(error))}${place}`);
    }
    return parts;
  }
}

/** Where a problem is to be marked: as far as it goes on its first line. */
function placeOf({ line, column, endLine, endColumn }: Diagnostic): Place {
  return endLine === line ? { line, column, endColumn } : { line, column };
}

/** The kind of a failure, and its sentence. */
function summary(thrown: unknown): { ename: string; evalue: string } {
  if (thrown instanceof Error) {
    return { ename: thrown.name || thrown.constructor.name, evalue: withoutPrefix(thrown.message) };
  }
  return { ename: "Thrown", evalue: typeof thrown === "string" ? thrown : textOf(thrown) };
}

function oneLine({ ename, evalue }: { ename: string; evalue: string }): string {
  return `${ename}: ${evalue}`;
}

function heading(ename: string, evalue: string): string {
  return evalue ? `${coloured(["red", "bold"], ename)}: ${evalue}` : coloured("red", ename);
}

function placeName(text: string): string {
  return coloured("cyan", text);
}

/** The place of an error with its lines, then its callers, each in one line. */
function places(frames: readonly Frame[]): string[] {
  const [innermost, ...callers] = frames;
  if (!innermost) return [];
  const parts = ["", placeName(location(innermost))];
  if (innermost.source !== undefined) parts.push(excerpt(innermost.source, innermost));
  let previous = "";
  let shown = 0;
  for (const caller of callers) {
    const line = `called from ${location(caller)}`;
    if (line === previous) continue; // a recursion is said once
    previous = line;
    shown += 1;
    if (shown > CALLERS) {
      parts.push("…");
      break;
    }
    const quoted = lineOf(caller.source, caller.line).trim();
    parts.push(placeName(line) + (quoted && `: ${quoted}`));
  }
  return parts;
}

/** Where a frame is, in words: `f, cell 3, line 2`. */
function location({ name, label, line }: Frame): string {
  return `${name ? `${name}, ` : ""}${label}, line ${line}`;
}

/** A line of a source, counted from 1; empty when it is not known. */
function lineOf(source: string | undefined, line: number): string {
  return source?.split(/\r?\n/)[line - 1] ?? "";
}

function lines(parts: readonly string[]): string[] {
  return parts.flatMap((part) => part.split("\n"));
}
