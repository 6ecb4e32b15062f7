import { ShapeError, ValueError } from "../errors.ts";
import { letters } from "../indices.ts";
import { kindOf } from "../kind-of.ts";
import { call, type TexRule } from "../latex/tex.ts";
import { apply, type Described, type Op, publish, toTensor } from "../op.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

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

/** A shape move, which no index string expresses: declared by hand. It is linear, so its jvp is itself. */
function reshapeOp(shape: Shape): Op {
  return {
    name: "reshape",
    tex: reshapedTo(shape),
    texIn: ({ result }) => reshapedTo(result),
    recipe: { maker: "reshape", shape },
    lengths: (from) => lengthsBetween(from, shape),
    shape: () => shape,
    primal: (_form, x) => x.data,
    vjp: (_i, ct, _y, x) => apply(reshapeOp(x.shape), ct),
    jvp: (_i, t) => apply(reshapeOp(shape), t),
  };
}

/** Axes of length 1 come and go: where the others are the same in both shapes, their lengths are known to be. */
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
  return apply(reshapeOp(to), x);
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
export const reshape: Reshape = publish(move, [
  { shapes: [[2, 3]], call: (x) => move(x, 3, -1), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => move(x, [2, 3]), domain: [[-2, 2]] },
]);
