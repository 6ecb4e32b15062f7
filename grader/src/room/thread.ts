/**
 * The room of the tests: a thread with the library, in which the locked cells of the release run. What the student made
 * is a stand-in here, which asks for a value and gets data.
 */

import { format } from "node:util";
import vm from "node:vm";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { CompiledCell, Declared } from "@gradbook/kernel/language/protocol";
import { createScope, type Scope } from "@gradbook/kernel/language/scope";
import { mimeBundle } from "@gradbook/kernel/session/mime";
import * as gradbook from "gradbook";
import { connectGrader, forgetExercises, readAnswer } from "gradbook/exercise";
import { captureName, connectHost } from "gradbook/session";
import type { Answer } from "../data/data.ts";
import { decode } from "../data/decode.ts";
import { encode } from "../data/encode.ts";
import type { FromRoom, RoomData, RoomOutcome, RoomQuestion, ToRoom } from "./messages.ts";

type CellFunction = (scope: Scope, require: unknown, done: { steps: number }) => unknown;

const { shared, answers } = workerData as RoomData;
const scope = createScope();
let shown: Promise<Readonly<Record<string, unknown>>>[] = [];
let reports: unknown[] = [];
let printed = "";
/** Whose notebook it says it is, asked once in a test. */
let owner: Answer | undefined;

connectHost({
  variables: scope,
  cursor: scope,
  display(value) {
    const { report } = Object(value) as { report?: unknown };
    if (report !== undefined) reports.push(report);
    shown.push(Promise.resolve(mimeBundle(value)));
  },
  clearOutput() {
    shown = [];
  },
  note() {},
});
for (const name of ["log", "info", "debug", "warn", "error"] as const) {
  console[name] = (...values: unknown[]) => {
    printed = `${printed}${format(...values)}\n`.slice(0, 20_000);
  };
}

parentPort?.on("message", (message: ToRoom) => void receive(message));
tell({ type: "ready" });

async function receive(message: ToRoom): Promise<void> {
  switch (message.type) {
    case "begin":
      for (const name of scope.names()) scope.set(name, undefined);
      for (const [name, value] of Object.entries(gradbook)) scope.set(name, value);
      gradbook.seed(0);
      forgetExercises();
      connectGrader({
        // Whose inputs they are the notebook says; whether that is who handed it in, a person is told (bench.ts).
        get owner() {
          return ownerThere();
        },
        seed: message.seed,
        student: { answer: askCheck },
      });
      break;
    case "give":
      for (const declared of message.declared) give(declared);
      tell({ type: "done", outcome: { shown: [], printed: "", reports: [] } });
      break;
    case "run":
      tell({ type: "done", outcome: await run(message.cell) });
  }
}

async function run(cell: CompiledCell): Promise<RoomOutcome> {
  [shown, reports, printed, owner] = [[], [], "", undefined];
  const outcome: { value?: number; error?: { name: string; message: string } } = {};
  try {
    const start = vm.runInThisContext(cell.code, { filename: cell.sourceMap.file }) as CellFunction;
    await start(scope, requireFor, { steps: 0 });
    const last = cell.lastExpression === undefined ? undefined : scope.get(cell.lastExpression);
    if (typeof last === "number") outcome.value = last;
  } catch (error) {
    outcome.error = errorOf(error);
  }
  scope.at = 0;
  for (const { name } of cell.declared) captureName(scope.get(name), name);
  const bundles = await Promise.all(shown.map((bundle) => bundle.catch(() => ({}))));
  return { ...outcome, shown: bundles, printed, reports };
}

function errorOf(error: unknown): { name: string; message: string } {
  if (!(error instanceof Error)) return { name: "Thrown", message: String(error).slice(0, 1000) };
  return { name: error.name, message: error.message.replaceAll("cell$", "").slice(0, 2000) };
}

/** Puts a stand-in where the student's cell has declared something. */
function give({ name, kind }: Declared): void {
  if (kind === "function") {
    scope.set(name, standIn(name, name));
    return;
  }
  const answer = ask({ ask: "value", name });
  if ("error" in answer) scope.lose(name, `${answer.error.name}: ${answer.error.message}`);
  else scope.set(name, valueIn(answer));
}

/** A function that has the student's called. */
function standIn(callee: string | number, name: string): (...args: unknown[]) => unknown {
  const call = (...args: unknown[]): unknown => {
    const answer = ask({
      ask: "call",
      callee,
      args: args.map((arg) => encode(arg, (f) => sourceOf(f))),
    });
    if ("error" in answer) throw asError(answer.error);
    return valueIn(answer);
  };
  return Object.defineProperty(call, "name", { value: name });
}

const numbers = new WeakMap<object, number>();

/** A function of the student's goes back by its number, one of the tests as its source. */
function sourceOf(f: (...args: unknown[]) => unknown): ReturnType<Parameters<typeof encode>[1]> {
  const number = numbers.get(f);
  if (number !== undefined) return { is: "function", number, name: f.name };
  const exported = Object.entries(gradbook).find(([, value]) => value === (f as unknown));
  return { is: "source", code: exported ? `cell$${exported[0]}` : String(f) };
}

function valueIn(answer: Extract<Answer, { value: unknown }>): unknown {
  return decode(answer.value, (given) => {
    if (given.is === "source") throw new TypeError("The answer is not data");
    const f = standIn(given.number, given.name);
    numbers.set(f, given.number);
    return f;
  });
}

/** What the student's code threw, told again. */
function asError({ name, message }: { name: string; message: string }): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Asks and waits: a test is ordinary code, which calls a function and has its value. */
function ask(question: RoomQuestion): Answer {
  Atomics.store(shared, 0, 0);
  tell({ type: "question", question });
  Atomics.wait(shared, 0, 0);
  const received = receiveMessageOnPort(answers) as { message: Answer };
  return received.message;
}

function ownerThere(): string | null {
  const said = readAnswer(askOwner());
  return said.kind === "value" && said.value.kind === "text" ? said.value.value : null;
}

/** What the check of an exercise asks, in its own words. */
async function askCheck(question: { readonly ask: string }): Promise<unknown> {
  return question.ask === "owner" ? askOwner() : ask({ ask: "exercise", question });
}

function askOwner(): Answer {
  owner ??= ask({ ask: "exercise", question: { ask: "owner" } });
  return owner;
}

function tell(message: FromRoom): void {
  parentPort?.postMessage(message);
}

function requireFor(specifier: string): unknown {
  if (specifier === "gradbook") return gradbook;
  const found = process.getBuiltinModule(specifier);
  if (found === undefined) throw new Error(`Cannot find ${specifier}`);
  return found;
}
Object.assign(requireFor, { resolve: (specifier: string) => specifier });
