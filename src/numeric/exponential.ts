/** The exponential function, the logarithm, and powers. */

import {
  and,
  exponent,
  floor,
  isAtMost,
  isEqual,
  isLess,
  minus,
  type Num,
  not,
  or,
  over,
  plus,
  rarely,
  select,
  significand,
  size,
  times,
  twoToThe,
  upperBits,
} from "./formula.ts";
import { ofOne, ofTwo } from "./map.ts";
import { exponentOf, LN2_HIGH, LN2_LOW, powerOfTwo, productError, upperHalf } from "./rounding.ts";

// The exponential function: eˣ = 2ᵏ eʳ, with |r| ≤ ½ ln 2 and the Taylor series for eʳ.

/** Above this eˣ is ∞, below that it is 0. */
const OVERFLOW: number = 709.782712893384;
const UNDERFLOW: number = -745.1332191019412;

/** For |x| up to here, 2ᵏ is a normal number. */
const SAFE = 708;

/** eˣ. */
export const exp: (x: number) => number = ofOne((x) => expOf(x, 0));

/** eˣ⁺ᶜ, where c is a correction too small to be added to x. */
export const expSum: (x: number, correction: number) => number = ofTwo((x, correction) =>
  expOf(x, correction),
);

/** eˣ⁺ᶜ. */
export function expOf(x: Num, correction: Num): Num {
  const { k, r, lost } = reduced(x, correction);
  const value = plusExpm1(1, r, lost);
  return rarely(not(isAtMost(size(x), SAFE)), () => saturated(x, scale(value, k)), times(value, twoToThe(k)));
}

/** y, which is eˣ, or what it is where x is beyond its range. */
const saturated = (x: Num, y: Num): Num =>
  select(isLess(OVERFLOW, x), Number.POSITIVE_INFINITY, select(isLess(x, UNDERFLOW), 0, y));

/** eˣ for |x| ≤ 708 as an unevaluated sum of two doubles, right to about 2⁻⁶⁰ of its size. */
export function expDoubled(x: Num): [high: Num, low: Num] {
  const { k, r, lost } = reduced(x, 0);
  const { total, rest } = plusExpm1Doubled(1, r, lost);
  const high = plus(total, rest);
  const unit = twoToThe(k);
  return [times(high, unit), times(plus(minus(total, high), rest), unit)];
}

/** eˣ − 1, right to the last bits also near 0. */
export const expm1: (x: number) => number = ofOne((x) => {
  const { k, r, lost } = reduced(x, 0);
  const small = plus(x, plus(times(0.5, x, x), fromCube(x)));
  // eˣ − 1 = 2ᵏ (1 − 2⁻ᵏ + eʳ − 1); beyond 2⁶⁰ the 1 is lost.
  const start = select(isLess(60, k), 1, minus(1, twoToThe(times(-1, k))));
  const large = plusExpm1(start, r, lost);
  const y = select(isEqual(k, 0), small, times(large, twoToThe(k)));
  const isFar = or(not(isAtMost(size(x), 40)), isEqual(x, 0));
  return rarely(
    isFar,
    () => select(isLess(x, -40), -1, select(isEqual(x, 0), x, saturated(x, scale(large, k)))),
    y,
  );
});

/** x + c as k ln 2 + r + lost, where |r| ≤ ½ ln 2. */
function reduced(x: Num, correction: Num): { readonly k: Num; readonly r: Num; readonly lost: Num } {
  const k = floor(plus(times(x, Math.LOG2E), 0.5));
  const head = minus(x, times(k, LN2_HIGH));
  const tail = correction === 0 ? times(k, -LN2_LOW) : minus(correction, times(k, LN2_LOW));
  const r = plus(head, tail);
  return { k, r, lost: plus(minus(head, r), tail) };
}

/** x · 2ᵏ for k from −1082 to 1024, rounded once: below the normal range the first factor must not round. */
function scale(x: Num, k: Num): Num {
  const lift = select(isLess(k, -1022), 60, select(isLess(1023, k), -1, 0));
  return times(x, twoToThe(plus(k, lift)), twoToThe(times(-1, lift)));
}

/**
 * start + eʳ⁺ᶜ − 1 for |r| ≤ ½ ln 2, a tiny c, and |start| ≥ ½. The two large terms, r and r²/2, are added without
 * loss: r² is the exact square of the upper half of r, and a small rest.
 */
function plusExpm1(start: Num, r: Num, c: Num): Num {
  const { total, rest } = plusExpm1Doubled(start, r, c);
  return plus(total, rest);
}

function plusExpm1Doubled(start: Num, r: Num, c: Num): { readonly total: Num; readonly rest: Num } {
  const upper = upperBits(r);
  const half = times(0.5, upper, upper);
  const sum = plus(start, r);
  const total = plus(sum, half);
  const lost = plus(minus(r, minus(sum, start)), minus(half, minus(total, sum)));
  const square = times(0.5, minus(r, upper), plus(r, upper));
  return { total, rest: plus(lost, plus(square, fromCube(r), times(c, plus(1, r, half)))) };
}

/** r³/3! + r⁴/4! + … for |r| ≤ ½ ln 2, where r¹⁴/14! is below 2⁻⁵⁷; in groups, for speed. */
function fromCube(r: Num): Num {
  const r2 = times(r, r);
  const r4 = times(r2, r2);
  const from3 = plus(1 / 6, times(r, 1 / 24), times(r2, plus(1 / 120, times(r, 1 / 720))));
  const from7 = plus(1 / 5040, times(r, 1 / 40320), times(r2, plus(1 / 362880, times(r, 1 / 3628800))));
  const from11 = plus(1 / 39916800, times(r, 1 / 479001600), times(r2, 1 / 6227020800));
  return times(r, r2, plus(from3, times(r4, plus(from7, times(r4, from11)))));
}

// The natural logarithm: log x = k ln 2 + log m, with m near 1.

const LEAST_NORMAL = 2.2250738585072014e-308;

/** The natural logarithm. */
export const log: (x: number) => number = ofOne((x) => {
  const isNormal = and(isAtMost(LEAST_NORMAL, x), isAtMost(x, Number.MAX_VALUE));
  return rarely(not(isNormal), () => logElsewhere(x), logNormal(x, 0, 0));
});

/** Of 0, of numbers below it, of ∞ and NaN, and of the subnormal ones, which 2⁵⁴ lifts into the normal range. */
function logElsewhere(x: Num): Num {
  const lifted = isLess(x, LEAST_NORMAL);
  const y = logNormal(select(lifted, times(x, powerOfTwo(54)), x), select(lifted, -54, 0), 0);
  return select(
    isLess(0, x),
    select(isEqual(x, Number.POSITIVE_INFINITY), x, y),
    select(isEqual(x, 0), Number.NEGATIVE_INFINITY, Number.NaN),
  );
}

/** log(1 + x), right to the last bits also near 0. */
export const log1p: (x: number) => number = ofOne((x) => log1pSum(x, 0));

/** log(1 + x + c), where c is a correction too small to be added to x. */
export function log1pSum(x: Num, correction: Num): Num {
  const sum = plus(1, x);
  const lost = select(isLess(1, x), minus(1, minus(sum, x)), minus(x, minus(sum, 1)));
  // log(sum + lost) = log sum + lost/sum + …
  const y = logNormal(sum, 0, over(plus(lost, correction), sum));
  const isItself = or(isEqual(x, Number.POSITIVE_INFINITY), isLess(size(x), powerOfTwo(-54)));
  const isOutside = or(not(isLess(-1, x)), isItself);
  return rarely(
    isOutside,
    () => select(isItself, x, select(isEqual(x, -1), Number.NEGATIVE_INFINITY, Number.NaN)),
    y,
  );
}

/**
 * log x + k ln 2 + c for a normal number x and a tiny correction c. With x = 2ᵏ m, m in [½√2, √2], f = m − 1 and
 * s = f/(2 + f), log m = 2 artanh s = f − f²/2 + s (f²/2 + r), r = 2 (s²/3 + s⁴/5 + …). The large terms k ln 2, f and
 * f²/2 are added without loss: f² is the exact square of the upper half of f, and a small rest.
 */
function logNormal(x: Num, k: Num, correction: Num): Num {
  const given = significand(x);
  const isHalved = isLess(Math.SQRT2, given);
  const m = select(isHalved, times(given, 0.5), given);
  const power = plus(select(isHalved, plus(exponent(x), 1), exponent(x)), k);
  const f = minus(m, 1);
  const s = over(f, plus(2, f));
  const upper = upperBits(f);
  const half = times(0.5, upper, upper);
  const halfRest = times(0.5, minus(f, upper), plus(f, upper));
  const near = minus(f, half);
  const small = plus(minus(times(s, plus(half, halfRest, remainder(times(s, s)))), halfRest), correction);
  const whole = times(power, LN2_HIGH);
  const sum = plus(whole, near);
  const lost = plus(minus(whole, sum), near, minus(minus(f, near), half));
  return plus(sum, plus(lost, plus(small, times(power, LN2_LOW))));
}

/** 2 (z/3 + z²/5 + …) for 0 ≤ z ≤ 0.03, where the terms left out are below 2⁻⁵⁷; in groups, for speed. */
function remainder(z: Num): Num {
  const z2 = times(z, z);
  const z4 = times(z2, z2);
  const from3 = plus(2 / 3, times(z, 2 / 5), times(z2, plus(2 / 7, times(z, 2 / 9))));
  const from11 = plus(2 / 11, times(z, 2 / 13), times(z2, plus(2 / 15, times(z, 2 / 17))));
  return times(z, plus(from3, times(z4, plus(from11, times(z4, 2 / 19)))));
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
