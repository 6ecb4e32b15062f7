import { contract } from "../contraction.ts";
import { ShapeError } from "../errors.ts";
import { letters } from "../indices.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { binarySamples } from "../samples.ts";
import { broadcastShapes, formatShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Matmul, MatmulCheck, ShapeOf } from "../typed-shapes.ts";

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

function product(a: Tensor, b: Tensor): Tensor {
  const x = toTensor("matmul", a);
  const y = toTensor("matmul", b);
  const problem = problemOf(x.shape, y.shape);
  if (problem !== null) {
    const shapes = `${formatShape(x.shape)} and ${formatShape(y.shape)}`;
    throw new ShapeError(`Cannot matmul shapes ${shapes}: ${problem}`, [x.shape, y.shape]);
  }
  // The last two axes are the matrices'; a vector has one. The axes before are a batch, and broadcast.
  const [xi, xk] = x.rank === 1 ? ["", "k"] : ["i", "k"];
  const [yk, yj] = y.rank === 1 ? ["k", ""] : ["k", "j"];
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
export const matmul: MatrixProduct = publish(product, binarySamples(product, undefined, SAMPLES));
