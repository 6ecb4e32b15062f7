/** `prompt()`, `confirm()` and `alert()` in cells: they ask the person at the front end, and wait. */

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Answer, Shared } from "../bridge.ts";
import { currentCell } from "./context.ts";
import type { Output } from "./output.ts";

export class Input {
  readonly #output: Output;
  readonly #answers: MessagePort;
  readonly #shared: Int32Array;

  constructor(output: Output, answers: MessagePort, shared: Int32Array) {
    this.#output = output;
    this.#answers = answers;
    this.#shared = shared;
  }

  /** Gives cells the functions a browser has. */
  install(): void {
    Object.assign(globalThis, {
      prompt: (message = "", initial = "") => this.ask(`${message} `) || initial,
      confirm: (message = "") => /^y(es)?$/i.test(this.ask(`${message} [y/N] `).trim()),
      alert: (message = "") => void this.ask(`${message} [Enter] `),
    });
  }

  /** A line that a person writes; waits for it. */
  ask(prompt: string): string {
    const cell = currentCell();
    if (!cell?.allowInput) {
      throw new Error("Cannot ask for input: this front end does not take any; set a variable instead");
    }
    Atomics.store(this.#shared, Shared.answer, Answer.waiting);
    this.#output.tell({ type: "input", cell: cell.id, prompt: prompt.trimStart() });
    Atomics.wait(this.#shared, Shared.answer, Answer.waiting);
    if (Atomics.load(this.#shared, Shared.answer) === Answer.interrupted) {
      throw new Interrupted("The question was stopped; the session and its variables are still there");
    }
    return String(receiveMessageOnPort(this.#answers)?.message ?? "");
  }
}

/** What a question that a person has stopped ends with. */
class Interrupted extends Error {
  override name = "Interrupted";
}
