/** A record in order: computed again with other numbers, and checked for assignments since. */

import { applyOp } from "../tensor/apply.ts";
import { DtypeError, GradientError, ShapeError } from "../tensor/errors.ts";
import { fromData } from "../tensor/make.ts";
import { publicName } from "../tensor/op.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { withLetters } from "../tensor/symbol.ts";
import { internals, type Node, Tensor } from "../tensor/tensor.ts";
import type { Data } from "../tensor/typed-shapes.ts";

// The tape of a computation, which can be played again with other numbers.

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

  /** The tensors that were not computed from others, without the numbers in formulas. */
  get leaves(): Tensor[] {
    return this.#order.filter((x) => internals.nodeOf(x) === null && !internals.isLiteral(x));
  }

  has(x: Tensor): boolean {
    return this.#known.has(x);
  }

  /** How everything that is not a leaf was computed. */
  get nodes(): Node[] {
    return this.#order.flatMap((x) => internals.nodeOf(x) ?? []);
  }

  /** Computes everything again, with `given` in place of some tensors; the result has a new tensor for each. */
  replay(given: ReadonlyMap<Tensor, Tensor>): Map<Tensor, Tensor> {
    return this.#replay(given, copyOf, again);
  }

  /** The same in float64, whatever the numbers were: casts do not round. */
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
  op: Parameters<typeof applyOp>[0],
  inputs: readonly Tensor[],
  values: ReadonlyMap<Tensor, Tensor>,
): Tensor {
  return applyOp(op, ...inputs.map((x) => values.get(x) ?? x)); // in this order, the inputs of an op come before it
}

/** Whether `y` was computed from `x`. */
export function dependsOn(y: Tensor, x: Tensor): boolean {
  return toposort(y).includes(x);
}

// The record of a computation in the order it can be walked.

/** How many seats were given so far: those from here on are free. */
let taken = 0;

/**
 * All that `y` was computed from, and `y` itself last: each tensor after those it was computed from. Every tensor of it
 * is given a seat on the way, by which `Walk` finds its place.
 */
export function toposort(y: Tensor, inputsOf: (x: Tensor) => readonly Tensor[] = recordedInputs): Tensor[] {
  const order: Tensor[] = [];
  // Who sits at `base` or beyond has been met; seats of earlier walks lie below.
  const base = taken;
  // A stack of our own, as a record may be deeper than the call stack.
  const path: Tensor[] = [y];
  const next: number[] = [0];
  taken = base + 1; // before a seat is given: whoever is stopped in the middle leaves none that is free
  internals.seat(y, base);
  while (path.length > 0) {
    const top = path.length - 1;
    const x = path[top];
    const inputs = inputsOf(x);
    if (next[top] === inputs.length) {
      path.pop();
      next.pop();
      taken = base + order.length + 1;
      internals.seat(x, base + order.length);
      order.push(x);
      continue;
    }
    const input = inputs[next[top]++];
    if (internals.seatOf(input) >= base) continue;
    internals.seat(input, base);
    path.push(input);
    next.push(0);
  }
  return order;
}

/** A record in order, in which the place of every tensor is known. */
export class Walk {
  readonly order: readonly Tensor[];
  #base: number;
  #taken: number;

  constructor(y: Tensor) {
    this.order = toposort(y);
    this.#taken = taken;
    this.#base = taken - this.order.length;
  }

  /** The place of `x` in the order; negative if it is not in the record. */
  placeOf(x: Tensor): number {
    if (this.#taken !== taken) this.#sitDown();
    return internals.seatOf(x) - this.#base;
  }

  /** Another walk has come in between, and may have given the tensors other seats. */
  #sitDown(): void {
    this.#base = taken;
    taken += this.order.length;
    this.#taken = taken;
    for (const [k, x] of this.order.entries()) internals.seat(x, this.#base + k);
  }
}

function recordedInputs(x: Tensor): readonly Tensor[] {
  return internals.nodeOf(x)?.inputs ?? [];
}

// A derivative at values that are no longer there would be the derivative of something else.

/**
 * Throws if the operands of a step were assigned, or their data written to, since it was recorded.
 * Every walk over a record calls it at each step whose derivative it takes. `way` is what the walk does, such as
 * `go backward`.
 */
export function checkUnchanged(way: string, y: Tensor): void {
  const node = internals.nodeOf(y);
  if (node === null) return;
  internals.checkUntouched(y);
  for (const x of node.inputs) internals.checkUntouched(x);
  checkUnassigned(way, node);
}

/** The same about assignments alone. */
export function checkUnassigned(way: string, { op, inputs, time }: Node): void {
  if (time === internals.now()) return; // nothing has been assigned since
  const changed = inputs.find((x) => internals.assignedAt(x) > time);
  if (changed === undefined) return;
  throw new GradientError(
    `Cannot ${way} through ${publicName(op)}: ${changed.name ?? "a tensor"} was assigned since; ` +
      `compute the result again, then ${way}`,
  );
}

// Changing a parameter: the lecture's `:=`, outside the record.

/** Replaces the entries of the leaf `x` by those of `value`. What was computed from the old ones keeps its numbers. */
export function assign(x: Tensor, value: Tensor | Data): void {
  withLetters([x, value], () => replace(x, value));
}

function replace(x: Tensor, value: Tensor | Data): void {
  const name = x.name ?? "a tensor";
  if (internals.nodeOf(x) !== null) {
    throw new GradientError(
      `Cannot assign to ${name}: it was computed from other tensors; assign to those, or to ${name}.detach()`,
    );
  }
  const given = value instanceof Tensor ? value : fromData(value, { dtype: x.dtype });
  if (!sameShape(given.shape, x.shape)) {
    throw new ShapeError(
      `Cannot assign shape ${formatShape(given.shape)} to ${name} of shape ${formatShape(x.shape)}: ` +
        "a parameter keeps its shape",
      [x.shape, given.shape],
    );
  }
  if (given.dtype !== x.dtype) {
    throw new DtypeError(
      `Cannot assign ${given.dtype} to ${name} of ${x.dtype}: cast it first, as in value.cast("${x.dtype}")`,
    );
  }
  internals.assign(x, given);
}
