/** The session of the kernel for nbgrader: locked cells run among the tests, all others in the sandbox. */

import type { MessagePort } from "node:worker_threads";
import type { Failure, FromSession, Outcome, Cell as Run, ToSession } from "@gradbook/kernel/bridge";
import { Compiler } from "../compiler/compiler.ts";
import { StudentSide } from "../grade/bench.ts";
import { type Plan, planOf, theirsBefore } from "../grade/plan.ts";
import type { Shown } from "../grade/result.ts";
import { type Cell, markingOf, type Notebook } from "../notebook/ipynb.ts";
import type { RoomOutcome } from "../room/messages.ts";
import { Room } from "../room/room.ts";
import { Candidates, sourcesFor } from "./release-cells.ts";

export class GraderSession {
  readonly #wire: MessagePort;
  readonly #compiler = new Compiler();
  readonly #side = new StudentSide(this.#compiler);
  readonly #room = new Room();
  readonly #candidates: Candidates | Error;
  #plan: { readonly source: Notebook; readonly plan: Promise<Plan> } | undefined;

  /** `folder` is where the notebook lies: `autograded/STUDENT/ASSIGNMENT`. */
  constructor(wire: MessagePort, folder: string) {
    this.#wire = wire;
    this.#candidates = candidatesIn(folder);
    this.#room.answering = (question) => this.#side.answer(question);
    this.#compiler.warm();
    wire.on("message", (message: ToSession) => this.#receive(message));
    this.#tell({ type: "ready", heapLimit: Number.POSITIVE_INFINITY });
  }

  #receive(message: ToSession): void {
    switch (message.type) {
      case "run":
        void this.#run(message.cell);
        break;
      case "skip":
        this.#done(message.cell, failed("Interrupted", "The cell was stopped before it ran"));
        break;
      case "ask":
        this.#tell({ type: "answer", number: message.number, json: JSON.stringify(NO_PICTURES) });
        break;
      case "interrupt":
        void this.#side.interrupt();
        this.#tell({ type: "pong", number: message.number });
        break;
      case "collect":
      case "ping":
        this.#tell({ type: "pong", number: message.number });
        break;
      case "exit":
        void Promise.race([this.close(), new Promise((resolve) => setTimeout(resolve, 2000))]).then(() =>
          process.exit(0),
        );
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#side.close(), this.#compiler.close(), this.#room.close()]);
  }

  async #run(run: Run): Promise<void> {
    try {
      this.#done(run, await this.#outcomeOf(run));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#done(run, failed(error instanceof Error ? error.name : "Error", message));
    }
  }

  async #outcomeOf(run: Run): Promise<Outcome> {
    if (this.#candidates instanceof Error) throw this.#candidates;
    const locked = this.#candidates.find(run.source);
    if (!locked) return this.#shown(run, await this.#side.run(run.source));
    const plan = await this.#planOf(locked.source);
    const planned = plan.cells.get(locked.cell);
    if (!planned?.compiled) throw new Error("A locked cell without code");
    const theirs = theirsBefore(plan, locked.cell);
    if (planned.role === "test") {
      await this.#room.give(theirs);
      return this.#marked(run, locked.cell, await this.#room.run(planned.compiled));
    }
    const shown = await this.#side.run(run.source);
    await this.#room.give(theirs);
    await this.#room.run(planned.compiled);
    return this.#shown(run, shown);
  }

  #planOf(source: Notebook): Promise<Plan> {
    if (this.#plan?.source !== source) {
      this.#plan = { source, plan: planOf(source, this.#compiler) };
      this.#plan.plan.then(
        (plan) => this.#room.begin(plan.seed),
        () => {},
      );
    }
    return this.#plan.plan;
  }

  /** Publishes what a cell of the student's side showed. Nothing it says can be a mark: those cells have none. */
  #shown(run: Run, { printed, forms = [], error }: Shown): Outcome {
    if (printed !== undefined)
      this.#tell({ type: "stream", cell: run.id, name: "stdout", text: printed, sent: 0 });
    for (const data of forms) this.#display(run, data);
    return error ? failed(error.name, error.message) : { status: "ok", result: undefined };
  }

  /** The mark of a test, in the words that nbgrader reads: an error, a number, or nothing for all points. */
  #marked(run: Run, cell: Cell, { error, value, shown, printed }: RoomOutcome): Outcome {
    if (printed !== "") this.#tell({ type: "stream", cell: run.id, name: "stdout", text: printed, sent: 0 });
    for (const data of shown) this.#display(run, data);
    if (error) return failed(error.name, error.message);
    if (value === undefined) return { status: "ok", result: undefined };
    const { points = 0 } = markingOf(cell);
    const given = Number.isNaN(value) ? 0 : Math.min(points, Math.max(0, value));
    return { status: "ok", result: { "text/plain": String(given) } };
  }

  #display(run: Run, data: Readonly<Record<string, unknown>>): void {
    const content = { data, metadata: {}, transient: {} };
    this.#tell({ type: "publish", cell: run.id, kind: "display_data", content, sent: 0 });
  }

  #done(run: Run, outcome: Outcome): void {
    this.#tell({ type: "done", cell: run.id, outcome, lost: [], globals: [] });
  }

  #tell(message: FromSession): void {
    this.#wire.postMessage(message);
  }
}

const NO_PICTURES = { type: "error", message: "This kernel grades notebooks: it draws nothing" };

function candidatesIn(folder: string): Candidates | Error {
  try {
    return new Candidates(sourcesFor(folder));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failed(ename: string, evalue: string): Outcome {
  const failure: Failure = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
  return { status: "error", failure };
}
