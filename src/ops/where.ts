/** Entries that are chosen: of two tensors by a condition, of a matrix by the side of its diagonal, along an axis by indices. */

import { stretchTo, sumTo } from "../rules/contraction.ts";
import { Mask } from "../rules/mask.ts";
import { entrywise } from "../rules/pointwise.ts";
import { checkIndices, collect, gatherAlong } from "../rules/select.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { fromData } from "../tensor/make.ts";
import { type Described, type Op, publish, type Sample } from "../tensor/op.ts";
import { AXIS, checkedOptions, kindOf, numberOrKind } from "../tensor/options.ts";
import { formatShape, normalizeAxis, pointwiseIndices, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Broadcast, BroadcastCheck, Data, Indices, Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, Strength, type Tex } from "../tex/tex.ts";
import { add } from "./arithmetic.ts";

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
  ...entrywise("where", (c, x, y) => (c === 0 ? y : x)),
  local: (i, _z, condition) =>
    i === 0 ? 0 : new Mask(i === 1 ? choose(condition, 1, 0) : choose(condition, 0, 1)),
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
  return applyOp(op, ...[condition, x, y].map((operand) => toTensor("where", operand)));
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
    vjp: (_i, ct) => applyOp(triangleOp(name, k), ct),
    jvp: (_i, t) => applyOp(triangleOp(name, k), t),
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
    if (x.rank >= 2) return applyOp(triangleOp(name, k), x);
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

/** Options of `gather` and `scatter`. */
export interface IndexOptions {
  /** The axis the indices count along (default 0). */
  readonly axis?: number;
}

/** The type of `gather`. */
export interface Gather extends Described {
  (x: Tensor, indices: Indices, options?: IndexOptions): Tensor;
  readonly method: (this: Tensor, indices: Indices, options?: IndexOptions) => Tensor;
}

/** The type of `scatter`. */
export interface Scatter extends Described {
  <X extends Tensor>(x: X, indices: Indices, values: Operand, options?: IndexOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(
    this: X,
    indices: Indices,
    values: Operand,
    options?: IndexOptions,
  ) => Tensor<ShapeOf<X>>;
}

/** The indices as a tensor, and the axis, both checked. */
function indexed(
  of: "gather" | "scatter",
  example: string,
  x: Tensor,
  given: Indices,
  options?: IndexOptions,
): readonly [indices: Tensor, axis: number] {
  const { axis = 0 } = checkedOptions(options, { of, example, known: { axis: AXIS } });
  if (!(given instanceof Tensor || Array.isArray(given))) {
    throw new ValueError(`Cannot ${of} by ${kindOf(given)}: give indices of the rank of X, as in ${example}`);
  }
  const along = normalizeAxis(of, axis, x.shape);
  const indices = fromData(given instanceof Tensor ? given.toArray() : given); // as they are at this moment
  checkIndices(of, indices, x.shape, along);
  return [indices, along];
}

function gathered(operand: Tensor, indices: Indices, options?: IndexOptions): Tensor {
  const x = toTensor("gather", operand);
  const [at, axis] = indexed("gather", "gather(X, [[1, 0]], { axis: 0 })", x, indices, options);
  return gatherAlong(x, at, axis);
}

/**
 * For each index the entry of x that stands there along the axis, and at the index's own place on the others: of a
 * matrix and axis 0, y_kj = x_(i_kj)j. The result has the shape of the indices, whose other lengths are those of x.
 * (`take` takes whole slices.)
 *
 * dX collects each dY at its index; entries picked twice get both.
 *
 * @throws ShapeError when an index lies outside, or the other lengths differ.
 * @example
 * gather(tensor([[1, 2], [3, 4]]), [[1, 0]]).toArray() // [[3, 2]]
 */
export const gather: Gather = publish(
  gathered,
  [
    {
      shapes: [[3, 2]],
      call: (x) =>
        gathered(x, [
          [2, 0],
          [1, 0],
        ]),
      domain: [[-2, 2]],
    },
    { shapes: [[2, 3]], call: (x) => gathered(x, [[1], [1]], { axis: -1 }), domain: [[-2, 2]] },
  ],
  {
    remake:
      ({ indices, axis }: { indices: readonly Data[]; axis: number }) =>
      (x) =>
        gathered(x, indices, { axis }),
  },
);

function scattered(operand: Tensor, indices: Indices, values: Operand, options?: IndexOptions): Tensor {
  const x = toTensor("scatter", operand);
  const example = "scatter(X, [[1, 0]], V, { axis: 0 })";
  const [at, axis] = indexed("scatter", example, x, indices, options);
  const v = toTensor("scatter", values);
  if (v.rank > 0 && !sameShape(v.shape, at.shape)) {
    throw new ShapeError(
      `Cannot scatter values of shape ${formatShape(v.shape)} by indices of shape ${formatShape(at.shape)}: each index ` +
        "wants one",
      [v.shape, at.shape],
    );
  }
  return add(x, collect(stretchTo(v, at.shape), at, axis, x.shape[axis]));
}

/**
 * x with each value added at its index along the axis, and at the value's own place on the others; values at one place
 * add up. To put values into zeros, scatter into `zeros(…)`.
 *
 * dX is dY, and dV is dY gathered at the indices.
 *
 * @throws ShapeError when an index lies outside, or the shapes do not fit.
 * @example
 * scatter(zeros(3, 2), [[2, 0], [2, 1]], tensor([[1, 2], [3, 4]])).toArray() // [[0, 2], [0, 4], [4, 0]]
 */
export const scatter: Scatter = publish(scattered, [
  {
    shapes: [
      [3, 2],
      [2, 2],
    ],
    call: (x, v) =>
      scattered(
        x,
        [
          [2, 0],
          [2, 1],
        ],
        v,
      ),
    domain: [
      [-2, 2],
      [-2, 2],
    ],
  },
  {
    shapes: [[2, 3], []],
    call: (x, v) => scattered(x, [[1], [2]], v, { axis: 1 }),
    domain: [
      [-2, 2],
      [-2, 2],
    ],
  },
]);
