/**
 * Elementary functions of one number, with the same bits on every engine.
 *
 * The language leaves the last bits of `Math.exp` and the like open, and engines differ. Here only +, −, ×, ÷, √ and
 * comparison are used, which IEEE 754 fixes to the bit, so a seeded loss curve can be compared digit by digit.
 * Results lie within 1 unit in the last place of the true value, and mostly are the nearest double; within 3 in the
 * tails of the normal distribution.
 */

import { exp, expDoubled, expSum, log1pSum } from "./exponential.ts";
import { LN2_HIGH, LN2_LOW, productError } from "./rounding.ts";

export { acos, asin, atan, atan2, cos, sin } from "./circle.ts";
export { erf, normalDensity, normalDistribution } from "./error-function.ts";
export { exp, expm1, log, log1p, pow } from "./exponential.ts";

/** The logistic function 1 / (1 + e⁻ˣ), right to the last bit or the one before. */
export function sigmoid(x: number): number {
  if (x < -40) return exp(x); // 1 + eˣ rounds to 1
  if (x > 40) return 1;
  if (Number.isNaN(x)) return x;
  // With e = e^−|x| to twice the digits: numerator / (1 + e), and what the rounded quotient leaves over.
  const [e, rest] = expDoubled(-Math.abs(x));
  const divisor = 1 + e;
  const lost = e - (divisor - 1) + rest;
  const numerator = x < 0 ? e : 1;
  const quotient = numerator / divisor;
  const product = quotient * divisor;
  const left = numerator - product - productError(quotient, divisor, product) + (x < 0 ? rest : 0);
  return quotient + (left - quotient * lost) / divisor;
}

/** A smooth maximum of x and 0: log(1 + eˣ). */
export function softplus(x: number): number {
  if (x < -40) return exp(x); // what log(1 + e) leaves out of e is below its last bit
  if (x > 40) return x;
  if (Number.isNaN(x)) return x;
  const [e, rest] = expDoubled(-Math.abs(x)); // which never overflows
  const small = log1pSum(e, rest);
  return x > 0 ? x + small : small;
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  // Beyond 22 the distance to 1 is below half a unit in the last place.
  const y = a > 22 ? 1 : a >= 1 ? 1 - 2 / (exp(2 * a) + 1) : tanhBelowOne(a);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/**
 * tanh a = a/(1 + z/(3 + z/(5 + …))) with z = a², Lambert's continued fraction, cut off after 19 and multiplied out:
 * a − a z p(z)/q(z), whose second term is small enough for its rounding not to matter.
 */
function tanhBelowOne(a: number): number {
  const z = a * a;
  const p = 218243025 + z * (16081065 + z * (289575 + z * (1430 + z)));
  const q = 654729075 + z * (310134825 + z * (18918900 + z * (315315 + z * (1485 + z))));
  return a - a * ((z * p) / q);
}

/** The hyperbolic sine, (eˣ − e⁻ˣ)/2. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  const y = a < 1 ? sinhBelowOne(a) : halfExp(a, -1);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/** sinh a = a + a³/3! + a⁵/5! + …; a¹⁹/19! is below 2⁻⁵⁶. */
function sinhBelowOne(a: number): number {
  const z = a * a;
  const z2 = z * z;
  const from3 = 1 / 6 + z * (1 / 120) + z2 * (1 / 5040 + z * (1 / 362880));
  const from11 = 1 / 39916800 + z * (1 / 6227020800) + z2 * (1 / 1307674368000 + z * (1 / 355687428096000));
  return a + a * z * (from3 + z2 * z2 * from11);
}

/** The hyperbolic cosine, (eˣ + e⁻ˣ)/2. */
export function cosh(x: number): number {
  return halfExp(Math.abs(x), 1);
}

/** (eᵃ + s e⁻ᵃ)/2 for a ≥ 0. */
function halfExp(a: number, s: 1 | -1): number {
  if (Number.isNaN(a)) return a;
  // Beyond 22 the second term is below half a unit in the last place; eᵃ itself may be too large where its half is not.
  if (a > 22) return expSum(a - LN2_HIGH, -LN2_LOW);
  const [e, rest] = expDoubled(a);
  return 0.5 * (e + (s / e + rest));
}
