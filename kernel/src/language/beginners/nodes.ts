/** Places in a cell's syntax tree, and what the type checker knows of them. */

import type ts from "typescript";
import { typescript } from "../typescript.ts";
import type { Advice, Fix } from "./syntax.ts";

/** A mistake in a file, at offsets of the file. */
export interface Mistake extends Advice {
  readonly start: number;
  readonly end: number;
}

/** What the type checker is asked about a file. */
export interface Checked {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

/** The type of an expression; of a constant that something is put into, where the compiler has none, as declared. */
export function typeOf({ checker }: Checked, node: ts.Expression): ts.Type {
  const type = checker.getTypeAtLocation(node);
  const isKnown = (type.flags & typescript.TypeFlags.Any) === 0 || !typescript.isIdentifier(node);
  const symbol = isKnown ? undefined : checker.getSymbolAtLocation(node);
  const declaration = symbol?.valueDeclaration;
  return symbol && declaration ? checker.getTypeOfSymbolAtLocation(symbol, declaration) : type;
}

export function isTensorType(type: ts.Type): boolean {
  return type.symbol?.name === "Tensor" && (type.flags & typescript.TypeFlags.Any) === 0;
}

export function own<T>(table: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(table, key) ? table[key] : null;
}

export function rangeOf(node: ts.Node): { readonly start: number; readonly end: number } {
  return { start: node.getStart(), end: node.end };
}

export function replaced(node: ts.Node, text: string): Fix {
  return { title: `Write ${text}`, ...rangeOf(node), text };
}

export function ancestor<N extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is N): N | null {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (is(at)) return at;
  return null;
}

/** The innermost node that covers the range. */
export function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart() > start || node.end < end) return;
    found = node;
    typescript.forEachChild(node, visit);
  };
  typescript.forEachChild(file, visit);
  return found;
}
