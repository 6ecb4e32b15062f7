/** Failures that no code waits for: in timers, and of promises that are rejected. The session goes on after them. */

import { currentCell, type RunningCell, runAs } from "./context.ts";
import type { Failures } from "./failure.ts";
import type { Output } from "./output.ts";
import { later } from "./own-timers.ts";

/** How long in ms a running cell may take to wait for a promise that is already rejected. */
const PATIENCE = 1000;

interface Rejection {
  readonly cell: RunningCell;
  readonly reason: unknown;
}

export class LateFailures {
  readonly #output: Output;
  readonly #failures: Failures;
  /** Of promises that nobody waits for yet. */
  readonly #rejections = new Map<Promise<unknown>, Rejection>();

  constructor(output: Output, failures: Failures) {
    this.#output = output;
    this.#failures = failures;
  }

  install(): void {
    process.on("uncaughtException", (error) => this.report(error));
    process.on("unhandledRejection", (reason, promise) => this.#note(reason, promise));
    process.on("rejectionHandled", (promise) => this.#rejections.delete(promise));
  }

  /** Reports a failure at the cell that caused it, and fails that cell unless it has ended. */
  report(error: unknown): void {
    const cell = currentCell();
    if (cell) this.#tell(cell, error);
  }

  /** Reports the rejected promises that a cell about to end has not waited for. */
  finish(cell: RunningCell): void {
    for (const [promise, rejection] of this.#rejections) if (rejection.cell === cell) this.#give(promise);
  }

  #note(reason: unknown, promise: Promise<unknown>): void {
    const cell = currentCell();
    if (!cell) return;
    this.#rejections.set(promise, { cell, reason });
    if (cell.hasEnded) this.#give(promise);
    else later(PATIENCE, () => this.#give(promise));
  }

  #give(promise: Promise<unknown>): void {
    const rejection = this.#rejections.get(promise);
    this.#rejections.delete(promise);
    if (rejection) this.#tell(rejection.cell, rejection.reason);
  }

  #tell(cell: RunningCell, error: unknown): void {
    if (cell.interrupted) return;
    const failure = this.#failures.thrown(error);
    if (!cell.hasEnded) cell.lateFailure ??= failure;
    runAs(cell, () => this.#output.publish("error", { ...failure }));
  }
}
