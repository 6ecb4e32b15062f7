/** The session of a kernel, in a worker that can be ended and begun anew. */
import {
  type Cell,
  type Content,
  type FromSession,
  type Outcome,
  Shared,
  type ToSession,
} from "../../kernel/src/bridge.ts";
import type { Compilation } from "../../kernel/src/language/protocol.ts";
import { SESSION_GONE } from "./session-gone.ts";

/** How long in ms a session may take to stop by itself. */
const PATIENCE = 1000;

/** What a session says of its own accord. */
type Report = Extract<FromSession, { type: "stream" | "publish" }>;

export class SessionOfWorker {
  ready: Promise<void> = Promise.resolve();
  readonly #id: string;
  readonly #address: string;
  readonly #report: (report: Report) => void;
  readonly #outcomes = new Map<number, (outcome: Outcome) => void>();
  readonly #answers = new Map<number, (json: string) => void>();
  readonly #pongs = new Map<number, () => void>();
  #worker: Worker;
  #shared = sharedMemory();
  #lost: readonly string[] = [];
  #number = 0;

  constructor(id: string, address: string, report: (report: Report) => void) {
    this.#id = id;
    this.#address = address;
    this.#report = report;
    this.#worker = this.#start();
  }

  /** The names that have no value since the cells failed that were to declare them. */
  get lost(): readonly string[] {
    return this.#lost;
  }

  run(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#outcomeOf(cell.id, { type: "run", cell, compilation });
  }

  skip(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#outcomeOf(cell.id, { type: "skip", cell, compilation });
  }

  async ask(request: Content): Promise<Content> {
    await this.ready;
    const number = ++this.#number;
    const json = await new Promise<string>((resolve) => {
      this.#answers.set(number, resolve);
      this.#tell({ type: "ask", number, request });
    });
    return JSON.parse(json) as Content; // the session writes objects only
  }

  /** Stops a cell: by a word where it waits for something, else with its session. */
  async interrupt(cell: number | undefined): Promise<void> {
    const number = ++this.#number;
    const stopped = await new Promise<boolean>((resolve) => {
      this.#pongs.set(number, () => resolve(true));
      setTimeout(() => resolve(false), PATIENCE);
      this.#tell({ type: "interrupt", cell, number });
    });
    this.#pongs.delete(number);
    if (!stopped) this.#replace();
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
    switch (message.type) {
      case "ready":
        begun();
        break;
      case "done":
        this.#lost = message.lost;
        this.#outcomes.get(message.cell)?.(message.outcome);
        this.#outcomes.delete(message.cell);
        break;
      case "answer":
        this.#answers.get(message.number)?.(message.json);
        this.#answers.delete(message.number);
        break;
      case "pong":
        this.#pongs.get(message.number)?.();
        break;
      case "stream":
        this.#report(message);
        Atomics.sub(this.#shared, Shared.backlog, message.text.length);
        if (isShared) Atomics.notify(this.#shared, Shared.backlog);
        break;
      case "publish":
        this.#report(message);
    }
  }

  #outcomeOf(cell: number, message: ToSession): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#outcomes.set(cell, resolve);
      this.#tell(message);
    });
  }

  #tell(message: ToSession): void {
    this.#worker.postMessage(message);
  }

  /** A new session, without variables. */
  #replace(): void {
    this.#worker.terminate();
    this.#worker = this.#start();
    for (const resolve of this.#outcomes.values()) resolve(SESSION_GONE);
    this.#outcomes.clear();
    for (const [number, resolve] of this.#answers) {
      resolve(JSON.stringify({ type: "error", request: number, message: "The session was stopped" }));
    }
    this.#answers.clear();
  }
}

/** Whether the page may share memory with its workers, which its server must allow. */
const isShared: boolean = globalThis.crossOriginIsolated === true;

function sharedMemory(): Int32Array<ArrayBufferLike> {
  const bytes = Shared.length * Int32Array.BYTES_PER_ELEMENT;
  return new Int32Array(isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}
