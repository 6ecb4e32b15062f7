/** Judges what a student's function or value came to, step by step: the first step that fails is told. */

import { toJsonNumber } from "../tensor/numbers.ts";
import { entryName, formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Datum, describeDatum, tensorOf } from "./datum.ts";
import type { Mistake } from "./part.ts";
import type { Finding, Shown, Step } from "./report.ts";
import type { Answer } from "./student.ts";

/** The error of an entry that is allowed, relative to the entry; rounding of the numbers it was made of comes on top. */
export const TOLERANCE = 1e-6;
/** What rounding may do, relative to the largest number in play. */
const ROUNDING = 1e-12;

/** A finding without the name of its check. */
export type Found = Omit<Finding, "check">;

/** What was right. */
export function passed(message: string, credit = 1): Found {
  return { verdict: "passed", credit, message };
}

/** What was wrong, at which step. */
export function failed(step: Step, message: string, more: Partial<Finding> = {}): Found {
  return { verdict: "failed", credit: 0, step, message, ...more };
}

/** What a stub of a released exercise throws. */
const STUB = /not implemented/i;

/** What is wrong with an answer that has no value; `null` if it has one. */
export function withoutValue(answer: Answer, name: string, noun = "value"): Found | null {
  if (answer.kind === "missing") {
    const message =
      noun === "function"
        ? `There is no function ${name} yet: write it, and run its cell`
        : `There is no ${name} yet: run the cell that declares it`;
    return { verdict: "open", credit: 0, step: "exists", message };
  }
  if (answer.kind === "failed") {
    if (STUB.test(answer.message))
      return { verdict: "open", credit: 0, step: "exists", message: `${name} has not been written yet` };
    return failed("exists", `${name} stopped with ${answer.name}`, { detail: answer.message });
  }
  return null;
}

/** A tensor that is expected, and what messages may say of it. */
export interface Expected {
  /** What it is called: `dW`. */
  readonly name: string;
  readonly value: Tensor;
  /** Whose shape it has: `W`. */
  readonly like?: string;
  /** The allowed relative error of an entry. */
  readonly tolerance?: number;
  /** The largest number in play, which rounding is relative to. */
  readonly scale: number;
}

/** Type, shape, finite and value of a tensor. `null` if all is right. */
export function misfit(datum: Datum, expected: Expected): Found | null {
  const { name, value, like } = expected;
  const x = tensorOf(datum);
  if (x === null)
    return failed(
      "type",
      `${name} must be ${nounOf(value)}, and is ${describeDatum(datum)}`,
      forgotten(datum),
    );
  if (!sameShape(x.shape, value.shape)) return wrongShape(x, expected);
  const bad = x.data.findIndex((entry, k) => !Number.isFinite(entry) && Number.isFinite(value.data[k]));
  if (bad >= 0)
    return failed("finite", `${place(name, bad, x)} is ${x.data[bad]}`, {
      hint: "Where does it come from: a logarithm of 0 or less, 0/0, or an exponential that is too large?",
      shows: shown(`your ${name}`, x, bad),
    });
  const off = differing(x, expected);
  if (off === null) return null;
  const others =
    off.length === 1
      ? ""
      : off.length === x.size
        ? ", as are all others"
        : `, as are ${off.length - 1} of the others`;
  const shape = like === undefined ? "" : `${name} has the shape of ${like}, as it should; `;
  const message = `${shape}${place(name, off[0], x, like !== undefined)} is wrong${others}`;
  return failed("value", capital(message), { shows: shown(`your ${name}`, x, off[0]) });
}

/** A sentence begins with a capital letter, unless it is the name of something. */
export function capital(sentence: string): string {
  return /^(the|entry|part) /.test(sentence) ? `${sentence[0].toUpperCase()}${sentence.slice(1)}` : sentence;
}

function nounOf({ rank, shape }: Tensor): string {
  return rank === 0 ? "a number" : `a tensor of shape ${formatShape(shape)}`;
}

function forgotten(datum: Datum): Partial<Finding> {
  return datum.kind === "other" && datum.what === "nothing"
    ? { hint: "Does the function have a return?" }
    : {};
}

function wrongShape(x: Tensor, { name, value, like }: Expected): Found {
  const isTurned = x.rank === 2 && sameShape(x.shape.toReversed(), value.shape);
  const because = like === undefined ? "" : `, the shape of ${like}`;
  return failed(
    "shape",
    `${capital(name)} has shape ${formatShape(x.shape)}, and must have ${formatShape(value.shape)}${because}`,
    {
      shows: shown(`your ${name}`, x),
      ...(isTurned && { hint: "Is a transpose missing, or one too many?" }),
    },
  );
}

function place(name: string, k: number, x: Tensor, isNamed = false): string {
  if (x.rank === 0) return isNamed ? "it" : name;
  return isNamed ? entryName(k, x.shape) : `${entryName(k, x.shape)} of ${name}`;
}

/** The entries that are wrong; `null` if all are right. NaN is right only where NaN is expected. */
function differing(x: Tensor, { value, scale, tolerance = TOLERANCE }: Expected): number[] | null {
  const noise = ROUNDING * scale;
  const wrong = Array.from({ length: x.size }, (_, k) => k).filter((k) => {
    const [a, b] = [x.data[k], value.data[k]];
    return !(Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.abs(b) + noise);
  });
  return wrong.length === 0 ? null : wrong;
}

/** Whether a datum is this tensor. */
export function isEqual(datum: Datum, expected: Expected): boolean {
  const x = tensorOf(datum);
  return x !== null && sameShape(x.shape, expected.value.shape) && differing(x, expected) === null;
}

/** The largest number of some values. */
export function scaleOf(...values: readonly unknown[]): number {
  let largest = 0;
  for (const value of values) {
    if (!(value instanceof Tensor)) continue;
    for (const entry of value.data) if (Number.isFinite(entry)) largest = Math.max(largest, Math.abs(entry));
  }
  return largest;
}

/** The known mistake that an answer is: the first for which `makes` gives what the student gave. */
export function known(
  mistakes: readonly Mistake[],
  makes: (mistake: Mistake) => boolean,
): Pick<Finding, "hint" | "mistake"> | null {
  for (const mistake of mistakes) {
    try {
      if (makes(mistake)) return { mistake: mistake.name, hint: mistake.hint };
    } catch {
      // A wrong answer may have no value at these numbers: then it is not what the student gave.
    }
  }
  return null;
}

/** A matrix as a finding shows it. */
export function shown(name: string, value: unknown, mark?: number): Shown[] {
  if (!(value instanceof Tensor)) return [];
  const data = Array.from(value.data, toJsonNumber);
  return [{ name, shape: value.shape, data, ...(mark !== undefined && { mark }) }];
}
