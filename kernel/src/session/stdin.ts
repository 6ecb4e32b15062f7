/** `process.stdin` and `readline` in cells: what is read there is asked of the person at the front end. */

import { syncBuiltinESMExports } from "node:module";
import readline from "node:readline";
import { Readable } from "node:stream";
import { nextTurn } from "./own-timers.ts";

/** What both kinds of readline interfaces have, besides what is published. */
type Lines = readline.Interface & { readonly input?: unknown };
type Answered = (answer: string) => void;
type Question = (this: Lines, query: string, ...rest: unknown[]) => unknown;

/** Asks the person a question, and waits for the line that is the answer. */
type Ask = (prompt: string) => string;

/** Gives cells a stdin. */
export function installStdin(ask: Ask): void {
  const stdin = new AskingStdin(ask);
  Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get: () => stdin });
  replaceQuestion(readline.Interface.prototype, (question) => {
    return function (this: Lines, query, ...rest) {
      if (this.input !== stdin) return question.call(this, query, ...rest);
      const answered = rest.at(-1) as Answered;
      nextTurn(() => answered(ask(query)));
    };
  });
  replaceQuestion(readline.promises.Interface.prototype, (question) => {
    return function (this: Lines, query, ...rest) {
      if (this.input !== stdin) return question.call(this, query, ...rest);
      return new Promise((resolve, reject) => {
        nextTurn(() => {
          try {
            resolve(ask(query));
          } catch (error) {
            reject(error);
          }
        });
      });
    };
  });
  const { createInterface } = readline;
  const { createInterface: createPromised } = readline.promises;
  const noticing =
    <Rest extends unknown[]>(create: (...rest: Rest) => Lines) =>
    (...rest: Rest): Lines => {
      const lines = create(...rest);
      if (lines.input === stdin) stdin.serve(lines);
      return lines;
    };
  Object.assign(readline, { createInterface: noticing(createInterface as (...rest: unknown[]) => Lines) });
  Object.assign(readline.promises, {
    createInterface: noticing(createPromised as unknown as (...rest: unknown[]) => Lines),
  });
  syncBuiltinESMExports();
}

function replaceQuestion(prototype: object, by: (question: Question) => Question): void {
  const owner = prototype as { question: Question };
  owner.question = by(owner.question);
}

/** A stream of the lines that a person writes, asked for one by one as they are read. */
class AskingStdin extends Readable {
  readonly isTTY = false;
  readonly fd = 0;
  readonly #ask: Ask;
  /** The open interfaces that read it, which ask their own questions. */
  readonly #interfaces = new Set<Lines>();
  /** Whether the stream wants to be filled. */
  #isEmpty = false;

  constructor(ask: Ask) {
    super({ encoding: "utf8", highWaterMark: 1 });
    this.#ask = ask;
    this.on("newListener", (event) => {
      // A readline interface that is closed leaves the stream paused, and the next cell knows nothing of it.
      if (event === "data" && this.isPaused()) nextTurn(() => this.resume());
      this.#askLater();
    });
  }

  /** Readline reads as soon as it is there; a line is only asked for when somebody wants to hear of one. */
  serve(lines: Lines): void {
    this.#interfaces.add(lines);
    lines.on("newListener", () => this.#askLater());
    lines.once("close", () => this.#interfaces.delete(lines));
  }

  override _read(): void {
    this.#isEmpty = true;
    this.#askLater();
  }

  /** In a turn of its own, by when who reads may have had enough. */
  #askLater(): void {
    if (!this.#isEmpty) return;
    nextTurn(() => {
      if (!this.#isEmpty || !this.#hasReader()) return;
      this.#isEmpty = false;
      try {
        this.push(`${this.#ask("")}\n`);
      } catch (error) {
        this.emit("error", error);
      }
    });
  }

  #hasReader(): boolean {
    if (this.isPaused() || this.destroyed) return false;
    // Each interface has one listener here.
    const others = this.listenerCount("data") + this.listenerCount("readable") - this.#interfaces.size;
    return others > 0 || [...this.#interfaces].some((lines) => lines.listenerCount("line") > 0);
  }
}
