/** The natural logarithm: log x = k ln 2 + log m, with m near 1. */

import { exponentOf, LN2_HIGH, LN2_LOW, powerOfTwo } from "./binary.ts";
import { upperHalf } from "./rounding-error.ts";

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  // 2⁵⁴ lifts a subnormal number into the normal range.
  return x < 2.2250738585072014e-308 ? logNormal(x * powerOfTwo(54), -54, 0) : logNormal(x, 0, 0);
}

/** log(1 + x), right to the last bits also near 0. */
export function log1p(x: number): number {
  return log1pSum(x, 0);
}

/** log(1 + x + c), where c is a correction too small to be added to x. */
export function log1pSum(x: number, correction: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY || Math.abs(x) < powerOfTwo(-54)) return x;
  const sum = 1 + x;
  const lost = x > 1 ? 1 - (sum - x) : x - (sum - 1);
  // log(sum + lost) = log sum + lost/sum + …
  return logNormal(sum, 0, (lost + correction) / sum);
}

/**
 * log x + k ln 2 + c for a normal number x and a tiny correction c. With x = 2ᵏ m, m in [½√2, √2], f = m − 1 and
 * s = f/(2 + f), log m = 2 artanh s = f − f²/2 + s (f²/2 + r), r = 2 (s²/3 + s⁴/5 + …). The large terms k ln 2, f and
 * f²/2 are added without loss: f² is the exact square of the upper half of f, and a small rest.
 */
function logNormal(x: number, k: number, correction: number): number {
  let exponent = exponentOf(x);
  let m = x * powerOfTwo(-exponent);
  if (m > Math.SQRT2) {
    m /= 2;
    exponent += 1;
  }
  exponent += k;
  const f = m - 1;
  const s = f / (2 + f);
  const upper = upperHalf(f);
  const half = 0.5 * upper * upper;
  const halfRest = 0.5 * (f - upper) * (f + upper);
  const near = f - half;
  const small = s * (half + halfRest + remainder(s * s)) - halfRest + correction;
  const whole = exponent * LN2_HIGH;
  const sum = whole + near;
  const lost = whole - sum + near + (f - near - half);
  return sum + (lost + (small + exponent * LN2_LOW));
}

/** 2 (z/3 + z²/5 + …) for 0 ≤ z ≤ 0.03, where the terms left out are below 2⁻⁵⁷; in groups, for speed. */
function remainder(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const from3 = 2 / 3 + z * (2 / 5) + z2 * (2 / 7 + z * (2 / 9));
  const from11 = 2 / 11 + z * (2 / 13) + z2 * (2 / 15 + z * (2 / 17));
  return z * (from3 + z4 * (from11 + z4 * (2 / 19)));
}
