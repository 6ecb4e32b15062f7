/** Where the training of a weight matrix starts. */

import type { Dtype } from "../dtype.ts";
import { mul, sub } from "../ops/index.ts";
import { rand } from "../random-tensors.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Weights drawn uniformly from (−a, a) with a = √(6/(in + out)), so that neither the values on the way forward nor the
 * gradients on the way back grow or shrink from layer to layer (Glorot and Bengio 2010, "Understanding the difficulty
 * of training deep feedforward neural networks", equation 16).
 */
export function glorot<In extends number, Out extends number>(
  inputs: In,
  outputs: Out,
  dtype: Dtype,
): Tensor<[In, Out]> {
  const a = Math.sqrt(6 / (inputs + outputs));
  const uniform: Tensor = rand(inputs, outputs);
  const W = mul(2 * a, sub(uniform, 0.5)).cast(dtype);
  return W.detach() as Tensor<[In, Out]>; // rand made it of this shape, and the steps since are elementwise
}
