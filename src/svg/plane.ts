/** The part of a picture in which things have coordinates. */

import { superscript } from "../tensor/numbers.ts";

/** A rectangle in pixels, and where the coordinates lie in it. */
export interface Plane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
}

/** The plane with the intervals x and y; y grows upwards. */
export function planeOf(
  { left, top, width, height }: Omit<Plane, "px" | "py">,
  x: Interval,
  y: Interval,
): Plane {
  return {
    left,
    top,
    width,
    height,
    px: (value) => left + width * shareOf(x, value),
    py: (value) => top + height * (1 - shareOf(y, value)),
  };
}

/** Pixels as they are written: a tenth of one is enough. */
export function short(pixels: number): string {
  return String(Number.isInteger(pixels) ? pixels : Number(pixels.toFixed(1)));
}

// Intervals of an axis: the one that holds some numbers, and the round numbers in one.

/** From the lower to the higher end. */
export type Interval = readonly [low: number, high: number];

/** The smallest interval with all the finite numbers in it; one around a single number, (0, 1) without any. */
export function intervalOf(values: Iterable<number>): Interval {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

/** The interval with a margin on both sides, so that what stands at its ends is not cut. */
export function widened([low, high]: Interval, share: number): Interval {
  const margin = (high - low) * share;
  return [low - margin, high + margin];
}

/** Where `value` lies in an interval: 0 at its lower end, 1 at the higher. */
export function shareOf([low, high]: Interval, value: number): number {
  return (value - low) / (high - low);
}

/** The round numbers in an interval, about `count` of them: multiples of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: Interval, count: number): number[] {
  const rough = (high - low) / count;
  const [mantissa, exponent] = rough.toExponential().split("e").map(Number);
  const round = [1, 2, 5, 10].find((candidate) => candidate >= mantissa) ?? 10;
  // A power of ten is read from text, not computed: the bits of a power differ between engines.
  const step = round * Number(`1e${exponent}`);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** A tick as it is written: no digits that only rounding brought, a true minus sign, and 2·10⁻⁷ for what is tiny. */
export function tickLabel(value: number): string {
  const [mantissa, exponent] = String(Number(value.toPrecision(10))).split("e");
  const digits = mantissa.replace("-", "−");
  if (exponent === undefined) return digits;
  const power = `10${superscript(Number(exponent))}`;
  return digits === "1" || digits === "−1" ? digits.replace("1", power) : `${digits}·${power}`;
}
