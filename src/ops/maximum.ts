/** What has a kink: maximum, minimum, clamp and ReLU. */

import { elementwise } from "../rules/elementwise.ts";
import { Mask } from "../rules/mask.ts";
import type { Binary, Unary } from "../rules/pointwise.ts";
import { unarySamples } from "../rules/samples.ts";
import { toTensor } from "../tensor/apply.ts";
import { ValueError } from "../tensor/errors.ts";
import { type Described, publish } from "../tensor/op.ts";
import { checkedOptions, checkNumbers, NUMBER } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, functionOfTwo, type TexRule } from "../tex/tex.ts";
import { add, mul } from "./arithmetic.ts";
import { eq, ge, gt, lt } from "./compare.ts";

/** 1 where the operand wins, ½ where both are equal: what central differences give at a tie. */
const share = (wins: Tensor, x: Tensor, y: Tensor): Mask => new Mask(add(wins, mul(0.5, eq(x, y))));

/**
 * The larger of two, entry by entry: z_ij = max(x_ij, y_ij). The shapes broadcast; NaN stays NaN.
 *
 * The cotangent goes to the larger entry; at a tie half of it to each.
 *
 * @example
 * maximum(tensor([1, 5]), 3).toArray() // [3, 5]
 */
export const maximum: Binary<"maximum"> = elementwise({
  name: "maximum",
  tex: functionOfTwo("\\max"),
  kernel: Math.max,
  bends: "at a tie",
  partials: [(_z, x, y) => share(gt(x, y), x, y), (_z, x, y) => share(lt(x, y), x, y)],
  domain: [
    [-2, -0.1],
    [0.1, 2],
  ],
});

/**
 * The smaller of two, entry by entry: z_ij = min(x_ij, y_ij). The shapes broadcast; NaN stays NaN.
 *
 * The cotangent goes to the smaller entry; at a tie half of it to each.
 *
 * @example
 * minimum(tensor([1, 5]), 3).toArray() // [1, 3]
 */
export const minimum: Binary<"minimum"> = elementwise({
  name: "minimum",
  tex: functionOfTwo("\\min"),
  kernel: Math.min,
  bends: "at a tie",
  partials: [(_z, x, y) => share(lt(x, y), x, y), (_z, x, y) => share(gt(x, y), x, y)],
  domain: [
    [-2, -0.1],
    [0.1, 2],
  ],
});

/** The type of `clamp`. */
export interface Clamp extends Described {
  <X extends Operand>(x: X, low: number, high: number): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, low: number, high: number) => Tensor<ShapeOf<X>>;
}

function clampTo(operand: Tensor, low: number, high: number): Tensor {
  const x = toTensor("clamp", operand);
  checkNumbers("clamp", "clamp(X, -1, 1)", { "lower bound": low, "upper bound": high });
  if (!(low <= high))
    throw new ValueError(`Cannot clamp to [${low}, ${high}]: the first bound is the lower one`);
  return minimum(maximum(x, low), high);
}

/**
 * The nearest number between two bounds, entry by entry: y_ij = min(max(x_ij, low), high).
 *
 * The derivative is 1 between the bounds, 0 beyond, and ½ on them.
 *
 * @throws ValueError when `low` exceeds `high`.
 * @example
 * clamp(tensor([-3, 0.5, 3]), -1, 1).toArray() // [-1, 0.5, 1]
 */
export const clamp: Clamp = publish(
  clampTo,
  unarySamples((x) => clampTo(x, -1, 1), [-0.9, 0.9]),
  { chapter: "Elementwise" },
);

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

const reluTex: TexRule = call("\\operatorname{ReLU}");

/** The rectifier whose derivative is the indicator of `active`. */
function rectifier(at0: 0 | 1, active: (x: Tensor) => Tensor): Unary {
  return elementwise({
    name: "relu",
    tex: reluTex,
    definition: (x) => maximum(x, 0),
    kernel: (x) => (x < 0 ? 0 : x), // NaN stays NaN
    partials: [(_y, x) => new Mask(active(x))],
    bends: "at 0",
    options: { at0 },
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
  {
    formula: { arity: 1, acts: "entrywise", aliases: ["ReLU"], tex: () => reluTex },
    remake:
      ({ at0 }: Required<ReluOptions>) =>
      (x) =>
        relu(x, { at0 }),
  },
);
