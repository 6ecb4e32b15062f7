/** Inverses, linear systems and determinants. */

import { adjugate, determinant, lu } from "../numeric/linalg.ts";
import { contract } from "../rules/contraction.ts";
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
import { add, mul, sub } from "./arithmetic.ts";
import { sum } from "./reductions.ts";
import { transpose } from "./reshape.ts";
import { invOp, solveOp, stoppingSolve } from "./solving.ts";

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
  { formula: { arity: 1, acts: "as a whole" } },
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
  tex: callTex("\\det"),
  lengths: () => "aa->",
  shape: () => [],
  primal: ({ dtype }, x) => allocate(dtype, 1).fill(determinant(Float64Array.from(x.data), x.shape[0])),
  vjp: (_i, ct, _y, x) => carry(ct, apply(cofactorOp, x)),
  jvp: (_i, t, _y, x) => sum(carry(t, apply(cofactorOp, x))),
};

const cTimesG = { name: "matmul", indices: "ik,jk->ij", stops: 1 };

/**
 * The derivative of the cofactor matrix C along G: the second derivative of the determinant. It is symmetric, so it
 * serves both modes. For a regular matrix it is (⟨G, C⟩ I − C Gᵀ) A⁻ᵀ.
 */
function alongCofactor(g: Tensor, c: Tensor, a: Tensor): Tensor {
  const n = a.shape[0];
  if (n === 1 || lu(Float64Array.from(a.data), n).singular) return alongCofactorOfSingular(g, a);
  const identity = eye(n).cast(a.dtype);
  const m = sub(mul(sum(carry(g, c)), identity), contract(cTimesG, c, g));
  return transpose(stoppingSolve(a, transpose(m)));
}

/**
 * The same where there is no inverse, or no need of one. The entries of C(A + t G) are polynomials in t of degree n − 1, so the slope at
 * t = 0 follows exactly from their values at n points.
 */
function alongCofactorOfSingular(g: Tensor, a: Tensor): Tensor {
  const points = Array.from({ length: a.shape[0] }, (_, k) => (k % 2 === 0 ? -k / 2 : (k + 1) / 2)); // 0, 1, −1, 2, …
  return points
    .map((t, k) => mul(slopeWeight(points, k), apply(cofactorOp, add(a, mul(t, g)))))
    .reduce((sum, term) => add(sum, term));
}

/** The slope at 0 of the polynomial that is 1 at the k-th point and 0 at the others. */
function slopeWeight(points: readonly number[], k: number): number {
  const others = points.filter((_, m) => m !== k);
  return others.reduce((slope, left) => {
    const product = others
      .filter((point) => point !== left)
      .reduce((p, point) => (p * -point) / (points[k] - point), 1);
    return slope + product / (points[k] - left);
  }, 0);
}

const cofactorOp: Op = {
  name: "cofactor",
  tex: callTex("\\operatorname{cof}"),
  lengths: () => "aa->aa",
  shape: (shape) => shape,
  primal: ({ dtype }, x) => {
    const n = x.shape[0];
    const adjoint = adjugate(Float64Array.from(x.data), n);
    const cofactors = allocate(dtype, n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cofactors[i * n + j] = adjoint[j * n + i];
    return cofactors;
  },
  vjp: (_i, ct, c, x) => alongCofactor(ct, c, x),
  jvp: (_i, t, c, x) => alongCofactor(t, c, x),
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
  { formula: { arity: 1, acts: "as a whole" } },
);
