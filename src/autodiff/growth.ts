/** Notices a loop that keeps its history, while it is still small. */

import { note } from "../host.ts";
import { internals, Tensor } from "../tensor.ts";

/** Rising this many times in a row is no accident. */
const PATIENCE = 30;

let last = 0;
let rises = 0;
let isTold = false;

/** Takes note of the number of tensors that a backward pass walks over. */
export function noticeGrowth(length: number): void {
  rises = length > last ? rises + 1 : 0;
  last = length;
  if (rises < PATIENCE || isTold) return;
  isTold = true;
  note(
    `The record behind J has grown with each of the last ${PATIENCE} backward passes, to ${length} tensors: ` +
      "W = W.sub(…) in a loop keeps its whole history; write W.assign(W.sub(…)), or W = W.sub(…).detach()",
  );
}

/** A list of so many results that each keep their record is a loss curve in the making. */
const MANY = 100;

const toldOf = new Set<string>();

/**
 * Takes note of a variable of the session. `losses.push(J)` keeps the record of every J, and with it all that J was
 * computed from; the cell is told once for each name.
 */
export function noticeHoard(name: string, value: unknown): void {
  if (!Array.isArray(value) || value.length < MANY || toldOf.has(name)) return;
  const keepsRecord = (x: unknown): boolean => x instanceof Tensor && internals.nodeOf(x) !== null;
  if (!keepsRecord(value[0]) || !keepsRecord(value[value.length - 1])) return;
  toldOf.add(name);
  note(
    `${name} holds ${value.length} tensors, each with its record, and so all that they were computed from: ` +
      `write ${name}.push(J.item()) to keep the numbers, or ${name}.push(J.detach())`,
  );
}
