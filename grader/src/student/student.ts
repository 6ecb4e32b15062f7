/** A student's notebook as it runs: in the sandbox, started again where something in it has ended it. */

import type { CompiledCell } from "@gradbook/kernel/language/protocol";
import type { Answer, Question, Shows } from "../data/data.ts";
import { Sandboxed, SilenceError } from "../sandbox/sandboxed.ts";
import { studentSnapshot } from "./snapshot.ts";

/** How long things may take, in ms. */
export interface Patience {
  /** One cell, or one call of a function. */
  readonly cell: number;
  /** The whole notebook, over all its cells, calls and new starts. */
  readonly notebook: number;
}

/** GRADBOOK_SECONDS sets another limit for a cell. */
export const PATIENCE: Patience = patienceOf(Number(process.env.GRADBOOK_SECONDS) || 10);

function patienceOf(seconds: number): Patience {
  return { cell: seconds * 1000, notebook: Math.max(120, 12 * seconds) * 1000 };
}

/** What is allowed on top of the limit inside, so that a loop ends as an error there and not as a death. */
const GRACE = 2000;

const LIMITS = { addresses: 6 * 2 ** 30, seconds: 300 };
/** Megabytes of JavaScript's objects, and how many there may be before the first search for old ones. */
const [HEAP, ROOMY] = [512, 128];

export class Student {
  readonly #patience: Patience;
  readonly #byHand: boolean;
  /** The cells that ran to their end, well or not: a new start runs them again. */
  readonly #ran: CompiledCell[] = [];
  #process: Sandboxed | undefined;
  #spent = 0;
  /** Called with what the student's code prints while a cell runs. */
  onPrint: (name: "stdout" | "stderr", text: string) => void = () => {};

  constructor({ byHand = false, patience = PATIENCE }: { byHand?: boolean; patience?: Patience } = {}) {
    this.#byHand = byHand;
    this.#patience = patience;
  }

  /** Runs a cell. One that ends the process has never run, as far as the others are concerned. */
  async run(cell: CompiledCell, shows: Shows = "all"): Promise<Answer> {
    const answer = await this.#ask(runQuestion(cell, this.#patience.cell, shows));
    if (this.#process?.isAlive) this.#ran.push(cell);
    return answer;
  }

  value(name: string): Promise<Answer> {
    return this.#ask({ ask: "value", name });
  }

  call(callee: string | number, args: Extract<Question, { ask: "call" }>["args"]): Promise<Answer> {
    return this.#ask({ ask: "call", callee, args, ms: this.#patience.cell });
  }

  /** Asks in the words of `gradbook/exercise`, and answers in them. */
  async exercise(question: unknown): Promise<unknown> {
    const answer = await this.#ask({ ask: "exercise", question });
    return "error" in answer
      ? { kind: "failed", name: answer.error.name, message: answer.error.message }
      : answer.value;
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#process = undefined;
  }

  async #ask(question: Question): Promise<Answer> {
    const start = performance.now();
    try {
      const running = await this.#running();
      running.onPrint = question.ask === "run" ? this.onPrint : () => {};
      return readAnswer(await running.ask(question, this.#left(this.#patience.cell + GRACE)));
    } catch (error) {
      if (!(error instanceof SilenceError)) throw error;
      // The same words whether it could be stopped inside or had to be ended from outside, which depends on the machine.
      if (error.isLate)
        return { error: { name: "TimeoutError", message: "The code did not come to an end" } };
      return { error: { name: "NoAnswer", message: `There is no answer: ${error.message}` } };
    } finally {
      this.#spent += performance.now() - start;
    }
  }

  /** The process, started again with all cells that ran, if it has ended. */
  async #running(): Promise<Sandboxed> {
    if (this.#process?.isAlive) return this.#process;
    this.#left(0);
    const blob = await studentSnapshot();
    const fresh = new Sandboxed({
      args: [
        ...[
          "--no-warnings",
          "--permission",
          "--allow-fs-read=/home",
          "--disallow-code-generation-from-strings",
        ],
        ...[
          "--disable-wasm-trap-handler",
          "--single-threaded", // beside others that grade, which take the other cores
          `--max-old-space-size=${HEAP}`,
          // Most end before there is garbage worth a search of the whole heap, snapshot included.
          `--initial-old-space-size=${ROOMY}`,
          "--snapshot-blob",
          "/node/student.blob",
        ],
      ],
      files: new Map([["/node/student.blob", blob]]),
      limits: LIMITS,
    });
    this.#process = fresh;
    await fresh.ask({ ask: "begin", byHand: this.#byHand }, this.#left(20_000));
    for (const cell of this.#ran) {
      await fresh.ask(
        runQuestion(cell, this.#patience.cell, "nothing"),
        this.#left(this.#patience.cell + GRACE),
      );
    }
    return fresh;
  }

  /** At most `ms`, and no more than is left for the notebook. */
  #left(ms: number): number {
    const left = this.#patience.notebook - this.#spent;
    if (left <= 0) {
      throw new SilenceError(`the notebook took longer than ${this.#patience.notebook / 1000} s in all`);
    }
    return Math.min(ms, left);
  }
}

function runQuestion(
  { code, sourceMap, declared, lastExpression }: CompiledCell,
  ms: number,
  shows: Shows,
): Question {
  return {
    ask: "run",
    code,
    file: sourceMap.file,
    declared: declared.map(({ name }) => name),
    last: lastExpression,
    shows,
    ms,
  };
}

/** The answer, or an error in its place where it is not one. */
function readAnswer(answer: unknown): Answer {
  if (typeof answer !== "object" || answer === null) return noAnswer;
  const { error } = answer as { error?: unknown };
  if (error !== undefined) {
    const { name, message } = Object(error) as { name?: unknown; message?: unknown };
    return { error: { name: String(name).slice(0, 80), message: String(message).slice(0, 1000) } };
  }
  return "value" in answer ? (answer as Answer) : noAnswer;
}

const noAnswer: Answer = { error: { name: "NoAnswer", message: "There is no answer: it is not one" } };
