/**
 * What runs beside the student's code, in the sandbox: it runs cells, and answers what is asked of their variables.
 * Nothing here has to be trusted. Whatever the student's code does to it can change the student's own answers only,
 * and the tests, the marks and the messages are elsewhere.
 */

import fs from "node:fs";
import { format, inspect } from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import { createScope, type Scope } from "@gradbook/kernel/language/scope";
import * as gradbook from "gradbook";
import { Exercise, type Question as ExerciseQuestion, studentHere } from "gradbook/exercise";
import { captureName, connectHost, stopRecording } from "gradbook/session";
import type { Answer, Data, Question, Shows } from "../data/data.ts";
import { decode } from "../data/decode.ts";
import { encode } from "../data/encode.ts";
import { shownAs } from "./shown.ts";

/** The way on which answers go. */
const ANSWERS = 3;

/** How long in ms a function may take that a check calls. */
const CALL = 10_000;

type Anything = (...args: unknown[]) => unknown;
type CellFunction = (scope: Scope, require: unknown, done: { steps: number }) => unknown;

/** Runs `work` at most so long, if it does not wait for anything: a loop without end becomes an error. */
type Within = <T>(ms: number, work: () => T) => T;

// The names of the library are in the snapshot, each with its variable.
const scope = createScope();
for (const [name, value] of Object.entries(gradbook)) scope.set(name, value);

function main(): void {
  const functions: Anything[] = [];
  let displays: Promise<Readonly<Record<string, unknown>>>[] = [];
  let shows: Shows = "all";
  const show = (value: unknown): void => {
    if (shows === "nothing" || (shows === "work" && value instanceof Exercise)) return;
    displays.push(shownAs(value));
  };
  connectHost({
    variables: scope,
    cursor: scope,
    display: show,
    clearOutput: () => {
      displays = [];
    },
    note: (text) => console.log(text),
  });
  const { writeSync, read } = fs;
  const exit = process.exit.bind(process);
  const { stringify, parse } = JSON;
  const within = guard();
  // What a cell prints belongs to its turn: where it is too much, this cell ends the process, and not the next one.
  const streams = [process.stdout, process.stderr];
  const printed = () =>
    Promise.all(streams.map((stream) => new Promise<void>((done) => stream.write("", () => done()))));
  keepAlive();

  const keep = (value: Anything): Data => {
    let number = functions.indexOf(value);
    if (number < 0) number = functions.push(value) - 1;
    return { is: "function", number, name: String(value.name).slice(0, 80) };
  };
  const take = (data: Data): unknown =>
    decode(data, (given) => {
      if (given.is === "function") return functions[given.number];
      return vm.runInThisContext(`(${given.code})`, { filename: "test" });
    });

  const answers: { [A in Question["ask"]]: (question: Extract<Question, { ask: A }>) => unknown } = {
    begin({ byHand }) {
      if (byHand) stopRecording();
      return { value: null };
    },
    async run({ code, file, declared, last, shows: wanted, ms }) {
      displays = [];
      shows = wanted;
      const cell = vm.runInThisContext(code, { filename: file }) as CellFunction;
      try {
        await within(ms, () => cell(scope, requireFor, { steps: 0 }));
      } finally {
        scope.at = 0;
        for (const name of declared) captureName(scope.get(name), name);
        await printed();
      }
      const value = last === undefined ? undefined : scope.get(last);
      if (value !== undefined) within(ms, () => show(value));
      return { value: null, ...(displays.length > 0 && { shown: await Promise.all(displays) }) };
    },
    exercise({ question }) {
      // A check may take as long as a call: its functions are the student's.
      return {
        value: within(CALL, () => studentHere.answer(question as ExerciseQuestion)) as unknown as Data,
      };
    },
    value({ name }) {
      if (!scope.has(name)) throw new ReferenceError(`${name} is not declared`);
      return { value: encode(scope.get(name), keep) };
    },
    async call({ callee, args, ms }) {
      const f = typeof callee === "number" ? functions[callee] : scope.get(callee);
      if (typeof f !== "function") throw new TypeError(`${callee} is not a function`);
      const given = args.map(take);
      const value = await within(ms, () => (f as Anything)(...given));
      // As they are after the call, for whoever asks whether they were changed.
      return { value: encode(value, keep), args: given.map((arg) => encode(arg, keep)) };
    },
  };

  const answer = async (line: string): Promise<void> => {
    let said: Answer;
    try {
      const question = parse(line) as Question;
      const work = answers[question.ask] as (question: Question) => Answer | Promise<Answer>;
      said = await work(question);
    } catch (error) {
      said = { error: errorOf(error) };
    }
    let text: string;
    try {
      text = stringify(said);
    } catch (error) {
      text = stringify({ error: errorOf(error) });
    }
    const bytes = Buffer.from(`${text}\n`);
    for (let done = 0; done < bytes.length; ) done += writeSync(ANSWERS, bytes, done);
  };

  const chunk = Buffer.alloc(1 << 16);
  let text = "";
  const listen = (): void =>
    read(0, chunk, 0, chunk.length, null, (error, count) => {
      if (error || count === 0) return exit(0);
      text += chunk.toString("latin1", 0, count);
      const end = text.indexOf("\n");
      if (end < 0) return listen();
      const line = Buffer.from(text.slice(0, end), "latin1").toString("utf8");
      text = text.slice(end + 1);
      void answer(line).then(listen);
    });
  listen();
}

/** Built-in modules and the library: nothing else is there. */
function requireFor(specifier: string): unknown {
  if (specifier === "gradbook") return gradbook;
  const found = process.getBuiltinModule(specifier);
  if (found !== undefined) return found;
  throw new Error(`Cannot find ${specifier}: a graded notebook has gradbook and what Node brings`);
}
Object.assign(requireFor, { resolve: (specifier: string) => specifier });

function guard(): Within {
  const name = "watched$";
  let work: () => unknown = () => undefined;
  Object.defineProperty(globalThis, name, { value: () => work(), enumerable: false });
  const script = new vm.Script(`${name}()`);
  return (ms, next) => {
    const before = work;
    work = next;
    try {
      return script.runInThisContext({ timeout: ms }) as never;
    } finally {
      work = before;
    }
  };
}

/** An error that comes late, and `process.exit`, cost the cell that they come from, and no other. */
function keepAlive(): void {
  const tell = (error: unknown): void => {
    fs.writeSync(1, `${format(error).slice(0, 2000)}\n`);
  };
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
  for (const name of ["exit", "abort"] as const) {
    process[name] = () => {
      throw new Error(`Cannot call process.${name}() in a cell`);
    };
  }
}

function errorOf(error: unknown): { name: string; message: string; line?: number } {
  try {
    if (!(error instanceof Error)) return { name: "Thrown", message: inspect(error).slice(0, 1000) };
    const { code } = error as { code?: unknown };
    const late = code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    const message = late ? "The code did not come to an end" : String(error.message);
    const plain = message.replaceAll("cell$.back(...)", "(intermediate value)").replaceAll("cell$", "");
    return { name: late ? "TimeoutError" : String(error.name).slice(0, 80), message: plain.slice(0, 1000) };
  } catch {
    return { name: "Error", message: "It threw something that cannot be told" };
  }
}

if (v8.startupSnapshot.isBuildingSnapshot()) v8.startupSnapshot.setDeserializeMainFunction(main);
else main();
