/** A tensor's numbers as a graph's JSON has them: all of few, and of many what says most. */

import type { Entries } from "../dtype.ts";
import { type JsonNumber, toJsonNumber } from "../json-numbers.ts";
import { shown } from "../numbers.ts";
import type { Shape } from "../shape.ts";
import type { GraphValues } from "./graph-json.ts";

/** Enough to see on a card and to add up; leaves keep all of theirs, as everything is computed from them. */
const DIGITS = 7;
/** The rows and columns that a summary shows. */
const CORNER = 4;

/** Numbers with a shape. */
export interface Numbers {
  readonly shape: Shape;
  readonly data: Entries;
}

/** The entries, in so many digits; a summary of more than `most`. */
export function valuesOf({ shape, data }: Numbers, most: number, digits: number = DIGITS): GraphValues {
  if (data.length <= most) return { data: Array.from(data, (entry) => numberOf(entry, digits)) };
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1];
  const rows = shape.length < 2 ? 1 : shape[shape.length - 2];
  return {
    ...rangeOf(data),
    corner: shown(rows, CORNER).map((row) =>
      row === null
        ? null
        : shown(columns, CORNER).map((column) =>
            column === null ? null : numberOf(data[row * columns + column], 4),
          ),
    ),
  };
}

/** A number in so many digits. */
export function numberOf(value: number, digits: number = DIGITS): JsonNumber {
  return toJsonNumber(digits >= 17 ? value : Number(value.toPrecision(digits)));
}

function rangeOf(data: Entries): { least: JsonNumber; most: JsonNumber; mean: JsonNumber } {
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const entry of data) {
    least = Math.min(least, entry);
    most = Math.max(most, entry);
    sum += entry;
  }
  return {
    least: numberOf(least),
    most: numberOf(most),
    mean: numberOf(sum / data.length),
  };
}
