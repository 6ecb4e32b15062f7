/** What stands between layers: σ, softplus, tanh, GELU and their like; and erf, of which GELU is made. */

import * as scalar from "../numeric/scalar.ts";
import { type Elementwise, elementwise, forEachValue } from "../rules/elementwise.ts";
import { carry, Mask } from "../rules/mask.ts";
import type { Unary } from "../rules/pointwise.ts";
import { toTensor } from "../tensor/apply.ts";
import { type Described, type FormulaCall, publish, type Sample } from "../tensor/op.ts";
import { checkedOptions, NUMBER } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call } from "../tex/tex.ts";
import { add, div, mul, neg, sqrt, sub } from "./arithmetic.ts";
import { gt } from "./compare.ts";
import { exp, log } from "./exponential.ts";
import { bell, normalDensity, normalDistribution, sigmoidSlope, tanhSlope } from "./slopes.ts";
import { where } from "./where.ts";

/**
 * The logistic function, entry by entry: y_ij = σ(x_ij) = 1 / (1 + e^(−x_ij)).
 *
 * ∂y_ij/∂x_ij = y_ij (1 − y_ij), so dX = dY ⊙ (Y ⊙ (1 − Y)).
 *
 * @example
 * sigmoid(tensor([0, 2])).toArray() // [0.5, 0.8807970779778824]
 */
export const sigmoid: Unary = elementwise({
  name: "sigmoid",
  tex: call("\\sigma"),
  aliases: ["σ"],
  definition: (x) => div(1, add(1, exp(neg(x)))),
  kernel: scalar.sigmoid,
  partials: [(y, x) => sigmoidSlope(y, x)],
});

/**
 * A smooth maximum of x and 0, entry by entry: y_ij = ln(1 + e^(x_ij)).
 *
 * ∂y_ij/∂x_ij = σ(x_ij), so dX = dY ⊙ σ(X).
 *
 * @example
 * softplus(tensor([0, 800])).toArray() // [0.6931471805599453, 800]
 */
export const softplus: Unary = elementwise({
  name: "softplus",
  tex: call("\\operatorname{softplus}"),
  definition: (x) => log(add(1, exp(x))),
  kernel: scalar.softplus,
  partials: [(_y, x) => sigmoid(x)],
});

/**
 * The hyperbolic tangent, entry by entry: y_ij = (e^x_ij − e^−x_ij) / (e^x_ij + e^−x_ij).
 *
 * ∂y_ij/∂x_ij = (1 + y_ij)(1 − y_ij), so dX = dY ⊙ ((1 + Y) ⊙ (1 − Y)).
 *
 * @example
 * tanh(tensor([0, 1])).toArray() // [0, 0.7615941559557649]
 */
export const tanh: Unary = elementwise({
  name: "tanh",
  tex: call("\\tanh"),
  definition: (x) => div(sub(exp(x), exp(neg(x))), add(exp(x), exp(neg(x)))),
  kernel: scalar.tanh,
  partials: [(y, x) => tanhSlope(y, x)],
});

/**
 * The error function, entry by entry: y_ij = 2/√π ∫₀^(x_ij) e^(−t²) dt.
 *
 * ∂y_ij/∂x_ij = 2/√π e^(−x_ij²).
 *
 * @example
 * erf(tensor([0, 1])).toArray() // [0, 0.8427007929497149]
 */
export const erf: Unary = elementwise({
  name: "erf",
  tex: call("\\operatorname{erf}"),
  kernel: scalar.erf,
  partials: [(_y, x) => bell(x)],
});

/**
 * The Gaussian error linear unit, entry by entry: y_ij = x_ij Φ(x_ij), where Φ(x) = (1 + erf(x/√2))/2 is the probability
 * that a normal number is below x (Hendrycks and Gimpel). It is the exact one, not the approximation by tanh.
 *
 * ∂y_ij/∂x_ij = Φ(x_ij) + x_ij φ(x_ij), with the density φ(x) = e^(−x²/2)/√(2π).
 *
 * @example
 * gelu(tensor([0, 1])).toArray() // [0, 0.8413447460685429]
 */
export const gelu: Unary = elementwise({
  name: "gelu",
  aliases: ["GELU"],
  tex: call("\\operatorname{GELU}"),
  definition: (x) => div(mul(x, add(1, erf(div(x, sqrt(2))))), 2),
  kernel: (x) => (x === Number.NEGATIVE_INFINITY ? 0 : x * scalar.normalDistribution(x)),
  partials: [(_y, x) => add(normalDistribution(x), carry(normalDensity(x), x))],
});

/**
 * The sigmoid linear unit, entry by entry: y_ij = x_ij σ(x_ij), also called swish.
 *
 * ∂y_ij/∂x_ij = σ(x_ij) + x_ij σ′(x_ij).
 *
 * @example
 * silu(tensor([0, 1])).toArray() // [0, 0.7310585786300049]
 */
export const silu: Unary = elementwise({
  name: "silu",
  aliases: ["SiLU", "swish"],
  tex: call("\\operatorname{SiLU}"),
  definition: (x) => mul(x, sigmoid(x)),
  kernel: (x) => (x === Number.NEGATIVE_INFINITY ? 0 : x * scalar.sigmoid(x)),
  partials: [(_y, x) => add(sigmoid(x), carry(sigmoidSlope(sigmoid(x), x), x))],
});

/** Options of `elu`. */
export interface EluOptions {
  /** What the function goes to on the left is −alpha (default 1). */
  readonly alpha?: number;
}

/** The type of `elu`. */
export interface Elu extends Described {
  <X extends Operand>(x: X, options?: EluOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: EluOptions) => Tensor<ShapeOf<X>>;
}

/**
 * The exponential linear unit, entry by entry: y_ij = x_ij for x_ij > 0, else α (e^(x_ij) − 1), with α = 1 unless `alpha`
 * says another.
 *
 * ∂y_ij/∂x_ij is 1 for x_ij > 0, else α e^(x_ij): at 0 it is α.
 *
 * @example
 * elu(tensor([1, -1])).toArray() // [1, -0.6321205588285577]
 */
export const elu: Elu = withParameter("elu", "alpha", 1, (alpha) => ({
  name: "elu",
  bends: "at 0",
  tex: call("\\operatorname{ELU}"),
  definition: (x) => where(gt(x, 0), x, mul(alpha, sub(exp(x), 1))),
  kernel: (x) => (x > 0 ? x : alpha * scalar.expm1(x)),
  partials: [(_y, x) => where(gt(x, 0), 1, mul(alpha, exp(x)))],
  domain: [[0.1, 2]],
}));

/** Options of `leakyRelu`. */
export interface LeakyReluOptions {
  /** The slope on the left (default 0.01). */
  readonly slope?: number;
}

/** The type of `leakyRelu`. */
export interface LeakyRelu extends Described {
  <X extends Operand>(x: X, options?: LeakyReluOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: LeakyReluOptions) => Tensor<ShapeOf<X>>;
}

/**
 * The rectified linear unit that leaks, entry by entry: y_ij = x_ij for x_ij > 0, else a x_ij, with a = 0.01 unless `slope`
 * says another.
 *
 * ∂y_ij/∂x_ij is 1 for x_ij > 0, else the slope: at 0 too.
 *
 * @example
 * leakyRelu(tensor([1, -1])).toArray() // [1, -0.01]
 */
export const leakyRelu: LeakyRelu = withParameter("leakyRelu", "slope", 0.01, (slope) => ({
  name: "leakyRelu",
  aliases: ["LeakyReLU"],
  bends: "at 0",
  tex: call("\\operatorname{LeakyReLU}"),
  definition: (x) => where(gt(x, 0), x, mul(slope, x)),
  kernel: (x) => (x > 0 ? x : slope * x),
  partials: [(_y, x) => new Mask(where(gt(x, 0), 1, slope))],
  domain: [[0.1, 2]],
}));

/** An activation with a number as its option. */
function withParameter<F extends Described>(
  name: string,
  option: string,
  usual: number,
  declare: (value: number) => Elementwise,
): F {
  const at = forEachValue((value) => elementwise({ ...declare(value), options: { [option]: value } }));
  const standard = at(usual);
  const act = (x: Tensor, options?: Readonly<Record<string, number>>): Tensor => {
    const rules = { of: name, example: `${name}(X, { ${option}: ${usual} })`, known: { [option]: NUMBER } };
    const value = checkedOptions(options, rules)[option] ?? usual;
    return (value === usual ? standard : at(value))(toTensor(name, x));
  };
  return publish(act, [...standard.samples, ...at(0.5).samples.slice(0, 1), ...onTheLeft(at(0.5))], {
    formula: standard.formula as FormulaCall, // an elementwise op has one
    remake: (recipe: Readonly<Record<string, number>>) => (x) => act(x, { [option]: recipe[option] }),
  });
}

/** The tests try such an op below its kink too. */
function onTheLeft({ samples }: Unary): Sample[] {
  return samples.slice(0, 1).map((sample) => ({ ...sample, domain: [[-2, -0.1]] }));
}
