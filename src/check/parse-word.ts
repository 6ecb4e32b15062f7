/** Reads words and runs of them, such as XW or ij, and what is applied to something: functions, e^x, indicators. */

import type { FormulaCall } from "../tensor/op.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import type { Expr, Leaf } from "./grammar.ts";
import { callable, FUNCTIONS, opName } from "./names.ts";
import { baseOf, DIMENSION, entry, INDEX, scriptsAhead, subscripts, sumSign } from "./parse-entry.ts";
import { condition } from "./parse-environment.ts";
import type { Reader } from "./reader.ts";
import { greekLetter } from "./tokens.ts";

// Reads words: names, gradients, entries, functions, letters; and runs of them, such as XW or ij.

/** Whatever starts with a word. */
export function word(reader: Reader): Expr {
  const { text, at } = reader.token;
  if (text === "𝟏") return ones(reader);
  if (text === "sum" && hasIndex(reader)) return sumSign(reader);
  if (text === "δ" && reader.next.text === "_" && reader.names.get(text) === undefined) {
    reader.take();
    return { kind: "delta", subscripts: subscripts(reader), at };
  }
  if (reader.bound.has(text)) {
    reader.take();
    return { kind: "letter", letter: text, at };
  }
  const named = name(reader);
  if (named !== null) return named;
  if (text === "e" && reader.next.text === "^") return euler(reader);
  const scripted = entry(reader);
  if (scripted !== null) return scripted;
  if (text === "ones" && reader.next.text !== "(") return ones(reader);
  const known = callable(text);
  if (known !== undefined && isCall(reader)) return call(reader, known);
  if (text === "J") {
    reader.take();
    return { kind: "objective", at };
  }
  const letter = greekLetter(text);
  if (INDEX.test(letter) || DIMENSION.test(letter)) {
    reader.take();
    return { kind: "letter", letter, at };
  }
  const parts = partsOf(reader, text);
  if (parts === null || parts.length < 2) throw unknown(reader);
  reader.split(parts);
  return word(reader);
}

/** Whether the sum is Σ_k, and not sum_1, which sums along the first axis. */
function hasIndex(reader: Reader): boolean {
  if (reader.next.text !== "_") return false;
  const index = reader.ahead(reader.ahead(2).text === "{" ? 3 : 2);
  return index.kind === "word";
}

/** A tensor or number in scope, with all its scripts: W_1, Z^{[O]}. */
function name(reader: Reader): Expr | null {
  const { text, at } = reader.token;
  const scripts = scriptsAhead(reader);
  // The longest name counts: W_1 before W, whose first entry it could be.
  for (let n = scripts.length; n >= 0; n--) {
    const label =
      text +
      scripts
        .slice(0, n)
        .map(({ text: script }) => script)
        .join("");
    const found = gradientOf(reader, label) ?? leaf(reader.names.get(label), label, at);
    if (found === null) continue;
    const isEntry = n === 0 && reader.next.text === "_" && baseOf(reader, text, "") !== null;
    if (isEntry) return null;
    const tokens = n === 0 ? 1 : scripts[n - 1].tokens;
    for (let k = 0; k < tokens; k++) reader.take();
    return found;
  }
  return null;
}

function leaf(value: Tensor | number | undefined, label: string, at: number): Leaf | null {
  if (value === undefined) return null;
  return typeof value === "number"
    ? { kind: "number", value, at }
    : { kind: "tensor", tensor: value, label, at };
}

/** dX, where X is a tensor, even if dX is one too; dJ. */
function gradientOf(reader: Reader, label: string): Leaf | null {
  const { at } = reader.token;
  if (!label.startsWith("d") || label.length === 1) return null;
  const primal = label.slice(1);
  const tensor = reader.names.tensor(primal);
  if (primal === "J" && (tensor === undefined || isObjective(tensor))) return { kind: "unit", label, at };
  return tensor === undefined ? null : { kind: "gradient", tensor, label, at };
}

/** Whether a number is what a backward pass starts from: none has reached it from anything else. */
function isObjective(j: Tensor): boolean {
  const origin = internals.originOf(j);
  return j.rank === 0 && (origin === null || origin.y === j);
}

/** A run of names without spaces, such as XW, taken apart; `null` if some part has no meaning. */
function partsOf(reader: Reader, text: string): string[] | null {
  if (text === "") return [];
  const letters = [...text];
  for (let n = letters.length; n > 0; n--) {
    const head = letters.slice(0, n).join("");
    const isLast = n === letters.length;
    if (!hasMeaning(reader, head, isLast)) continue;
    const rest = partsOf(reader, letters.slice(n).join(""));
    if (rest !== null) return [head, ...rest];
  }
  return null;
}

function hasMeaning(reader: Reader, head: string, isLast: boolean): boolean {
  const { names, next } = reader;
  const isNumber = /^\d+$/.test(head);
  if (isNumber) return false;
  if (names.get(head) !== undefined || INDEX.test(head) || DIMENSION.test(head) || head === "𝟏") return true;
  if (head.startsWith("d") && names.tensor(head.slice(1)) !== undefined) return true;
  if (!isLast) return false;
  if (next.text === "_") return baseOf(reader, head, "") !== null;
  return next.text === "^" ? head === "e" : next.text === "(" && callable(head) !== undefined;
}

function unknown(reader: Reader): Error {
  const { token, next, names } = reader;
  const { text } = token;
  if (next.text === "(" && names.withEntries(text) === undefined) {
    const near = FUNCTIONS.filter((name) => name.toLowerCase().startsWith(text.toLowerCase().slice(0, 3)));
    const hint = near.length > 0 ? `; did you mean ${near.slice(0, 2).join(" or ")}?` : "";
    return reader.error(`${text} is not a function here${hint}`);
  }
  return reader.error(`${text} is not a name here; ${names.suggestion(text, reader.source)}`);
}

// Reads what is applied to something: functions, e^x, and the indicator 𝟏_{X ≥ 0}.

/** 𝟏, or the indicator of a condition. */
export function ones(reader: Reader): Expr {
  const { at } = reader.take();
  if (!reader.is("_")) return { kind: "ones", at };
  reader.take(); // 𝟏_{X ≥ 0} is the indicator of its condition
  const close = reader.is("{") ? "}" : reader.is("(") ? ")" : null;
  if (close === null) return reader.read("factor");
  reader.take();
  const holds = condition(reader);
  reader.expect(close, "to close the condition of 𝟏");
  return holds;
}

/** e^X. */
export function euler(reader: Reader): Expr {
  const { at } = reader.take();
  reader.expect("^", "after e");
  const exponent = reader.is("{") ? reader.group("{", "}") : reader.read("factor");
  return { kind: "call", name: "exp", axis: null, args: [exponent], at };
}

/** A function is called when an argument follows; sum_1 sums along the first axis. */
export function isCall(reader: Reader): boolean {
  const { next } = reader;
  if (next.text === "^") return reader.ahead(2).kind === "number" && reader.ahead(3).text === "(";
  return /^[({[_|]$/.test(next.text) || next.kind === "word" || next.kind === "number";
}

const OF_TWO: ReadonlyMap<string, string> = new Map([
  ["max", "maximum"],
  ["min", "minimum"],
]);

/** A function and its arguments; without parentheses it takes the next factor. */
export function call(reader: Reader, { arity, acts }: FormulaCall): Expr {
  const hasAxis = acts === "along an axis";
  const { text, at } = reader.take();
  if (reader.is("_") && !hasAxis) throw reader.error(`${text} has no axis: write ${text}(X)`);
  const axis = reader.accept("_") ? axisOf(reader) : null;
  const hasPower = reader.is("^") && reader.next.kind === "number"; // tanh²(X)
  if (hasPower) reader.take();
  const power = hasPower ? reader.take() : null;
  const args: Expr[] = [];
  if (reader.accept("(")) {
    do args.push(reader.read("comparison"));
    while (reader.accept(","));
    reader.expect(")", `to close the arguments of ${text}`);
  } else args.push(reader.read("factor"));
  const ofTwo = args.length === 2 && axis === null && OF_TWO.get(text); // as the larger of two is printed
  if (args.length !== arity && !ofTwo) {
    const axes = hasAxis ? `; an axis is written as in ${text}_1(X)` : "";
    throw reader.error(
      `${text} takes ${arity === 1 ? "1 argument" : `${arity} arguments`}, not ${args.length}${axes}`,
      at,
    );
  }
  const result: Expr = { kind: "call", name: ofTwo || opName(text), axis, args, at };
  return power === null
    ? result
    : { kind: "power", a: result, b: { kind: "number", value: Number(power.text), at }, at };
}

function axisOf(reader: Reader): number {
  const braced = reader.accept("{");
  const { kind, text, at } = reader.take();
  if (kind !== "number")
    throw reader.error("An axis is a number counted from 1; a sum over an index is written ∑_k", at);
  if (braced) reader.expect("}", "to close the axis");
  return Number(text);
}
