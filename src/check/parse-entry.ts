/** Reads entries, such as y_{12} and dw_{k,j}^{[O]}, the scripts of names, and sums over indices. */

import type { Expr, Leaf, Subscript } from "./grammar.ts";
import type { Reader } from "./reader.ts";
import { greekLetter } from "./tokens.ts";

// Reads entries, such as y_{12} and dw_{k,j}^{[O]}, and the scripts of names.

type Base = Extract<Leaf, { kind: "tensor" | "gradient" }>;

/** y_{12}, dx_ij, w_{1,2}^{[O]}. */
export function entry(reader: Reader): Expr | null {
  if (reader.next.text !== "_") return null;
  const { text, at } = reader.token;
  const layer = scriptsAhead(reader).find(({ text: script }) => script.startsWith("^"))?.text ?? "";
  const of = baseOf(reader, text, layer);
  if (of === null) return null;
  reader.take();
  const indices = subscripts(reader);
  if (layer !== "") while (!reader.accept("]")) reader.take();
  if (layer !== "") reader.accept("}");
  return { kind: "entry", of, subscripts: indices, label: text + layer, at };
}

/** The tensor whose entries are written with this letter, or with d and it. */
export function baseOf(reader: Reader, text: string, layer: string): Base | null {
  const { at } = reader.token;
  const tensor = reader.names.withEntries(text + layer);
  if (tensor !== undefined) return { kind: "tensor", tensor, label: text + layer, at };
  const primal =
    text.startsWith("d") && text.length > 1 ? reader.names.withEntries(text.slice(1) + layer) : undefined;
  return primal === undefined ? null : { kind: "gradient", tensor: primal, label: text + layer, at };
}

/** The indices after _: with commas, or one sign each. */
export function subscripts(reader: Reader): Subscript[] {
  reader.expect("_", "before the indices");
  const texts: string[] = [];
  if (reader.accept("{")) {
    while (!reader.is("}")) {
      if (reader.token.kind === "end") throw reader.error("The indices are not closed: write } after them");
      texts.push(reader.take().text);
    }
    reader.take();
  } else {
    texts.push(reader.take().text);
    while (reader.isAdjacent && isIndices(reader.token.text)) texts.push(reader.take().text);
  }
  const whole = texts.join("");
  const items = whole.includes(",") ? whole.split(",") : [...whole];
  return items.map((item) => subscript(reader, item));
}

function isIndices(text: string): boolean {
  return [...text].every((letter) => INDEX.test(letter) || DIMENSION.test(letter) || /\d/.test(letter));
}

function subscript(reader: Reader, item: string): Subscript {
  if (/^\d+$/.test(item)) return Number(item);
  const letter = greekLetter(item);
  if (COUNTER.test(item) || reader.bound.has(item)) return item;
  const value = reader.names.get(item);
  if (typeof value === "number") return value;
  if (!/^\p{L}$/u.test(letter)) {
    throw reader.error(
      `Cannot read the index ${item}: an index is a number or a letter, as in x_{12} or x_ij`,
    );
  }
  return letter;
}

/** A script that could belong to the name, and how many tokens the name has with it. */
export interface Script {
  readonly text: string;
  readonly tokens: number;
}

/** The scripts that follow the current token. */
export function scriptsAhead(reader: Reader): Script[] {
  const scripts: Script[] = [];
  let n = 1;
  for (;;) {
    const sign = reader.ahead(n).text;
    if (sign !== "_" && sign !== "^") return scripts;
    const open = reader.ahead(n + 1).text;
    const close = open === "{" ? "}" : open === "[" ? "]" : null;
    let end = n + 1;
    if (close !== null) while (reader.ahead(end).text !== close && reader.ahead(end).kind !== "end") end++;
    const inner = Array.from({ length: end - n }, (_, k) => reader.ahead(n + 1 + k).text).join("");
    if (sign === "^" && !/^\{?\[/.test(inner)) return scripts; // a power or a transpose
    n = end + 1;
    scripts.push({ text: sign + inner.replace(/^\{(.*)\}$/, "$1"), tokens: n });
  }
}

// What single letters mean when no tensor or number has their name.

/** The letters that count entries when nothing else has that name. */
export const INDEX: RegExp = /^[ijklmnpqrstuv]$|^c$/;
/** Those that are indices even if a number has that name. */
export const COUNTER: RegExp = /^[ijklrc]$/;
/** The letters of dimensions. */
export const DIMENSION: RegExp = /^[αβγNK]$/;

// Reads sums with the sign Σ.

/** Σ_k, Σ_{k=1}^{N} or Σ_{i,j}, and the product it is taken over. */
export function sumSign(reader: Reader): Expr {
  const { at } = reader.take();
  reader.expect("_", "to name the index of the sum, as in Σ_k");
  const braced = reader.accept("{");
  const indices = [index(reader)];
  while (braced && reader.accept(",")) indices.push(index(reader));
  if (reader.accept("=")) {
    const first = reader.take();
    if (first.text !== "1")
      throw reader.error("A sum starts at 1, as all indices do: write Σ_{k=1}^{N}", first.at);
  }
  if (braced) reader.expect("}", "to close the index of the sum");
  const to = reader.accept("^") ? limit(reader) : null;
  const fresh = indices.filter((name) => !reader.bound.has(name));
  for (const name of fresh) reader.bound.add(name);
  const body = reader.read("product");
  for (const name of fresh) reader.bound.delete(name);
  return indices.reduceRight<Expr>((a, name) => ({ kind: "sum", index: name, to, a, at }), body);
}

function index(reader: Reader): string {
  const { kind, text } = reader.token;
  if (kind !== "word") throw reader.error("A sum needs the name of its index, as in Σ_k");
  if ([...text].length > 1) reader.split([...text]); // Σ_ij is Σ_i Σ_j
  return reader.take().text;
}

function limit(reader: Reader): Subscript {
  const braced = reader.accept("{");
  const { kind, text } = reader.take();
  if (braced) reader.expect("}", "to close the upper limit");
  return kind === "number" ? Number(text) : text;
}
