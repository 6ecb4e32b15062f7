/** A record as it is at one moment: tensors may be assigned later, and gradients replaced. */

import { toposort } from "../autodiff/tape.ts";
import { namesFor } from "../explain/situation.ts";
import { hasSymbols } from "../print/expression.ts";
import type { Entries } from "../tensor/dtype.ts";
import { onesLike } from "../tensor/make.ts";
import { internals, type Node, Tensor } from "../tensor/tensor.ts";
import { nameTex } from "../tex/name.ts";
import { clipped, MOST_TEXT } from "./graph-json.ts";

/** A computation whose result is `order`'s last, or that failed after it. */
export interface GraphRecord {
  /** Each tensor after those it was computed from; numbers in formulas do not count. */
  readonly order: readonly Tensor[];
  /** For each detached tensor, the one that its numbers come from. */
  readonly detached: ReadonlyMap<Tensor, Tensor>;
  /** The entries each had. */
  readonly data: ReadonlyMap<Tensor, Entries>;
  /** The time of the last `assign` to each, for those that had one. */
  readonly assigned: ReadonlyMap<Tensor, number>;
  /** The gradients that a backward pass from the result had left. */
  readonly gradients: ReadonlyMap<Tensor, Tensor>;
  /** The cotangent to start from; `null` where none is known. */
  readonly seed: Tensor | null;
  /** What each is called: two with the same name are told apart. */
  readonly given: ReadonlyMap<Tensor, string>;
  readonly failure: Failed | null;
}

/** An op that could not be applied. */
export interface Failed {
  readonly action: string;
  readonly operands: readonly Tensor[];
  readonly message: string;
  readonly at: number;
}

/** What there is to draw of `y`. */
export function recordOf(y: Tensor): GraphRecord {
  const all = withDetached([y]);
  return captured(all, hasSymbols(all.order) ? null : seedFor(y), null);
}

/** What there is to draw of a computation that failed: all that its operands were computed from. */
export function recordOfFailure(failure: Failed): GraphRecord {
  return captured(withDetached(failure.operands), null, failure);
}

function captured(
  { order: all, detached }: WithDetached,
  seed: Tensor | null,
  failure: Failed | null,
): GraphRecord {
  const order = all.filter((x) => !internals.isLiteral(x));
  const y = order[order.length - 1];
  return {
    order,
    detached,
    data: new Map(order.map((x) => [x, x.data])),
    assigned: new Map(
      order.flatMap((x) => (internals.assignedAt(x) > 0 ? [[x, internals.assignedAt(x)]] : [])),
    ),
    gradients: new Map(
      order.flatMap((x) => {
        const gradient = internals.originOf(x)?.y === y ? internals.gradientOf(x) : null;
        return gradient === null ? [] : [[x, gradient] as const];
      }),
    ),
    seed,
    given: named(order, failure === null ? y : null),
    failure,
  };
}

/** The upstream gradient that the last backward pass started from, or 1 for a single number. */
function seedFor(y: Tensor): Tensor | null {
  const origin = internals.originOf(y);
  if (origin?.y === y && origin.cotangent !== null) return origin.cotangent;
  return y.size === 1 ? onesLike(y) : null;
}

/** An unnamed result is J, or Y if it is not a single number; other unnamed tensors are H₁, H₂, … */
function named(order: readonly Tensor[], result: Tensor | null): ReadonlyMap<Tensor, string> {
  const names = namesFor(order.filter((x) => x !== result));
  const wish = result?.rank === 0 ? "J" : "Y";
  const isFree = order.every(({ name }) => name !== wish);
  if (result !== null && result.name === null) names.set(result, isFree ? wish : `${wish}1`);
  return distinct(order, names);
}

/** The first W is W; the others of its name are W^(2), W^(3), … */
function distinct(order: readonly Tensor[], names: ReadonlyMap<Tensor, string>): Map<Tensor, string> {
  const nameOf = (x: Tensor): string => clipped(x.name ?? names.get(x) ?? "", MOST_TEXT);
  const keyOf = (name: string): string => nameTex(name, 0); // W1 and W_1 look the same
  const taken = new Set(order.map((x) => keyOf(nameOf(x))));
  const counts = new Map<string, number>();
  return new Map(
    order.map((x) => {
      const name = nameOf(x);
      let count = (counts.get(keyOf(name)) ?? 0) + 1;
      while (count > 1 && taken.has(keyOf(`${name}^(${count})`))) count += 1;
      counts.set(keyOf(name), count);
      return [x, count === 1 ? name : `${name}^(${count})`];
    }),
  );
}

/** The tensor with the entries that it had when the record was made. */
export function asRecorded({ data }: GraphRecord, x: Tensor): Tensor {
  const then = data.get(x);
  return then === undefined || then === x.data ? x : new Tensor(x.shape, then);
}

/** Whether the operands had, when the record was made, the entries that the result was computed from. */
export function isUnchanged({ assigned }: GraphRecord, { inputs, time }: Node): boolean {
  return assigned.size === 0 || inputs.every((x) => (assigned.get(x) ?? 0) <= time);
}

/** The leaves that were assigned after something was computed from them: what it was computed from is no longer known. */
export function changedIn(record: GraphRecord): ReadonlySet<Tensor> {
  const { order, assigned } = record;
  if (assigned.size === 0) return new Set();
  return new Set(
    order.flatMap((z) => {
      const node = internals.nodeOf(z);
      return node === null ? [] : node.inputs.filter((x) => (assigned.get(x) ?? 0) > node.time);
    }),
  );
}

/** What a tensor is called in the record. */
export function nameIn({ given }: GraphRecord, x: Tensor): string {
  return given.get(x) ?? x.name ?? "";
}

/** The LaTeX of what a tensor is called in the record. */
export function texIn(record: GraphRecord, x: Tensor): string {
  return nameTex(nameIn(record, x), x.rank);
}

// Detached tensors: the library has no history of them, but a graph shows where they came from.

/** All that some tensors were computed or detached from, in order. */
export interface WithDetached {
  /** Each after those it was computed from, and after the one it was detached from. */
  readonly order: readonly Tensor[];
  /** For each detached tensor, the one that its numbers come from. */
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
      // One copy for all that were detached from the same tensor.
      const one = (tensor === null ? undefined : copies.get(tensor)) ?? copy;
      if (tensor !== null) copies.set(tensor, one);
      detached.set(x, one);
    }
  }
  return detached;
}
