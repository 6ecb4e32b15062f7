/** A record as a person reads it: named tensors, and what lies between two of them taken as one step. */

import { toposort } from "../autodiff/toposort.ts";
import { onesLike } from "../make.ts";
import { add } from "../ops/add.ts";
import { internals, type Tensor } from "../tensor.ts";

/** The named tensors from x to J, and how a cotangent gets from one to those before it. */
export interface NamedGraph {
  /** Each tensor after those it was computed from: x first, J last. */
  readonly order: readonly Tensor[];
  /** What each tensor was computed from in one step, with the derivative of the sum of its entries. */
  readonly steps: ReadonlyMap<Tensor, ReadonlyMap<Tensor, Tensor>>;
  /** How many paths lead to each tensor from x. */
  readonly counts: ReadonlyMap<Tensor, bigint>;
  /** Pulls a cotangent of y back by one step, to the named tensors it was computed from. */
  readonly pull: (y: Tensor, cotangent: Tensor) => Map<Tensor, Tensor>;
}

/** Reads the record of `J` between `x` and `J`; a tensor between the two is a stop if `isNamed`. */
export function namedGraph(J: Tensor, x: Tensor, isNamed: (z: Tensor) => boolean): NamedGraph {
  const leading = new Set([x]);
  const between = toposort(J).filter((z) => {
    if (internals.nodeOf(z)?.inputs.some((input) => leading.has(input))) leading.add(z);
    return leading.has(z);
  });
  const stops = new Set(between.filter((z) => z === x || z === J || isNamed(z)));
  const inside = new Map(Array.from(stops, (y) => [y, stepBelow(y, between, leading, stops)]));
  const pull: NamedGraph["pull"] = (y, cotangent) => {
    const cotangents = new Map([[y, cotangent]]);
    const reached = new Map<Tensor, Tensor>();
    for (const z of inside.get(y) ?? []) {
      const ct = cotangents.get(z);
      const node = internals.nodeOf(z);
      if (ct === undefined || node === null) continue;
      for (const [i, input] of node.inputs.entries()) {
        const dx = leading.has(input) ? node.op.vjp(i, ct, z, ...node.inputs) : null;
        if (dx === null) continue;
        const sums = stops.has(input) ? reached : cotangents; // at a stop the step is over
        const sum = sums.get(input);
        sums.set(input, sum === undefined ? dx : add(sum, dx));
      }
    }
    return reached;
  };
  const order = Array.from(stops);
  const steps = new Map(order.slice(1).map((y) => [y, pull(y, onesLike(y))]));
  const counts = new Map([[x, 1n]]);
  for (const [y, reached] of steps) {
    const before = Array.from(reached.keys(), (z) => counts.get(z) ?? 0n);
    counts.set(
      y,
      before.reduce((total, count) => total + count, 0n),
    );
  }
  return { order, steps, counts, pull };
}

/** The tensors that a cotangent of `y` passes until it meets the next stops: y first, each before what it came from. */
function stepBelow(
  y: Tensor,
  between: readonly Tensor[],
  leading: ReadonlySet<Tensor>,
  stops: ReadonlySet<Tensor>,
): Tensor[] {
  const needed = new Set([y]);
  const step: Tensor[] = [];
  let open = 1; // tensors that are needed and not met yet
  for (let k = between.indexOf(y); open > 0; k--) {
    const z = between[k];
    if (!needed.has(z)) continue;
    open -= 1;
    step.push(z);
    for (const input of internals.nodeOf(z)?.inputs ?? []) {
      if (needed.has(input) || stops.has(input) || !leading.has(input)) continue;
      needed.add(input);
      open += 1;
    }
  }
  return step;
}
