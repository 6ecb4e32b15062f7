/** Inverses, linear systems and determinants. */

import { determinant } from "../numeric/linalg.ts";
import { stretchTo } from "../rules/contraction.ts";
import { carry } from "../rules/mask.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { eye } from "../tensor/make.ts";
import { type Described, type Op, publish } from "../tensor/op.ts";
import { ranked, squares } from "../tensor/operands.ts";
import { broadcastShapes, formatShape, letters, type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { ShapeOf } from "../tensor/typed-shapes.ts";
import { call as callTex } from "../tex/tex.ts";
import { reshape } from "./reshape.ts";
import { cofactor, invOp, scaled, solveOp, sumOfEach } from "./solving.ts";

/** The type of `inv`. */
export interface Inverse extends Described {
  <X extends Tensor>(x: X): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X) => Tensor<ShapeOf<X>>;
}

/** The type of `solve`. */
export interface Solve extends Described {
  <A extends Tensor, B extends Tensor>(a: A, b: B): Tensor<Solution<ShapeOf<A>, ShapeOf<B>>>;
  readonly method: <A extends Tensor, B extends Tensor>(
    this: A,
    b: B,
  ) => Tensor<Solution<ShapeOf<A>, ShapeOf<B>>>;
}

/** That of the right-hand side; unknown where the matrices are a batch. */
type Solution<A extends Shape, B extends Shape> = A extends [number, number, number, ...number[]] ? Shape : B;

const invert = (x: Tensor): Tensor => applyOp(invOp, squares("inv", x));

function solveFor(matrix: Tensor, right: Tensor): Tensor {
  const a = squares("solve", matrix);
  const isBatch = a.rank > 2 || (right instanceof Tensor && right.rank > 2);
  const b = isBatch ? toTensor("solve", right) : ranked("solve", right, 1, 2);
  const [equations, sides] = [a.shape[a.rank - 1], b.shape[Math.max(0, b.rank - 2)]];
  if (b.rank === 0 || equations !== sides) {
    throw new ShapeError(
      `Cannot solve with shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}: ` +
        `there are ${equations} equations and ${b.rank === 0 ? "a scalar" : sides} right-hand sides`,
      [a.shape, b.shape],
    );
  }
  if (!isBatch) return applyOp(solveOp, a, b);
  // A vector is a column for each matrix.
  const columns = b.rank === 1 ? reshape(b, sides, 1) : b;
  const batch = broadcastShapes("solve batches of", [a.shape.slice(0, -2), columns.shape.slice(0, -2)]);
  const all = (x: Tensor): Tensor => stretchTo(x, [...batch, ...x.shape.slice(-2)]);
  const y = applyOp(solveOp, all(a), all(columns));
  return b.rank === 1 ? reshape(y, ...y.shape.slice(0, -1)) : y;
}

const dominant = (x: Tensor): Tensor => x.add(eye(x.shape[x.rank - 1]).mul(4));

/**
 * The inverse matrix: Y = X⁻¹, with X Y = I. Axes before the last two are a batch.
 *
 * dX = −Yᵀ dY Yᵀ.
 *
 * @throws SingularMatrixError when there is none; ShapeError when the matrix is not square.
 * @example
 * inv(tensor([[2, 0], [0, 4]])).toArray() // [[0.5, 0], [0, 0.25]]
 */
export const inv: Inverse = publish(
  invert,
  [
    [3, 3],
    [2, 2, 2],
  ].map((shape) => ({
    shapes: [shape],
    call: (x: Tensor) => invert(dominant(x)),
    domain: [[-1, 1]] as const,
  })),
  { formula: { arity: 1, acts: "on a square matrix" } },
);

/**
 * The solution Y of A Y = B, for a matrix or a vector B: more exact than `inv(A)` times B. Axes before the last two are
 * a batch and broadcast.
 *
 * dB = A⁻ᵀ dY and dA = −dB Yᵀ.
 *
 * @throws SingularMatrixError when A has no inverse; ShapeError when the shapes do not fit.
 * @example
 * solve(tensor([[2, 0], [0, 4]]), tensor([1, 2])).toArray() // [0.5, 0.5]
 */
export const solve: Solve = publish(
  solveFor,
  [
    [
      [3, 3],
      [3, 2],
    ],
    [[3, 3], [3]],
    [
      [2, 2, 2],
      [2, 1],
    ],
    [[2, 1, 2, 2], [2]],
  ].map((shapes) => ({
    shapes,
    call: (a: Tensor, b: Tensor) => solveFor(dominant(a), b),
    domain: [
      [-1, 1],
      [-2, 2],
    ] as const,
  })),
  { formula: { arity: 2, acts: "as a whole" } },
);

/** The type of `det`. */
export interface Determinant extends Described {
  <X extends Tensor>(x: X): Tensor<Batch<ShapeOf<X>>>;
  readonly method: <X extends Tensor>(this: X) => Tensor<Batch<ShapeOf<X>>>;
}

/** The axes before the last two. */
type Batch<S extends Shape> = S extends [...infer Before extends Shape, number, number] ? Before : Shape;

const detOp: Op = {
  name: "det",
  recipe: { maker: "det" },
  tex: callTex("\\det"),
  lengths: ({ length }) => {
    const batch = letters(length - 2).toUpperCase();
    return `${batch}aa->${batch}`;
  },
  shape: (shape) => shape.slice(0, -2),
  primal: ({ dtype, shape }, { data, shape: from }) => {
    const n = from[from.length - 1];
    const matrix = (k: number): Float64Array => Float64Array.from(data.slice(k * n * n, (k + 1) * n * n));
    return allocate(dtype, sizeOf(shape)).map((_, k) => determinant(matrix(k), n));
  },
  vjp: (_i, ct, _y, x) => (x.rank === 2 ? carry(ct, cofactor(x)) : scaled(ct, cofactor(x))),
  jvp: (_i, t, _y, x) => sumOfEach(carry(t, cofactor(x))),
};

const call = (x: Tensor): Tensor => applyOp(detOp, squares("det", x));

/**
 * The determinant of a square matrix. Axes before the last two are a batch.
 *
 * ∂y/∂X is the matrix of cofactors, also where X is singular.
 *
 * @throws ShapeError when the matrix is not square.
 * @example
 * det(tensor([[1, 2], [3, 4]])).item() // -2
 */
export const det: Determinant = publish(
  call,
  [
    { shapes: [[3, 3]], call: (x) => call(x.add(eye(3).mul(4))), domain: [[-1, 1]] },
    { shapes: [[1, 1]], call, domain: [[0.5, 2]] },
    { shapes: [[2, 2, 2]], call: (x) => call(dominant(x)), domain: [[-1, 1]] },
  ],
  { formula: { arity: 1, acts: "on a square matrix", tex: () => detOp.tex } },
);
