/** Sine and cosine: the angle is brought into [−π/4, π/4], where their Taylor series are short. */

import { powerOfTwo, sumError } from "./rounding.ts";

/** The sine of x in radians, right for every finite x; NaN for ±∞. */
export function sin(x: number): number {
  if (x === 0) return x; // keeps −0
  const angle = reduceAngle(x);
  const y = angle.quarters % 2 === 0 ? sinNearZero(angle) : cosNearZero(angle);
  return angle.quarters < 2 ? y : -y;
}

/** The cosine of x in radians, right for every finite x; NaN for ±∞. */
export function cos(x: number): number {
  const angle = reduceAngle(x);
  const y = angle.quarters % 2 === 0 ? cosNearZero(angle) : sinNearZero(angle);
  return angle.quarters === 0 || angle.quarters === 3 ? y : -y;
}

/** sin(r + c) = r − r³/3! + r⁵/5! − … + c (1 − r²/2). */
function sinNearZero({ rest: r, correction: c }: Angle): number {
  const z = r * r;
  const z2 = z * z;
  const from3 = -1 / 6 + z * (1 / 120) + z2 * (-1 / 5040 + z * (1 / 362880));
  const from11 = -1 / 39916800 + z * (1 / 6227020800) + z2 * (-1 / 1307674368000 + z * (1 / 355687428096000));
  return r + (r * z * (from3 + z2 * z2 * from11) + c * (1 - z / 2));
}

/** cos(r + c) = 1 − r²/2 + r⁴/4! − … − c r, where 1 − r²/2 must not round away the last bits of r²/2. */
function cosNearZero({ rest: r, correction: c }: Angle): number {
  const z = r * r;
  const z2 = z * z;
  const from4 = 1 / 24 + z * (-1 / 720) + z2 * (1 / 40320 + z * (-1 / 3628800));
  const from12 = 1 / 479001600 + z * (-1 / 87178291200) + z2 * (1 / 20922789888000);
  const leading = 1 - z / 2;
  return leading + (1 - leading - z / 2 + (z2 * (from4 + z2 * z2 * from12) - c * r));
}

// The angle x as a number of quarter turns and a rest in [−π/4, π/4], to more digits than a double holds.

/** x = quarters · π/2 + rest + correction, up to full turns. */
export interface Angle {
  readonly quarters: 0 | 1 | 2 | 3;
  readonly rest: number;
  /** What rest has rounded away. */
  readonly correction: number;
}

// π/2 in three parts (Cody and Waite): the first two have 33 bits, so that n times them is exact for n < 2²⁰.
const HALF_PI_HIGH: number = 1.5707963267341256;
const HALF_PI_MIDDLE: number = 6.077100506303966e-11;
const HALF_PI_LOW: number = 2.0222662487959506e-21;

/** Takes an angle apart; ±∞ and NaN have NaN as their rest. */
export function reduceAngle(x: number): Angle {
  const size = Math.abs(x);
  if (size <= Math.PI / 4) return { quarters: 0, rest: x, correction: 0 };
  if (!(size < Number.POSITIVE_INFINITY)) return { quarters: 0, rest: Number.NaN, correction: 0 };
  if (size > 524288) return reduceExactly(x);
  const n = Math.round(x * (2 / Math.PI));
  const head = x - n * HALF_PI_HIGH;
  const middle = -n * HALF_PI_MIDDLE;
  const sum = head + middle;
  const low = sumError(head, middle, sum) - n * HALF_PI_LOW;
  const rest = sum + low;
  // So close to a multiple of π/2 that the three parts have too few digits.
  if (Math.abs(rest) < powerOfTwo(-20)) return reduceExactly(x);
  return { quarters: quartersOf(n), rest, correction: sum - rest + low };
}

/** The bits of π/2 behind the binary point: 1024 are used up by the largest x, over 170 remain for its rest. */
const FRACTION_BITS: number = 1200;
/** The bits that are left of the rest when it is turned into two doubles. */
const REST_BITS: number = 200;

let halfPi: bigint | undefined;

/** The same by whole numbers of as many digits as it takes: for huge angles, and those next to a multiple of π/2. */
function reduceExactly(x: number): Angle {
  halfPi ??= computeHalfPi();
  const fixed = fixedPoint(x);
  const n = floorDivide(fixed + (halfPi >> 1n), halfPi);
  const rest = (fixed - n * halfPi) >> BigInt(FRACTION_BITS - REST_BITS);
  const high = Number(rest);
  const low = Number(rest - BigInt(high));
  const unit = powerOfTwo(-REST_BITS);
  return { quarters: quartersOf(Number(n & 3n)), rest: high * unit, correction: low * unit };
}

/** x · 2^FRACTION_BITS, exactly, for |x| > ¼. */
function fixedPoint(x: number): bigint {
  let m = x;
  let shift = FRACTION_BITS;
  while (!Number.isInteger(m)) {
    m *= 2;
    shift -= 1;
  }
  return BigInt(m) << BigInt(shift);
}

/** π/2 by Machin's formula: π/4 = 4 arctan(1/5) − arctan(1/239), with 64 digits more than are kept. */
function computeHalfPi(): bigint {
  const guard = 64n;
  const one = 1n << (BigInt(FRACTION_BITS) + guard);
  return (8n * inverseArctan(5n, one) - 2n * inverseArctan(239n, one)) >> guard;
}

/** arctan(1/q) = 1/q − 1/(3q³) + 1/(5q⁵) − … in units of 1/one. */
function inverseArctan(q: bigint, one: bigint): bigint {
  let sum = 0n;
  let sign = 1n;
  let term = one / q;
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += (sign * term) / n;
    term /= q * q;
    sign = -sign;
  }
  return sum;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

function quartersOf(n: number): Angle["quarters"] {
  // The last two bits of a whole number below 2³¹, negative ones included, are its remainder by 4.
  return (n & 3) as Angle["quarters"];
}
