import { allocate, type Entries } from "../dtype.ts";
import { ShapeError, SingularMatrixError } from "../errors.ts";
import { juxtapose, superscript, type TexRule } from "../latex/tex.ts";
import * as linalg from "../linalg/index.ts";
import { eye } from "../make.ts";
import { apply, type Described, type Op, publish } from "../op.ts";
import { ranked, square } from "../ranked.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed-shapes.ts";
import { matmul } from "./matmul.ts";
import { neg } from "./neg.ts";
import { outer } from "./outer.ts";
import { transpose } from "./transpose.ts";

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

const inverseTex: TexRule = superscript("-1");

/** The entries, when there are any; a matrix without an inverse gives none. */
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

const invOp: Op = {
  name: "inv",
  tex: inverseTex,
  lengths: () => "aa->aa",
  shape: (shape) => shape,
  primal: ({ dtype }, x) =>
    regular("invert", x, linalg.inverse(Float64Array.from(x.data), x.shape[0]), dtype),
  vjp: (_i, ct, y) => neg(matmul(matmul(transpose(y), ct), transpose(y))),
  jvp: (_i, t, y) => neg(matmul(matmul(y, t), y)),
};

const solveOp: Op = {
  name: "solve",
  tex: (a, b) => juxtapose(inverseTex(a), b),
  lengths: (_a, b) => (b.length === 1 ? "aa,a->a" : "aa,ab->ab"),
  shape: (_a, b) => b,
  primal: ({ dtype }, a, b) => {
    const columns = b.rank === 1 ? 1 : b.shape[1];
    const entries = linalg.solve(Float64Array.from(a.data), a.shape[0], Float64Array.from(b.data), columns);
    return regular("solve with", a, entries, dtype);
  },
  vjp: (i, ct, y, a) => {
    const db = apply(solveOp, transpose(a), ct);
    if (i === 1) return db;
    return neg(y.rank === 1 ? outer(db, y) : matmul(db, transpose(y)));
  },
  jvp: (i, t, y, a) => apply(solveOp, a, i === 1 ? t : neg(matmul(t, y))),
};

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
export const inv: Inverse = publish(invert, [
  { shapes: [[3, 3]], call: (x) => invert(dominant(x)), domain: [[-1, 1]] },
]);

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
);
