/** Products and traces, each defined by an index string. */

import { type Contraction, contract, readIndices } from "../rules/contraction.ts";
import { binarySamples } from "../rules/samples.ts";
import { toTensor } from "../tensor/apply.ts";
import { ShapeError } from "../tensor/errors.ts";
import { type Described, publish } from "../tensor/op.ts";
import { ranked, square } from "../tensor/operands.ts";
import { checkText } from "../tensor/options.ts";
import { broadcastShapes, formatShape, letters, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Matmul, MatmulCheck, Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { reshape } from "./reshape.ts";

/** The type of `matmul`. */
export interface MatrixProduct extends Described {
  <X extends Tensor, Y extends Tensor>(
    x: X,
    y: Y & MatmulCheck<ShapeOf<X>, ShapeOf<Y>>,
  ): Tensor<Matmul<ShapeOf<X>, ShapeOf<Y>>>;
  readonly method: <X extends Tensor, Y extends Tensor>(
    this: X,
    y: Y & MatmulCheck<ShapeOf<X>, ShapeOf<Y>>,
  ) => Tensor<Matmul<ShapeOf<X>, ShapeOf<Y>>>;
}

const OF_MATRICES: Contraction = { name: "matmul", indices: "ik,kj->ij" };

function product(a: Tensor, b: Tensor): Tensor {
  const x = toTensor("matmul", a);
  const y = toTensor("matmul", b);
  const problem = problemOf(x.shape, y.shape);
  if (problem !== null) {
    const shapes = `${formatShape(x.shape)} and ${formatShape(y.shape)}`;
    throw new ShapeError(`Cannot matmul shapes ${shapes}: ${problem}`, [x.shape, y.shape]);
  }
  // The last two axes are the matrices'; a vector has one. The axes before are a batch, and broadcast.
  if (x.rank === 2 && y.rank === 2) return contract(OF_MATRICES, x, y);
  const [xi, xk] = x.rank === 1 ? ["", "k"] : ["i", "k"];
  const [yk, yj] = y.rank === 1 ? ["k", ""] : ["k", "j"];
  if (x.rank <= 2 && y.rank <= 2) {
    return contract({ name: "matmul", indices: `${xi}${xk},${yk}${yj}->${xi}${yj}` }, x, y);
  }
  const xBatch = x.shape.slice(0, -2);
  const yBatch = y.shape.slice(0, -2);
  const batch = broadcastShapes("matmul batches of", [xBatch, yBatch]);
  const name = (index: number): string => String.fromCharCode(112 + index); // p, q, r, …
  // A batch axis of length 1 has an index of its own, over which the sum is of one term.
  const group = (own: Shape, stretched: string): string =>
    own
      .map((length, axis) => {
        const index = axis + batch.length - own.length;
        return length === batch[index] ? name(index) : stretched[index];
      })
      .join("");
  const p = group(xBatch, letters(batch.length).toUpperCase());
  const q = group(yBatch, letters(batch.length, 13).toUpperCase());
  const kept = batch.map((_, index) => name(index)).join("");
  return contract({ name: "matmul", indices: `${p}${xi}${xk},${q}${yk}${yj}->${kept}${xi}${yj}` }, x, y);
}

function problemOf(x: Shape, y: Shape): string | null {
  if (x.length === 0 || y.length === 0) return "a scalar is no matrix; mul scales by it";
  const inner = x[x.length - 1];
  const other = y[Math.max(0, y.length - 2)];
  if (inner === other) return null;
  const hint = y.length === 2 && y[1] === inner ? "; the transpose of the second, .T, would fit" : "";
  return `the inner lengths ${inner} and ${other} differ${hint}`;
}

const SAMPLES: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3],
    [3, 4],
  ],
  [[2, 3], [3]],
  [[3], [3, 2]],
  [[3], [3]],
  [
    [2, 2, 3],
    [3, 2],
  ],
  [
    [1, 2, 3],
    [4, 3, 2],
  ],
];

/**
 * The matrix product Z = X Y: z_ij = Σ_k x_ik y_kj.
 *
 * dX = dZ Yᵀ and dY = Xᵀ dZ. A vector of rank 1 stands as a row on the left and as a column on the right;
 * axes before the last two are a batch and broadcast.
 *
 * @throws ShapeError when the inner lengths differ.
 * @example
 * matmul(tensor([[1, 2]]), tensor([[3], [4]])).toArray() // [[11]]
 */
export const matmul: MatrixProduct = publish(product, binarySamples(product, undefined, SAMPLES), {
  formula: { arity: 2, acts: "as a whole" },
});

/** The type of `dot`. */
export interface Dot extends Described {
  (x: Tensor, y: Tensor): Tensor<[]>;
  readonly method: (this: Tensor, y: Tensor) => Tensor<[]>;
}

function dotProduct(first: Tensor, second: Tensor): Tensor {
  const [x, y] = [ranked("dot", first, 1), ranked("dot", second, 1)];
  if (x.size === y.size) return contract({ name: "dot", indices: "a,a->" }, x, y);
  throw new ShapeError(
    `Cannot dot shapes ${formatShape(x.shape)} and ${formatShape(y.shape)}: the lengths ${x.size} and ${y.size} differ`,
    [x.shape, y.shape],
  );
}

/**
 * The inner product of two vectors: s = xᵀy = Σ_i x_i y_i.
 *
 * dx = ds y and dy = ds x.
 *
 * @throws ShapeError when the lengths differ, or an operand is not a vector.
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item() // 11
 */
export const dot: Dot = publish(dotProduct, binarySamples(dotProduct, undefined, [[[3], [3]]]), {
  formula: { arity: 2, acts: "as a whole" },
});

/** The type of `outer`. */
export interface Outer extends Described {
  <X extends Tensor, Y extends Tensor>(x: X, y: Y): Tensor<[ShapeOf<X>[0], ShapeOf<Y>[0]]>;
  readonly method: <X extends Tensor, Y extends Tensor>(
    this: X,
    y: Y,
  ) => Tensor<[ShapeOf<X>[0], ShapeOf<Y>[0]]>;
}

const outerProduct = (x: Tensor, y: Tensor): Tensor =>
  contract({ name: "outer", indices: "a,b->ab" }, ranked("outer", x, 1), ranked("outer", y, 1));

/**
 * The outer product of two vectors, Z = x yᵀ: z_ij = x_i y_j.
 *
 * dx = dZ y and dy = dZᵀ x.
 *
 * @throws ShapeError when an operand is not a vector.
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray() // [[3, 4], [6, 8]]
 */
export const outer: Outer = publish(outerProduct, binarySamples(outerProduct, undefined, [[[2], [3]]]), {
  formula: { arity: 2, acts: "as a whole" },
});

/** The type of `kron`. */
export interface Kronecker extends Described {
  (x: Tensor, y: Tensor): Tensor<[number, number]>;
  readonly method: (this: Tensor, y: Tensor) => Tensor<[number, number]>;
}

function kronecker(first: Tensor, second: Tensor): Tensor {
  const [x, y] = [ranked("kron", first, 2), ranked("kron", second, 2)];
  const blocks = contract({ name: "kron", indices: "ij,kl->ikjl" }, x, y);
  return reshape(blocks, x.shape[0] * y.shape[0], x.shape[1] * y.shape[1]);
}

/**
 * The Kronecker product X ⊗ Y of two matrices: the block x_ij Y for each entry of X.
 *
 * @throws ShapeError when an operand is not a matrix.
 * @example
 * kron(tensor([[1, 2]]), tensor([[3], [4]])).toArray() // [[3, 6], [4, 8]]
 */
export const kron: Kronecker = publish(
  kronecker,
  binarySamples(kronecker, undefined, [
    [
      [2, 3],
      [1, 2],
    ],
  ]),
  { formula: { arity: 2, acts: "as a whole" } },
);

/** The type of `trace`. */
export interface Trace extends Described {
  (x: Tensor): Tensor<[]>;
  readonly method: (this: Tensor) => Tensor<[]>;
}

const traceOf = (x: Tensor): Tensor => contract({ name: "trace", indices: "aa->" }, square("trace", x));

/**
 * The sum of the diagonal of a square matrix: y = Σ_i x_ii.
 *
 * ∂y/∂X is the identity matrix.
 *
 * @throws ShapeError when the matrix is not square.
 * @example
 * trace(tensor([[1, 2], [3, 4]])).item() // 5
 */
export const trace: Trace = publish(traceOf, [{ shapes: [[3, 3]], call: traceOf, domain: [[-2, 2]] }], {
  formula: { arity: 1, acts: "on a square matrix", aliases: ["tr"] },
});

/** The type of `diag`. */
export interface Diag extends Described {
  <X extends Tensor>(x: X): Tensor<Diagonal<ShapeOf<X>>>;
  readonly method: <X extends Tensor>(this: X) => Tensor<Diagonal<ShapeOf<X>>>;
}

type Diagonal<S extends number[]> = S extends [infer N extends number]
  ? [N, N]
  : S extends [infer N extends number, number]
    ? [N]
    : number[];

function diagonal(operand: Tensor): Tensor {
  const x = ranked("diag", operand, 1, 2);
  if (x.rank === 1) return contract({ name: "diag", indices: "a->aa" }, x);
  return contract({ name: "diag", indices: "aa->a" }, square("diag", x));
}

/**
 * The square matrix with a vector on its diagonal; or, of a square matrix, the vector of its diagonal.
 *
 * Each is the other's derivative.
 *
 * @throws ShapeError for a matrix that is not square.
 * @example
 * diag(tensor([1, 2])).toArray() // [[1, 0], [0, 2]]
 */
export const diag: Diag = publish(
  diagonal,
  [
    { shapes: [[3]], call: diagonal, domain: [[-2, 2]] },
    { shapes: [[3, 3]], call: diagonal, domain: [[-2, 2]] },
  ],
  { formula: { arity: 1, acts: "as a whole" } },
);

/** The type of `einsum`. */
export interface Einsum extends Described {
  (indices: string, ...x: Operand[]): Tensor;
  readonly method: (this: Tensor, indices: string, ...others: Operand[]) => Tensor;
}

function summed(indices: string, ...operands: Operand[]): Tensor {
  checkText("einsum", indices, 'einsum("ij,jk->ik", X, Y)');
  const x = operands.map((operand) => toTensor("einsum", operand));
  const [groups, output] = readIndices(
    indices,
    x.map(({ shape }) => shape),
  );
  let [whole] = x;
  let [group] = groups;
  for (const [k, next] of x.slice(1, -1).entries()) {
    // Two at a time: what is left has the indices that are still to come.
    const later = groups.slice(k + 2).join("") + output;
    const kept = [...new Set(group + groups[k + 1])].filter((index) => later.includes(index)).join("");
    whole = contract({ name: "einsum", indices: `${group},${groups[k + 1]}->${kept}` }, whole, next);
    group = kept;
  }
  const last = x.length > 1 ? [groups[x.length - 1]] : [];
  const rest = x.length > 1 ? [x[x.length - 1]] : [];
  return contract({ name: "einsum", indices: `${[group, ...last].join(",")}->${output}` }, whole, ...rest);
}

/**
 * The sum of products that an index string writes: `ij,jk->ik` is z_ik = Σ_j x_ij y_jk. Each operand has a group of
 * indices, a letter per axis. An index that is not in the result is summed over; without an arrow, those that stand
 * once are the result's, in the order of the alphabet. More than two operands are taken from left to right.
 *
 * The derivative by an operand is the string with its group and the result's exchanged: dX = `ik,jk->ij` (dZ, Y).
 *
 * @throws ShapeError when the string does not fit the shapes.
 * @example
 * einsum("ij,jk->ik", tensor([[1, 2]]), tensor([[3], [4]])).toArray() // [[11]]
 * einsum("bij->b", ones(2, 3, 4)).toArray() // [12, 12]
 */
export const einsum: Einsum = publish(
  summed,
  [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      call: (x, y) => summed("ij,jk->ik", x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    { shapes: [[2, 3, 4]], call: (x) => summed("bij->ib", x), domain: [[-2, 2]] },
    {
      shapes: [
        [2, 2, 3],
        [2, 3],
      ],
      call: (x, y) => summed("iij,bj->bi", x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    {
      shapes: [[2], [2, 3], [3]],
      call: (...x) => summed("i,ij,j->", ...x),
      domain: [
        [-2, 2],
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  {
    method(this: Tensor, indices: string, ...others: Operand[]) {
      return einsum(indices, this, ...others);
    },
  },
);
