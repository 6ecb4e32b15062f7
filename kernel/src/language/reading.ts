/**
 * Reads a cell that ends with `{ a: 1, b: 2 }` as its author does, as an object to be shown.
 *
 * JavaScript takes a brace that begins a statement for a block, and `a: 1` in it for a label. Here it is an object
 * where it can be one, and gets parentheses; `{ let a = 1; f(a) }` cannot, and stays a block.
 */

import MagicString from "magic-string";
import type ts from "typescript";
import { typescript } from "./typescript.ts";

/** A cell as the compiler sees it, and the way between its offsets and those of the cell; the lines are the same. */
export interface Reading {
  readonly text: string;
  /** The text as edits of the cell. */
  readonly edits: MagicString;
  readonly toText: (offset: number) => number;
  readonly toSource: (offset: number) => number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

// An export makes the file a module, in which `await` at the top level parses.
export const MODULE = "export {};\n";
/** What the converter puts before the cell's text. */
export const CELL_PREFIX: string = MODULE;
/** Parentheses; the statement before need not have a semicolon. */
const OPEN = ";(";
const CLOSE = ")";
/** Makes an expression of what follows. */
const VALUE = "0,";
/** The beginning of an object that has something in it. */
const OBJECT =
  /^\{\s*(?:\.\.\.|\[|(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|"[^"\n]*"|'[^'\n]*'|[\d.]+)\s*[:,])/u;

export function parseCell(source: string): ts.SourceFile {
  return typescript.createSourceFile("cell.ts", MODULE + source, typescript.ScriptTarget.ES2022, true);
}

/** The syntax errors of a file made by `createSourceFile`, which keeps them in an unpublished property. */
export function parseDiagnosticsOf(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics;
}

/** The cell with parentheses around the object that it ends with. */
export function readingOf(source: string): Reading {
  const file = parseCell(source);
  const isValid = parseDiagnosticsOf(file).length === 0;
  const starts = isValid ? lastBlock(file) : blocks(file);
  for (const start of starts) {
    const object = objectFrom(source, start, isValid);
    if (object) return inParentheses(source, object);
  }
  return {
    text: source,
    edits: new MagicString(source),
    toText: (offset) => offset,
    toSource: (offset) => offset,
  };
}

/** Whether an offset of a cell lies in a block at its top level that was perhaps meant to be an object. */
export function mayBeObject(source: string, offset: number): boolean {
  const start = blocksIn(source).findLast((block) => block <= offset);
  return start !== undefined && OBJECT.test(source.slice(start));
}

/** Where the blocks at the top level of a cell begin. */
export function blocksIn(source: string): number[] {
  return blocks(parseCell(source));
}

function blocks(file: ts.SourceFile): number[] {
  return file.statements.filter(typescript.isBlock).map((block) => block.getStart() - MODULE.length);
}

/** Where the block begins that is the last statement, even if more follows on its last line, as in `{ a: 1 } + 1`. */
function lastBlock(file: ts.SourceFile): number[] {
  const [last, before] = file.statements.filter((node) => !typescript.isEmptyStatement(node)).toReversed();
  if (typescript.isBlock(last)) return [last.getStart() - MODULE.length];
  if (!before || !typescript.isBlock(before) || !typescript.isExpressionStatement(last)) return [];
  const between = file.text.slice(before.end, last.getStart());
  return between.includes("\n") ? [] : [before.getStart() - MODULE.length];
}

/** The expression that goes from an object at `start` to the end of the cell, where there is one. */
function objectFrom(source: string, start: number, mayBeBlock: boolean): Span | undefined {
  if (parseDiagnosticsOf(parseCell(source.slice(0, start))).length > 0) return undefined;
  const file = parseCell(VALUE + source.slice(start));
  if (parseDiagnosticsOf(file).length > 0) return undefined;
  const [statement, ...others] = file.statements.slice(1);
  if (!typescript.isExpressionStatement(statement) || !others.every(typescript.isEmptyStatement))
    return undefined;
  if (!areWhole(statement.expression, mayBeBlock)) return undefined;
  return { start, end: statement.expression.end - MODULE.length - VALUE.length + start };
}

/**
 * Whether the objects in an expression are objects for the checker, too: to the parser, `{ f(x) }` has a method and
 * `{ a = 1 }` a property. Where the same text is a block without an error, `f(x)` and a `{` in the next line are a call
 * and a block.
 */
function areWhole(node: ts.Node, mayBeBlock: boolean): boolean {
  if (typescript.isObjectLiteralElement(node) && typescript.isFunctionLike(node)) {
    const { body } = node as ts.MethodDeclaration;
    if (!body || mayBeBlock) return false;
  }
  if (typescript.isShorthandPropertyAssignment(node) && node.objectAssignmentInitializer) {
    if (!typescript.isAssignmentTarget(node.parent)) return false;
  }
  return !typescript.forEachChild(node, (child) => !areWhole(child, mayBeBlock));
}

function inParentheses(source: string, { start, end }: Span): Reading {
  const before = OPEN.length;
  const edits = new MagicString(source).appendRight(start, OPEN).appendRight(end, CLOSE);
  return {
    text: edits.toString(),
    edits,
    toText: (offset) => offset + (offset >= start ? before : 0) + (offset > end ? CLOSE.length : 0),
    toSource: (offset) => {
      const inside = offset > start ? Math.max(start, offset - before) : offset;
      return inside > end ? Math.max(end, inside - CLOSE.length) : inside;
    },
  };
}
