/** Names for results that have none. */

import type { Tensor } from "../tensor.ts";

/** H₁, H₂, … for the unnamed tensors of a record, in its order; none that is taken. */
export function namesFor(order: readonly Tensor[]): Map<Tensor, string> {
  const taken = new Set(order.flatMap(({ name }) => name ?? []));
  const names = new Map<Tensor, string>();
  let count = 0;
  for (const z of order) {
    if (z.name !== null) continue;
    do count += 1;
    while (taken.has(`H${count}`));
    names.set(z, `H${count}`);
  }
  return names;
}
