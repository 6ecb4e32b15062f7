/** The same entries in another shape: reshape, flatten, squeeze, transpose, broadcastTo. */

import { type Contraction, contract, stretchTo } from "../rules/contraction.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { type Described, type Op, publish } from "../tensor/op.ts";
import { AXES, kindOf } from "../tensor/options.ts";
import {
  broadcastShapes,
  formatShape,
  letters,
  normalizeAxis,
  type Shape,
  sameShape,
  sizeOf,
} from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, type TexRule } from "../tex/tex.ts";

/** The type of `reshape`. */
export interface Reshape extends Described {
  <const D extends Lengths>(x: Tensor, ...shape: D): Tensor<Given<D>>;
  readonly method: <const D extends Lengths>(this: Tensor, ...shape: D) => Tensor<Given<D>>;
}

/** Lengths one by one, or in one array. */
type Lengths = readonly number[] | readonly [readonly number[]];

/** The shape as given; a −1 in it is worked out when the cell runs. */
type Given<D extends Lengths> = D extends readonly [infer Whole extends readonly number[]]
  ? Known<[...Whole]>
  : D extends readonly number[]
    ? Known<[...D]>
    : Shape;

type Known<D extends number[]> = -1 extends D[number] ? Shape : D;

/** A change of shape, which no index string expresses: declared by hand. It is linear, so its jvp is itself. */
function reshapeOp(shape: Shape): Op {
  return {
    name: "reshape",
    tex: reshapedTo(shape),
    texIn: ({ result }) => reshapedTo(result),
    recipe: { maker: "reshape", shape },
    lengths: (from) => lengthsBetween(from, shape),
    shape: () => shape,
    primal: (_form, x) => x.data,
    vjp: (_i, ct, _y, x) => applyOp(reshapeOp(x.shape), ct),
    vjps: (_i, cts, _y, x) => applyOp(reshapeOp([cts.shape[0], ...x.shape]), cts),
    jvp: (_i, t) => applyOp(reshapeOp(shape), t),
  };
}

/** Axes of length 1 come and go: if the others are the same in both shapes, their lengths are known to be equal. */
function lengthsBetween(from: Shape, to: Shape): string {
  const long = (shape: Shape): Shape => shape.filter((length) => length !== 1);
  if (!sameShape(long(from), long(to))) return `${letters(from.length)}->${letters(to.length, from.length)}`;
  const names = letters(long(from).length);
  const named = (shape: Shape, skip: number): string => {
    const ones = letters(shape.length, names.length + skip);
    let k = 0;
    return shape.map((length, axis) => (length === 1 ? ones[axis] : names[k++])).join("");
  };
  return `${named(from, 0)}->${named(to, from.length)}`;
}

function reshapedTo(lengths: readonly (number | string)[]): TexRule {
  return call(`\\operatorname{reshape}_{${lengths.join(" \\times ")}}`);
}

function move(operand: Tensor, ...given: Shape | [Shape]): Tensor {
  const x = toTensor("reshape", operand);
  const shape = lengthsOf(given);
  const known = sizeOf(shape.filter((length) => length !== -1));
  const unknowns = shape.filter((length) => length === -1).length;
  const to = shape.map((length) => (length === -1 ? x.size / known : length));
  if (
    unknowns > 1 ||
    sizeOf(to) !== x.size ||
    !to.every((length) => Number.isInteger(length) && length >= 0)
  ) {
    throw new ShapeError(
      `Cannot reshape ${formatShape(x.shape)} to ${formatShape(shape)}: ` +
        (unknowns > 1 ? "only one length may be -1" : `${x.size} entries do not fill it`),
      [x.shape, shape],
    );
  }
  return applyOp(reshapeOp(to), x);
}

function lengthsOf(given: Shape | [Shape]): Shape {
  const list: readonly unknown[] = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  const odd = list.findIndex((length) => typeof length !== "number");
  if (odd < 0) return list as Shape; // numbers, by the line above
  throw new ValueError(
    `Cannot reshape to ${kindOf(list[odd])} as a length: give whole numbers, as in reshape(X, 3, 4) or ` +
      "reshape(X, [3, 4])",
  );
}

/**
 * The same entries, in the same order, in another shape; one length may be −1 and follows from the others. The
 * lengths stand one by one, or in one array.
 *
 * dX is dY in the shape of X.
 *
 * @throws ShapeError when the number of entries differs.
 * @example
 * reshape(tensor([1, 2, 3, 4]), 2, -1).toArray() // [[1, 2], [3, 4]]
 */
export const reshape: Reshape = publish(
  move,
  [
    { shapes: [[2, 3]], call: (x) => move(x, 3, -1), domain: [[-2, 2]] },
    { shapes: [[2, 3]], call: (x) => move(x, [2, 3]), domain: [[-2, 2]] },
  ],
  {
    remake:
      ({ shape }: { shape: Shape }) =>
      (x) =>
        move(x, shape),
  },
);

/** The type of `flatten`. */
export interface Flatten extends Described {
  (x: Operand): Tensor<[number]>;
  readonly method: (this: Tensor) => Tensor<[number]>;
}

const inLine = (x: Operand): Tensor => move(toTensor("flatten", x), toTensor("flatten", x).size);

/**
 * The entries in a vector, row after row; of a scalar, a vector of one.
 *
 * dX is dY in the shape of X.
 *
 * @example
 * flatten(tensor([[1, 2], [3, 4]])).toArray() // [1, 2, 3, 4]
 */
export const flatten: Flatten = publish(inLine, [
  { shapes: [[2, 3]], call: inLine, domain: [[-2, 2]] },
  { shapes: [[]], call: inLine, domain: [[-2, 2]] },
]);

/** The type of `squeeze`. */
export interface Squeeze extends Described {
  <X extends Operand, Axis extends number | readonly number[] | undefined = undefined>(
    x: X,
    axis?: Axis,
  ): Tensor<Axis extends undefined ? Squeezed<ShapeOf<X>> : Shape>;
  readonly method: <X extends Tensor, Axis extends number | readonly number[] | undefined = undefined>(
    this: X,
    axis?: Axis,
  ) => Tensor<Axis extends undefined ? Squeezed<ShapeOf<X>> : Shape>;
}

/** The shape without its lengths of 1; unknown when a length is. */
type Squeezed<S extends Shape> = S extends [infer I extends number, ...infer Rest extends Shape]
  ? number extends I
    ? Shape
    : I extends 1
      ? Squeezed<Rest>
      : number extends Squeezed<Rest>["length"]
        ? Shape
        : [I, ...Squeezed<Rest>]
  : S extends []
    ? []
    : Shape;

function withoutOnes(operand: Operand, axis?: number | readonly number[]): Tensor {
  const x = toTensor("squeeze", operand);
  if (axis !== undefined && !AXES.accepts(axis)) {
    throw new ValueError(
      `Cannot squeeze along ${kindOf(axis)}: name an axis or a list of them, as in squeeze(X, 0)`,
    );
  }
  const ones = [...x.shape.keys()].filter((i) => x.shape[i] === 1);
  const named = axis === undefined ? ones : [axis].flat().map((i) => normalizeAxis("squeeze", i, x.shape));
  const long = named.find((i) => x.shape[i] !== 1);
  if (long !== undefined) {
    throw new ShapeError(
      `Cannot squeeze shape ${formatShape(x.shape)} along axis ${long}: its length is ${x.shape[long]}, and only an ` +
        "axis of length 1 can be left out",
      [x.shape],
    );
  }
  return move(x, [...x.shape.filter((_, i) => !named.includes(i))]);
}

/**
 * The tensor without its axes of length 1, or without those that `axis` names.
 *
 * dX is dY in the shape of X.
 *
 * @throws ShapeError when a named axis is longer.
 * @example
 * squeeze(tensor([[[1, 2]]])).shape // [2]
 */
export const squeeze: Squeeze = publish(withoutOnes, [
  { shapes: [[1, 3, 1]], call: (x) => withoutOnes(x), domain: [[-2, 2]] },
  { shapes: [[2, 1, 1]], call: (x) => withoutOnes(x, -1), domain: [[-2, 2]] },
]);

/** The type of `transpose`. */
export interface Transpose extends Described {
  <X extends Tensor, Axes extends readonly number[] | undefined = undefined>(
    x: X,
    axes?: Axes,
  ): Tensor<Axes extends undefined ? Reversed<ShapeOf<X>> : Shape>;
  readonly method: <X extends Tensor, Axes extends readonly number[] | undefined = undefined>(
    this: X,
    axes?: Axes,
  ) => Tensor<Axes extends undefined ? Reversed<ShapeOf<X>> : Shape>;
}

type Reversed<S extends Shape> = S extends [infer I extends number, infer J extends number]
  ? [J, I]
  : S extends [] | [number]
    ? S
    : Shape;

const OF_MATRIX: Contraction = { name: "transpose", indices: "ab->ba" };

function permute(operand: Tensor, axes?: readonly number[]): Tensor {
  const x = toTensor("transpose", operand);
  if (axes !== undefined && !(Array.isArray(axes) && axes.every((axis) => typeof axis === "number"))) {
    throw new ValueError(
      `Cannot transpose by ${kindOf(axes)}: the axes stand in one array, as in transpose(X, [1, 0])`,
    );
  }
  if (axes === undefined && x.rank === 2) return contract(OF_MATRIX, x);
  const before = letters(x.rank);
  const order =
    axes?.map((axis) => normalizeAxis("transpose", axis, x.shape)) ??
    [...before].map((_, i) => x.rank - 1 - i);
  if (new Set(order).size !== x.rank || order.length !== x.rank) {
    throw new ShapeError(
      `Cannot transpose shape ${formatShape(x.shape)} by axes ${formatShape([...order])}: ` +
        `name each of its ${x.rank} axes once`,
      [x.shape],
    );
  }
  return contract(
    { name: "transpose", indices: `${before}->${order.map((axis) => before[axis]).join("")}` },
    x,
  );
}

/**
 * The tensor with its axes reversed, or in the order of `axes`: y_ji = x_ij for a matrix, also written `X.T`.
 *
 * dX = dYᵀ.
 *
 * @example
 * transpose(tensor([[1, 2, 3]])).shape // [3, 1]
 */
export const transpose: Transpose = publish(
  permute,
  [
    { shapes: [[2, 3]], call: (x) => permute(x), domain: [[-2, 2]] },
    { shapes: [[2, 3, 4]], call: (x) => permute(x, [1, -1, 0]), domain: [[-2, 2]] },
  ],
  { formula: { arity: 1, acts: "as a whole" } },
);

/** The type of `broadcastTo`. */
export interface BroadcastTo extends Described {
  <S extends Shape>(x: Operand, shape: S): Tensor<S>;
  readonly method: <S extends Shape>(this: Tensor, shape: S) => Tensor<S>;
}

function stretch(operand: Operand, shape: Shape): Tensor {
  const x = toTensor("broadcastTo", operand);
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ValueError(
      `Cannot broadcast to ${kindOf(shape)}: give a shape, an array of whole numbers, as in broadcastTo(x, [2, 3])`,
    );
  }
  if (!sameShape(broadcastShapes("broadcast", [x.shape, shape]), shape)) {
    throw new ShapeError(
      `Cannot broadcast shape ${formatShape(x.shape)} to ${formatShape(shape)}: only axes of length 1 stretch`,
      [x.shape, shape],
    );
  }
  const y = stretchTo(x, [...shape]);
  if (y !== x) return y;
  // A new tensor, although nothing stretches: it may be given a name, and has its own gradient.
  const same = letters(x.rank);
  return contract({ name: "broadcastTo", indices: `${same}->${same}` }, x);
}

/**
 * The tensor repeated along axes of length 1, and along new leading axes, until it has `shape`.
 *
 * dX sums dY over what was repeated.
 *
 * @throws ShapeError when the shapes do not broadcast so.
 * @example
 * broadcastTo(tensor([1, 2]), [2, 2]).toArray() // [[1, 2], [1, 2]]
 */
export const broadcastTo: BroadcastTo = publish(stretch, [
  { shapes: [[3]], call: (x) => stretch(x, [2, 3]), domain: [[-2, 2]] },
  { shapes: [[3, 2]], call: (x) => stretch(x, [3, 2]), domain: [[-2, 2]] },
  { shapes: [[2, 1]], call: (x) => stretch(x, [4, 2, 3]), domain: [[-2, 2]] },
  { shapes: [[]], call: (x) => stretch(x, [2]), domain: [[-2, 2]] },
]);
