/** A program in the sandbox that answers questions, one line of JSON each. */

import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { type Cell, commandLine, findSandbox } from "./bubblewrap.ts";

/** How many characters an answer may have, and all that a program prints. */
export interface Caps {
  readonly answer: number;
  readonly output: number;
}

/** Why there was no answer. */
export class SilenceError extends Error {
  override name = "SilenceError";
  /** Whether it was given up because it took too long. */
  readonly isLate: boolean;

  constructor(reason: string, isLate = false) {
    super(reason);
    this.isLate = isLate;
  }
}

const CAPS: Caps = { answer: 8_000_000, output: 1_000_000 };

/** The way on which answers come; what the program prints goes another. */
const ANSWERS = 3;

/** Runs for as long as it answers: one that takes too long, says too much or dies is gone for good. */
export class Sandboxed {
  readonly #child: ChildProcess;
  readonly #caps: Caps;
  #line = "";
  #printed = 0;
  #complaint = "";
  #reason: string | undefined;
  #waiting: { resolve(line: string): void; reject(error: Error): void; timer: NodeJS.Timeout } | undefined;
  readonly #gone: Promise<void>;
  /** Called with what the program prints. */
  onPrint: (name: "stdout" | "stderr", text: string) => void = () => {};

  constructor(cell: Cell, caps: Caps = CAPS) {
    this.#caps = caps;
    const [command, ...args] = commandLine(findSandbox(), cell);
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe", "pipe"], detached: true, env: {} });
    this.#gone = new Promise((resolve) => {
      this.#child.on("close", (code, signal) => {
        this.#end(`it ended early (${signal ?? `code ${code}`})${this.#hint()}`);
        resolve();
      });
      this.#child.on("error", (error) => {
        this.#end(error.message);
        resolve();
      });
    });
    this.#child.stdin?.on("error", () => {}); // it has ended, which is told above
    this.#listen("stdout", this.#child.stdout);
    this.#listen("stderr", this.#child.stderr);
    const answers = this.#child.stdio[ANSWERS] as Readable;
    answers.setEncoding("utf8").on("data", (text: string) => this.#receive(text));
  }

  /** Whether it can still answer. */
  get isAlive(): boolean {
    return this.#reason === undefined;
  }

  /** Asks one question; a SilenceError where no answer comes within `ms`, and then never again. */
  ask(question: object, ms: number): Promise<unknown> {
    if (this.#reason !== undefined) return Promise.reject(new SilenceError(this.#reason));
    if (this.#waiting) throw new Error("One question at a time");
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(`it took longer than ${(ms / 1000).toFixed(0)} s`, true), ms);
      const take = (line: string): void => {
        try {
          resolve(JSON.parse(line));
        } catch {
          this.#end("its answer is not JSON");
          reject(new SilenceError("its answer is not JSON"));
        }
      };
      this.#waiting = { resolve: take, reject, timer };
      this.#child.stdin?.write(`${JSON.stringify(question)}\n`);
    });
  }

  /** Ends it with everything it has started. */
  async close(): Promise<void> {
    this.#end("it was closed");
    await this.#gone;
  }

  #listen(name: "stdout" | "stderr", stream: Readable | null): void {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      if (name === "stderr" && this.#complaint.length < 4000) this.#complaint += text;
      this.#printed += text.length;
      if (this.#printed > this.#caps.output) this.#end("it printed too much");
      else this.onPrint(name, text);
    });
  }

  #receive(text: string): void {
    this.#line += text;
    if (this.#line.length > this.#caps.answer) {
      this.#end("its answer is too long");
      return;
    }
    const end = this.#line.indexOf("\n");
    if (end < 0) return;
    const line = this.#line.slice(0, end);
    // An answer nobody asked for is dropped.
    this.#line = this.#line.slice(end + 1);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.resolve(line);
  }

  #end(reason: string, isLate = false): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const { pid } = this.#child;
    try {
      // bubblewrap and all in its namespace of processes go together.
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.reject(new SilenceError(reason, isLate));
  }

  #hint(): string {
    if (/heap out of memory|Reached heap limit|allocation failed/i.test(this.#complaint))
      return ": out of memory";
    const line = this.#complaint.split("\n").find((text) => /rror|bwrap|denied/.test(text));
    return line === undefined ? "" : `: ${line.trim().slice(0, 200)}`;
  }
}
