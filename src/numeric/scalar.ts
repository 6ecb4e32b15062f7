/**
 * Elementary functions of one number, with the same bits on every engine.
 *
 * The language leaves the last bits of `Math.exp` and the like open, and engines differ. Here only +, −, ×, ÷, √ and
 * comparison are used, which IEEE 754 fixes to the bit, so a seeded loss curve can be compared digit by digit.
 * Results lie within 1 unit in the last place of the true value, and mostly are the nearest double; within 3 in the
 * tails of the normal distribution.
 */

import { expDoubled, expOf, log1pSum } from "./exponential.ts";
import {
  isAtMost,
  isLess,
  lostBy,
  minus,
  type Num,
  negative,
  over,
  plus,
  rarely,
  select,
  size,
  times,
  withSignOf,
} from "./formula.ts";
import { ofOne, ofTwo } from "./map.ts";
import { LN2_HIGH, LN2_LOW } from "./rounding.ts";

export { acos, asin, atan, atan2, cos, sin } from "./circle.ts";
export { erf, normalDensity, normalDistribution } from "./error-function.ts";
export { exp, expm1, log, log1p, pow } from "./exponential.ts";

/** The logistic function 1 / (1 + e⁻ˣ), right to the last bit or the one before. */
export const sigmoid: (x: number) => number = ofOne((x) => {
  // With e = e^−|x| to twice the digits: numerator / (1 + e), and what the rounded quotient leaves over.
  const [e, rest] = expDoubled(negative(size(x)));
  const divisor = plus(1, e);
  const lost = plus(minus(e, minus(divisor, 1)), rest);
  const isBelow = isLess(x, 0);
  const numerator = select(isBelow, e, 1);
  const quotient = over(numerator, divisor);
  const product = times(quotient, divisor);
  const exact = minus(minus(numerator, product), lostBy(quotient, divisor, product));
  const left = plus(exact, select(isBelow, rest, 0));
  const y = plus(quotient, over(minus(left, times(quotient, lost)), divisor));
  // Far below 0, 1 + eˣ rounds to 1.
  return rarely(isLess(40, size(x)), () => select(isBelow, expOf(x, 0), 1), y);
});

/** σ′(x) = σ(x) (1 − σ(x)) = e/(1 + e)² with e = e^(−|x|), which keeps the tails; σ(x) itself is not needed. */
export const sigmoidSlope: (y: number, x: number) => number = ofTwo((_y, x) => {
  const e = expOf(negative(size(x)), 0);
  return over(over(e, plus(1, e)), plus(1, e));
});

/** A smooth maximum of x and 0: log(1 + eˣ). */
export const softplus: (x: number) => number = ofOne((x) => {
  const [e, rest] = expDoubled(negative(size(x))); // which never overflows
  const small = log1pSum(e, rest);
  const y = select(isLess(0, x), plus(x, small), small);
  // What log(1 + e) leaves out of e is below its last bit.
  return rarely(isLess(40, size(x)), () => select(isLess(x, 0), expOf(x, 0), x), y);
});

/** The hyperbolic tangent. */
export const tanh: (x: number) => number = ofOne(tanhOf);

/**
 * 1 − 2/(e²ᵃ + 1) for a = |x| ≥ 1, and below that Lambert's continued fraction a/(1 + z/(3 + z/(5 + …))) with z = a²,
 * cut off after 19 and multiplied out: a − a z p(z)/q(z), whose second term is small enough for its rounding not to
 * matter.
 */
function tanhOf(x: Num): Num {
  const a = size(x);
  const z = times(a, a);
  const p = plus(218243025, times(z, plus(16081065, times(z, plus(289575, times(z, plus(1430, z)))))));
  const q = plus(
    654729075,
    times(z, plus(310134825, times(z, plus(18918900, times(z, plus(315315, times(z, plus(1485, z)))))))),
  );
  const near = minus(a, times(a, over(times(z, p), q)));
  // Not so rare, but to do without e²ᵃ saves two thirds.
  const y = rarely(isAtMost(1, a), () => minus(1, over(2, plus(expOf(times(2, a), 0), 1))), near);
  return withSignOf(x, y);
}

/** tanh′(x) = (1 + tanh x)(1 − tanh x) = 4e/(1 + e)² with e = e^(−2|x|), which keeps the tails. */
export const tanhSlope: (y: number, x: number) => number = ofTwo((_y, x) => {
  const e = expOf(times(-2, size(x)), 0);
  return over(over(times(4, e), plus(1, e)), plus(1, e));
});

/** 1 − 2 σ(x) = −tanh(x/2). */
export const sigmoidLean: (y: number, x: number) => number = ofTwo((_y, x) => negative(tanhOf(over(x, 2))));

/** The hyperbolic sine, (eˣ − e⁻ˣ)/2. */
export const sinh: (x: number) => number = ofOne((x) => {
  const a = size(x);
  return withSignOf(x, select(isLess(a, 1), sinhBelowOne(a), halfExp(a, -1)));
});

/** sinh a = a + a³/3! + a⁵/5! + …; a¹⁹/19! is below 2⁻⁵⁶. */
function sinhBelowOne(a: Num): Num {
  const z = times(a, a);
  const z2 = times(z, z);
  const from3 = plus(1 / 6, times(z, 1 / 120), times(z2, plus(1 / 5040, times(z, 1 / 362880))));
  const from11 = plus(
    1 / 39916800,
    times(z, 1 / 6227020800),
    times(z2, plus(1 / 1307674368000, times(z, 1 / 355687428096000))),
  );
  return plus(a, times(a, z, plus(from3, times(z2, z2, from11))));
}

/** The hyperbolic cosine, (eˣ + e⁻ˣ)/2. */
export const cosh: (x: number) => number = ofOne((x) => halfExp(size(x), 1));

/** (eᵃ + s e⁻ᵃ)/2 for a ≥ 0. */
function halfExp(a: Num, s: 1 | -1): Num {
  const [e, rest] = expDoubled(a);
  const y = times(0.5, plus(e, plus(over(s, e), rest)));
  // Beyond 22 the second term is below half a unit in the last place; eᵃ itself may be too large where its half is not.
  return rarely(isLess(22, a), () => expOf(minus(a, LN2_HIGH), -LN2_LOW), y);
}
