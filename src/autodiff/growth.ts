/** Notices a loop whose record grows with every step, while it is still small. */

import { note } from "../host.ts";

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
