/** Arguments and options, checked when the cell runs: an option that nobody reads would silently change nothing. */

import { ValueError } from "./errors.ts";
import { formatShape } from "./shape.ts";

/** What an option may be. */
export interface OptionKind {
  /** In words, after "is": `a whole number`. */
  readonly noun: string;
  readonly accepts: (value: unknown) => boolean;
}

const isWhole = (value: unknown): boolean => Number.isInteger(value);

/** An option that is a number. */
export const NUMBER: OptionKind = { noun: "a number", accepts: (value) => typeof value === "number" };
/** An option that is true or false. */
export const FLAG: OptionKind = { noun: "true or false", accepts: (value) => typeof value === "boolean" };
/** An option that is text. */
export const TEXT: OptionKind = { noun: "a string", accepts: (value) => typeof value === "string" };
/** An option that is a function. */
export const FUNCTION: OptionKind = { noun: "a function", accepts: (value) => typeof value === "function" };
/** An option that is one axis. */
export const AXIS: OptionKind = { noun: "a whole number", accepts: isWhole };
/** An option that is one axis, or a list of them. */
export const AXES: OptionKind = {
  noun: "a whole number or a list of them",
  accepts: (value) => isWhole(value) || (Array.isArray(value) && value.every(isWhole)),
};
/** An option that is checked later. */
export const ANYTHING: OptionKind = { noun: "a value", accepts: () => true };

/** One of several values. */
export function oneOf(...values: readonly (string | number)[]): OptionKind {
  const noun = values.map((value) => JSON.stringify(value)).join(" or ");
  return { noun, accepts: (value) => (values as readonly unknown[]).includes(value) };
}

/** The options of one function. */
export interface OptionsOf {
  /** The function, as it is called. */
  readonly of: string;
  /** A correct call, such as `sum(X, { axis: 0 })`. */
  readonly example: string;
  readonly known: Readonly<Record<string, OptionKind>>;
}

/**
 * The options as given, or none. An option that is undefined counts as left out.
 *
 * @throws ValueError when they are not in braces, or one is unknown or not of its kind.
 */
export function checkedOptions<O extends object>(given: O | undefined, { of, example, known }: OptionsOf): O {
  if (given === undefined) return {} as O; // every option may be left out, or is checked where it is read
  const refuse = (what: string, reason: string): ValueError =>
    new ValueError(`Cannot call ${of} with ${what}: ${reason}, as in ${example}`);
  const isBraces = typeof given === "object" && given !== null && !Array.isArray(given);
  if (!isBraces || ArrayBuffer.isView(given) || "shape" in given || given instanceof Error) {
    throw refuse(`${kindOf(given)} as its options`, "options stand in braces");
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known).join(", ");
      throw refuse(`the option ${name}`, `its options are ${names}`);
    }
    if (!known[name].accepts(value)) {
      const found = typeof value === "string" ? JSON.stringify(value) : kindOf(value);
      throw refuse(`${name} = ${found.replace(/^the number /, "")}`, `${name} is ${known[name].noun}`);
    }
  }
  return given;
}

/** Throws unless the arguments are numbers, where types do not help. */
export function checkNumbers(
  action: string,
  example: string,
  given: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "number") continue;
    throw new ValueError(
      `Cannot call ${action} with ${kindOf(value)} as its ${name}: give a number, as in ${example}`,
    );
  }
}

/** Throws unless it is a string, as `checkTensor` does unless it is a tensor. */
export function checkText(action: string, value: unknown, example: string): void {
  if (typeof value === "string") return;
  throw new ValueError(`Cannot ${action} ${kindOf(value)}: give a string, as in ${example}`);
}

/** Throws unless it is a function, as `checkTensor` does unless it is a tensor. */
export function checkFunction(action: string, value: unknown, example: string): void {
  if (typeof value === "function") return;
  throw new ValueError(`Cannot ${action} ${kindOf(value)}: give a function, as in ${example}`);
}

// Says in words what an argument is, for the sentence of an error.

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
  // By its looks, as this file stands below that of the tensor.
  const { shape, dtype } = value as { shape?: unknown; dtype?: unknown };
  if (Array.isArray(shape) && typeof dtype === "string") return `a tensor of shape ${formatShape(shape)}`;
  return "an object";
}

/** A number as it is, anything else in words: for a sentence about a number that is out of range. */
export function numberOrKind(value: unknown): string {
  return typeof value === "number" || value === undefined ? `${value}` : kindOf(value);
}
