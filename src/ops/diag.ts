import { contract } from "../contraction.ts";
import { type Described, publish } from "../op.ts";
import { ranked, square } from "../ranked.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed-shapes.ts";

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

function call(operand: Tensor): Tensor {
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
export const diag: Diag = publish(call, [
  { shapes: [[3]], call, domain: [[-2, 2]] },
  { shapes: [[3, 3]], call, domain: [[-2, 2]] },
]);
