/** Inverses, linear systems and determinants. */

import { determinant } from "../numeric/linalg.ts";
import { carry } from "../rules/mask.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { eye } from "../tensor/make.ts";
import { apply, type Described, type Op, publish } from "../tensor/op.ts";
import { ranked, square } from "../tensor/operands.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ShapeOf } from "../tensor/typed-shapes.ts";
import { call as callTex } from "../tex/tex.ts";
import { sum } from "./reductions.ts";
import { cofactor, invOp, solveOp } from "./solving.ts";

/** The type of `inv`. */
export interface Inverse extends Described {
  <X extends Tensor>(x: X): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X) => Tensor<ShapeOf<X>>;
}

/** The type of `solve`. */
export interface Solve extends Described {
  <B extends Tensor>(a: Tensor, b: B): Tensor<ShapeOf<B>>;
  readonly method: <B extends Tensor>(this: Tensor, b: B) => Tensor<ShapeOf<B>>;
}

const invert = (x: Tensor): Tensor => apply(invOp, square("inv", x));

function solveFor(matrix: Tensor, right: Tensor): Tensor {
  const a = square("solve", matrix);
  const b = ranked("solve", right, 1, 2);
  if (a.shape[0] === b.shape[0]) return apply(solveOp, a, b);
  throw new ShapeError(
    `Cannot solve with shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}: ` +
      `there are ${a.shape[0]} equations and ${b.shape[0]} right-hand sides`,
    [a.shape, b.shape],
  );
}

const dominant = (x: Tensor): Tensor => x.add(eye(x.shape[0]).mul(4));

/**
 * The inverse matrix: Y = X⁻¹, with X Y = I.
 *
 * dX = −Yᵀ dY Yᵀ.
 *
 * @throws SingularMatrixError when there is none; ShapeError when the matrix is not square.
 * @example
 * inv(tensor([[2, 0], [0, 4]])).toArray() // [[0.5, 0], [0, 0.25]]
 */
export const inv: Inverse = publish(
  invert,
  [{ shapes: [[3, 3]], call: (x) => invert(dominant(x)), domain: [[-1, 1]] }],
  { formula: { arity: 1, acts: "on a square matrix" } },
);

/**
 * The solution Y of A Y = B, for a matrix or a vector B: more exact than `inv(A)` times B.
 *
 * dB = A⁻ᵀ dY and dA = −dB Yᵀ.
 *
 * @throws SingularMatrixError when A has no inverse; ShapeError when the shapes do not fit.
 * @example
 * solve(tensor([[2, 0], [0, 4]]), tensor([1, 2])).toArray() // [0.5, 0.5]
 */
export const solve: Solve = publish(
  solveFor,
  [[3, 2], [3]].map((shape) => ({
    shapes: [[3, 3], shape],
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
  (x: Tensor): Tensor<[]>;
  readonly method: (this: Tensor) => Tensor<[]>;
}

const detOp: Op = {
  name: "det",
  recipe: { maker: "det" },
  tex: callTex("\\det"),
  lengths: () => "aa->",
  shape: () => [],
  primal: ({ dtype }, x) => allocate(dtype, 1).fill(determinant(Float64Array.from(x.data), x.shape[0])),
  vjp: (_i, ct, _y, x) => carry(ct, cofactor(x)),
  jvp: (_i, t, _y, x) => sum(carry(t, cofactor(x))),
};

const call = (x: Tensor): Tensor => apply(detOp, square("det", x));

/**
 * The determinant of a square matrix.
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
  ],
  { formula: { arity: 1, acts: "on a square matrix", tex: () => detOp.tex } },
);
