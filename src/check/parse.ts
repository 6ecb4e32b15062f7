/** Reads a formula: from its tokens to its tree, by the grammar of grammar.ts. */

import {
  type Expr,
  type Formula,
  FormulaError,
  type Member,
  type Product,
  type Relation,
} from "./grammar.ts";
import { callable, type Names } from "./names.ts";
import { sumSign } from "./parse-entry.ts";
import { braces, environment, isWhen } from "./parse-environment.ts";
import { word } from "./parse-word.ts";
import { Reader, VALUE } from "./reader.ts";
import type { Token } from "./tokens.ts";

/**
 * Reads a formula with the names in scope, from the position `start` on.
 *
 * @throws FormulaError at the character that does not fit.
 */
export function parse(source: string, names: Names, values: readonly Expr[] = [], start = 0): Formula {
  const reader = new Reader(source, start, names, values, { comparison, sum, product, factor });
  const claims: Member[][] = [];
  while (reader.accept(",", ";", "\\\\"));
  while (!reader.is("the end")) {
    claims.push(claim(reader));
    if (!reader.is("the end") && !reader.accept(",", ";", "\\\\")) throw unexpected(reader);
    while (reader.accept(",", ";", "\\\\"));
  }
  if (claims.length === 0)
    throw new FormulaError("There is no formula: write one, as in dX = dY ⊙ Y", source, 0);
  return { source: source.trim(), claims };
}

function claim(reader: Reader): Member[] {
  const members = [member(reader)];
  for (;;) {
    if (reader.is(",") && reader.next.text === "=") reader.take(); // the chain goes on in the next line
    if (!reader.accept("=")) return members;
    members.push(member(reader));
  }
}

function member(reader: Reader): Member {
  const { at } = reader.token;
  const expr = comparison(reader);
  return { expr, source: reader.source.slice(at, reader.lastEnd).trim() };
}

const RELATIONS: Readonly<Record<string, Relation>> = {
  "≥": "ge",
  ">": "gt",
  "≤": "le",
  "<": "lt",
  "≠": "ne",
};

/** comparison = sum [ relation sum ] */
function comparison(reader: Reader): Expr {
  const a = sum(reader);
  const { text, at } = reader.token;
  if (!Object.hasOwn(RELATIONS, text)) return a;
  reader.take();
  return { kind: "compare", relation: RELATIONS[text], a, b: sum(reader), at };
}

/** sum = [ "-" ] term { ("+" | "-") term } */
function sum(reader: Reader): Expr {
  const { at } = reader.token;
  const negative = reader.accept("-");
  if (!negative) reader.accept("+");
  const first = term(reader);
  let a: Expr = negative ? { kind: "neg", a: first, at } : first;
  while (reader.is("+") || reader.is("-")) {
    const sign = reader.take();
    a = { kind: sign.text === "+" ? "add" : "sub", a, b: term(reader), at: sign.at };
  }
  return a;
}

function term(reader: Reader): Expr {
  let a = product(reader);
  while (reader.is("⊙")) {
    const { at } = reader.take();
    a = { kind: "hadamard", a, b: product(reader), at };
  }
  return a;
}

const PRODUCTS: Readonly<Record<string, Product | "div">> = { "@": "matmul", "·": "dot", "/": "div" };

/** product = factor { [ "@" | "·" | "/" ] factor } */
function product(reader: Reader): Expr {
  let a = factor(reader);
  for (;;) {
    const { text, at } = reader.token;
    if (Object.hasOwn(PRODUCTS, text)) {
      reader.take();
      const b = factor(reader);
      if (text === "/") refuseLeibniz(reader, a, b);
      a = { kind: PRODUCTS[text], a, b, at };
    } else if (startsFactor(reader)) a = { kind: "juxtapose", a, b: factor(reader), at };
    else return a;
  }
}

/** dJ/dZ, where ∂J/∂Z is meant: dJ and dZ are numbers and matrices, and nobody divides by a gradient. */
function refuseLeibniz(reader: Reader, a: Expr, b: Expr): void {
  if (b.kind !== "gradient" || (a.kind !== "gradient" && a.kind !== "unit")) return;
  const [of, by] = [a.label, b.label].map((label) => label.slice(1));
  const way = a.kind === "unit" ? `${b.label} or ∂${of}/∂${by}` : `∂${of}/∂${by}`;
  throw reader.error(`${a.label}/${b.label} reads as a division: write ${way}`, a.at);
}

function startsFactor(reader: Reader): boolean {
  const { token, bar } = reader;
  if (isWhen(reader)) return false;
  if (token.kind === "number" || token.kind === "word" || token.text === VALUE) return true;
  return /^([([{∑∂√]|frac|begin .*)$/.test(token.text) || (/^[|‖]$/.test(token.text) && token.text !== bar);
}

/** factor = primary { "ᵀ" | "^" exponent } */
function factor(reader: Reader): Expr {
  let a = primary(reader);
  for (;;) {
    const { at } = reader.token;
    if (reader.accept("ᵀ")) a = { kind: "transpose", a, at };
    else if (reader.accept("^")) a = raised(reader, a, at);
    else return a;
  }
}

function raised(reader: Reader, a: Expr, at: number): Expr {
  const inBraces = reader.is("{") ? reader.next : reader.token;
  if (inBraces.text === "T" || inBraces.text === "ᵀ") {
    const braced = reader.accept("{");
    reader.take();
    if (braced) reader.expect("}", "to close the exponent");
    return { kind: "transpose", a, at };
  }
  const start = reader.token.at;
  const negative = !reader.is("{") && reader.accept("-");
  const exponent = reader.is("{") ? reader.group("{", "}") : primary(reader);
  return { kind: "power", a, b: negative ? { kind: "neg", a: exponent, at: start } : exponent, at };
}

function primary(reader: Reader): Expr {
  const { kind, text, at } = reader.token;
  if (kind === "number") return { kind: "number", value: Number(reader.take().text), at };
  if (kind === "word") return word(reader);
  if (reader.isValue()) return reader.takeValue();
  switch (text) {
    case "(":
      return reader.group("(", ")");
    case "[":
      return reader.group("[", "]");
    case "{":
      return braces(reader);
    case "|":
      return reader.isNorm ? length(reader) : magnitude(reader);
    case "‖":
      return length(reader);
    case "√":
      reader.take();
      // \sqrt{X}^2 is the square of the root; √X² is the root of the square.
      return {
        kind: "call",
        name: "sqrt",
        axis: null,
        args: [reader.is("{") ? primary(reader) : factor(reader)],
        at,
      };
    case "∑":
      return sumSign(reader);
    case "∂":
      return partial(reader);
    case "frac":
      return fraction(reader);
  }
  if (text.startsWith("begin ")) return environment(reader);
  throw unexpected(reader);
}

function magnitude(reader: Reader): Expr {
  const { at } = reader.take();
  const inner = reader.within("|", () => sum(reader));
  reader.expect("|", "to close the | before");
  return { kind: "call", name: "abs", axis: null, args: [inner], at };
}

/** ‖x‖, ‖x‖_2 and ‖X‖_F: the root of the sum of the squares of all entries. */
function length(reader: Reader): Expr {
  const { text, at } = reader.take();
  if (text === "|") reader.take();
  const inner = reader.within(text === "|" ? "|" : "‖", () => sum(reader));
  if (!reader.isNorm) reader.expect("‖", "to close the ‖ before");
  if (reader.take().text === "|") reader.take();
  if (reader.accept("_")) order(reader);
  return { kind: "call", name: "norm", axis: null, args: [inner], at };
}

const NORMS: Readonly<Record<string, string>> = { 1: "sum(|x|)", "∞": "max(|x|)" };

/** The index of a norm; only the Euclidean norm is written with bars. */
function order(reader: Reader): void {
  const braced = reader.accept("{");
  const { text, at } = reader.take();
  if (text !== "2" && text !== "F") {
    const wayOut = Object.hasOwn(NORMS, text) ? `: write ${NORMS[text]}` : "";
    throw reader.error(`‖x‖ is read as the Euclidean norm, with the index 2, F or none${wayOut}`, at);
  }
  if (braced) reader.expect("}", "to close the index of ‖");
}

const AFTER: Readonly<Record<string, string>> = {
  "⊙": "a matrix, as in dY ⊙ Y",
  "·": "a factor, as in 2 · X",
  "@": "a matrix, as in X @ W",
  "/": "what is divided by, as in 1/X",
  "+": "a term, as in X W + 𝟏bᵀ",
  "-": "a term, as in 1 - Y",
  "=": "the other side of the equation",
};

/** The error at a token that fits nowhere. */
function unexpected(reader: Reader): FormulaError {
  const { token, before } = reader;
  if (before !== undefined && Object.hasOwn(AFTER, before.text)) {
    return reader.error(`After ${before.text} there must come ${AFTER[before.text]}, not ${nameOf(token)}`);
  }
  if (/^[)\]}]$/.test(token.text))
    return reader.error(`There is no bracket for ${token.text} to close: leave it out`);
  if (token.text === ":=") {
    return reader.error(
      "An assignment is no equation: W.assign(value) changes a parameter, check compares with =",
    );
  }
  if (token.kind === "sign" && before === undefined) {
    return reader.error(`A formula cannot start with ${token.text}: write what it equals, as in dX = dY ⊙ Y`);
  }
  return reader.error(
    `Cannot read ${nameOf(token)} here: a name, a number, a bracket or an operator would fit`,
  );
}

function nameOf({ text }: Token): string {
  return callable(text) === undefined ? text : `the function ${text}`;
}

// Reads derivatives and fractions: ∂y/∂x, \frac{∂J}{∂X}, \frac{∂}{∂x_ij}[…], \frac{a}{b}.

/** ∂y/∂x, and ∂/∂x of what follows. */
export function partial(reader: Reader): Expr {
  const { at } = reader.take();
  if (reader.accept("/")) {
    reader.expect("∂", "and what is differentiated by, as in ∂/∂x_ij");
    const by = variable(reader);
    return { kind: "derivative", of: reader.read("factor"), by, at };
  }
  const of = variable(reader);
  reader.expect("/", "and what is differentiated by, as in ∂y/∂x");
  reader.expect("∂", "before what is differentiated by, as in ∂y/∂x");
  return { kind: "derivative", of, by: variable(reader), at };
}

/** A fraction of LaTeX, which may be a derivative. */
export function fraction(reader: Reader): Expr {
  const { at } = reader.take();
  if (reader.next.text !== "∂") return quotient(reader, at);
  reader.expect("{", "to open the numerator");
  reader.expect("∂", "of the derivative");
  const of = reader.is("}") ? null : variable(reader);
  reader.expect("}", "to close the numerator");
  reader.expect("{", "to open the denominator");
  reader.expect("∂", "before what is differentiated by, as in \\frac{\\partial J}{\\partial X}");
  const by = variable(reader);
  reader.expect("}", "to close the denominator");
  return { kind: "derivative", of: of ?? reader.read("factor"), by, at };
}

function quotient(reader: Reader, at: number): Expr {
  const a = part(reader);
  return { kind: "div", a, b: part(reader), at };
}

/** \frac{1}{2}, or \frac12 with a digit for each. */
function part(reader: Reader): Expr {
  if (reader.is("{")) return reader.group("{", "}");
  const { kind, text } = reader.token;
  if (kind === "number" && text.length > 1) reader.split([...text]);
  return kind === "number"
    ? { kind: "number", value: Number(reader.token.text), at: reader.take().at }
    : reader.read("comparison");
}

/** What can be differentiated, or differentiated by: a name or an entry. */
function variable(reader: Reader): Expr {
  if (reader.isValue()) return reader.takeValue();
  if (reader.token.kind !== "word") {
    throw reader.error("After ∂ there must come a name or an entry, as in ∂y_ij/∂x_ij");
  }
  return word(reader);
}
