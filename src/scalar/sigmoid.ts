import { exp, expDoubled } from "./exp.ts";
import { productError } from "./rounding-error.ts";

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
