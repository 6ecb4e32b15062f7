/** Reads what is applied to something: functions, e^x, and the indicator 𝟏_{X ≥ 0}. */

import { type Callable, opName } from "./functions.ts";
import type { Expr } from "./grammar.ts";
import { condition } from "./parse-environment.ts";
import type { Reader } from "./reader.ts";

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
export function call(reader: Reader, { arity, hasAxis }: Callable): Expr {
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
