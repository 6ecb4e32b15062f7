/** Reads the environments of LaTeX: grids and cases. */

import { type Case, DOTS, type Dots, type Expr } from "./grammar.ts";
import type { Reader } from "./reader.ts";

const GRIDS = /^[pbv]?matrix$|^array$/;

/** \begin{pmatrix} … \end{pmatrix} or \begin{cases} … \end{cases}. */
export function environment(reader: Reader): Expr {
  const { text, at } = reader.take();
  const name = text.slice("begin ".length);
  if (name === "cases") return { kind: "cases", cases: cases(reader), at };
  if (!GRIDS.test(name)) {
    throw reader.error(
      `Cannot read the environment ${name}: matrices are written in pmatrix, cases in cases`,
      at,
    );
  }
  const rows: (Expr | Dots)[][] = [];
  do {
    if (reader.is(`end ${name}`)) break; // after a last \\
    rows.push(row(reader));
  } while (reader.accept("\\\\"));
  reader.expect(`end ${name}`, "to close the matrix");
  const odd = rows.find(({ length }) => length !== rows[0].length);
  if (odd !== undefined) {
    throw reader.error(
      `The rows of a matrix must be equally long: one has ${rows[0].length} cells, one ${odd.length}`,
      at,
    );
  }
  return { kind: "grid", rows, at };
}

function row(reader: Reader): (Expr | Dots)[] {
  const cells = [cell(reader)];
  while (reader.accept("&")) cells.push(cell(reader));
  return cells;
}

function cell(reader: Reader): Expr | Dots {
  return reader.accept("⋯", "⋮", "⋱") ? DOTS : reader.read("comparison");
}

function cases(reader: Reader): Case[] {
  const found: Case[] = [];
  do {
    if (reader.is("end cases")) break;
    const value = reader.read("sum");
    reader.accept(",");
    reader.expect("&", "before the condition, as in 1, & x_{ij} \\geq 0");
    found.push({ value, condition: when(reader) });
  } while (reader.accept("\\\\"));
  reader.expect("end cases", "to close the cases");
  return found;
}

/** { X if Y > 0; Z else }, or what else stands in braces. */
export function braces(reader: Reader): Expr {
  const { at } = reader.token;
  reader.expect("{", "to open a group");
  const inner = reader.within(null, (): Expr => {
    const first = reader.read("comparison");
    if (!reader.is(",") && !isWhen(reader)) return first;
    reader.accept(",");
    const cases: Case[] = [{ value: first, condition: when(reader) }];
    while (reader.accept(";")) {
      const value = reader.read("sum");
      reader.accept(",");
      cases.push({ value, condition: when(reader) });
    }
    return { kind: "cases", cases, at };
  });
  reader.expect("}", "to close the { before");
  return inner;
}

/** Whether a word says when a case holds: if, else; a tensor may be called so. */
export function isWhen({ token, names }: Reader): boolean {
  return /^(if|else)$/.test(token.text) && names.get(token.text) === undefined;
}

function when(reader: Reader): Expr {
  const { at } = reader.token;
  if (!isWhen(reader)) return condition(reader);
  return reader.take().text === "else" ? { kind: "number", value: 1, at } : condition(reader);
}

/** A comparison, in which = compares too. */
export function condition(reader: Reader): Expr {
  const a = reader.read("comparison");
  const { at } = reader.token;
  return reader.accept("=") ? { kind: "compare", relation: "eq", a, b: reader.read("sum"), at } : a;
}
