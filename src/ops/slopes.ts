/**
 * The slopes of σ and tanh, as a textbook writes them in terms of y, and computed from x: where y rounds to 1, 1 − y
 * would be 0, and the tail lost. Each derivative is a product of such factors again, so every order keeps its tail.
 */

import { elementwise } from "../elementwise.ts";
import { cellProduct, hadamard, infix, juxtapose, Strength, type Tex, type TexRule } from "../latex/tex.ts";
import type { Binary } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

const [one, two]: Tex[] = [1, 2].map((value) => ({
  latex: `${value}`,
  strength: Strength.atom,
  rank: 0,
  value,
}));

const less: TexRule = infix("-", Strength.sum);
const plus: TexRule = infix("+", Strength.sum);

/** 1 − y, of the rank of y. */
const rest = (y: Tex): Tex => ({ ...less(one, y), rank: y.rank });

/** σ′(x) = y (1 − y) for y = σ(x): e/(1 + e)² with e = e^(−|x|). */
export const sigmoidSlope: Binary<"sigmoidSlope"> = elementwise({
  name: "sigmoidSlope",
  recipe: { maker: "sigmoidSlope" },
  tex: (y) => hadamard(y, rest(y)),
  cell: (y) => cellProduct(y, rest(y)),
  definition: (y) => mul(y, sub(1, y)),
  kernel: (_y, x) => {
    const e = scalar.exp(-Math.abs(x));
    return e / (1 + e) / (1 + e);
  },
  // σ″ = σ′ (1 − 2 y)
  partials: [() => 0, (slope, y, x) => mul(slope, sigmoidLean(y, x))],
});

/** 1 − 2 y for y = σ(x), which is −tanh(x/2): exact also near x = 0. */
export const sigmoidLean: Binary<"sigmoidLean"> = elementwise({
  name: "sigmoidLean",
  recipe: { maker: "sigmoidLean" },
  tex: (y) => less(one, juxtapose(two, y)),
  definition: (y) => sub(1, mul(2, y)),
  kernel: (_y, x) => -scalar.tanh(x / 2),
  partials: [() => 0, (_lean, y, x) => mul(-2, sigmoidSlope(y, x))],
});

/** tanh′(x) = (1 + y)(1 − y) for y = tanh x: 4e/(1 + e)² with e = e^(−2|x|). */
export const tanhSlope: Binary<"tanhSlope"> = elementwise({
  name: "tanhSlope",
  recipe: { maker: "tanhSlope" },
  tex: (y) => hadamard({ ...plus(one, y), rank: y.rank }, rest(y)),
  cell: (y) => cellProduct(plus(one, y), rest(y)),
  definition: (y) => mul(add(1, y), sub(1, y)),
  kernel: (_y, x) => {
    const e = scalar.exp(-2 * Math.abs(x));
    return (4 * e) / (1 + e) / (1 + e);
  },
  // tanh″ = −2 y tanh′
  partials: [() => 0, (slope, y) => mul(mul(-2, y), slope)],
});
