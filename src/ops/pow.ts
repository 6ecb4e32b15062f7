/** Powers. */

import * as scalar from "../numeric/scalar.ts";
import { elementwise } from "../rules/elementwise.ts";
import type { Binary, Unary } from "../rules/pointwise.ts";
import { publish } from "../tensor/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { constantTex } from "../tex/matrix.ts";
import { fraction, Strength, superscript, type Tex } from "../tex/tex.ts";
import { mul } from "./arithmetic.ts";
import { general } from "./slopes.ts";

const one: Tex = { latex: "1", strength: Strength.atom, rank: 0, value: 1 };

/** x to a constant power. */
function toThe(n: number): Unary {
  return elementwise({
    name: "pow",
    tex: n === -1 ? (x) => fraction(one, x) : superscript(constantTex(n)), // X^{-1} is the inverse of a matrix
    kernel: (x) => scalar.pow(x, n),
    recipe: { maker: "pow", exponent: n },
    partials: [(_y, x) => (n === 0 ? 0 : n === 1 ? 1 : mul(n, pow(x, n - 1)))],
    domain: [[0.5, 2]],
  });
}

const call = (x: Operand, y: Operand): Tensor => (typeof y === "number" ? toThe(y)(x) : general(x, y));

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
  call,
  [...[2, 3, 0.5, -1, 1, 0].flatMap((n) => toThe(n).samples.slice(0, 1)), ...general.samples],
  { formula: { arity: 2, acts: "entrywise" } },
);
