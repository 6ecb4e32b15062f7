/** Sine and cosine: the angle is brought into [−π/4, π/4], where their Taylor series are short. And their inverses. */

import {
  and,
  floor,
  isAtMost,
  isEqual,
  lostInSum,
  minus,
  type Num,
  negative,
  or,
  plus,
  select,
  size,
  times,
} from "./formula.ts";
import { ofOne } from "./map.ts";
import { powerOfTwo, productError, sumError } from "./rounding.ts";

/** The sine of x in radians, right for every finite x; NaN for ±∞. */
export const sin: (x: number) => number = ofOne(
  (x) => select(isEqual(x, 0), x, sinOf(reduceAngle(x), 0)), // keeps −0
  (x) => sinOf(reduceExactly(x), 0) as number, // of an angle in numbers it is a number
);

/** The cosine of x in radians, right for every finite x; NaN for ±∞. */
export const cos: (x: number) => number = ofOne(
  (x) => sinOf(reduceAngle(x), 1),
  (x) => sinOf(reduceExactly(x), 1) as number, // as above
);

/** The sine of an angle and so many quarter turns more: that of the rest, or its cosine, and less than 0 for two. */
function sinOf({ quarters, rest, correction }: Angle, more: 0 | 1): Num {
  const turns = plus(quarters, more);
  const isOdd = or(isEqual(turns, 1), isEqual(turns, 3));
  const y = select(isOdd, cosNearZero(rest, correction), sinNearZero(rest, correction));
  return select(or(isEqual(turns, 2), isEqual(turns, 3)), negative(y), y);
}

/** sin(r + c) = r − r³/3! + r⁵/5! − … + c (1 − r²/2). */
function sinNearZero(r: Num, c: Num): Num {
  const z = times(r, r);
  const z2 = times(z, z);
  const from3 = plus(-1 / 6, times(z, 1 / 120), times(z2, plus(-1 / 5040, times(z, 1 / 362880))));
  const from11 = plus(
    -1 / 39916800,
    times(z, 1 / 6227020800),
    times(z2, plus(-1 / 1307674368000, times(z, 1 / 355687428096000))),
  );
  return plus(r, plus(times(r, z, plus(from3, times(z2, z2, from11))), times(c, minus(1, times(z, 0.5)))));
}

/** cos(r + c) = 1 − r²/2 + r⁴/4! − … − c r, where 1 − r²/2 must not round away the last bits of r²/2. */
function cosNearZero(r: Num, c: Num): Num {
  const z = times(r, r);
  const z2 = times(z, z);
  const from4 = plus(1 / 24, times(z, -1 / 720), times(z2, plus(1 / 40320, times(z, -1 / 3628800))));
  const from12 = plus(1 / 479001600, times(z, -1 / 87178291200), times(z2, 1 / 20922789888000));
  const half = times(z, 0.5);
  const leading = minus(1, half);
  const small = minus(times(z2, plus(from4, times(z2, z2, from12))), times(c, r));
  return plus(leading, plus(minus(minus(1, leading), half), small));
}

// The angle x as a number of quarter turns and a rest in [−π/4, π/4], to more digits than a double holds.

/** x = quarters · π/2 + rest + correction, up to full turns. */
interface Angle {
  /** From 0 to 3. */
  readonly quarters: Num;
  readonly rest: Num;
  /** What rest has rounded away. */
  readonly correction: Num;
}

// π/2 in three parts (Cody and Waite): the first two have 33 bits, so that n times them is exact for n < 2²⁰.
const HALF_PI_HIGH: number = 1.5707963267341256;
const HALF_PI_MIDDLE: number = 6.077100506303966e-11;
const HALF_PI_LOW: number = 2.0222662487959506e-21;

/** Takes an angle apart. NaN stands as the rest of one that is too large for this, or too close to a multiple of π/2. */
function reduceAngle(x: Num): Angle {
  const isSmall = isAtMost(size(x), Math.PI / 4);
  const n = floor(plus(times(x, 2 / Math.PI), 0.5));
  const head = minus(x, times(n, HALF_PI_HIGH));
  const middle = times(n, -HALF_PI_MIDDLE);
  const sum = plus(head, middle);
  const low = minus(lostInSum(head, middle, sum), times(n, HALF_PI_LOW));
  const rest = plus(sum, low);
  const isKnown = and(isAtMost(size(x), 524288), isAtMost(powerOfTwo(-20), size(rest)));
  return {
    quarters: select(isSmall, 0, minus(n, times(4, floor(times(n, 0.25))))),
    rest: select(isSmall, x, select(isKnown, rest, Number.NaN)),
    correction: select(isSmall, 0, plus(minus(sum, rest), low)),
  };
}

/** The bits of π/2 behind the binary point: 1024 are used up by the largest x, over 170 remain for its rest. */
const FRACTION_BITS: number = 1200;
/** The bits that are left of the rest when it is turned into two doubles. */
const REST_BITS: number = 200;

let halfPi: bigint | undefined;

/** The same with whole numbers of as many digits as needed: for huge angles, and those next to a multiple of π/2. */
function reduceExactly(x: number): Angle {
  if (!Number.isFinite(x)) return { quarters: 0, rest: Number.NaN, correction: 0 };
  halfPi ??= computeHalfPi();
  const fixed = fixedPoint(x);
  const n = floorDivide(fixed + (halfPi >> 1n), halfPi);
  const rest = (fixed - n * halfPi) >> BigInt(FRACTION_BITS - REST_BITS);
  const high = Number(rest);
  const low = Number(rest - BigInt(high));
  const unit = powerOfTwo(-REST_BITS);
  return { quarters: Number(n & 3n), rest: high * unit, correction: low * unit };
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

// The inverse functions: each is the angle whose tangent is some quotient.

/** The angle in [−π/2, π/2] whose tangent is x. */
export function atan(x: number): number {
  return Number.isNaN(x) ? x : withSignOf(x, total(arc(Math.abs(x), 0)));
}

/** The angle in [−π/2, π/2] whose sine is x; NaN beyond ±1. */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return Number.NaN;
  const [other, rest] = otherLeg(a);
  return withSignOf(x, total(arcOfQuotient(a, 0, other, rest)));
}

/** The angle in [0, π] whose cosine is x; NaN beyond ±1. */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return Number.NaN;
  const [other, rest] = otherLeg(a);
  const angle = arcOfQuotient(other, rest, a, 0);
  return total(x < 0 ? supplement(angle) : angle);
}

/** The angle in [−π, π] from the positive first axis to the point (x, y), with the special cases of IEEE 754. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const [opposite, adjacent] = bothInRange(Math.abs(y), Math.abs(x));
  const angle = arcOfQuotient(opposite, 0, adjacent, 0);
  return withSignOf(y, total(x < 0 || Object.is(x, -0) ? supplement(angle) : angle));
}

/** A number as an unevaluated sum of two doubles. */
type Doubled = readonly [high: number, low: number];

const total = ([high, low]: Doubled): number => high + low;

const withSignOf = (x: number, size: number): number => (x < 0 || Object.is(x, -0) ? -size : size);

/** √(1 − a²) for a in [0, 1], doubled. */
function otherLeg(a: number): Doubled {
  const square = a * a;
  const d = 1 - square;
  const lost = sumError(1, -square, d) - productError(a, a, square);
  const root = Math.sqrt(d);
  if (root === 0) return [0, 0];
  const back = root * root;
  return [root, (d - back - productError(root, root, back) + lost) / (2 * root)];
}

/** Two legs of an angle, so scaled that their products neither overflow nor vanish; of ∞ and a number, 1 and 0. */
function bothInRange(y: number, x: number): Doubled {
  if (Math.max(x, y) === Number.POSITIVE_INFINITY) return [y >= x ? 1 : 0, x >= y ? 1 : 0];
  if (Math.max(y / x, x / y) > 1e18) return [y, x]; // of which no product is made
  const factor = Math.max(x, y) > 1e150 ? powerOfTwo(-600) : Math.max(x, y) < 1e-150 ? powerOfTwo(600) : 1;
  return [y * factor, x * factor];
}

/** The angle whose tangent is (a + da)/(b + db), for numbers that are not negative. */
function arcOfQuotient(a: number, da: number, b: number, db: number): Doubled {
  if (a === 0) return [0, 0];
  const quotient = a / b;
  if (quotient < 1e-18) return [quotient, 0];
  if (quotient > 1e18) return [HALF_PI, HALF_PI_REST];
  const product = quotient * b;
  const left = a - product - productError(quotient, b, product) + (da - quotient * db);
  return arc(quotient, left / b);
}

/** π less the angle. */
function supplement([high, low]: Doubled): Doubled {
  const rest = 2 * HALF_PI - high;
  return [rest, sumError(2 * HALF_PI, -high, rest) + 2 * HALF_PI_REST - low];
}

const HALF_PI: number = 1.5707963267948966;
const HALF_PI_REST: number = 6.123233995736766e-17;

/** The angle whose tangent is x + c, for x ≥ 0 and a tiny c: beyond 1 it is a right angle less that of 1/x. */
function arc(x: number, c: number): Doubled {
  if (x <= 1) return arcBelowOne(x, c);
  if (x > 1e18) return [HALF_PI, HALF_PI_REST];
  const inverse = 1 / x;
  const product = inverse * x;
  const left = 1 - product - productError(inverse, x, product) - inverse * c;
  const [high, low] = arcBelowOne(inverse, left * inverse);
  const rest = HALF_PI - high;
  return [rest, sumError(HALF_PI, -high, rest) + HALF_PI_REST - low];
}

/**
 * atan(x + c) for x in [0, 1]. The series below ¼; from there on with the nearest b = k/8 the sum
 * atan b + atan u for u = (x − b)/(1 + b x), which is at most 1/16.
 */
function arcBelowOne(x: number, c: number): Doubled {
  const correction = c / (1 + x * x);
  if (x < 0.25) return [x, correction - arcSeries(x, 13)];
  const k = Math.round(8 * x);
  const b = k / 8;
  const product = x * b;
  const divisor = 1 + product;
  const lost = product - (divisor - 1) + productError(x, b, product);
  const u = (x - b) / divisor;
  const back = u * divisor;
  const left = x - b - back - productError(u, divisor, back) - u * lost;
  const [high, low] = ARCS[k - 2];
  const sum = high + u;
  return [sum, sumError(high, u, sum) + (low + left / divisor + correction - arcSeries(u, 6))];
}

/** u − atan u = u³/3 − u⁵/5 + …, in so many terms. */
function arcSeries(u: number, terms: number): number {
  const z = u * u;
  let sum = 0;
  for (let k = terms; k >= 1; k--) sum = ODD_RECIPROCALS[k] - z * sum;
  return u * z * sum;
}

const ODD_RECIPROCALS: readonly number[] = Array.from({ length: 14 }, (_, k) => 1 / (2 * k + 1));

/** atan(k/8) for k = 2, …, 8. */
const ARCS: readonly Doubled[] = [
  [0.24497866312686414, 1.0698755618734451e-17],
  [0.35877067027057225, -2.4623815582638635e-17],
  [0.4636476090008061, 2.2698777452961687e-17],
  [0.5585993153435624, -5.4556305485916264e-18],
  [0.6435011087932844, 1.5834785051444286e-17],
  [0.7188299996216245, -2.1478388444456983e-17],
  [0.7853981633974483, 3.061616997868383e-17],
];
