/** The backward pass of a record, edge by edge: what each operand is given by each result. */

import { withoutRecording } from "../op.ts";
import { add } from "../ops/add.ts";
import { internals, type Tensor } from "../tensor.ts";
import { asRecorded, type GraphRecord, isUnchanged } from "./record.ts";

/** What a backward pass gives. */
export interface Shares {
  /** The share that input number i of a result gets from it; `null` where it cannot be computed any more. */
  readonly of: (z: Tensor, i: number) => Tensor | null;
  readonly cotangents: ReadonlyMap<Tensor, Tensor>;
}

/** Walks from the result to the leaves. Where a tensor was assigned since, the numbers are not there any more. */
export function backwardShares(record: GraphRecord): Shares {
  const { order, seed, gradients } = record;
  const shares = new Map<Tensor, (Tensor | null)[]>();
  const cotangents = new Map<Tensor, Tensor>(gradients);
  if (seed === null) return { of: () => null, cotangents };
  const sums = new Map<Tensor, Tensor>([[order[order.length - 1], seed]]);
  const isUnknown = new Set<Tensor>();
  withoutRecording(() => {
    for (const z of order.toReversed()) {
      const ct = isUnknown.has(z) ? gradients.get(z) : sums.get(z);
      if (ct !== undefined) cotangents.set(z, ct);
      const node = internals.nodeOf(z);
      if (node === null) continue;
      const isPassable = ct !== undefined && isUnchanged(record, node);
      const given = node.inputs.map((x, i) => {
        if (internals.isLiteral(x)) return null;
        if (!isPassable) {
          if (isUnknown.has(z) || ct !== undefined) isUnknown.add(x);
          return null;
        }
        const dx = node.op.vjp(i, ct, z, ...node.inputs.map((x) => asRecorded(record, x)));
        const sum = sums.get(x);
        if (dx !== null) sums.set(x, sum === undefined ? dx : add(sum, dx));
        return dx;
      });
      shares.set(z, given);
    }
  });
  return { of: (z, i) => shares.get(z)?.[i] ?? null, cotangents };
}
