/** Derivatives that are ops of their own because they would lose their tails otherwise, and the shares at ties. */

import { mapRow } from "../numeric/map.ts";
import * as scalar from "../numeric/scalar.ts";
import { chained } from "../rules/chain.ts";
import { elementwise } from "../rules/elementwise.ts";
import { carry, carryBoth } from "../rules/mask.ts";
import { type Binary, entrywise, type Unary } from "../rules/pointwise.ts";
import { type Axes, axesOf, spreadAlong, sumAlong } from "../rules/reduction.ts";
import { positionsAlong, shift } from "../rules/select.ts";
import { applyOp } from "../tensor/apply.ts";
import { allocate, type Entries } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { Maker, Op } from "../tensor/op.ts";
import {
  formatShape,
  normalizeAxis,
  pointwiseIndices,
  type Shape,
  sameShape,
  stridesOf,
} from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  call,
  cellProduct,
  command,
  fraction,
  functionNamed,
  hadamard,
  infix,
  juxtapose,
  negative,
  power,
  powerOf,
  Strength,
  superscript,
  type Tex,
  type TexRule,
} from "../tex/tex.ts";
import { add, div, mul, neg, sqrt, square, sub } from "./arithmetic.ts";
import { eq } from "./compare.ts";

// The slopes of σ and tanh, as a textbook writes them in terms of y, and computed from x: where y rounds to 1, 1 − y
// would be 0, and the tail lost. Each derivative is a product of such factors again, so every order keeps its tail.

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
  of: "sigmoid",
  tex: (y) => hadamard(y, rest(y)),
  cell: (y) => cellProduct(y, rest(y)),
  definition: (y) => mul(y, sub(1, y)),
  kernel: scalar.sigmoidSlope,
  // σ″ = σ′ (1 − 2 y)
  partials: [() => 0, (slope, y, x) => mul(slope, sigmoidLean(y, x))],
});

/** 1 − 2 y for y = σ(x), which is −tanh(x/2): exact also near x = 0. */
export const sigmoidLean: Binary<"sigmoidLean"> = elementwise({
  name: "sigmoidLean",
  of: "sigmoid",
  tex: (y) => less(one, juxtapose(two, y)),
  definition: (y) => sub(1, mul(2, y)),
  kernel: scalar.sigmoidLean,
  partials: [() => 0, (_lean, y, x) => mul(-2, sigmoidSlope(y, x))],
});

/** tanh′(x) = (1 + y)(1 − y) for y = tanh x: 4e/(1 + e)² with e = e^(−2|x|). */
export const tanhSlope: Binary<"tanhSlope"> = elementwise({
  name: "tanhSlope",
  of: "tanh",
  tex: (y) => hadamard({ ...plus(one, y), rank: y.rank }, rest(y)),
  cell: (y) => cellProduct(plus(one, y), rest(y)),
  definition: (y) => mul(add(1, y), sub(1, y)),
  kernel: scalar.tanhSlope,
  // tanh″ = −2 y tanh′
  partials: [() => 0, (slope, y) => mul(mul(-2, y), slope)],
});

// x to the power of y, and its slope in y: each occurs in the derivative of the other, so they stand together.

/** x to a power that is a tensor. */
export const general: Binary<"pow"> = elementwise({
  name: "pow",
  tex: powerOf,
  kernel: scalar.pow,
  partials: [
    // At y = 0 it is 0, also where x^(y − 1) is ∞; and yet it rises with y.
    (_z, x, y) => carry(y, general(x, sub(y, 1))),
    (z, x, y) => timesLog(z, x, y),
  ],
  domain: [
    [0.5, 2],
    [-2, 2],
  ],
});

const logTex: TexRule = (x) => ({ ...call("\\log")(x), rank: x.rank });

// One op, as z/x = x^(y − 1) must not be computed from 1/x, which is ∞ for tiny x. At x = 0 it is 0
// by convention, also where z is ∞.
const timesLogOp: Op = {
  name: "timesLog",
  of: "pow",
  recipe: { maker: "timesLog" },
  tex: (z, x) => hadamard(z, logTex(x)),
  cell: (z, x) => cellProduct(z, logTex(x)),
  ...entrywise("pow", (z, x) => (x === 0 ? 0 : z * scalar.log(x))),
  local: (i, y, ...x) => slopeOfTimesLog(i, y, x) ?? 0,
  ...chained((i, ct, y, x) => {
    const slope = slopeOfTimesLog(i, y, x);
    return slope && carry(ct, slope);
  }),
};

/** x^(y − 1) (1 + y ln x) by x and x^y (ln x)² by y; z is x^y itself, and has no share of its own. */
function slopeOfTimesLog(i: number, product: Tensor, [, x, y]: readonly Tensor[]): Tensor | null {
  if (i === 0) return null;
  if (i === 2) return timesLog(product, x, y);
  const below = general(x, sub(y, 1));
  return add(below, carry(y, timesLog(below, x, sub(y, 1))));
}

/** z ln x for z = x^y. */
export function timesLog(z: Tensor, x: Tensor, y: Tensor): Tensor {
  return applyOp(timesLogOp, z, x, y);
}

/** 1/k for each of the k entries of x that attain the value y of their group: what central differences give at a tie. */
export function tieShares(y: Tensor, x: Tensor, axes: Axes): Tensor {
  const attains = eq(x, y);
  return div(attains, spreadAlong(axes, sumAlong("sum", axes, attains)));
}

// The gradient of the logits of a log-softmax.

/**
 * dY − e^Y ⊙ S for the row sums S, typeset as the difference and computed without it: where e^y is nearly 1 and S is
 * dy, both would be nearly equal. It is dy (1 − e^y) − e^y times the sum of the other dy.
 */
const differenceAlong = ({ folded: [along] }: Axes): Op => ({
  name: "difference",
  of: "sub",
  recipe: { maker: "difference", axis: along },
  tex: infix("-", Strength.sum),
  indices: pointwiseIndices,
  local: (i) => [1, -1, 0][i],
  shape: (shape) => shape,
  primal: ({ shape, dtype }, ct, _product, y) => {
    const others = sumsOfOthers(ct.data, shape, along);
    const rest = allocate(dtype, ct.size);
    const [dy, shares] = [ct.data, y.data];
    const [lacking, exps] = [new Float64Array(rest.length), new Float64Array(rest.length)];
    mapRow(scalar.expm1, rest.length, lacking, 0, shares, 0, 1, null, 0, 0);
    mapRow(scalar.exp, rest.length, exps, 0, shares, 0, 1, null, 0, 0);
    for (let k = 0; k < rest.length; k++) {
      const kept = dy[k] === 0 ? 0 : dy[k] * -lacking[k];
      rest[k] = kept - (others[k] === 0 ? 0 : others[k] * exps[k]);
    }
    return rest;
  },
  vjp: (i, ct) => (i === 0 ? ct : i === 1 ? neg(ct) : null),
  jvp: (i, t) => (i === 0 ? t : i === 1 ? neg(t) : null),
});

/** dY − e^Y ⊙ S; the product is an operand too, as it is what is typeset. */
export function lessShares(axes: Axes, ct: Tensor, product: Tensor, y: Tensor): Tensor {
  return applyOp(differenceAlong(axes), ct, product, y);
}

/** Makes these differences again. */
export const difference: Maker = {
  remake:
    ({ axis }: { axis: number }) =>
    (...x) =>
      applyOp(differenceAlong(axesOf("logSoftmax", x[0].shape, { axis, keepdims: true })), ...x),
};

/** For each entry the sum of the others of its row: of those before it and those after it, so that nothing cancels. */
function sumsOfOthers(x: Entries, shape: Shape, along: number): Float64Array {
  const [n, stride] = [shape[along], stridesOf(shape)[along]];
  const sums = new Float64Array(x.length);
  for (let block = 0; block < x.length; block += n * stride) {
    for (let first = block; first < block + stride; first++) {
      let [before, after] = [0, 0];
      for (let at = first; at < first + n * stride; at += stride) {
        sums[at] = before;
        before += x[at];
      }
      for (let at = first + (n - 1) * stride; at >= first; at -= stride) {
        sums[at] += after;
        after += x[at];
      }
    }
  }
  return sums;
}

/** asin′(x) = 1/√(1 − x²), of which (1 − x)(1 + x) keeps the digits where x is nearly ±1. */
export const asinSlope: Unary = elementwise({
  name: "asinSlope",
  of: "asin",
  tex: (x) => fraction(one, command("\\sqrt")(less(one, superscript("2")(x)))),
  definition: (x) => div(1, sqrt(sub(1, square(x)))),
  kernel: (x) => 1 / Math.sqrt((1 - x) * (1 + x)),
  // x y³
  partials: [(y, x) => mul(x, mul(square(y), y))],
  domain: [[-0.9, 0.9]],
});

// The slopes of an angle: x/(x² + y²) is the real part of 1/(x + iy), so its derivatives are products of its like.

/** x/(x² + y²), without squares that overflow or vanish; 0 at the origin. */
export const overSquares: Binary<"overSquares"> = elementwise({
  name: "overSquares",
  of: "atan2",
  tex: (x, y) => fraction(x, plus(superscript("2")(x), superscript("2")(y))),
  definition: (x, y) => div(x, add(square(x), square(y))),
  kernel: (x, y) => {
    if (x === 0) return 0;
    if (Math.abs(x) >= Math.abs(y)) return 1 / (x + y * (y / x));
    const quotient = x / y;
    return quotient / (x * quotient + y);
  },
  // −Re 1/(x + iy)² and 2 Re · Im of 1/(x + iy)
  partials: [
    (z, x, y) => sub(square(overSquares(y, x)), square(z)),
    (z, x, y) => mul(mul(-2, z), overSquares(y, x)),
  ],
  domain: [
    [0.3, 2],
    [-2, 2],
  ],
});

// The bell curves. Each derivative has the curve itself as a factor, so no tail is lost.

/** erf′(x) = 2/√π e^(−x²). */
export const bell: Unary = elementwise({
  name: "bell",
  of: "erf",
  tex: (x) => juxtapose(fraction(two, rootOfPi), power("e")(negative(superscript("2")(x)))),
  kernel: (x) => scalar.normalDensity(Math.SQRT2 * x) * (2 * Math.SQRT2),
  partials: [(y, x) => mul(-2, carry(y, x))],
});

const rootOfPi: Tex = { latex: "\\sqrt{\\pi}", strength: Strength.atom, rank: 0 };

/** Φ(x), the probability that a normal number is below x. */
export const normalDistribution: Unary = elementwise({
  name: "normalDistribution",
  of: "gelu",
  tex: call("\\Phi"),
  kernel: scalar.normalDistribution,
  partials: [(_y, x) => normalDensity(x)],
});

/** φ(x) = e^(−x²/2)/√(2π), the density of normal numbers. */
export const normalDensity: Unary = elementwise({
  name: "normalDensity",
  of: "gelu",
  tex: call("\\varphi"),
  kernel: scalar.normalDensity,
  partials: [(y, x) => neg(carry(y, x))],
});
// What a running product passes back and forth.

type Side = "before" | "after";

/**
 * s_k = c_k + x_k s_(k−1), a sum of all c before k, each times what lies between; or s_k = c_k + x_(k+1) s_(k+1), the
 * same from the other end. Each is the other's adjoint. The c are cotangents or tangents: where a sum is 0, it stops.
 */
function runningSumOp(side: Side, axis: number): Op {
  const other = side === "before" ? "after" : "before";
  const neighbour = (s: Tensor): Tensor => shift(s, { axis, by: 1, fill: 0 });
  return {
    name: "runningSum",
    tex: functionNamed(side === "before" ? "forth" : "back"),
    recipe: { maker: "runningSum", side, axis },
    indices: pointwiseIndices,
    shape: (x, c) => {
      if (sameShape(x, c)) return c;
      throw new ShapeError(`Cannot cumprod shapes ${formatShape(x)} and ${formatShape(c)}: they differ`, [
        x,
        c,
      ]);
    },
    primal: ({ shape, dtype }, x, c) => {
      const y = allocate(dtype, c.size);
      for (const places of positionsAlong(shape, axis)) {
        let sum = 0;
        let last = -1;
        for (const at of side === "before" ? places : places.toReversed()) {
          const factor = side === "before" ? at : last;
          sum = sum === 0 ? c.data[at] : c.data[at] + x.data[factor] * sum;
          y[at] = sum;
          last = at;
        }
      }
      return y;
    },
    vjp: (i, ct, s, x) => {
      const back = runningSum(other, x, ct, axis);
      if (i === 1) return back;
      return side === "before" ? carryBoth(back, neighbour(s)) : carryBoth(neighbour(back), s);
    },
    jvp: (i, t, s, x) => {
      if (i === 1) return runningSum(side, x, t, axis);
      const own =
        side === "before" ? carryBoth(t, neighbour(s)) : shift(carryBoth(t, s), { axis, by: -1, fill: 0 });
      return runningSum(side, x, own, axis);
    },
  };
}

/** What the cotangents or tangents c come to along an axis, with the factors x between them. */
export function runningSum(side: Side, x: Tensor, c: Tensor, axis: number): Tensor {
  return applyOp(runningSumOp(side, axis), x, c);
}

/** Makes these sums again. */
export const runningSums: Maker = {
  remake:
    ({ side, axis }: { side: Side; axis: number }) =>
    (x, c) =>
      runningSum(side === "before" ? side : "after", x, c, normalizeAxis("cumprod", axis, c.shape)),
};
