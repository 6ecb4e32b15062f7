/** The rectangle of a picture in which things have coordinates. */

import { type Interval, shareOf } from "./interval.ts";

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
