/** Powers: xʸ = exp(y log x), with the logarithm in doubled precision so that exact powers come out exact. */

import { expSum } from "./exponential.ts";
import { exponentOf, LN2_HIGH, LN2_LOW, powerOfTwo, productError, upperHalf } from "./rounding.ts";

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
  const rest = sLow * (sHigh + s) + remainder(s * s);
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
function remainder(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const from5 = 3 / 5 + z * (3 / 7) + z2 * (3 / 9 + z * (3 / 11));
  const from13 = 3 / 13 + z * (3 / 15) + z2 * (3 / 17 + z * (3 / 19)) + z4 * (3 / 21 + z * (3 / 23));
  return z2 * (from5 + z4 * from13);
}
