/** Detached tensors: the library has no history of them, but a graph shows where they came from. */

import { toposort } from "../autodiff/toposort.ts";
import { internals, type Tensor } from "../tensor.ts";

/** All that some tensors were computed or detached from, in order. */
export interface WithDetached {
  /** Each after those it was computed from, and after the one it was detached from. */
  readonly order: readonly Tensor[];
  /** For each detached tensor the one it has its numbers from. */
  readonly detached: ReadonlyMap<Tensor, Tensor>;
}

/** Follows records from their results, and detached tensors to where they came from, but no further. */
export function withDetached(results: readonly Tensor[]): WithDetached {
  const recorded = new Set(results.flatMap((y) => toposort(y)));
  const detached = detachedIn(recorded);
  if (detached.size === 0) return { order: [...recorded], detached };
  const inputsOf = (x: Tensor): readonly Tensor[] => {
    const source = detached.get(x);
    return source === undefined ? (internals.nodeOf(x)?.inputs ?? []) : [source];
  };
  return { order: [...new Set(results.flatMap((y) => toposort(y, inputsOf)))], detached };
}

/** The sources: tensors of the record themselves, or copies under their name of those that are not in it. */
export function detachedIn(recorded: ReadonlySet<Tensor>): Map<Tensor, Tensor> {
  const detached = new Map<Tensor, Tensor>();
  const copies = new Map<Tensor, Tensor>();
  for (const x of recorded) {
    const source = internals.sourceOf(x);
    if (source === null) continue;
    const { tensor, copy } = source;
    if (tensor !== null && recorded.has(tensor)) detached.set(x, tensor);
    else if (copy.name !== null) {
      // One for all that were detached from the same.
      const one = (tensor === null ? undefined : copies.get(tensor)) ?? copy;
      if (tensor !== null) copies.set(tensor, one);
      detached.set(x, one);
    }
  }
  return detached;
}
