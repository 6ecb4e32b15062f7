/** Timers that know the cell that started them, so that an interrupt can call them off. */

import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import promises from "node:timers/promises";
import { promisify } from "node:util";
import { currentCell, type RunningCell } from "./context.ts";

type Timer = NodeJS.Timeout | NodeJS.Immediate;
// biome-ignore lint/suspicious/noExplicitAny: a timer passes on whatever its callback takes
type Start = (callback: (...values: any[]) => void, ...rest: any[]) => Timer;
type Clear = (timer: Timer | undefined) => void;

/** The cell whose timer callback was entered and not left. */
let entered: RunningCell | undefined;

/** The cells that still have something scheduled. */
const planning = new Set<RunningCell>();

/** Replaces Node's timers by ones that are forgotten when their cell is interrupted. */
export function followTimers(): void {
  const setTimeout = following(timers.setTimeout as Start, timers.clearTimeout as Clear, true);
  const setImmediate = following(timers.setImmediate, timers.clearImmediate as Clear, true);
  const later = {
    setTimeout: waiting(promises.setTimeout),
    setImmediate: waiting(promises.setImmediate),
  };
  const replacements = {
    setTimeout: Object.assign(setTimeout, { [promisify.custom]: later.setTimeout }),
    setInterval: following(timers.setInterval as Start, timers.clearInterval as Clear, false),
    setImmediate: Object.assign(setImmediate, { [promisify.custom]: later.setImmediate }),
    clearTimeout: forgetting(timers.clearTimeout as Clear),
    clearInterval: forgetting(timers.clearInterval as Clear),
    clearImmediate: forgetting(timers.clearImmediate as Clear),
  };
  Object.assign(globalThis, replacements);
  Object.assign(timers, replacements);
  Object.assign(promises, later);
  syncBuiltinESMExports();
}

/** Calls off everything a cell still has scheduled. */
export function cancelTimers(cell: RunningCell): void {
  // The same call clears both kinds; each ignores what is not its own.
  for (const timer of [...cell.timers]) {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
  cell.timers.clear();
  cell.due.clear();
  planning.delete(cell);
}

/** The cells whose timers may still fire. */
export function cellsWithTimers(): RunningCell[] {
  return [...planning];
}

/** The cell whose timer callback an interrupt tore out of its work, if one did. */
export function takeTornCell(): RunningCell | undefined {
  const cell = entered;
  entered = undefined;
  return cell;
}

function following(start: Start, clear: Clear, once: boolean): Start {
  return (callback, ...rest) => {
    const cell = currentCell();
    if (!cell || typeof callback !== "function") return start(callback, ...rest);
    const plan = (): unknown => cell.due.set(timer, dueAfter(rest[0]));
    const timer = start(
      (...values) => {
        if (!once) plan();
        else forget(cell, timer);
        entered = cell;
        try {
          callback(...values);
        } finally {
          // A termination by an interrupt skips this line, which is how the torn cell is known.
          entered = undefined;
        }
      },
      ...rest,
    );
    // What an interrupted cell still starts, say after an answer from the network, never fires.
    if (cell.interrupted) {
      clear(timer);
      return timer;
    }
    cell.timers.add(timer);
    planning.add(cell);
    plan();
    return timer;
  };
}

function forgetting(clear: Clear): Clear {
  return (timer) => {
    const cell = currentCell();
    if (typeof timer === "object" && cell) forget(cell, timer);
    clear(timer);
  };
}

function forget(cell: RunningCell, timer: object): void {
  cell.timers.delete(timer as Timer); // which another object is not
  cell.due.delete(timer);
  if (cell.timers.size + cell.due.size === 0) planning.delete(cell);
}

/** When a timer fires that is started now; an immediate has no delay. */
function dueAfter(delay: unknown): number {
  return performance.now() + (typeof delay === "number" ? delay : 0);
}

/** The promise form of a timer: one that an interrupt leaves pending for good. */
function waiting<Arguments extends unknown[]>(
  start: (...values: Arguments) => Promise<unknown>,
): (...values: Arguments) => Promise<unknown> {
  return (...values) => {
    const cell = currentCell();
    return new Promise((resolve, reject) => {
      const timer = {};
      if (cell) {
        cell.due.set(timer, dueAfter(values[0]));
        planning.add(cell);
      }
      const unless = (settle: (value: unknown) => void) => (value: unknown) => {
        if (cell) forget(cell, timer);
        if (!cell?.interrupted) settle(value);
      };
      start(...values).then(unless(resolve), unless(reject));
    });
  };
}
