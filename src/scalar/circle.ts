/** Sine and cosine: the angle is brought into [−π/4, π/4], where their Taylor series are short. */

import { type Angle, reduceAngle } from "./reduce-angle.ts";

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
