import { exp } from "./exp.ts";

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
