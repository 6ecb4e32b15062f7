/** What is asked of a session, in whatever thread or page it runs, and who waits for its answers. */

import type { Cell, Content, FromSession, Outcome, ToSession } from "../bridge.ts";
import type { Compilation, CompletionMatch } from "../language/protocol.ts";

/** What a session says of its own accord: everything but answers. */
export type Unasked = Exclude<FromSession, { type: "done" | "answer" | "pong" | "missed" }>;

/** A cell whose outcome is awaited. */
interface Awaited {
  readonly cell: Cell;
  readonly compilation: Compilation;
  readonly resolve: (outcome: Outcome) => void;
}

export class SessionCalls {
  readonly #tell: (message: ToSession) => void;
  readonly #cells = new Map<number, Awaited>();
  readonly #answers = new Map<number, (json: string) => void>();
  readonly #pongs = new Map<number, () => void>();
  #lost: readonly string[] = [];
  #globals: readonly string[] = [];
  #number = 0;

  constructor(tell: (message: ToSession) => void) {
    this.#tell = tell;
  }

  /** The names that have no value since the cells failed that were to declare them. */
  get lost(): readonly string[] {
    return this.#lost;
  }

  /** The names that cells have put into the global scope. */
  get globals(): readonly string[] {
    return this.#globals;
  }

  /** Runs a compiled cell, or lets the session put its type errors into words. */
  run(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#outcomeOf("run", cell, compilation);
  }

  /** Makes the names of a cell known that will not run any more. */
  skip(cell: Cell, compilation: Compilation): Promise<Outcome> {
    return this.#outcomeOf("skip", cell, compilation);
  }

  /** Lets the library answer a request of a front end; it always answers, even if only to say that it was stopped. */
  async ask(request: Content): Promise<Content> {
    const number = ++this.#number;
    const json = await new Promise<string>((resolve) => {
      this.#answers.set(number, resolve);
      this.#tell({ type: "ask", number, request });
    });
    return JSON.parse(json) as Content; // the session writes objects only
  }

  /** The members of a value, by its name and the properties after it; none from a session that is busy for so long, in ms. */
  async members(path: readonly string[], patience: number): Promise<readonly CompletionMatch[]> {
    const number = ++this.#number;
    const json = await new Promise<string>((resolve) => {
      this.#answers.set(number, resolve);
      setTimeout(() => resolve('{ "members": [] }'), patience).unref?.();
      this.#tell({ type: "members", number, path });
    });
    return (JSON.parse(json) as { members?: CompletionMatch[] }).members ?? []; // none when the session is gone
  }

  /** Whether the session answers a message within so many milliseconds. */
  async reaches(message: (number: number) => ToSession, patience: number): Promise<boolean> {
    const number = ++this.#number;
    const answered = await new Promise<boolean>((resolve) => {
      this.#pongs.set(number, () => resolve(true));
      setTimeout(() => resolve(false), patience);
      this.#tell(message(number));
    });
    this.#pongs.delete(number);
    return answered;
  }

  /** Hands an answer to who waits for it; gives back what nobody has asked for. */
  receive(message: FromSession): Unasked | undefined {
    switch (message.type) {
      case "done":
        this.#lost = message.lost;
        this.#globals = message.globals;
        this.#cells.get(message.cell)?.resolve(message.outcome);
        this.#cells.delete(message.cell);
        return;
      case "missed": {
        const missed = this.#cells.get(message.cell);
        if (missed) this.#tell({ type: "skip", cell: missed.cell, compilation: missed.compilation });
        return;
      }
      case "answer":
        this.#answers.get(message.number)?.(message.json);
        this.#answers.delete(message.number);
        return;
      case "pong":
        this.#pongs.get(message.number)?.();
        return;
      default:
        return message;
    }
  }

  /** Answers all who wait, as the session is gone that they wait for. */
  abandon(outcome: Outcome, message: string): void {
    for (const { resolve } of this.#cells.values()) resolve(outcome);
    this.#cells.clear();
    for (const [request, resolve] of this.#answers) {
      resolve(JSON.stringify({ type: "error", request, message }));
    }
    this.#answers.clear();
  }

  #outcomeOf(type: "run" | "skip", cell: Cell, compilation: Compilation): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#cells.set(cell.id, { cell, compilation, resolve });
      this.#tell({ type, cell, compilation });
    });
  }
}
