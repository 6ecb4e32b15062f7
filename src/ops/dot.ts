import { contract } from "../contraction.ts";
import { ShapeError } from "../errors.ts";
import { type Described, publish } from "../op.ts";
import { ranked } from "../ranked.ts";
import { binarySamples } from "../samples.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** The type of `dot`. */
export interface Dot extends Described {
  (x: Tensor, y: Tensor): Tensor<[]>;
  readonly method: (this: Tensor, y: Tensor) => Tensor<[]>;
}

function call(first: Tensor, second: Tensor): Tensor {
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
 * @throws ShapeError when the lengths differ, or an operand is no vector.
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item() // 11
 */
export const dot: Dot = publish(call, binarySamples(call, undefined, [[[3], [3]]]));
