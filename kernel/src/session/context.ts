/** Knows which cell the code that runs now belongs to, across timers and promises. */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Cell, Failure, Outcome, StreamName } from "../bridge.ts";
import type { CompiledCell } from "../language/protocol.ts";
import { Characters } from "./characters.ts";

/** A cell that has been started, with what it may still do after it ended. */
export interface RunningCell extends Cell {
  /** The compiled cell; undefined where TypeScript has rejected it. */
  readonly compiled: CompiledCell | undefined;
  /** How many of its steps are done (protocol.ts). */
  readonly done: { steps: number };
  /** The line at which it failed or was stopped, where that is known. */
  failedAt: number | undefined;
  /** Timers the cell has started and that may still fire. */
  readonly timers: Set<NodeJS.Timeout | NodeJS.Immediate>;
  /** When, as `performance.now()` counts, what it waits for by timers is due. */
  readonly due: Map<object, number>;
  /** What it prints, by stream. */
  readonly printed: Readonly<Record<StreamName, Characters>>;
  /** Displays whose content is still being made; the cell ends after them. None of them rejects. */
  readonly displays: Set<Promise<void>>;
  /** Why the content of a display could not be made, the first time. */
  displayFailure: { readonly error: unknown } | undefined;
  /** The first thing that went wrong while nobody waited for it; it has been reported already. */
  lateFailure: Failure | undefined;
  /** Whether the cell was given up by an interrupt. */
  interrupted: boolean;
  /** Whether its outcome has been told. */
  hasEnded: boolean;
  /** Ends the cell; later calls do nothing. */
  settle(outcome: Outcome): void;
}

/** A cell that is about to run. */
export function runningCell(
  cell: Cell,
  compiled: CompiledCell | undefined,
  settle: (outcome: Outcome) => void,
): RunningCell {
  return {
    ...cell,
    compiled,
    settle,
    done: { steps: 0 },
    failedAt: undefined,
    timers: new Set(),
    due: new Map(),
    printed: { stdout: new Characters(), stderr: new Characters() },
    displays: new Set(),
    displayFailure: undefined,
    lateFailure: undefined,
    interrupted: false,
    hasEnded: false,
  };
}

const storage = new AsyncLocalStorage<RunningCell>();
let newest: RunningCell | undefined;

/** Runs a function, and all it sets going, as part of a cell. */
export function runAs<T>(cell: RunningCell, action: () => T): T {
  if (!newest || cell.id > newest.id) newest = cell;
  return storage.run(cell, action);
}

/** The cell that caused what happens now; the newest where nothing tells. Undefined before the first. */
export function currentCell(): RunningCell | undefined {
  return storage.getStore() ?? newest;
}
