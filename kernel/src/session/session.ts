/** The session: runs cells on the main thread, one after the other, and keeps their variables. */

import type { MessagePort } from "node:worker_threads";
import * as gradbook from "gradbook";
import { connectHost, recover } from "gradbook/session";
import type { Cell, MimeBundle, Outcome, StopReason, ToSession } from "../bridge.ts";
import type { Compilation } from "../language/protocol.ts";
import { createScope } from "../language/scope.ts";
import { activity, quiet } from "./afterwards.ts";
import { CellConsole } from "./console.ts";
import { type RunningCell, runAs, runningCell } from "./context.ts";
import { DebugDoor } from "./debug-door.ts";
import { denoFor } from "./deno.ts";
import { Displays } from "./displays.ts";
import { Evaluation } from "./evaluation.ts";
import { guardExit } from "./exit-guard.ts";
import { Failures } from "./failure.ts";
import { FrontEnds } from "./front-ends.ts";
import { hiddenFolders } from "./hidden-folders.ts";
import { Input } from "./input.ts";
import { LateFailures } from "./late-failures.ts";
import { loseNames } from "./lost-names.ts";
import { Notebook } from "./notebook.ts";
import { Output } from "./output.ts";
import type { Outside } from "./outside.ts";
import { later, nextTurn } from "./own-timers.ts";
import { membersAt } from "./run-time-members.ts";
import { Shadows } from "./shadows.ts";
import { largest } from "./sizes.ts";
import { Sources } from "./sources.ts";
import { Stacks } from "./stack.ts";
import { cancelTimers, cellsWithTimers, followTimers, takeTornCell } from "./timers.ts";
import { logWarnings } from "./warnings.ts";
import { tableOf } from "./who.ts";

/** The session's lines to the wire worker. */
export interface SessionLines {
  /** What tells this session from one before or after it. */
  readonly id: string;
  readonly wire: MessagePort;
  readonly answers: MessagePort;
  readonly shared: Int32Array;
  readonly outside: Outside;
}

/** How long in ms an interrupted cell may go on for the last state of what it displays. */
const LAST_PICTURE = 500;

/** Runs cells for as long as the process lives. */
export class Session {
  readonly #output: Output;
  readonly #outside: Outside;
  readonly #sources = new Sources();
  readonly #shadows = new Shadows();
  readonly #failures: Failures;
  readonly #scope = createScope();
  readonly #late: LateFailures;
  readonly #displays: Displays;
  readonly #frontEnds: FrontEnds;
  readonly #evaluation: Evaluation;
  readonly #console = new CellConsole(() => this.#output.publish("clear_output", { wait: false }));
  readonly #exit: (code: number) => never;
  /** The names that the scope held before the first cell. */
  readonly #ofKernel: ReadonlySet<string>;
  /** What the global scope held before the first cell. */
  readonly #ofNode: ReadonlySet<string>;
  #running: RunningCell | undefined;
  /** The id of the cell that has ended last. */
  #ended = -1;
  /** An earlier cell whose timer an interrupt has torn out of its work, until that has been reported. */
  #torn: RunningCell | undefined;

  constructor(lines: SessionLines) {
    this.#outside = lines.outside;
    this.#output = new Output(lines.wire, lines.shared);
    const stacks = new Stacks(this.#sources, hiddenFolders());
    this.#failures = new Failures(stacks, this.#shadows);
    this.#late = new LateFailures(this.#output, this.#failures);
    this.#displays = new Displays(this.#output, (error) => this.#late.report(error));
    this.#evaluation = new Evaluation({
      scope: this.#scope,
      sources: this.#sources,
      shadows: this.#shadows,
      displays: this.#displays,
      modules: this.#outside.modules,
    });
    this.#frontEnds = new FrontEnds(this.#output);
    this.#exit = guardExit();
    for (const [name, value] of Object.entries(gradbook)) this.#scope.set(name, value);
    this.#scope.set("Deno", denoFor(this.#displays, this.#output));
    this.#scope.set("who", () => tableOf(this.#declared(), (name) => this.#scope.get(name)));
    this.#ofKernel = new Set(this.#scope.names());
    connectHost(
      new Notebook({
        scope: this.#scope,
        sources: this.#sources,
        displays: this.#displays,
        output: this.#output,
        findBlas: this.#outside.findBlas,
      }),
    );
    this.#outside.begin();
    stacks.install();
    this.#output.capture();
    logWarnings();
    this.#console.install();
    const input = new Input(this.#output, lines.answers, lines.shared);
    input.install();
    followTimers();
    this.#outside.open(this.#output, (prompt) => input.ask(prompt));
    this.#late.install();
    new DebugDoor({
      sources: this.#sources,
      scope: this.#scope,
      declared: () => this.#declared(),
    }).open();
    this.#ofNode = new Set(Object.getOwnPropertyNames(globalThis));
    process.on("SIGINT", () => this.#output.tell({ type: "signal" }));
    lines.wire.on("message", (message: ToSession) => this.#receive(message));
    this.#output.tell({ type: "ready", heapLimit: this.#outside.heapLimit });
  }

  #receive(message: ToSession): void {
    switch (message.type) {
      case "run":
        this.#start(message.cell, message.compilation);
        break;
      case "skip":
        this.#begin(message.cell, message.compilation).settle({
          status: "error",
          failure: this.#failures.interrupted(),
        });
        break;
      case "ask":
        this.#scope.at = 0; // what an answer computes belongs to no line
        this.#frontEnds.receive(message.number, message.request);
        break;
      case "members": {
        const json = JSON.stringify({ members: membersAt(this.#scope, message.path) });
        this.#output.tell({ type: "answer", number: message.number, json });
        break;
      }
      case "interrupt":
        this.#interrupt(message.cell, message.reason);
        this.#output.tell({ type: "pong", number: message.number });
        break;
      case "collect":
        this.#outside.collectGarbage();
        this.#output.tell({ type: "pong", number: message.number });
        break;
      case "ping":
        this.#output.tell({ type: "pong", number: message.number });
        break;
      case "exit":
        this.#exit(0);
    }
  }

  #start(cell: Cell, compilation: Compilation): void {
    const running = this.#begin(cell, compilation);
    // A cell has a turn of its own, since an interrupt tears down all that is on the stack below it, too.
    runAs(running, () => nextTurn(() => void this.#run(running, compilation)));
  }

  #begin(cell: Cell, compilation: Compilation): RunningCell {
    const compiled = compilation.ok ? compilation.cell : undefined;
    const running = runningCell(cell, compiled, (outcome) => this.#settle(running, outcome));
    this.#running = running;
    this.#console.endGroups();
    return running;
  }

  async #run(cell: RunningCell, compilation: Compilation): Promise<void> {
    if (cell.interrupted) return; // before its turn came
    if (!compilation.ok) {
      cell.settle({ status: "error", failure: this.#failures.types(cell, compilation.diagnostics) });
      return;
    }
    const before = activity();
    let outcome = await this.#outcomeOf(cell, () => this.#evaluation.evaluate(cell, compilation.cell));
    await quiet(cell, before);
    await this.#finishDisplays(cell);
    await Promise.all(cell.displays);
    this.#late.finish(cell);
    if (outcome.status === "ok" && cell.displayFailure) {
      outcome = { status: "error", failure: this.#failures.thrown(cell.displayFailure.error) };
    } else if (outcome.status === "ok" && cell.lateFailure) {
      outcome = { status: "error", failure: cell.lateFailure, isTold: true };
    }
    if (!cell.interrupted) cell.settle(outcome); // who has stopped it says so
  }

  async #outcomeOf(cell: RunningCell, evaluate: () => Promise<MimeBundle | undefined>): Promise<Outcome> {
    try {
      return { status: "ok", result: await evaluate() };
    } catch (error) {
      cell.failedAt = this.#failures.lineIn(cell, error);
      await this.#finishDisplays(cell);
      return { status: "error", failure: this.#failures.thrown(error) };
    }
  }

  /**
   * Shows the last state of what a failed cell displays; a promise where that takes a while. What is wrong with that,
   * too, is nothing new.
   */
  #finishDisplays(cell: RunningCell): Promise<unknown> | undefined {
    try {
      return this.#displays.finish(cell)?.catch(() => {});
    } catch {
      return undefined;
    }
  }

  #settle(cell: RunningCell, outcome: Outcome): void {
    if (this.#running !== cell) return;
    this.#output.finish(cell);
    if (outcome.status === "error") loseNames(this.#scope, cell, outcome.failure);
    const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !this.#ofNode.has(name));
    this.#output.tell({ type: "done", cell: cell.id, outcome, lost: this.#scope.lost(), globals });
    // Not before: an interrupt may tear down the lines above, and the next one must find the cell, to end it once more.
    cell.hasEnded = true;
    this.#ended = cell.id;
    this.#running = undefined;
  }

  /**
   * Gives up the cell, and an earlier one whose timer was torn out of its work. Where no cell runs, what earlier ones
   * still do in the background is meant.
   */
  #interrupt(id: number | undefined, reason: StopReason): void {
    recover();
    this.#outside.tear();
    const place = this.#sources.placeOf(this.#scope.at);
    this.#scope.at = 0;
    this.#frontEnds.interrupt();
    this.#torn ??= takeTornCell();
    const running = this.#running?.id === id ? this.#running : undefined;
    if (id !== undefined && !running && id > this.#ended) this.#output.tell({ type: "missed", cell: id });
    if (running && place?.cell === running.count) running.failedAt ??= place.line;
    const cells = [this.#torn, running].filter((cell) => cell !== undefined);
    for (const cell of cells) this.#stop(cell);
    // A message that says which cell may come again when that cell is over.
    if (id === undefined && !this.#running) this.#stopBackground();
    const giveUp = (): void => this.#giveUp(running, reason);
    const late = cells.filter((cell) => this.#displays.owes(cell));
    // In another turn, as what takes long must not be taken for a runaway: pictures, and a look at all variables.
    nextTurn(() => void Promise.all(late.map((cell) => this.#finishDisplays(cell))).then(giveUp));
    if (late.length > 0) later(LAST_PICTURE, giveUp);
  }

  #largest(): string {
    return largest(this.#declared(), (name) => this.#scope.get(name));
  }

  /** The names that cells have declared and that have a value; those of the library count once a cell has taken them. */
  #declared(): string[] {
    const lost = new Set(this.#scope.lost());
    return this.#scope
      .names()
      .filter((name) => !lost.has(name) && (!this.#ofKernel.has(name) || this.#shadows.has(name)));
  }

  /** Reports once that a cell was stopped: one interrupt may send several messages, as each may be torn down, too. */
  #giveUp(running: RunningCell | undefined, reason: StopReason): void {
    if (running?.hasEnded) return;
    const failure =
      reason === "memory" ? this.#failures.outOfMemory(this.#largest()) : this.#failures.interrupted();
    const torn = this.#torn;
    this.#torn = undefined;
    if (running) running.settle({ status: "error", failure });
    else if (torn) runAs(torn, () => this.#output.publish("error", { ...failure }));
  }

  /** Calls off all that a cell has going. */
  #stop(cell: RunningCell): void {
    cell.interrupted = true;
    cancelTimers(cell);
    this.#outside.stop(cell);
  }

  /** Stops what cells that have ended still do. */
  #stopBackground(): void {
    for (const cell of new Set([...cellsWithTimers(), ...this.#outside.atWork()])) {
      this.#stop(cell);
      runAs(cell, () => console.log("Note: what this cell still did in the background was stopped"));
    }
  }
}
