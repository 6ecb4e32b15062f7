/** The exponential function, the logarithm, and powers. */

import { exponentOf, LN2_HIGH, LN2_LOW, powerOfTwo, productError, scale, upperHalf } from "./rounding.ts";

// The exponential function: eˣ = 2ᵏ eʳ, with |r| ≤ ½ ln 2 and the Taylor series for eʳ.

/** Above this eˣ is ∞, below that it is 0. */
const OVERFLOW: number = 709.782712893384;
const UNDERFLOW: number = -745.1332191019412;

/** eˣ. */
export function exp(x: number): number {
  return expSum(x, 0);
}

/** eˣ⁺ᶜ, where c is a correction too small to be added to x. */
export function expSum(x: number, correction: number): number {
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  if (Number.isNaN(x)) return x;
  const k = nearestMultiple(x);
  const head = x - k * LN2_HIGH;
  const tail = correction - k * LN2_LOW;
  const r = head + tail;
  const lost = head - r + tail;
  return scale(plusExpm1(1, r, lost), k);
}

/** eˣ for |x| < 700 as an unevaluated sum of two doubles, right to about 2⁻⁶⁰ of its size. */
export function expDoubled(x: number): [high: number, low: number] {
  const k = nearestMultiple(x);
  const head = x - k * LN2_HIGH;
  const tail = -k * LN2_LOW;
  const r = head + tail;
  const c = head - r + tail;
  const upper = upperHalf(r);
  const half = 0.5 * upper * upper;
  const sum = 1 + r;
  const total = sum + half;
  const lost = r - (sum - 1) + (half - (total - sum));
  const rest = lost + (0.5 * (r - upper) * (r + upper) + fromCube(r) + c * (1 + r + half));
  const high = total + rest;
  return [scale(high, k), scale(total - high + rest, k)];
}

/** eˣ − 1, right to the last bits also near 0. */
export function expm1(x: number): number {
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < -40) return -1;
  if (Number.isNaN(x) || x === 0) return x;
  const k = nearestMultiple(x);
  if (k === 0) return x + (0.5 * x * x + fromCube(x));
  const head = x - k * LN2_HIGH;
  const tail = -k * LN2_LOW;
  const r = head + tail;
  const lost = head - r + tail;
  // eˣ − 1 = 2ᵏ (1 − 2⁻ᵏ + eʳ − 1)
  return scale(plusExpm1(1 - powerOfTwo(-k), r, lost), k);
}

/** The k for which x − k ln 2 is smallest. */
function nearestMultiple(x: number): number {
  return Math.round(x * Math.LOG2E);
}

/**
 * start + eʳ⁺ᶜ − 1 for |r| ≤ ½ ln 2, a tiny c, and |start| ≥ ½. The two large terms, r and r²/2, are added without
 * loss: r² is the exact square of the upper half of r, and a small rest.
 */
function plusExpm1(start: number, r: number, c: number): number {
  const upper = upperHalf(r);
  const half = 0.5 * upper * upper;
  const sum = start + r;
  const total = sum + half;
  const lost = r - (sum - start) + (half - (total - sum));
  return total + (lost + (0.5 * (r - upper) * (r + upper) + fromCube(r) + c * (1 + r + half)));
}

/** r³/3! + r⁴/4! + … for |r| ≤ ½ ln 2, where r¹⁴/14! is below 2⁻⁵⁷; in groups, for speed. */
function fromCube(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const from3 = 1 / 6 + r * (1 / 24) + r2 * (1 / 120 + r * (1 / 720));
  const from7 = 1 / 5040 + r * (1 / 40320) + r2 * (1 / 362880 + r * (1 / 3628800));
  const from11 = 1 / 39916800 + r * (1 / 479001600) + r2 * (1 / 6227020800);
  return r * r2 * (from3 + r4 * (from7 + r4 * from11));
}

// The natural logarithm: log x = k ln 2 + log m, with m near 1.

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

// Powers: xʸ = exp(y log x), with the logarithm in doubled precision so that exact powers come out exact.

/**
 * xʸ, with the special cases of IEEE 754: x⁰ = 1 and 1ʸ = 1 even for NaN, (−1)^±∞ = 1, and a negative x has powers
 * for whole y only, NaN otherwise. (JavaScript's own ** differs: it has NaN for 1^NaN and (±1)^±∞.)
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x >= 0) return Math.sqrt(x) + 0; // √−0 is −0, the power 0
  if (x < 0 && !Number.isInteger(y) && Number.isFinite(x) && Number.isFinite(y)) return Number.NaN;
  const size = powOfSize(Math.abs(x), y);
  const isOdd = Math.abs(y % 2) === 1;
  return isOdd && (x < 0 || Object.is(x, -0)) ? -size : size;
}

/** xʸ for x from 0 to ∞. */
function powOfSize(x: number, y: number): number {
  if (x === 1) return 1;
  if (x === 0 || x === Number.POSITIVE_INFINITY || !Number.isFinite(y)) {
    return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const [high, low] = logDoubled(x);
  const product = y * high;
  // y · high beyond the range of exp, where the error of the product could be ∞ − ∞.
  if (product > 710) return Number.POSITIVE_INFINITY;
  if (product < -746) return 0;
  return expSum(product, productError(y, high, product) + y * low);
}

// ⅔ = TWO_THIRDS_HIGH + TWO_THIRDS_LOW; the high part has 26 bits.
const TWO_THIRDS_HIGH: number = upperHalf(2 / 3);
const TWO_THIRDS_LOW: number = (2 - 3 * TWO_THIRDS_HIGH) / 3;

/**
 * log x as an unevaluated sum of two doubles, right to 2⁻⁶⁵ of its size, for x > 0: with s = (m − 1)/(m + 1) and
 * z = s², log m = 2 artanh s = ⅔ s (3 + z + r), r = ⅗ z² + ³⁄₇ z³ + …; r is small enough for a single double.
 * The other factors are cut in halves of 26 bits, whose products are exact.
 */
function logDoubled(x: number): [high: number, low: number] {
  const isSubnormal = x < 2.2250738585072014e-308;
  const normal = isSubnormal ? x * powerOfTwo(54) : x;
  let k = exponentOf(normal);
  let m = normal * powerOfTwo(-k);
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  if (isSubnormal) k -= 54;

  const f = m - 1;
  const divisor = m + 1;
  const divisorHigh = upperHalf(divisor);
  const divisorLow = m - (divisorHigh - 1);
  const sHigh = upperHalf(f / divisor);
  const sLow = (f - sHigh * divisorHigh - sHigh * divisorLow) / divisor;
  const s = sHigh + sLow;

  const zHigh = sHigh * sHigh;
  const rest = sLow * (sHigh + s) + afterZ(s * s);
  const sumHigh = upperHalf(3 + zHigh + rest);
  const sumLow = rest - (sumHigh - 3 - zHigh);

  const exact = sHigh * sumHigh;
  const small = sLow * sumHigh + s * sumLow;
  const productHigh = upperHalf(exact + small);
  const productLow = small - (productHigh - exact);
  const logHigh = TWO_THIRDS_HIGH * productHigh;
  const logLow = TWO_THIRDS_LOW * productHigh + (2 / 3) * productLow;

  const whole = k * LN2_HIGH;
  const sum = whole + logHigh;
  const lost = whole - sum + logHigh + (logLow + k * LN2_LOW);
  const high = sum + lost;
  return [high, sum - high + lost];
}

/** 3 (z²/5 + z³/7 + …) for 0 ≤ z ≤ 0.03. */
function afterZ(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const from5 = 3 / 5 + z * (3 / 7) + z2 * (3 / 9 + z * (3 / 11));
  const from13 = 3 / 13 + z * (3 / 15) + z2 * (3 / 17 + z * (3 / 19)) + z4 * (3 / 21 + z * (3 / 23));
  return z2 * (from5 + z4 * from13);
}
