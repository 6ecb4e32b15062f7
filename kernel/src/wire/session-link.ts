/** The wire worker's end of the line to the session on the main thread. */

import { Session as Inspector } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import {
  type Cell,
  type Content,
  type FromSession,
  type Outcome,
  Shared,
  type StopReason,
  type ToSession,
} from "../bridge.ts";
import type { Compilation, CompletionMatch } from "../language/protocol.ts";
import { SessionCalls, type Unasked } from "./session-calls.ts";

/** How long in ms the main thread may stay silent before it counts as kept by user code. */
const PATIENCE = 50;
/** How long in ms a cell waits at most for the garbage of others to be collected; a gigabyte takes a second. */
const COLLECTING = 10_000;

/** What the rest of the wire worker hears of what a session says. */
export type Report = Exclude<Unasked, { type: "ready" }>;

export class SessionLink {
  /** The bytes that V8 gives to the objects of cells. */
  heapLimit: number = Number.POSITIVE_INFINITY;
  readonly #port: MessagePort;
  readonly #shared: Int32Array;
  readonly #inspector = new Inspector();
  readonly #calls: SessionCalls;
  readonly #started: Promise<void>;
  /** How much of the session's output there was room for. */
  #taken = 0;
  #isReady = false;
  #isOver = false;
  #terminations = 0;
  #interrupting: Promise<void> | undefined;
  /** Whether the heap was full when a cell was stopped, and has not become half empty since. */
  #isFull = false;

  /** What `report` returns is waited for before a session that prints much may go on. */
  constructor(port: MessagePort, shared: Int32Array, report: (report: Report) => Promise<void> | undefined) {
    this.#port = port;
    this.#shared = shared;
    this.#calls = new SessionCalls((message) => port.postMessage(message));
    this.#started = new Promise((resolve) => {
      port.on("message", (message: FromSession) => {
        const unasked = this.#calls.receive(message);
        if (unasked === undefined) return;
        switch (unasked.type) {
          case "ready":
            if (!this.#isOver) this.#inspector.connectToMainThread();
            this.#isReady = true;
            this.heapLimit = unasked.heapLimit;
            return resolve();
          case "stream":
          case "publish":
            void Promise.resolve(report(unasked)).then(() => this.#relieve(unasked.sent));
            return;
          default:
            void report(unasked);
        }
      });
    });
  }

  /**
   * Resolves when the session can run a cell: it has started, nothing is being stopped, and where the heap was full, what
   * has been freed since is not in the way.
   */
  get ready(): Promise<void> {
    return this.#makeReady();
  }

  async #makeReady(): Promise<void> {
    await this.#started;
    await this.#interrupting;
    if (this.#isFull) await this.#collectGarbage();
  }

  /** The names that have no value since the cells failed that were to declare them. */
  get lost(): readonly string[] {
    return this.#calls.lost;
  }

  /** The names that cells have put into the global scope. */
  get globals(): readonly string[] {
    return this.#calls.globals;
  }

  /** Runs a compiled cell, or lets the session put its type errors into words. */
  async run(cell: Cell, compilation: Compilation): Promise<Outcome> {
    // An interrupt that still goes on could hit this cell instead of the one it is meant for.
    await this.#interrupting;
    return this.#calls.run(cell, compilation);
  }

  /** Makes the names of a cell known that will not run any more. */
  skip(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#calls.skip(cell, compilation);
  }

  /** Lets the library answer a request of a front end; it always answers, even if only to say that it was stopped. */
  async ask(request: Content): Promise<Content> {
    await this.#started;
    await this.#interrupting;
    return this.#calls.ask(request);
  }

  /** The members of a value that is there now, by its name and the properties after it. */
  async members(path: readonly string[]): Promise<readonly CompletionMatch[]> {
    return this.#isReady && !this.#interrupting ? this.#calls.members(path, PATIENCE) : [];
  }

  /** Stops what keeps the main thread, and the given cell; resolves when the session is itself again. */
  async interrupt(cell: number | undefined, reason: StopReason): Promise<void> {
    if (!this.#isReady) return; // no code of cells runs yet, and what does must not be torn down
    this.#interrupting ??= this.#interrupt(cell, reason).finally(() => {
      this.#interrupting = undefined;
    });
    await this.#interrupting;
  }

  /** Asks the main thread to end the process. */
  exit(): void {
    this.#isOver = true;
    this.#inspector.disconnect();
    this.#port.postMessage({ type: "exit" } satisfies ToSession);
  }

  /** The bytes that objects take on the main thread, garbage included; answered while code runs there, too. */
  heapUsed(): Promise<number> {
    return new Promise((resolve) => {
      this.#inspector.post("Runtime.getHeapUsage", (_, usage) =>
        resolve((usage as { usedSize?: number } | undefined)?.usedSize ?? 0),
      );
    });
  }

  async #interrupt(cell: number | undefined, reason: StopReason): Promise<void> {
    const stop = (number: number) => ({ type: "interrupt", cell, number, reason }) as const;
    while (!(await this.#calls.reaches(stop, PATIENCE))) this.#terminate();
    // A termination that comes too late hits the next thing the main thread does: let that be a ping.
    while (this.#terminations > 0 && !this.#isOver) {
      await this.#calls.reaches((number) => ({ type: "ping", number }), PATIENCE);
    }
    if (reason === "memory") await this.#collectGarbage(); // or the next cell would be stopped for what this one has left
  }

  /**
   * Has V8 forget what nobody can reach any more. The inspector can do that, too, but again and again until nothing is
   * found, for which V8 ends a process that is nearly full.
   */
  async #collectGarbage(): Promise<void> {
    await this.#calls.reaches((number) => ({ type: "collect", number }), COLLECTING);
    this.#isFull = (await this.heapUsed()) > this.heapLimit / 2;
  }

  /** Tears down what the main thread does, or will do next; counted until the inspector says that it is done. */
  #terminate(): void {
    if (this.#isOver) return; // Jupyter interrupts a kernel that it is about to end
    this.#terminations += 1;
    this.#inspector.post("Runtime.terminateExecution", () => {
      this.#terminations -= 1;
    });
  }

  /** Lets a session go on that waits because it puts out more than this worker sends. */
  #relieve(sent: number): void {
    // Room for a later message may be there before that for an earlier one.
    if (((sent - this.#taken) | 0) <= 0) return;
    this.#taken = sent;
    Atomics.store(this.#shared, Shared.taken, sent);
    Atomics.notify(this.#shared, Shared.taken);
  }
}
