import { exp, expDoubled } from "./exp.ts";
import { log1pSum } from "./log.ts";

/** A smooth maximum of x and 0: log(1 + eˣ). */
export function softplus(x: number): number {
  if (x < -40) return exp(x); // what log(1 + e) leaves out of e is below its last bit
  if (x > 40) return x;
  if (Number.isNaN(x)) return x;
  const [e, rest] = expDoubled(-Math.abs(x)); // which never overflows
  const small = log1pSum(e, rest);
  return x > 0 ? x + small : small;
}
