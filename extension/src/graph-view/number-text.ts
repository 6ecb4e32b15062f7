/** Numbers as text: LaTeX with as many digits as a person wants, words, and TypeScript. */
import { roundedToSize } from "gradbook/graph";

/** The LaTeX of `value` with at most `digits` decimals: `0.1050`, `4 \times 10^{-11}`. */
export function digitsTex(value: number, digits: number): string {
  if (Number.isNaN(value)) return "\\mathrm{NaN}";
  if (!Number.isFinite(value)) return value < 0 ? "-\\infty" : "\\infty";
  const magnitude = Math.abs(value);
  const isShort = magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e6);
  if (isShort || (Number.isInteger(value) && magnitude < 1e9)) {
    return trimmed(value.toFixed(digits), value);
  }
  const [mantissa, exponent] = value.toExponential(digits).split("e");
  return `${trimmed(mantissa, Number.NaN)} \\times 10^{${Number(exponent)}}`;
}

/** A number in words of at most two digits: `4·10⁻¹¹`. */
export function roughly(value: number): string {
  if (value === 0) return "0";
  if (value >= 0.01 && value < 1000) return String(Number(value.toPrecision(2)));
  return roundedToSize(value);
}

/** Zeros at the end go where they say nothing: 0.5, but 0.1050 for 0.10499. */
function trimmed(digits: string, value: number): string {
  const isExact = Number.isNaN(value) || Number(digits) === value;
  return isExact && digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** The nested list of `data`, as `tensor` takes it: `[[1, -2], [3, 0.5]]`. */
export function literalOf(data: readonly number[], shape: readonly number[]): string {
  if (shape.length === 0) return String(data[0]);
  const [length, ...inner] = shape;
  const step = data.length / length;
  const parts = Array.from({ length }, (_, i) => literalOf(data.slice(i * step, (i + 1) * step), inner));
  return `[${parts.join(", ")}]`;
}
