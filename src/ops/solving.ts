/** The rules of the inverse, of the solution of a linear system, and of the determinant. */

import * as linalg from "../numeric/linalg.ts";
import { contract } from "../rules/contraction.ts";
import { carry } from "../rules/mask.ts";
import { allocate, type Entries } from "../tensor/dtype.ts";
import { SingularMatrixError } from "../tensor/errors.ts";
import { eye } from "../tensor/make.ts";
import { apply, type Op } from "../tensor/op.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { call as callTex, juxtapose, superscript, type TexRule } from "../tex/tex.ts";
import { add, mul, neg, sub } from "./arithmetic.ts";
import { sum } from "./reductions.ts";
import { transpose } from "./reshape.ts";

const inverseTex: TexRule = superscript("-1");

/** The entries; throws for a matrix without an inverse. */
function regular(
  action: string,
  a: Tensor,
  entries: Float64Array | undefined,
  dtype: Tensor["dtype"],
): Entries {
  if (entries === undefined) {
    throw new SingularMatrixError(
      `Cannot ${action} ${a.name ?? "the matrix"} of shape ${formatShape(a.shape)}: it is singular, ` +
        "one of its rows is a combination of the others, as far as doubles can tell",
    );
  }
  const y = allocate(dtype, entries.length);
  y.set(entries);
  return y;
}

/** X Y, of which one is or holds a cotangent or a tangent: where that is 0, the product is 0, even next to ∞ or NaN. */
function product(x: Tensor, y: Tensor, stops: 0 | 1): Tensor {
  return contract({ name: "matmul", indices: y.rank === 1 ? "ik,k->i" : "ik,kj->ij", stops }, x, y);
}

/** The inverse. */
export const invOp: Op = {
  name: "inv",
  recipe: { maker: "inv" },
  tex: inverseTex,
  lengths: () => "aa->aa",
  shape: (shape) => shape,
  primal: ({ dtype }, x) =>
    regular("invert", x, linalg.inverse(Float64Array.from(x.data), x.shape[0]), dtype),
  vjp: (_i, ct, y) => neg(product(product(transpose(y), ct, 1), transpose(y), 0)),
  jvp: (_i, t, y) => neg(product(product(y, t, 1), y, 0)),
};

// A column of zeros in a cotangent or a tangent stays one, whatever is in the matrix.
const solving = (stops: boolean): Op => ({
  name: "solve",
  recipe: { maker: stops ? "stoppingSolve" : "solve" },
  tex: (a, b) => juxtapose(inverseTex(a), b),
  lengths: (_a, b) => (b.length === 1 ? "aa,a->a" : "aa,ab->ab"),
  shape: (_a, b) => b,
  primal: ({ dtype }, a, b) => {
    const columns = b.rank === 1 ? 1 : b.shape[1];
    const entries = linalg.solve(Float64Array.from(a.data), a.shape[0], Float64Array.from(b.data), columns);
    const y = regular("solve with", a, entries, dtype);
    if (stops) clearColumns(y, b.data, columns);
    return y;
  },
  vjp: (i, ct, y, a) => {
    const db = stoppingSolve(transpose(a), ct);
    if (i === 1) return db;
    const indices = y.rank === 1 ? "i,j->ij" : "ik,jk->ij";
    return neg(contract({ name: y.rank === 1 ? "outer" : "matmul", indices, stops: 0 }, db, y));
  },
  jvp: (i, t, y, a) => stoppingSolve(a, i === 1 ? t : neg(product(t, y, 0))),
});
/** The solution of A Y = B. */
export const solveOp: Op = solving(false);
const stoppingOp: Op = solving(true);

/** The same as `solve` for a B that holds cotangents or tangents. */
export function stoppingSolve(a: Tensor, b: Tensor): Tensor {
  return apply(stoppingOp, a, b);
}

function clearColumns(y: Entries, b: Entries, columns: number): void {
  for (let j = 0; j < columns; j++) {
    const isZero = b.every((entry, k) => k % columns !== j || entry === 0);
    if (isZero) for (let k = j; k < y.length; k += columns) y[k] = 0;
  }
}

// The derivative of the determinant.

const cTimesG = { name: "matmul", indices: "ik,jk->ij", stops: 1 };

/**
 * The derivative of the cofactor matrix C along G: the second derivative of the determinant. It is symmetric, so it
 * serves both modes. For a regular matrix it is (⟨G, C⟩ I − C Gᵀ) A⁻ᵀ.
 */
function alongCofactor(g: Tensor, c: Tensor, a: Tensor): Tensor {
  const n = a.shape[0];
  if (n === 1 || linalg.lu(Float64Array.from(a.data), n).singular) return alongCofactorOfSingular(g, a);
  const identity = eye(n).cast(a.dtype);
  const m = sub(mul(sum(carry(g, c)), identity), contract(cTimesG, c, g));
  return transpose(stoppingSolve(a, transpose(m)));
}

/**
 * The same where there is no inverse, or no need of one. The entries of C(A + t G) are polynomials in t of degree
 * n − 1, so the slope at t = 0 follows exactly from their values at n points.
 */
function alongCofactorOfSingular(g: Tensor, a: Tensor): Tensor {
  const points = Array.from({ length: a.shape[0] }, (_, k) => (k % 2 === 0 ? -k / 2 : (k + 1) / 2)); // 0, 1, −1, 2, …
  return points
    .map((t, k) => mul(slopeWeight(points, k), cofactor(add(a, mul(t, g)))))
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
  recipe: { maker: "cofactor" },
  tex: callTex("\\operatorname{cof}"),
  lengths: () => "aa->aa",
  shape: (shape) => shape,
  primal: ({ dtype }, x) => {
    const n = x.shape[0];
    const adjoint = linalg.adjugate(Float64Array.from(x.data), n);
    const cofactors = allocate(dtype, n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cofactors[i * n + j] = adjoint[j * n + i];
    return cofactors;
  },
  vjp: (_i, ct, c, x) => alongCofactor(ct, c, x),
  jvp: (_i, t, c, x) => alongCofactor(t, c, x),
};

/** The matrix of cofactors: ∂ det X/∂X. */
export function cofactor(x: Tensor): Tensor {
  return apply(cofactorOp, x);
}
