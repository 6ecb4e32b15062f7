import { contract } from "../contraction.ts";
import { type Described, publish } from "../op.ts";
import { square } from "../ranked.ts";
import type { Tensor } from "../tensor.ts";

/** The type of `trace`. */
export interface Trace extends Described {
  (x: Tensor): Tensor<[]>;
  readonly method: (this: Tensor) => Tensor<[]>;
}

const call = (x: Tensor): Tensor => contract({ name: "trace", indices: "aa->" }, square("trace", x));

/**
 * The sum of the diagonal of a square matrix: y = Σ_i x_ii.
 *
 * ∂y/∂X is the identity matrix.
 *
 * @throws ShapeError when the matrix is not square.
 * @example
 * trace(tensor([[1, 2], [3, 4]])).item() // 5
 */
export const trace: Trace = publish(call, [{ shapes: [[3, 3]], call, domain: [[-2, 2]] }]);
