import { allocate } from "../dtype.ts";
import { call as callTex } from "../latex/tex.ts";
import { adjugate, determinant } from "../linalg/index.ts";
import { eye } from "../make.ts";
import { apply, type Described, type Op, publish } from "../op.ts";
import { square } from "../ranked.ts";
import type { Tensor } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { solve } from "./solve.ts";
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
  shape: () => [],
  primal: ({ dtype }, x) => allocate(dtype, 1).fill(determinant(Float64Array.from(x.data), x.shape[0])),
  vjp: (_i, ct, _y, x) => mul(ct, apply(cofactorOp, x)),
  jvp: (_i, t, _y, x) => sum(mul(t, apply(cofactorOp, x))),
};

/**
 * (⟨G, C⟩ I − C Gᵀ) A⁻ᵀ, where C is the cofactor matrix: the second derivative of the determinant along G. It is
 * symmetric, so it serves both modes. It needs the inverse, and so refuses a singular matrix.
 */
function alongCofactor(g: Tensor, c: Tensor, a: Tensor): Tensor {
  const identity = eye(a.shape[0]).cast(a.dtype);
  const m = sub(mul(sum(mul(g, c)), identity), matmul(c, transpose(g)));
  return transpose(solve(a, transpose(m)));
}

const cofactorOp: Op = {
  name: "cofactor",
  tex: callTex("\\operatorname{cof}"),
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
 * ∂y/∂X is the matrix of cofactors, also where X is singular; second derivatives need a matrix that is not.
 *
 * @throws ShapeError when the matrix is not square.
 * @example
 * det(tensor([[1, 2], [3, 4]])).item() // -2
 */
export const det: Determinant = publish(call, [
  { shapes: [[3, 3]], call: (x) => call(x.add(eye(3).mul(4))), domain: [[-1, 1]] },
  { shapes: [[1, 1]], call, domain: [[0.5, 2]] },
]);
