import { contract } from "../contraction.ts";
import { allocate } from "../dtype.ts";
import { call as callTex } from "../latex/tex.ts";
import { adjugate, determinant, lu } from "../linalg/index.ts";
import { eye } from "../make.ts";
import { carry } from "../mask.ts";
import { apply, type Described, type Op, publish } from "../op.ts";
import { square } from "../ranked.ts";
import { stoppingSolve } from "../solving.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { transpose } from "./transpose.ts";

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
export const det: Determinant = publish(call, [
  { shapes: [[3, 3]], call: (x) => call(x.add(eye(3).mul(4))), domain: [[-1, 1]] },
  { shapes: [[1, 1]], call, domain: [[0.5, 2]] },
]);
