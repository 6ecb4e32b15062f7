/** Exponentials, logarithms and powers. */

import * as scalar from "../numeric/scalar.ts";
import { elementwise, forEachValue } from "../rules/elementwise.ts";
import type { Binary, Unary } from "../rules/pointwise.ts";
import { publish } from "../tensor/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { constantTex } from "../tex/matrix.ts";
import { call, fraction, power, powerOf, Strength, superscript, type Tex } from "../tex/tex.ts";
import { add, div, mul, sub } from "./arithmetic.ts";
import { general } from "./slopes.ts";

/**
 * The exponential, entry by entry: y_ij = e^(x_ij).
 *
 * ∂y_ij/∂x_ij = y_ij, so dX = dY ⊙ Y.
 *
 * @example
 * exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]
 */
export const exp: Unary = elementwise({
  name: "exp",
  tex: power("e"),
  kernel: scalar.exp,
  partials: [(y) => y],
});

/**
 * The exponential less 1, entry by entry: y_ij = e^(x_ij) − 1, exact also near 0.
 *
 * ∂y_ij/∂x_ij = y_ij + 1.
 *
 * @example
 * expm1(tensor([0, 1e-20])).toArray() // [0, 1e-20]
 */
export const expm1: Unary = elementwise({
  name: "expm1",
  tex: call("\\operatorname{expm1}"),
  definition: (x) => sub(exp(x), 1),
  kernel: scalar.expm1,
  partials: [(y) => add(y, 1)],
});

/**
 * The natural logarithm, entry by entry: y_ij = ln x_ij, for x_ij > 0; −∞ at 0, NaN below.
 *
 * ∂y_ij/∂x_ij = 1/x_ij, so dX = dY ⊙ 1/X (entry by entry, not the inverse matrix).
 *
 * @example
 * log(tensor([1, 4])).toArray() // [0, 1.3862943611198906]
 */
export const log: Unary = elementwise({
  name: "log",
  tex: call("\\log"),
  aliases: ["ln"],
  kernel: scalar.log,
  partials: [(_y, x) => div(1, x)],
  domain: [[0.2, 4]],
});

/**
 * The logarithm of 1 + x, entry by entry: y_ij = ln(1 + x_ij), exact also near 0.
 *
 * ∂y_ij/∂x_ij = 1/(1 + x_ij).
 *
 * @example
 * log1p(tensor([0, 1e-20])).toArray() // [0, 1e-20]
 */
export const log1p: Unary = elementwise({
  name: "log1p",
  tex: call("\\operatorname{log1p}"),
  definition: (x) => log(add(1, x)),
  kernel: scalar.log1p,
  partials: [(_y, x) => div(1, add(1, x))],
  domain: [[-0.5, 3]],
});

// Powers.

const one: Tex = { latex: "1", strength: Strength.atom, rank: 0, value: 1 };

/** x to a constant power. */
const toThe: (n: number) => Unary = forEachValue((n) =>
  elementwise({
    name: "pow",
    tex: n === -1 ? (x) => fraction(one, x) : superscript(constantTex(n)), // X^{-1} is the inverse of a matrix
    kernel: (x) => scalar.pow(x, n),
    options: { exponent: n },
    partials: [(_y, x) => (n === 0 ? 0 : n === 1 ? 1 : mul(n, pow(x, n - 1)))],
    domain: [[0.5, 2]],
  }),
);

const raise = (x: Operand, y: Operand): Tensor => (typeof y === "number" ? toThe(y)(x) : general(x, y));

/**
 * The power, entry by entry: z_ij = x_ij ^ y_ij. A number as exponent is a constant; the shapes of tensors broadcast.
 * 0⁰ is 1, and a negative number to a fractional power is NaN.
 *
 * ∂z_ij/∂x_ij = y_ij x_ij^(y_ij − 1), and ∂z_ij/∂y_ij = z_ij ln x_ij, which is taken as 0 at x_ij = 0.
 *
 * @example
 * pow(tensor([1, 2, 3]), 2).toArray() // [1, 4, 9]
 */
export const pow: Binary<"pow"> = publish(
  raise,
  [...[2, 3, 0.5, -1, 1, 0].flatMap((n) => toThe(n).samples.slice(0, 1)), ...general.samples],
  {
    formula: { arity: 2, acts: "entrywise", tex: () => powerOf },
    remake:
      ({ exponent }: { exponent?: number }) =>
      (x, y) =>
        pow(x, exponent ?? y),
  },
);
