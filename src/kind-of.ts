/** Names what an argument is, in the words of a sentence that refuses it. */

import { formatShape } from "./shape.ts";

const LONGEST = 24;

/** A value in words: `the string "abc"`, `the number 3`, `an array`, `a tensor of shape [2, 3]`, `nothing`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") {
    return `the string ${JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)}`;
  }
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "bigint") return `the whole number ${value}n`;
  if (typeof value === "boolean") return `${value}`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a JavaScript symbol";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "an array";
  if (value instanceof Promise) return "a promise, which await turns into its value";
  if (value instanceof Error) return "an error";
  // By its looks: this file stands below the tensor's.
  const { shape, dtype } = value as { shape?: unknown; dtype?: unknown };
  if (Array.isArray(shape) && typeof dtype === "string") return `a tensor of shape ${formatShape(shape)}`;
  return "an object";
}

/** A number as it is, and what is none in words: for a sentence about a number that is out of its range. */
export function numberOrKind(value: unknown): string {
  return typeof value === "number" || value === undefined ? `${value}` : kindOf(value);
}
