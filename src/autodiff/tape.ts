/** The tape of a computation, which can be played again with other numbers. */

import { apply } from "../op.ts";
import { internals, type Tensor } from "../tensor.ts";
import { toposort } from "./toposort.ts";

/** All that some tensors were computed from, in an order in which it can be computed again. */
export class Tape {
  readonly #order: readonly Tensor[];
  readonly #known: ReadonlySet<Tensor>;

  constructor(tensors: Iterable<Tensor>) {
    const order = new Set<Tensor>();
    for (const x of tensors) for (const z of toposort(x)) order.add(z);
    this.#order = [...order];
    this.#known = order;
  }

  /** The tensors that were not computed from others; numbers in formulas are none of them. */
  get leaves(): Tensor[] {
    return this.#order.filter((x) => internals.nodeOf(x) === null && !internals.isLiteral(x));
  }

  has(x: Tensor): boolean {
    return this.#known.has(x);
  }

  /** Computes everything again, with `given` in place of some tensors; each has a new one. */
  replay(given: ReadonlyMap<Tensor, Tensor>): Map<Tensor, Tensor> {
    const values = new Map<Tensor, Tensor>();
    for (const x of this.#order) {
      const node = internals.nodeOf(x);
      const value = given.get(x) ?? (node === null ? copyOf(x) : again(node.op, node.inputs, values));
      values.set(x, value);
    }
    return values;
  }
}

function copyOf(x: Tensor): Tensor {
  return internals.isLiteral(x) ? x : x.detach();
}

function again(
  op: Parameters<typeof apply>[0],
  inputs: readonly Tensor[],
  values: ReadonlyMap<Tensor, Tensor>,
): Tensor {
  return apply(op, ...inputs.map((x) => values.get(x) ?? x)); // the order has the inputs of an op before it
}

/** Whether `y` was computed from `x`. */
export function dependsOn(y: Tensor, x: Tensor): boolean {
  return toposort(y).includes(x);
}
