import { elementwise } from "../elementwise.ts";
import { fraction, Strength, type Tex } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

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
