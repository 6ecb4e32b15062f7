/** Exercises about values and functions of any kind. */

import { Tensor } from "../tensor/tensor.ts";
import { areEqual, type Call, calledOnAll, judgeTensors } from "./call.ts";
import { type Datum, describeDatum, fromDatum, tensorOf, toDatum } from "./datum.ts";
import { type Given, givenAt } from "./draw.ts";
import { capital, type Expected, type Found, failed, known, passed, scaleOf, withoutValue } from "./judge.ts";
import type { Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** Options of a function or value exercise. */
export interface ValueOptions extends PartOptions {
  /** The allowed relative error of an entry (default 1e−6). */
  readonly tolerance?: number;
  /** Whether a list may be in any order. */
  readonly anyOrder?: boolean;
}

/** Options of an exercise about a value. */
export interface VariableOptions extends ValueOptions {
  /** What is wrong with a value where several are right; `null` if nothing is. It takes the place of a comparison. */
  readonly accepts?: (value: unknown, inputs: { readonly [name: string]: Tensor }) => string | null;
}

/** Options of a function exercise. */
export interface FunctionOptions extends ValueOptions {
  /** What the arguments are called. */
  readonly names?: readonly string[];
  /** What the result is called (default: the result). */
  readonly result?: string;
  /** Whether the library's derivatives are switched off while the student's function runs (default false). */
  readonly byHand?: boolean;
  /** What is wrong with a result where several are right; `null` if nothing is. It takes the place of a comparison. */
  readonly accepts?: (result: unknown, ...args: readonly unknown[]) => string | null;
}

export function functionPart(
  name: string,
  reference: unknown,
  cases: readonly (readonly Given[])[],
  options: FunctionOptions,
): Part {
  const { weight = 1, names = [], result = "result", byHand = false, accepts } = options;
  return {
    kind: "function",
    of: name,
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const calls = function* (): Generator<Call> {
        for (const [k, given] of cases.entries()) {
          const draw = run.draw.at(`case ${k}`);
          const args = given.map((one, i) => givenAt(one, draw.at(`${i}`)));
          const resultOf = (f: unknown): unknown => (typeof f === "function" ? f(...args) : f);
          const expected = resultOf(reference);
          yield {
            name,
            args,
            names,
            byHand,
            mistakes: run.mistakes,
            result,
            judge: (datum) =>
              accepts === undefined
                ? judgeAny(datum, expected, `the ${result} of ${name}`, options, args)
                : judgedBy(accepts, datum, args),
            makes: ({ wrong }, datum) => isAny(datum, resultOf(wrong), options, args),
          };
        }
      };
      const found = yield* calledOnAll(calls(), (count) => praise(name, count));
      return { check: name, ...found };
    },
  };
}

function praise(name: string, count: number): string {
  return `${name} gives what it should for ${count === 1 ? "one list" : `${count} lists`} of arguments`;
}

/** A value of the notebook, or an answer that was given, as a function of the exercise's inputs. */
export function valuePart(
  name: string,
  reference: (inputs: Readonly<Record<string, Tensor>>) => unknown,
  options: VariableOptions,
  isAnswer = false,
): Part {
  const { accepts } = options;
  return {
    kind: isAnswer ? "answer" : "value",
    of: name,
    weight: options.weight ?? 1,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const answer = yield isAnswer ? { ask: "answer", exercise: run.exercise } : { ask: "value", name };
      const none = isAnswer && answer.kind === "missing" ? unanswered(run) : withoutValue(answer, name);
      if (none !== null) return { check: name, ...none };
      const value: Datum = answer.kind === "value" ? answer.value : { kind: "other", what: "a graph" };
      const inputs = Object.values(run.inputs);
      const wrong =
        accepts === undefined
          ? judgeAny(value, reference(run.inputs), name, options, inputs)
          : judgedBy(accepts, value, [run.inputs]);
      if (wrong === null) return { check: name, ...passed(`${capital(name)} is right`) };
      const mistake = known(run.mistakes, ({ wrong: other }) => {
        const made: unknown = typeof other === "function" ? other(run.inputs) : other;
        return isAny(value, made, options, inputs);
      });
      return { check: name, ...wrong, ...mistake };
    },
  };
}

function unanswered({ exercise }: Run): Found {
  const message = `There is no answer yet: give it with exercise("${exercise}").answer(…)`;
  return { verdict: "open", credit: 0, step: "exists", message };
}

/** Type and value of data of any kind, beside what it should be. */
function judgeAny(
  datum: Datum,
  right: unknown,
  name: string,
  options: ValueOptions,
  inputs: readonly unknown[],
): Found | null {
  const expected = expectedOf(right, name, options, inputs);
  if (expected !== null) return judgeTensors(datum, expected, name);
  const wanted = toDatum(right);
  if (wanted.kind !== datum.kind) {
    return failed("type", `${capital(name)} must be ${nounOf(wanted)}, and is ${describeDatum(datum)}`);
  }
  if (wanted.kind === "list" && datum.kind === "list") {
    const [given, all] = [datum.items, wanted.items].map((items) => items.map((item) => plain(item, false)));
    const surplus = given.findIndex((item) => !all.includes(item));
    if (surplus >= 0)
      return failed(
        "value",
        `${capital(name)} has ${written(datum.items[surplus])}, which does not belong there`,
      );
    if (new Set(given).size < given.length) return failed("value", `${capital(name)} has something twice`);
    if (given.length < all.length)
      return failed("value", `${capital(name)} has ${given.length} right, and some are missing`);
    if (!isAny(datum, right, options, inputs))
      return failed("value", `${capital(name)} has all it should have, in another order`);
    return null;
  }
  return isAny(datum, right, options, inputs) ? null : failed("value", `${capital(name)} is wrong`);
}

function isAny(datum: Datum, right: unknown, options: ValueOptions, inputs: readonly unknown[]): boolean {
  const expected = expectedOf(right, "", options, inputs);
  if (expected !== null) return areEqual(datum, expected);
  const [a, b] = [datum, toDatum(right)].map((one) => plain(one, options.anyOrder ?? false));
  return a === b;
}

/** Data as text that is equal where the data are: a list in any order is sorted. */
function plain(datum: Datum, anyOrder: boolean): string {
  if (datum.kind === "text")
    return datum.value
      .replace(/\s*(->|→|⟶)\s*/g, " → ")
      .replace(/\s+/g, " ")
      .trim();
  if (datum.kind !== "list") return JSON.stringify(datum);
  const items = datum.items.map((item) => plain(item, false));
  return JSON.stringify(anyOrder ? items.sort() : items);
}

/** The tensors that are expected; `null` if it is something else. Nested arrays of numbers are a tensor. */
function expectedOf(
  right: unknown,
  name: string,
  options: ValueOptions,
  inputs: readonly unknown[],
): Expected[] | null {
  const isList = Array.isArray(right) && right.length > 0 && right.every((one) => one instanceof Tensor);
  const values = (isList ? right : [right]).map((one: unknown) => tensorOf(toDatum(one)));
  const tensors = values.filter((value) => value !== null);
  if (tensors.length < values.length) return null;
  const scale = scaleOf(...inputs, ...tensors);
  const { tolerance } = options;
  return tensors.map((value, k) => ({
    name: tensors.length === 1 ? name : `part ${k + 1} of ${name}`,
    value,
    scale,
    ...(tolerance !== undefined && { tolerance }),
  }));
}

function judgedBy(
  accepts: (value: unknown, ...args: never[]) => string | null,
  datum: Datum,
  args: readonly unknown[],
): Found | null {
  try {
    const problem = accepts(fromDatum(datum), ...(args as never[])); // as many as the declaration names
    return problem === null ? null : failed("value", problem);
  } catch (error) {
    // What a student hands over may be of any type and shape.
    const detail = error instanceof Error ? error.message : "";
    return failed("type", "This could not be used", { detail });
  }
}

function written(datum: Datum): string {
  return datum.kind === "text" ? `“${datum.value.slice(0, 60)}”` : describeDatum(datum);
}

function nounOf(datum: Datum): string {
  return (
    { text: "a text", flag: "true or false", list: "a list", record: "an object" }[datum.kind as string] ??
    "data"
  );
}
