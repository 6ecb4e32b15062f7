/** A derivative taken at values that are no longer there would be a derivative of something else. */

import { GradientError } from "../errors.ts";
import { publicName } from "../op.ts";
import { internals, type Tensor } from "../tensor.ts";

/**
 * Refuses to go through a step whose operands were assigned, or whose data were written to, since it was recorded.
 * Every walk over a record asks it at each step it takes a derivative of. `way` is what the walk does, such as
 * `go backward`.
 */
export function checkUnchanged(way: string, y: Tensor): void {
  const node = internals.nodeOf(y);
  if (node === null) return;
  internals.checkUntouched(y);
  let changed: Tensor | null = null;
  for (const x of node.inputs) {
    internals.checkUntouched(x);
    if (internals.assignedAt(x) > node.time) changed ??= x;
  }
  if (changed === null) return;
  throw new GradientError(
    `Cannot ${way} through ${publicName(node.op.name)}: ${changed.name ?? "a tensor"} was assigned since; ` +
      `compute the result again, then ${way}`,
  );
}
