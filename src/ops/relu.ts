import { elementwise } from "../elementwise.ts";
import { ValueError } from "../errors.ts";
import { call } from "../latex/tex.ts";
import { Mask } from "../mask.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import type { Unary } from "../pointwise.ts";
import type { Tensor } from "../tensor.ts";
import type { Operand, ShapeOf } from "../typed-shapes.ts";
import { ge, gt } from "./compare.ts";
import { maximum } from "./maximum.ts";

/** Options of `relu`. */
export interface ReluOptions {
  /** The derivative at 0, where the function has a kink: 0 as most libraries take it, or 1 as the lecture does. */
  readonly at0?: 0 | 1;
}

/** The type of `relu`. */
export interface Relu extends Described {
  <X extends Operand>(x: X, options?: ReluOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: ReluOptions) => Tensor<ShapeOf<X>>;
}

/** The rectifier whose derivative is the indicator of `active`. */
function rectifier(at0: 0 | 1, active: (x: Tensor) => Tensor): Unary {
  return elementwise({
    name: "relu",
    tex: call("\\operatorname{ReLU}"),
    definition: (x) => maximum(x, 0),
    kernel: (x) => (x < 0 ? 0 : x), // a NaN stays one
    partials: [(_y, x) => new Mask(active(x))],
    recipe: { maker: "relu", at0 },
    domain: [[0.1, 2]],
  });
}

const with0: Unary = rectifier(0, (x) => gt(x, 0));
const with1: Unary = rectifier(1, (x) => ge(x, 0));

/**
 * The rectified linear unit, entry by entry: y_ij = max(x_ij, 0).
 *
 * ∂y_ij/∂x_ij is 1 for x_ij > 0 and 0 for x_ij < 0, so dX = dY ⊙ 𝟏[X > 0]. At the kink x_ij = 0 it is 0;
 * the lecture takes 1 there: `relu(X, { at0: 1 })`.
 *
 * @example
 * relu(tensor([-1, 0, 2])).toArray() // [0, 0, 2]
 */
export const relu: Relu = publish(
  (x: Tensor, options?: ReluOptions) => {
    toTensor("relu", x);
    const { at0 = 0 } = checkedOptions(options, {
      of: "relu",
      example: "relu(X, { at0: 1 })",
      known: { at0: NUMBER },
    });
    if (at0 !== 0 && at0 !== 1) {
      throw new ValueError(`Cannot relu with at0 = ${at0}: the derivative at 0 is 0 or 1`);
    }
    return (at0 === 1 ? with1 : with0)(x);
  },
  [...with0.samples, ...with1.samples],
);
