/** Entries that are chosen: of two tensors by a condition, of a matrix by the side of its diagonal. */

import { stretchTo, sumTo } from "../rules/contraction.ts";
import { Mask } from "../rules/mask.ts";
import { pointwise } from "../rules/pointwise.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { apply, type Described, type Op, publish, type Sample, toTensor } from "../tensor/op.ts";
import { numberOrKind } from "../tensor/options.ts";
import { broadcastShapes, formatShape, pointwiseIndices } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Broadcast, BroadcastCheck, Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, Strength, type Tex } from "../tex/tex.ts";

/** The type of `where`. */
export interface Where extends Described {
  <C extends Operand, X extends Operand, Y extends Operand>(
    condition: C,
    x: X,
    y: Y & BroadcastCheck<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>, "where">,
  ): Tensor<Broadcast<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>>;
  readonly method: <C extends Tensor, X extends Operand, Y extends Operand>(
    this: C,
    x: X,
    y: Y & BroadcastCheck<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>, "where">,
  ) => Tensor<Broadcast<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>>;
}

const cases = (condition: Tex, x: Tex, y: Tex): Tex => ({
  latex: `\\begin{cases} ${x.latex} & \\text{if } ${condition.latex} \\neq 0 \\\\ ${y.latex} & \\text{else} \\end{cases}`,
  strength: Strength.sum,
  rank: 0,
});

const op: Op = {
  name: "where",
  recipe: { maker: "where" },
  tex: cases,
  indices: pointwiseIndices,
  local: (i, _z, condition) =>
    i === 0 ? 0 : new Mask(i === 1 ? choose(condition, 1, 0) : choose(condition, 0, 1)),
  shape: (...shapes) => broadcastShapes("where", shapes),
  primal: (form, ...args) => pointwise((c, x, y) => (c === 0 ? y : x), form, ...args),
  vjp: (i, ct, _z, ...args) => {
    if (i === 0) return null;
    const [condition] = args;
    return sumTo(i === 1 ? choose(condition, ct, 0) : choose(condition, 0, ct), args[i].shape);
  },
  jvp: (i, t, z, condition) => {
    if (i === 0) return null;
    return stretchTo(i === 1 ? choose(condition, t, 0) : choose(condition, 0, t), z.shape);
  },
};

function choose(condition: Operand, x: Operand, y: Operand): Tensor {
  return apply(op, ...[condition, x, y].map((operand) => toTensor("where", operand)));
}

/**
 * Entries of x where the condition is not 0, of y where it is. The shapes broadcast.
 *
 * The cotangent goes to the entry chosen; the other does not affect the result, not even by a NaN.
 *
 * @example
 * where(tensor([1, 0]), tensor([1, 2]), -1).toArray() // [1, -1]
 */
export const where: Where = publish(
  choose,
  [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: (x, y) => choose(toTensor("where", 1), x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    {
      shapes: [[3], [2, 1]],
      call: (x, y) => choose(choose(0, x, 0), x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  { formula: { arity: 3, acts: "entrywise" } },
);

/** The type of `tril` and `triu`. */
export interface Triangle extends Described {
  <X extends Tensor>(x: X, k?: number): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, k?: number) => Tensor<ShapeOf<X>>;
}

type Side = "tril" | "triu";

/** It is linear and takes entries or leaves them, so it is its own vjp and its own jvp; nothing outside comes through. */
function triangleOp(name: Side, k: number): Op {
  const isKept = (above: number): boolean => (name === "tril" ? above <= k : above >= k);
  return {
    name,
    tex: call(`\\operatorname{${name}}${k === 0 ? "" : `_{${k}}`}`),
    recipe: { maker: name, k },
    indices: pointwiseIndices,
    shape: (shape) => shape,
    primal: ({ shape, dtype }, { data }) => {
      const [rows, columns] = shape.slice(-2);
      const place = (at: number): number => (at % columns) - (Math.floor(at / columns) % rows);
      return allocate(dtype, data.length).map((_, at) => (isKept(place(at)) ? data[at] : 0));
    },
    vjp: (_i, ct) => apply(triangleOp(name, k), ct),
    jvp: (_i, t) => apply(triangleOp(name, k), t),
  };
}

function triangle(name: Side): Triangle {
  const part = (operand: Tensor, k = 0): Tensor => {
    const x = toTensor(name, operand);
    if (!Number.isInteger(k)) {
      throw new ValueError(
        `Cannot take ${name} from diagonal ${numberOrKind(k)}: give a whole number, as in ${name}(X, 1)`,
      );
    }
    if (x.rank >= 2) return apply(triangleOp(name, k), x);
    throw new ShapeError(
      `Cannot take ${name} of shape ${formatShape(x.shape)}: it wants a matrix, or a batch of them`,
      [x.shape],
    );
  };
  const samples: readonly Sample[] = [
    { shapes: [[3, 3]], call: (x) => part(x), domain: [[-2, 2]] },
    { shapes: [[2, 3, 4]], call: (x) => part(x, 1), domain: [[-2, 2]] },
  ];
  return publish(part, samples, {
    formula: { arity: 1, acts: "as a whole" },
    remake:
      ({ k }: { k: number }) =>
      (x) =>
        part(x, k),
  });
}

/**
 * The lower triangle of a matrix: the entries on the diagonal and below it, and 0 above; also of the k-th diagonal,
 * which lies above the main one, or below it when k is negative. Axes before the last two are a batch.
 *
 * dX is the lower triangle of dY. What is left out is 0 even where it was ∞ or NaN.
 *
 * @throws ShapeError when the rank is less than 2.
 * @example
 * tril(tensor([[1, 2], [3, 4]])).toArray() // [[1, 0], [3, 4]]
 */
export const tril: Triangle = triangle("tril");

/**
 * The upper triangle of a matrix: the entries on the diagonal and above it, and 0 below; also of the k-th diagonal,
 * which lies above the main one, or below it when k is negative. Axes before the last two are a batch.
 *
 * dX is the upper triangle of dY. What is left out is 0 even where it was ∞ or NaN.
 *
 * @throws ShapeError when the rank is less than 2.
 * @example
 * triu(tensor([[1, 2], [3, 4]]), 1).toArray() // [[0, 2], [0, 0]]
 */
export const triu: Triangle = triangle("triu");
