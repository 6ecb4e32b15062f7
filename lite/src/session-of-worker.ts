/** The session of a kernel, in a worker that can be ended and begun anew. */
import {
  type Cell,
  type Content,
  type FromSession,
  type Outcome,
  Shared,
  type StopReason,
} from "../../kernel/src/bridge.ts";
import type { Compilation, CompletionMatch } from "../../kernel/src/language/protocol.ts";
import { SessionCalls, type Unasked } from "../../kernel/src/wire/session-calls.ts";
import { SESSION_GONE } from "./session-gone.ts";

/** How long in ms a session may take to stop by itself. */
const PATIENCE = 1000;

/** What a session puts out. */
type Report = Extract<Unasked, { type: "stream" | "publish" }>;

export class SessionOfWorker {
  ready: Promise<void> = Promise.resolve();
  readonly #id: string;
  readonly #address: string;
  readonly #report: (report: Report) => void;
  readonly #calls = new SessionCalls((message) => this.#worker.postMessage(message));
  #worker: Worker;
  #shared = sharedMemory();

  constructor(id: string, address: string, report: (report: Report) => void) {
    this.#id = id;
    this.#address = address;
    this.#report = report;
    this.#worker = this.#start();
  }

  /** The names that have no value since the cells failed that were to declare them. */
  get lost(): readonly string[] {
    return this.#calls.lost;
  }

  /** The names that cells have put into the global scope. */
  get globals(): readonly string[] {
    return this.#calls.globals;
  }

  run(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#calls.run(cell, compilation);
  }

  skip(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#calls.skip(cell, compilation);
  }

  async ask(request: Content): Promise<Content> {
    await this.ready;
    return this.#calls.ask(request);
  }

  members(path: readonly string[]): Promise<readonly CompletionMatch[]> {
    return this.#calls.members(path, PATIENCE);
  }

  /** Stops a cell: by a word where it waits for something, else with its session. */
  async interrupt(cell: number | undefined, reason: StopReason): Promise<void> {
    const stop = (number: number) => ({ type: "interrupt", cell, number, reason }) as const;
    if (!(await this.#calls.reaches(stop, PATIENCE))) this.#replace();
  }

  end(): void {
    this.#worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#address);
    this.#shared = sharedMemory();
    this.ready = new Promise((resolve, reject) => {
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
      worker.addEventListener("message", ({ data }) => this.#receive(data as FromSession, resolve));
    });
    worker.postMessage({ id: this.#id, shared: this.#shared });
    return worker;
  }

  #receive(message: FromSession, begun: () => void): void {
    const unasked = this.#calls.receive(message);
    switch (unasked?.type) {
      case "ready":
        begun();
        break;
      case "stream":
      case "publish":
        this.#report(unasked);
        Atomics.store(this.#shared, Shared.taken, unasked.sent);
        if (isShared) Atomics.notify(this.#shared, Shared.taken);
    }
  }

  /** A new session, without variables. */
  #replace(): void {
    this.#worker.terminate();
    this.#worker = this.#start();
    this.#calls.abandon(SESSION_GONE, "The session was stopped");
  }
}

/** Whether the page may share memory with its workers, which its server must allow. */
const isShared: boolean = globalThis.crossOriginIsolated === true;

function sharedMemory(): Int32Array<ArrayBufferLike> {
  const bytes = Shared.length * Int32Array.BYTES_PER_ELEMENT;
  return new Int32Array(isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}
