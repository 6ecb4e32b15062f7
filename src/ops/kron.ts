import { contract } from "../contraction.ts";
import { type Described, publish } from "../op.ts";
import { ranked } from "../ranked.ts";
import { binarySamples } from "../samples.ts";
import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

/** The type of `kron`. */
export interface Kronecker extends Described {
  (x: Tensor, y: Tensor): Tensor<[number, number]>;
  readonly method: (this: Tensor, y: Tensor) => Tensor<[number, number]>;
}

function call(first: Tensor, second: Tensor): Tensor {
  const [x, y] = [ranked("kron", first, 2), ranked("kron", second, 2)];
  const blocks = contract({ name: "kron", indices: "ij,kl->ikjl" }, x, y);
  return reshape(blocks, x.shape[0] * y.shape[0], x.shape[1] * y.shape[1]);
}

/**
 * The Kronecker product X ⊗ Y of two matrices: the block x_ij Y for each entry of X.
 *
 * @throws ShapeError when an operand is no matrix.
 * @example
 * kron(tensor([[1, 2]]), tensor([[3], [4]])).toArray() // [[3, 6], [4, 8]]
 */
export const kron: Kronecker = publish(
  call,
  binarySamples(call, undefined, [
    [
      [2, 3],
      [1, 2],
    ],
  ]),
);
