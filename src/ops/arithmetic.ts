/** Arithmetic and rounding, entry by entry. */

import * as numbers from "../numeric/arithmetic.ts";
import { chained } from "../rules/chain.ts";
import { elementwise } from "../rules/elementwise.ts";
import { carry } from "../rules/mask.ts";
import { type Binary, callable, entrywise, type Unary } from "../rules/pointwise.ts";
import { binarySamples } from "../rules/samples.ts";
import type { Op } from "../tensor/op.ts";
import {
  call,
  cellProduct,
  command,
  delimited,
  fraction,
  hadamard,
  infix,
  negative,
  Strength,
  superscript,
  type Tex,
} from "../tex/tex.ts";

/**
 * The sum M + N, entry by entry: y_ij = m_ij + n_ij.
 *
 * ∂y_ij/∂m_ij = ∂y_ij/∂n_ij = 1, so dM = dN = dY. The shapes broadcast.
 *
 * @example
 * add(tensor([1, 2]), 10).toArray() // [11, 12]
 */
export const add: Binary<"add"> = elementwise({
  name: "add",
  tex: infix("+", Strength.sum),
  kernel: numbers.add,
  partials: [() => 1, () => 1],
});

/**
 * The difference M − N, entry by entry: y_ij = m_ij − n_ij.
 *
 * ∂y_ij/∂m_ij = 1 and ∂y_ij/∂n_ij = −1, so dM = dY and dN = −dY. The shapes broadcast.
 *
 * @example
 * sub(1, tensor([1, 2])).toArray() // [0, -1]
 */
export const sub: Binary<"sub"> = elementwise({
  name: "sub",
  tex: infix("-", Strength.sum),
  kernel: numbers.sub,
  partials: [() => 1, () => -1],
});

/**
 * The negative −X, entry by entry. ∂y_ij/∂x_ij = −1, so dX = −dY.
 *
 * @example
 * neg(tensor([1, -2])).toArray() // [-1, 2]
 */
export const neg: Unary = elementwise({
  name: "neg",
  tex: negative,
  kernel: numbers.neg,
  partials: [() => -1],
});

// Declared by hand, as its partial is just the other operand.
const op: Op = {
  name: "mul",
  recipe: { maker: "mul" },
  tex: hadamard,
  cell: cellProduct,
  ...entrywise("mul", numbers.mul),
  local: (i, _y, ...x) => x[1 - i],
  ...chained((i, ct, _y, x) => carry(ct, x[1 - i])),
};

/**
 * The Hadamard product M ⊙ N, entry by entry: y_ij = m_ij n_ij.
 *
 * ∂y_ij/∂m_ij = n_ij and ∂y_ij/∂n_ij = m_ij, so dM = dY ⊙ N and dN = dY ⊙ M.
 * The shapes broadcast. For the matrix product use `matmul`.
 *
 * @example
 * mul(tensor([1, 2]), tensor([3, 4])).toArray() // [3, 8]
 */
export const mul: Binary<"mul"> = callable(op, 2, binarySamples);

/**
 * The quotient M ⊘ N, entry by entry: y_ij = m_ij / n_ij.
 *
 * ∂y_ij/∂m_ij = 1/n_ij and ∂y_ij/∂n_ij = −y_ij/n_ij. The shapes broadcast; x/0 is ±∞ or NaN.
 *
 * @example
 * div(1, tensor([2, 4])).toArray() // [0.5, 0.25]
 */
export const div: Binary<"div"> = elementwise({
  name: "div",
  tex: fraction,
  kernel: numbers.div,
  partials: [(_y, _m, n) => div(1, n), (y, _m, n) => neg(div(y, n))],
  domain: [
    [-2, 2],
    [0.5, 2],
  ],
});

/**
 * The square, entry by entry: y_ij = x_ij².
 *
 * ∂y_ij/∂x_ij = 2 x_ij, so dX = dY ⊙ 2X.
 *
 * @example
 * square(tensor([-1, 3])).toArray() // [1, 9]
 */
export const square: Unary = elementwise({
  name: "square",
  tex: superscript("2"),
  kernel: numbers.square,
  partials: [(_y, x) => mul(2, x)],
});

/**
 * The square root, entry by entry: y_ij = √x_ij, for x_ij ≥ 0; NaN below.
 *
 * ∂y_ij/∂x_ij = 1/(2 y_ij), which is ∞ at 0.
 *
 * @example
 * sqrt(tensor([0, 9])).toArray() // [0, 3]
 */
export const sqrt: Unary = elementwise({
  name: "sqrt",
  tex: command("\\sqrt"),
  kernel: Math.sqrt, // correctly rounded on every engine
  partials: [(y) => div(1, mul(2, y))],
  domain: [[0.2, 4]],
});

const one: Tex = { latex: "1", strength: Strength.atom, rank: 0 };

/**
 * The reciprocal, entry by entry: y_ij = 1/x_ij. It is not the inverse matrix, which is `inv`.
 *
 * ∂y_ij/∂x_ij = −y_ij².
 *
 * @example
 * reciprocal(tensor([2, -4])).toArray() // [0.5, -0.25]
 */
export const reciprocal: Unary = elementwise({
  name: "reciprocal",
  tex: (x) => fraction(one, x),
  kernel: (x) => 1 / x,
  partials: [(y) => neg(square(y))],
  domain: [[0.5, 2]],
});

/**
 * The largest whole number that is not above the entry: y_ij = ⌊x_ij⌋. It is flat, so no gradient passes through it.
 *
 * @example
 * floor(tensor([-1.5, 0.5, 2])).toArray() // [-2, 0, 2]
 */
export const floor: Unary = elementwise({
  name: "floor",
  tex: delimited("\\lfloor", "\\rfloor"),
  kernel: Math.floor,
  partials: [() => 0],
  domain: [[0.1, 0.9]],
});

/** The nearest whole number; of two that are equally near the even one. */
function nearest(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  const y = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
  return Number.isFinite(x) ? y : x;
}

/**
 * The nearest whole number, entry by entry; of two that are equally near the even one, so that halves do not drift
 * upwards. It is flat, so no gradient passes through it.
 *
 * @example
 * round(tensor([-1.4, 0.5, 1.5, 2.6])).toArray() // [-1, 0, 2, 3]
 */
export const round: Unary = elementwise({
  name: "round",
  tex: call("\\operatorname{round}"),
  kernel: nearest,
  partials: [() => 0],
  domain: [[0.6, 1.4]],
});
