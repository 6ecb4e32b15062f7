/** What passes between a check and the student's code: data and nothing else, so that the two can live apart. */

import { DtypeError, ValueError } from "../tensor/errors.ts";
import { fromJsonNumber, type JsonNumber, toJsonNumber } from "../tensor/numbers.ts";
import { kindOf } from "../tensor/options.ts";
import { sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A value as JSON. */
export type Datum =
  | { readonly kind: "tensor"; readonly shape: readonly number[]; readonly data: readonly JsonNumber[] }
  | { readonly kind: "number"; readonly value: JsonNumber }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "list"; readonly items: readonly Datum[] }
  /** An object without a class, by its keys. */
  | { readonly kind: "record"; readonly entries: readonly (readonly [key: string, value: Datum])[] }
  | { readonly kind: "function" }
  /** What is none of these, in words: a promise, nothing. */
  | { readonly kind: "other"; readonly what: string };

/** The most entries of a tensor, items of a list and signs of a text that an answer may have. */
const MOST = 100_000;
const DEEPEST = 6;

/** The value as data. Getters, `valueOf` and `toJSON` of a student's object have no say. */
export function toDatum(value: unknown, depth = 0): Datum {
  if (value instanceof Tensor) {
    if (value.size > MOST) return { kind: "other", what: `a tensor of ${value.size} entries` };
    return { kind: "tensor", shape: [...value.shape], data: Array.from(value.data, toJsonNumber) };
  }
  if (typeof value === "number") return { kind: "number", value: toJsonNumber(value) };
  if (typeof value === "boolean") return { kind: "flag", value };
  if (typeof value === "string") return { kind: "text", value: value.slice(0, MOST) };
  if (typeof value === "function") return { kind: "function" };
  if (typeof value !== "object" || value === null || depth > DEEPEST)
    return { kind: "other", what: kindOf(value) };
  if (Array.isArray(value)) {
    if (value.length > MOST) return { kind: "other", what: `an array of ${value.length} items` };
    return { kind: "list", items: Array.from(value, (item) => toDatum(item, depth + 1)) };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { kind: "other", what: kindOf(value) };
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([key, property]) =>
    "value" in property ? [[key, toDatum(property.value, depth + 1)] as const] : [],
  );
  return { kind: "record", entries };
}

/** The value that was made data of. */
export function fromDatum(datum: Datum): unknown {
  switch (datum.kind) {
    case "tensor":
      return new Tensor([...datum.shape], Float64Array.from(datum.data, fromJsonNumber));
    case "number":
      return fromJsonNumber(datum.value);
    case "text":
    case "flag":
      return datum.value;
    case "list":
      return datum.items.map(fromDatum);
    case "record":
      return Object.fromEntries(datum.entries.map(([key, value]) => [key, fromDatum(value)]));
    case "function":
    case "other":
      return undefined;
  }
}

/**
 * Reads data that came from somewhere else, and believes none of it.
 *
 * @throws ValueError when it is not a `Datum`.
 */
export function readDatum(json: unknown, depth = 0): Datum {
  const { kind, value, shape, data, items, entries, what } = fieldsOf(json);
  const refuse = (problem: string): never => {
    throw new ValueError(`Cannot read the answer: ${problem}`);
  };
  if (depth > DEEPEST + 1) refuse("it is nested too deeply");
  switch (kind) {
    case "tensor": {
      const isShape = Array.isArray(shape) && shape.length < 16 && shape.every(isLength);
      if (!isShape || !Array.isArray(data) || data.length > MOST || !data.every(isJsonNumber))
        return refuse("it is not a tensor");
      if (sizeOf(shape) !== data.length) return refuse("a tensor has as many entries as its shape says");
      return { kind, shape: [...shape], data: [...data] };
    }
    case "number":
      return isJsonNumber(value) ? { kind, value } : refuse("it is not a number");
    case "text":
      return typeof value === "string" ? { kind, value: value.slice(0, MOST) } : refuse("it is not a text");
    case "flag":
      return typeof value === "boolean" ? { kind, value } : refuse("it is neither true nor false");
    case "list":
      if (!Array.isArray(items) || items.length > MOST) return refuse("it is not a list");
      return { kind, items: items.map((item) => readDatum(item, depth + 1)) };
    case "record":
      if (!Array.isArray(entries) || entries.length > MOST) return refuse("it is not a record");
      return {
        kind,
        entries: entries.map((entry: unknown) => {
          const [key, item] = Array.isArray(entry) ? (entry as unknown[]) : [];
          return [typeof key === "string" ? key : refuse("a key is not a text"), readDatum(item, depth + 1)];
        }),
      };
    case "function":
      return { kind };
    case "other":
      return { kind, what: typeof what === "string" ? what.slice(0, 80) : "something else" };
    default:
      return refuse("it is not data");
  }
}

/** The fields of a JSON object, whatever they are; none of anything else. */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? { ...json } : {};
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isJsonNumber(value: unknown): value is JsonNumber {
  return Number.isFinite(value) || value === "NaN" || value === "Infinity" || value === "-Infinity";
}

/** A datum as a tensor: nested arrays of numbers are one, too; `null` if it is none. */
export function tensorOf(datum: Datum): Tensor | null {
  if (datum.kind === "tensor") return fromDatum(datum) as Tensor; // made of a tensor's datum
  if (datum.kind === "number") return new Tensor([], Float64Array.of(fromJsonNumber(datum.value)));
  if (datum.kind !== "list") return null;
  const parts = datum.items.map(tensorOf);
  const [first] = parts;
  if (first == null || parts.some((part) => part === null || `${part.shape}` !== `${first.shape}`))
    return null;
  const entries = parts.flatMap((part) => (part === null ? [] : Array.from(part.data)));
  return new Tensor([parts.length, ...first.shape], Float64Array.from(entries));
}

/** A datum in words. */
export function describeDatum(datum: Datum): string {
  switch (datum.kind) {
    case "other":
      return datum.what;
    case "function":
      return "a function";
    case "record":
      return "an object";
    case "number":
      return `the number ${fromJsonNumber(datum.value)}`;
    default:
      return kindOf(fromDatum(datum));
  }
}

/** The values as data, to be given to a student's function. */
export function argumentsOf(values: readonly unknown[]): Datum[] {
  return values.map((value) => {
    if (value instanceof Tensor && value.dtype !== "float64")
      throw new DtypeError("Cannot ask with float32: the arguments of an exercise are float64");
    return toDatum(value);
  });
}
