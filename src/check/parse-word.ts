/** Reads words: names, gradients, entries, functions, letters; and runs of them, as XW or ij. */

import type { Tensor } from "../tensor.ts";
import { DIMENSION, INDEX } from "./alphabet.ts";
import { callable, FUNCTIONS } from "./functions.ts";
import type { Expr, Leaf } from "./grammar.ts";
import { call, euler, isCall, ones } from "./parse-call.ts";
import { baseOf, entry, scriptsAhead, subscripts } from "./parse-entry.ts";
import { sumSign } from "./parse-sum.ts";
import type { Reader } from "./reader.ts";
import { greekLetter } from "./tokens.ts";

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
  if (tensor !== undefined) return { kind: "gradient", tensor, label, at };
  return primal === "J" ? { kind: "unit", label, at } : null;
}

/** A run of names without spaces, such as XW, taken apart; `null` when some part has no meaning. */
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
  return reader.error(`${text} is not a name here; ${names.suggestion(text)}`);
}
