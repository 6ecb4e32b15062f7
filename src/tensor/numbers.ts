/** How numbers are written: at most four decimals, none without meaning, and a power of ten where needed. */

/** A number taken apart for alignment at its decimal point. */
export interface Written {
  readonly negative: boolean;
  /** The digits before the point; `NaN` and `∞` stand here too. */
  readonly whole: string;
  /** The digits after the point. */
  readonly fraction: string;
  /** The power of ten, for numbers too large or small to be written out. */
  readonly exponent: number | null;
}

/** How many digits stand after the point, unless somebody wants more or fewer. */
export const DECIMALS = 4;

/** Writes a number. −0 is 0; a digit is left out only when nothing is lost by it. */
export function written(value: number, decimals: number = DECIMALS): Written {
  const magnitude = Math.abs(value);
  const negative = value < 0;
  if (!Number.isFinite(magnitude)) {
    return { negative, whole: Number.isNaN(value) ? "NaN" : "∞", fraction: "", exponent: null };
  }
  const plain = magnitude === 0 || (magnitude < 1e6 && magnitude >= 1e-3);
  if (plain || (Number.isInteger(magnitude) && magnitude < 1e9)) {
    const [whole, fraction] = trimmed(magnitude.toFixed(decimals), magnitude);
    return { negative, whole, fraction, exponent: null };
  }
  const [mantissa, exponent] = magnitude.toExponential(decimals).split("e");
  const [whole, fraction] = trimmed(mantissa, magnitude / Number(`1e${exponent}`));
  return { negative, whole, fraction, exponent: Number(exponent) };
}

/** The digits around the point, without trailing zeros when the value is just that: 0.5, but 0.1050 for 0.10499. */
function trimmed(digits: string, value: number): [whole: string, fraction: string] {
  const [whole, fraction = ""] = digits.split(".");
  const isExact = Math.abs(Number(digits) - value) <= 1e-13 * value;
  return [whole, isExact ? fraction.replace(/0+$/, "") : fraction];
}

/** The number as text: `-0.5`, `1.5e-7`. */
export function plainNumber(value: number): string {
  const { negative, whole, fraction, exponent } = written(value);
  return `${negative ? "-" : ""}${whole}${fraction && `.${fraction}`}${exponent === null ? "" : `e${exponent}`}`;
}

/** A number by its size, in one digit: 4·10⁻¹¹. */
export function roundedToSize(value: number): string {
  const [mantissa, exponent] = value.toExponential(0).split("e");
  return `${mantissa}·10${superscript(Number(exponent))}`;
}

/** A whole number in raised digits: ⁻¹¹. */
export function superscript(whole: number): string {
  return Array.from(String(whole), (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
}

/** The axis positions that are shown; `null` stands for those left out between. */
export function shown(length: number, most: number): (number | null)[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return [...Array.from({ length: most - 2 }, (_, i) => i), null, length - 1];
}

/** The most rows and columns of a matrix that are shown, and of a matrix of matrices. */
export const MOST = 8;
export const MOST_IN_BLOCKS = 4;

// Numbers in JSON, which has no NaN and no infinity.

/** A number as JSON has it. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** The number as JSON can write it; −0 is 0, as it is for JSON. */
export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value + 0;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** The number that JSON has written. */
export function fromJsonNumber(json: JsonNumber): number {
  return Number(json);
}
