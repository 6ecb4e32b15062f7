/**
 * The one door between a check and the student's work. A check asks a `Question` and gets an `Answer`; both are JSON,
 * so the student's code may run in this session or in another process, on another machine.
 */

import { describe } from "../graph/describe.ts";
import type { GraphJson } from "../graph/graph-json.ts";
import { readGraph } from "../graph/read-graph.ts";
import { recordOf } from "../graph/record.ts";
import { withoutDerivatives } from "../tensor/apply.ts";
import { variables } from "../tensor/host.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Datum, fieldsOf, fromDatum, readDatum, toDatum } from "./datum.ts";

/** What a check asks. */
export type Question =
  | { readonly ask: "value"; readonly name: string }
  /** Calls the student's function; `byHand` switches the library's derivatives off while it runs. */
  | { readonly ask: "call"; readonly name: string; readonly args: readonly Datum[]; readonly byHand: boolean }
  /** The computation that led to a tensor. */
  | { readonly ask: "graph"; readonly name: string }
  /** What `exercise(id).answer(…)` was given last. */
  | { readonly ask: "answer"; readonly exercise: string }
  /** Whose notebook it says it is: `student("…")`. */
  | { readonly ask: "owner" };

/** What comes back. */
export type Answer =
  /** `args` are the arguments of a call as they are after it. */
  | { readonly kind: "value"; readonly value: Datum; readonly args?: readonly Datum[] }
  | { readonly kind: "graph"; readonly graph: GraphJson }
  | { readonly kind: "missing" }
  /** The student's code threw. */
  | { readonly kind: "failed"; readonly name: string; readonly message: string };

/** The student's work, where answers come at once. */
export interface Student {
  answer(question: Question): Answer;
}

/** The student's work somewhere else: what it sends is read with `readAnswer`, so it may be anything. */
export interface RemoteStudent {
  answer(question: Question): Promise<unknown>;
}

/** A check: it yields questions, is given answers, and comes to a finding. */
export type Asking<Result> = Generator<Question, Result, Answer>;

/** Runs a check on a student in this session. */
export function askHere<Result>(check: Asking<Result>, student: Student): Result {
  let step = check.next();
  while (!step.done) step = check.next(student.answer(step.value));
  return step.value;
}

/** Runs a check on a student elsewhere. What rejects is the fault of the way there, not of the student. */
export async function askThere<Result>(check: Asking<Result>, student: RemoteStudent): Promise<Result> {
  let step = check.next();
  while (!step.done) step = check.next(readAnswer(await student.answer(step.value)));
  return step.value;
}

/** Reads an answer, and believes none of it: what is not an answer counts as a failure of the student's code. */
export function readAnswer(json: unknown): Answer {
  const { kind, value, args, graph, name, message } = fieldsOf(json);
  try {
    switch (kind) {
      case "value":
        return {
          kind,
          value: readDatum(value),
          ...(Array.isArray(args) && { args: args.slice(0, 16).map((arg) => readDatum(arg)) }),
        };
      case "graph":
        return { kind, graph: readGraph(graph) };
      case "missing":
        return { kind };
      case "failed":
        return { kind, name: String(name).slice(0, 80), message: String(message).slice(0, 400) };
    }
  } catch (error) {
    return { kind: "failed", name: "ValueError", message: error instanceof Error ? error.message : "" };
  }
  return { kind: "failed", name: "ValueError", message: "Cannot read the answer: it is not one" };
}

// The student's side.

/** Where a student's names are found, and what the session remembers. */
export interface Realm {
  /** The value of a name; undefined when it has none. */
  lookup(name: string): unknown;
  answerTo(exercise: string): unknown;
  readonly owner: string | null;
}

/** The student whose work stands in this realm; answers are copies, so nothing that is asked later changes them. */
export function studentIn(realm: Realm): Student {
  return {
    answer(question) {
      try {
        return answerIn(realm, question);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** The value of a name in the notebook of this session; undefined when it has none. */
export function lookupHere(name: string): unknown {
  return variables().find(([known]) => known === name)?.[1];
}

function answerIn(realm: Realm, question: Question): Answer {
  switch (question.ask) {
    case "owner":
      return realm.owner === null ? { kind: "missing" } : { kind: "value", value: toDatum(realm.owner) };
    case "answer": {
      const given = realm.answerTo(question.exercise);
      return given === undefined ? { kind: "missing" } : { kind: "value", value: toDatum(given) };
    }
    case "value": {
      const value = realm.lookup(question.name);
      return value === undefined ? { kind: "missing" } : { kind: "value", value: toDatum(value) };
    }
    case "graph": {
      const y = realm.lookup(question.name);
      if (y === undefined) return { kind: "missing" };
      return y instanceof Tensor
        ? { kind: "graph", graph: describe(recordOf(y)) }
        : { kind: "value", value: toDatum(y) };
    }
    case "call": {
      const f = realm.lookup(question.name);
      if (f === undefined) return { kind: "missing" };
      if (typeof f !== "function") return { kind: "value", value: toDatum(f) };
      const args = question.args.map(fromDatum);
      const result: unknown = question.byHand ? withoutDerivatives(() => f(...args)) : f(...args);
      return { kind: "value", value: toDatum(result), args: args.map((arg) => toDatum(arg)) };
    }
  }
}

function failureOf(error: unknown): Answer {
  if (error instanceof Error)
    return { kind: "failed", name: error.name, message: error.message.slice(0, 400) };
  return { kind: "failed", name: "Thrown", message: String(error).slice(0, 400) };
}
