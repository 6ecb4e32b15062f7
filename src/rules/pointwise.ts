/** Evaluates a function entry by entry over broadcast arguments, and makes it callable. */

import { declareFusion, Fusion } from "../numeric/fusion.ts";
import {
  DOUBLES,
  type EntryMap,
  type Kinds,
  MIXED,
  mapAlong,
  mapOf,
  mapStretched,
  SINGLES,
} from "../numeric/map.ts";
import { applyTo, toTensor } from "../tensor/apply.ts";
import { allocate, type Dtype, type Entries } from "../tensor/dtype.ts";
import { FLOAT32 } from "../tensor/internals.ts";
import {
  type Call,
  type Described,
  type Facts,
  type Form,
  type Kernel,
  type Op,
  publish,
  type Sample,
} from "../tensor/op.ts";
import {
  broadcastShapes,
  pointwiseIndices,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
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
  const map = mapOf(kernel);
  const primal: Op["primal"] = (form, a, b, c) => pointwise(map, form, a, b, c);
  if (map.body !== null) {
    let fusion: Fusion | undefined;
    declareFusion(primal, () => {
      fusion ??= new Fusion(map.arity, [], [{ map, a: 0, b: map.arity === 2 ? 1 : -1, c: -1 }]);
      return fusion;
    });
  }
  return {
    kernel,
    indices: pointwiseIndices,
    shape: (...shapes) => (shapes.length === 1 ? shapes[0] : broadcastShapes(name, shapes)),
    primal,
  };
}

/** The entries of f(x, …), for arguments that broadcast to the shape of `form`. */
export function pointwise(
  map: EntryMap,
  { shape, dtype }: Form,
  x: Tensor,
  x2?: Tensor,
  x3?: Tensor,
): Entries {
  const size = sizeOf(shape);
  const y = allocate(dtype, size, false);
  const a = internals.entriesOf(x);
  const b = x2 === undefined ? null : internals.entriesOf(x2);
  const kinds = kindsIn(dtype, x, x2);
  if (x3 === undefined && isRow(a, size) && (b === null || isRow(b, size))) {
    mapAlong(
      map,
      kinds,
      size,
      y,
      0,
      a,
      0,
      a.length === 1 ? 0 : 1,
      b,
      0,
      b === null || b.length === 1 ? 0 : 1,
    );
    return y;
  }
  if (x3 === undefined && x2 !== undefined && (isRepeated(x2, x, shape) || isRepeated(x, x2, shape))) {
    const row = Math.min(x.size, x2.size);
    const [da, db] = [x.size === row ? 0 : row, x2.size === row ? 0 : row];
    for (let at = 0, k = 0; at < size; at += row, k++) {
      mapAlong(map, kinds, row, y, at, a, k * da, 1, b, k * db, 1);
    }
    return y;
  }
  const operands = x2 === undefined ? [x] : x3 === undefined ? [x, x2] : [x, x2, x3];
  mapStretched(
    map,
    y,
    shape,
    operands.map((one) => internals.entriesOf(one)),
    operands.map((one) => stepsIn(one.shape, shape)),
  );
  return y;
}

/** The kinds of the arrays of a result and of its operands. */
function kindsIn(dtype: Dtype, x: Tensor, x2: Tensor | undefined): Kinds {
  const type = dtype === "float32" ? FLOAT32 : 0;
  const isOther = (internals.traitsOf(x) & FLOAT32) !== type;
  if (isOther || (x2 !== undefined && (internals.traitsOf(x2) & FLOAT32) !== type)) return MIXED;
  return type === FLOAT32 ? SINGLES : DOUBLES;
}

/** Whether it has as many entries as the result, or one that stands for all. */
const isRow = (x: Entries, size: number): boolean => x.length === size || x.length === 1;

/** Whether one operand repeats as the last axes of the other, which has the shape of the result, as a bias does. */
function isRepeated(row: Tensor, whole: Tensor, shape: Shape): boolean {
  if (!sameShape(whole.shape, shape) || row.size === 0) return false;
  const offset = shape.length - row.rank;
  return row.shape.every((length, axis) => length === shape[axis + offset]);
}

/** How far one step along each axis of `to` moves in a tensor of the shape `from` that is stretched to it. */
function stepsIn(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  const offset = to.length - from.length;
  return to.map((_, axis) => (axis < offset || from[axis - offset] === 1 ? 0 : strides[axis - offset]));
}
