/** The rules of the inverse, of the solution of a linear system, and of the determinant. */

import * as linalg from "../numeric/linalg.ts";
import { contract } from "../rules/contraction.ts";
import { carry } from "../rules/mask.ts";
import { applyOp } from "../tensor/apply.ts";
import { allocate, type Entries } from "../tensor/dtype.ts";
import { SingularMatrixError } from "../tensor/errors.ts";
import { eye } from "../tensor/make.ts";
import type { Form, Op } from "../tensor/op.ts";
import { formatShape, indicesAt, letters, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { call as callTex, juxtapose, superscript, type TexRule } from "../tex/tex.ts";
import { add, mul, neg, sub } from "./arithmetic.ts";
import { sum } from "./reductions.ts";
import { transpose } from "./reshape.ts";

const inverseTex: TexRule = superscript("-1");

/** The indices of the axes before the last two, along which matrices are a batch. */
const batchOf = (rank: number): string => letters(Math.max(0, rank - 2)).toUpperCase();

/** The transpose of each matrix. */
function transposed(x: Tensor): Tensor {
  if (x.rank === 2) return transpose(x);
  return transpose(x, [...Array.from({ length: x.rank - 2 }, (_, axis) => axis), x.rank - 1, x.rank - 2]);
}

/** The rows of the k-th matrix, or right-hand side, of a batch whose parts have so many entries. */
const partOf = (x: Tensor, k: number, size: number): Float64Array =>
  Float64Array.from(x.data.slice(k * size, (k + 1) * size));

/** What `one` makes of each matrix, one after the other; of a matrix without an inverse it makes nothing. */
function each(
  action: string,
  a: Tensor,
  { shape, dtype }: Form,
  one: (matrix: Float64Array, n: number, k: number) => Float64Array | undefined,
): Entries {
  const n = a.shape[a.rank - 1];
  const batch = a.shape.slice(0, -2);
  const count = sizeOf(batch);
  const y = allocate(dtype, sizeOf(shape));
  for (let k = 0; k < count; k++) {
    const entries = one(partOf(a, k, n * n), n, k);
    if (entries === undefined) throw singular(action, a, indicesAt(k, batch));
    y.set(entries, (k * y.length) / count);
  }
  return y;
}

function singular(action: string, a: Tensor, place: readonly number[]): SingularMatrixError {
  const isOne = place.length === 0;
  return new SingularMatrixError(
    `Cannot ${action} ${a.name ?? (isOne ? "the matrix" : "the matrices")} of shape ${formatShape(a.shape)}: ` +
      `${isOne ? "it" : `the matrix at index ${place.join(", ")}`} is singular, ` +
      "one of its rows is a combination of the others, as far as doubles can tell",
  );
}

/** X Y, of which one is or holds a cotangent or a tangent: where that is 0, it stops, even beside ∞ or NaN. */
function product(x: Tensor, y: Tensor, stops: 0 | 1): Tensor {
  const p = batchOf(x.rank);
  return contract(
    { name: "matmul", indices: y.rank === 1 ? "ik,k->i" : `${p}ik,${p}kj->${p}ij`, stops },
    x,
    y,
  );
}

/** The inverse. */
export const invOp: Op = {
  name: "inv",
  recipe: { maker: "inv" },
  tex: inverseTex,
  lengths: (x) => `${batchOf(x.length)}aa->${batchOf(x.length)}aa`,
  shape: (shape) => shape,
  primal: (form, x) => each("invert", x, form, linalg.inverse),
  vjp: (_i, ct, y) => neg(product(product(transposed(y), ct, 1), transposed(y), 0)),
  jvp: (_i, t, y) => neg(product(product(y, t, 1), y, 0)),
};

// Of a cotangent or a tangent, a column of zeros stays one, whatever is in the matrix.
const solving = (stops: boolean): Op => ({
  name: "solve",
  recipe: { maker: stops ? "stoppingSolve" : "solve" },
  tex: (a, b) => juxtapose(inverseTex(a), b),
  lengths: ({ length }, b) => {
    const p = batchOf(length);
    return b.length === 1 ? "aa,a->a" : `${p}aa,${p}ab->${p}ab`;
  },
  shape: (_a, b) => b,
  primal: (form, a, b) => {
    const columns = b.rank === 1 ? 1 : b.shape[b.rank - 1];
    const size = a.shape[a.rank - 1] * columns;
    return each("solve with", a, form, (matrix, n, k) => {
      const right = partOf(b, k, size);
      const y = linalg.solve(matrix, n, right, columns);
      if (stops && y !== undefined) clearColumns(y, right, columns);
      return y;
    });
  },
  vjp: (i, ct, y, a) => {
    const db = stoppingSolve(transposed(a), ct);
    if (i === 1) return db;
    const p = batchOf(y.rank);
    const indices = y.rank === 1 ? "i,j->ij" : `${p}ik,${p}jk->${p}ij`;
    return neg(contract({ name: y.rank === 1 ? "outer" : "matmul", indices, stops: 0 }, db, y));
  },
  jvp: (i, t, y, a) => stoppingSolve(a, i === 1 ? t : neg(product(t, y, 0))),
});
/** The solution of A Y = B, for equal batches. */
export const solveOp: Op = solving(false);
const stoppingOp: Op = solving(true);

/** The same as `solve` for a B that holds cotangents or tangents. */
export function stoppingSolve(a: Tensor, b: Tensor): Tensor {
  return applyOp(stoppingOp, a, b);
}

function clearColumns(y: Float64Array, b: Float64Array, columns: number): void {
  for (let j = 0; j < columns; j++) {
    const isZero = b.every((entry, k) => k % columns !== j || entry === 0);
    if (isZero) for (let k = j; k < y.length; k += columns) y[k] = 0;
  }
}

// The derivative of the determinant.

/** s X, for a number s to each matrix X of a batch. */
export function scaled(s: Tensor, x: Tensor): Tensor {
  if (s.rank === 0) return mul(s, x);
  const p = batchOf(s.rank + 2);
  return contract({ name: "mul", indices: `${p},${x.rank === 2 ? "" : p}ij->${p}ij`, stops: 0 }, s, x);
}

/**
 * The derivative of the cofactor matrix C along G: the second derivative of the determinant. It is symmetric, so it
 * serves both modes. For a regular matrix it is (⟨G, C⟩ I − C Gᵀ) A⁻ᵀ.
 */
function alongCofactor(g: Tensor, c: Tensor, a: Tensor): Tensor {
  const n = a.shape[a.rank - 1];
  const isSingular = (k: number): boolean => linalg.lu(partOf(a, k, n * n), n).singular;
  const count = sizeOf(a.shape.slice(0, -2));
  if (n === 1 || Array.from({ length: count }, (_, k) => isSingular(k)).includes(true)) {
    return alongCofactorOfSingular(g, a);
  }
  const p = batchOf(a.rank);
  const cTimesG = contract({ name: "matmul", indices: `${p}ik,${p}jk->${p}ij`, stops: 1 }, c, g);
  const identity = eye(n).cast(a.dtype);
  const m = sub(scaled(sumOfEach(carry(g, c)), identity), cTimesG);
  return transposed(stoppingSolve(a, transposed(m)));
}

/** The sum of the entries of each matrix. */
export function sumOfEach(x: Tensor): Tensor {
  return x.rank === 2 ? sum(x) : sum(x, { axis: [-2, -1] });
}

/**
 * The same where there is no inverse, or no need of one. The entries of C(A + t G) are polynomials in t of degree n − 1, so the slope at
 * t = 0 follows exactly from their values at n points.
 */
function alongCofactorOfSingular(g: Tensor, a: Tensor): Tensor {
  const points = Array.from({ length: a.shape[a.rank - 1] }, (_, k) => (k % 2 === 0 ? -k / 2 : (k + 1) / 2)); // 0, 1, −1, 2, …
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
  lengths: (x) => `${batchOf(x.length)}aa->${batchOf(x.length)}aa`,
  shape: (shape) => shape,
  primal: (form, x) =>
    each("take cofactors of", x, form, (matrix, n) => {
      const adjoint = linalg.adjugate(matrix, n);
      return adjoint.map((_, k) => adjoint[(k % n) * n + Math.floor(k / n)]);
    }),
  vjp: (_i, ct, c, x) => alongCofactor(ct, c, x),
  jvp: (_i, t, c, x) => alongCofactor(t, c, x),
};

/** The matrix of cofactors: ∂ det X/∂X. */
export function cofactor(x: Tensor): Tensor {
  return applyOp(cofactorOp, x);
}
