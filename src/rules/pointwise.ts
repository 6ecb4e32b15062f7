/** Evaluates a function entry by entry over broadcast arguments, and makes it callable. */

import { allocate, type Entries } from "../tensor/dtype.ts";
import {
  applyTo,
  type Call,
  type Described,
  type Facts,
  type Form,
  type Kernel,
  type Op,
  publish,
  type Sample,
  toTensor,
} from "../tensor/op.ts";
import { broadcastShapes, pointwiseIndices, type Shape, sizeOf, stridesOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Broadcast, BroadcastCheck, Operand, ShapeOf } from "../tensor/typed-shapes.ts";

/** An elementwise op of one argument. */
export interface Unary extends Described {
  <X extends Operand>(x: X): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X) => Tensor<ShapeOf<X>>;
}

/** An elementwise op of two arguments, whose shapes broadcast. */
export interface Binary<Action extends string> extends Described {
  <X extends Operand, Y extends Operand>(
    x: X,
    y: Y & BroadcastCheck<ShapeOf<X>, ShapeOf<Y>, Action>,
  ): Tensor<Broadcast<ShapeOf<X>, ShapeOf<Y>>>;
  readonly method: <X extends Tensor, Y extends Operand>(
    this: X,
    y: Y & BroadcastCheck<ShapeOf<X>, ShapeOf<Y>, Action>,
  ) => Tensor<Broadcast<ShapeOf<X>, ShapeOf<Y>>>;
}

/** The op as a function of that many tensors or numbers; `samplesOf` makes its samples. */
export function callable<F extends Described>(
  op: Op,
  arity: number,
  samplesOf: (call: Call) => readonly Sample[],
  aliases: readonly string[] = [],
): F {
  // The index and array that `[X, Y].map(exp)` passes besides are not operands.
  const call: (x: Operand, y: Operand) => Tensor =
    arity === 1
      ? (x) => applyTo(op, [toTensor(op.name, x)])
      : (x, y) => applyTo(op, [toTensor(op.name, x), toTensor(op.name, y)]);
  const facts: Facts = { formula: { arity, acts: "entrywise", aliases, tex: () => op.tex } };
  return publish(call as Call, samplesOf(call as Call), facts, arity as 1 | 2);
}

/** What a kernel says about an op that acts entry by entry: its operands broadcast, and nothing else matters. */
export function entrywise(
  name: string,
  kernel: Kernel,
): Required<Pick<Op, "kernel" | "indices" | "shape" | "primal">> {
  return {
    kernel,
    indices: pointwiseIndices,
    shape: (...shapes) => (shapes.length === 1 ? shapes[0] : broadcastShapes(name, shapes)),
    primal: (form, a, b, c) => pointwise(kernel, form, a, b, c),
  };
}

/** The entries of f(x, …), for arguments that broadcast to the shape of `form`. */
export function pointwise(f: Kernel, { shape, dtype }: Form, x: Tensor, x2?: Tensor, x3?: Tensor): Entries {
  const y = allocate(dtype, sizeOf(shape));
  const a = repeated(x, shape, y.length);
  const b = x2 === undefined ? undefined : repeated(x2, shape, y.length);
  const c = x3 === undefined ? undefined : repeated(x3, shape, y.length);
  if (b !== undefined && c !== undefined) for (let k = 0; k < y.length; k++) y[k] = f(a[k], b[k], c[k]);
  else if (b !== undefined) for (let k = 0; k < y.length; k++) y[k] = f(a[k], b[k]);
  else for (let k = 0; k < y.length; k++) y[k] = f(a[k]);
  return y;
}

function repeated(x: Tensor, shape: Shape, size: number): Entries {
  return x.size === size ? x.data : stretched(x, shape);
}

/** The entries of `x`, repeated as broadcasting to `shape` does. */
function stretched(x: Tensor, shape: Shape): Entries {
  const entries = allocate(x.dtype, sizeOf(shape));
  if (x.size === 1) return entries.fill(x.data[0]);
  const offset = shape.length - x.rank;
  const isStretched = (axis: number): boolean => axis < offset || x.shape[axis - offset] !== shape[axis];
  const strides = stridesOf(x.shape);
  let k = 0;
  /** Writes what begins at `from`, along the axes from `axis` on. */
  const copy = (axis: number, from: number): void => {
    let inner = axis;
    while (inner < shape.length && !isStretched(inner)) inner += 1;
    if (inner === shape.length) {
      const end = from + sizeOf(shape.slice(axis)); // from here on nothing is repeated
      entries.set(x.data.subarray(from, end), k);
      k += end - from;
      return;
    }
    const start = k;
    if (isStretched(axis)) {
      copy(axis + 1, from);
      const length = k - start;
      for (let i = 1; i < shape[axis]; i++, k += length)
        entries.set(entries.subarray(start, start + length), k);
      return;
    }
    for (let i = 0; i < shape[axis]; i++) copy(axis + 1, from + i * strides[axis - offset]);
  };
  if (entries.length > 0) copy(0, 0);
  return entries;
}
