/** The linear layer Z = X W + 1bᵀ. */

import { shownAs } from "../displayable.ts";
import type { Dtype } from "../dtype.ts";
import { zeros } from "../make.ts";
import { add, matmul } from "../ops/index.ts";
import { checkedOptions, checkNumbers, oneOf } from "../options.ts";
import { within } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { glorot } from "./glorot.ts";
import { type Layer, lineOf } from "./layer.ts";

/** Options of `Linear`. */
export interface LinearOptions {
  /** The number type of the parameters (default float64). */
  readonly dtype?: Dtype;
}

/** A linear layer: call it with a matrix whose rows are samples. */
export interface Linear<In extends number = number, Out extends number = number> extends Layer<In, Out> {
  /** The weights: a row per input, a column per output. */
  readonly W: Tensor<[In, Out]>;
  /** The bias: a number per output, added to every row. */
  readonly b: Tensor<[Out]>;
  readonly parameters: readonly [Tensor<[In, Out]>, Tensor<[Out]>];
}

/**
 * A linear layer Z = X W + 1bᵀ: z_nk = Σ_i x_ni w_ik + b_k. It is a function, called with X of shape [N, inputs].
 *
 * W is drawn uniformly from ±√(6/(inputs + outputs)) (Glorot), from the stream of `seed`; b starts at 0.
 *
 * @throws ShapeError when a length is no whole number, or X has another number of columns.
 * @example
 * Linear(3, 5)(ones(4, 3)).shape // [4, 5]
 * Linear(3, 5).W.shape // [3, 5]
 */
export function Linear<In extends number, Out extends number>(
  inputs: In,
  outputs: Out,
  options?: LinearOptions,
): Linear<In, Out> {
  checkNumbers("Linear", "Linear(3, 5)", { inputs, outputs });
  const { dtype = "float64" } = checkedOptions(options, {
    of: "Linear",
    example: 'Linear(3, 5, { dtype: "float32" })',
    known: { dtype: oneOf("float64", "float32") },
  });
  const W = glorot(inputs, outputs, dtype).as("W");
  const b = zeros(outputs).cast(dtype).detach().as("b") as Tensor<[Out]>; // zeros made it so, cast keeps it
  const parameters = [W, b] as const;
  const forward = (X: Tensor): Tensor =>
    within(`Linear ${inputs} → ${outputs}`, () => add(matmul(X, W as Tensor), b as Tensor));
  const layer = Object.assign(forward, {
    W,
    b,
    parameters,
    ...shownAs(() => lineOf(`Linear ${inputs} → ${outputs}`, parameters)),
  });
  return layer as unknown as Linear<In, Out>; // the interface says of the shapes what matmul and add answer
}
