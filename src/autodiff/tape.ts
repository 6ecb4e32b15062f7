/** The tape of a computation, which can be played again with other numbers. */

import { apply } from "../op.ts";
import { internals, type Node, Tensor } from "../tensor.ts";
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

  /** How everything that is no leaf was computed. */
  get nodes(): Node[] {
    return this.#order.flatMap((x) => internals.nodeOf(x) ?? []);
  }

  /** Computes everything again, with `given` in place of some tensors; each has a new one. */
  replay(given: ReadonlyMap<Tensor, Tensor>): Map<Tensor, Tensor> {
    return this.#replay(given, copyOf, again);
  }

  /** The same in float64, whatever the numbers were: a cast rounds nothing. */
  replayExactly(given: ReadonlyMap<Tensor, Tensor>): Map<Tensor, Tensor> {
    return this.#replay(given, inFloat64, (op, inputs, values) =>
      op.name === "cast" ? (values.get(inputs[0]) ?? inputs[0]) : again(op, inputs, values),
    );
  }

  #replay(
    given: ReadonlyMap<Tensor, Tensor>,
    leaf: (x: Tensor) => Tensor,
    compute: typeof again,
  ): Map<Tensor, Tensor> {
    const values = new Map<Tensor, Tensor>();
    for (const x of this.#order) {
      const node = internals.nodeOf(x);
      values.set(x, given.get(x) ?? (node === null ? leaf(x) : compute(node.op, node.inputs, values)));
    }
    return values;
  }
}

function copyOf(x: Tensor): Tensor {
  return internals.isLiteral(x) ? x : internals.leafOf(x);
}

/** The numbers of a leaf in float64. */
export function inFloat64(x: Tensor): Tensor {
  return internals.isLiteral(x) ? x : new Tensor([...x.shape], Float64Array.from(x.data));
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
