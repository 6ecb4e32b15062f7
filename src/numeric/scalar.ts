/**
 * Elementary functions of one number, with the same bits on every engine.
 *
 * The language leaves the last bits of `Math.exp` and its kin open, and engines differ. Here only +, −, ×, ÷, √ and
 * comparison are used, which IEEE 754 fixes to the bit, so a seeded loss curve can be compared digit by digit.
 * Results lie within 1 unit in the last place of the true value, and mostly are the nearest double.
 */

import { exp, expDoubled, log1pSum } from "./exponential.ts";
import { productError } from "./rounding.ts";

export { cos, sin } from "./circle.ts";
export { exp, expm1, log, log1p } from "./exponential.ts";
export { pow } from "./pow.ts";

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
