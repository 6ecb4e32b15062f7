/** The record of a computation in the order it can be walked. */

import { internals, type Tensor } from "../tensor.ts";

/** All that `y` was computed from, and `y` itself last: each tensor after those it was computed from. */
export function toposort(y: Tensor, inputsOf: (x: Tensor) => readonly Tensor[] = recordedInputs): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>([y]);
  // A stack of our own, as a record may be deeper than the language's.
  const path: { x: Tensor; next: number }[] = [{ x: y, next: 0 }];
  while (path.length > 0) {
    const top = path[path.length - 1];
    const inputs = inputsOf(top.x);
    if (top.next === inputs.length) {
      order.push(top.x);
      path.pop();
      continue;
    }
    const input = inputs[top.next++];
    if (seen.has(input)) continue;
    seen.add(input);
    path.push({ x: input, next: 0 });
  }
  return order;
}

function recordedInputs(x: Tensor): readonly Tensor[] {
  return internals.nodeOf(x)?.inputs ?? [];
}
