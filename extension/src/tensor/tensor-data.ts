/** Reads the data of a tensor output, which may come from anybody's notebook and is believed only once checked. */
import type { JsonNumber } from "gradbook/graph";
import { excerpt, isList, isRecord, isText, longestText } from "../untrusted.ts";

/** The MIME type of a tensor output, version 1; `schemas/tensor.v1.schema.json` describes its data. */
export const tensorMimeType = "application/vnd.gradbook.tensor.v1+json";

/** A tensor as an output carries it: already truncated, formatted and typeset by the library. */
export interface TensorData {
  /** The name it prints under, or null. */
  readonly name: string | null;
  /** Portable LaTeX of the whole output, `X = \begin{pmatrix}…`, without delimiters. */
  readonly tex: string;
  /** The plain text form, an equal of `tex`. */
  readonly text: string;
  /** The true shape, even where `tex` shows only the corners; empty for a scalar. */
  readonly shape: readonly number[];
  readonly dtype: "float64" | "float32";
  /** The numbers behind `tex`: all of them, or of a large tensor those that are shown. */
  readonly data?: readonly JsonNumber[];
  /** How its numbers may be changed, where they may. */
  readonly live?: { readonly from?: number; readonly to?: number; readonly step?: number };
  /** What the kernel calls it, where it can be asked for the whole matrix. */
  readonly id?: string;
}

/** Data that are not a tensor. The message says which field is wrong and what it holds. */
export class TensorDataError extends Error {
  override readonly name = "TensorDataError";
}

/** The most entries that a page shows: more would keep it busy for longer than 0.2 s. */
export const mostEntries = 900;

/** Twice as many numbers as the library ever keeps. */
const mostNumbers = 1000;
const longestId = 256;

/**
 * The tensor in `json`, or a TensorDataError. Unknown fields are left out, so that later
 * versions 1 may say more.
 */
export function parseTensor(json: unknown): TensorData {
  if (!isRecord(json)) throw wrong("its data", json, "an object");
  if (json.v !== 1) throw wrong("the version of its data", json.v, "1, all that this extension reads");

  const { name, tex, text, shape, dtype, data, live, id } = json;
  if (name !== null && typeof name !== "string") throw wrong("its name", name, "text or null");
  if (!isText(tex)) throw wrong("its LaTeX", tex, `text of at most ${longestText} characters`);
  if (!isText(text)) throw wrong("its text form", text, `text of at most ${longestText} characters`);
  if (!isShape(shape)) throw wrong("its shape", shape, "a list of whole numbers from 0 on");
  if (dtype !== "float64" && dtype !== "float32") throw wrong("its dtype", dtype, "float64 or float32");
  if (data !== undefined && !isList(data, mostNumbers, isJsonNumber)) {
    throw wrong("the list of its numbers", data, `at most ${mostNumbers} numbers`);
  }
  if (id !== undefined && !(isText(id, longestId) && id.length > 0)) {
    throw wrong("its id", id, `text of at most ${longestId} characters`);
  }

  return {
    name,
    tex,
    text,
    shape,
    dtype,
    ...(data && { data }),
    ...(live !== undefined && { live: parseLive(live) }),
    ...(id !== undefined && { id }),
  };
}

/**
 * The tensor in words, for those who listen to the page.
 *
 * @example
 * describeTensor({ name: "X", shape: [2, 3], dtype: "float64", … }) // "X, 2 by 3 tensor of float64"
 */
export function describeTensor({ name, shape, dtype }: TensorData): string {
  const kind = shape.length === 0 ? "scalar" : `${shape.join(" by ")} tensor`;
  return name === null ? `${kind} of ${dtype}` : `${name}, ${kind} of ${dtype}`;
}

function parseLive(json: unknown): NonNullable<TensorData["live"]> {
  if (!isRecord(json)) throw wrong("how it is changed", json, "an object");
  const { from, to, step } = json;
  const isEnd = (value: unknown): value is number | undefined =>
    value === undefined || Number.isFinite(value);
  const isStep = step === undefined || (typeof step === "number" && step > 0 && Number.isFinite(step));
  if (!isEnd(from) || !isEnd(to) || !isStep) throw wrong("how it is changed", json, "two ends and a step");
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(isStep && step !== undefined && { step: Number(step) }),
  };
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

/** Whether `value` is a number as our outputs and our kernel write it. */
export function isJsonNumber(value: unknown): value is JsonNumber {
  return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
}

function wrong(what: string, found: unknown, expected: string): TensorDataError {
  return new TensorDataError(`Cannot show this tensor: ${what} is ${excerpt(found)} instead of ${expected}`);
}
