/** Numbers in JSON, which has no NaN and no infinity. */

/** A number as JSON has it. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** The number as JSON can write it. */
export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** The number that JSON has written. */
export function fromJsonNumber(json: JsonNumber): number {
  return Number(json);
}
