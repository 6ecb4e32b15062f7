/** A record as it is at one moment: tensors may be assigned later, and gradients replaced. */

import { toposort } from "../autodiff/toposort.ts";
import type { Entries } from "../dtype.ts";
import { namesFor } from "../explain/names.ts";
import { nameTex } from "../latex/name.ts";
import { hasSymbols } from "../latex/symbolic.ts";
import { onesLike } from "../make.ts";
import { internals, type Tensor } from "../tensor.ts";

/** A computation whose result is `order`'s last, or that failed after it. */
export interface GraphRecord {
  /** Each tensor after those it was computed from; numbers in formulas are none of them. */
  readonly order: readonly Tensor[];
  /** The entries each had. */
  readonly data: ReadonlyMap<Tensor, Entries>;
  /** The gradients that a backward pass from the result had left. */
  readonly gradients: ReadonlyMap<Tensor, Tensor>;
  /** The cotangent to start from; `null` where none is known. */
  readonly seed: Tensor | null;
  /** Names for tensors that have none. */
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
  const order = toposort(y);
  return captured(order, hasSymbols(order) ? null : seedFor(y), null);
}

/** What there is to draw of a computation that failed: all that its operands were computed from. */
export function recordOfFailure(failure: Failed): GraphRecord {
  return captured([...new Set(failure.operands.flatMap(toposort))], null, failure);
}

function captured(all: readonly Tensor[], seed: Tensor | null, failure: Failed | null): GraphRecord {
  const order = all.filter((x) => !internals.isLiteral(x));
  const y = order[order.length - 1];
  return {
    order,
    data: new Map(order.map((x) => [x, x.data])),
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

/** An unnamed result is J, or Y when it is no single number; what else has no name is H₁, H₂, … */
function named(order: readonly Tensor[], result: Tensor | null): ReadonlyMap<Tensor, string> {
  const names = namesFor(order.filter((x) => x !== result));
  const wish = result?.rank === 0 ? "J" : "Y";
  const isFree = order.every(({ name }) => name !== wish);
  if (result !== null && result.name === null) names.set(result, isFree ? wish : `${wish}1`);
  return names;
}

/** What a tensor is called in the record. */
export function nameIn({ given }: GraphRecord, x: Tensor): string {
  return x.name ?? given.get(x) ?? "";
}

/** The LaTeX of what a tensor is called in the record. */
export function texIn(record: GraphRecord, x: Tensor): string {
  return nameTex(nameIn(record, x), x.rank);
}
