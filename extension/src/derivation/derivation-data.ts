/** Reads the data of a derivation output, which may come from anybody's notebook and is believed only once checked. */
import { excerpt, isList, isRecord, isText, longestText } from "../untrusted.ts";

/** How one or more gradients come about. */
export interface DerivationData {
  readonly parts: readonly DerivationPart[];
  /** How many operations follow that were not derived. */
  readonly omitted: number;
}

/** The derivation of one gradient. */
export interface DerivationPart {
  /** The gradient as text: dX. */
  readonly title: string;
  readonly steps: readonly DerivationStep[];
  readonly verdict: Verdict;
}

/** One line of thought. */
export interface DerivationStep {
  /** Such as `definition`, `closed`, `numbers`; an unknown kind is shown like any other. */
  readonly kind: string;
  readonly label: string;
  /** The members of a chain of equals in LaTeX: the first stands alone, each other after its `=`. */
  readonly members: readonly string[];
  readonly note: string;
}

/** What the check of a derivation found. */
export interface Verdict {
  readonly ok: boolean;
  readonly trials: number;
  /** The largest relative error; `null` where it is not finite. */
  readonly error: number | null;
  /** Why the check cannot say whether the lines hold or one fails. */
  readonly unsaid?: string;
  /** On a failure: where it fails, and both values. */
  readonly counterexample?: string;
  /** On a failure: the kind of the step that fails. */
  readonly step?: string;
}

/** Data that are not a derivation. The message says which field is wrong and what it holds. */
export class DerivationDataError extends Error {
  override readonly name = "DerivationDataError";
}

const mostParts = 500;
const mostSteps = 64;
const mostMembers = 16;
const longestLabel = 256;
const longestNote = 1024;
/** Several times the longest part that the library derives. */
export const longestPart = 32_768;

/** The derivation in `json`, or a DerivationDataError. Unknown fields are left out. */
export function parseDerivation(json: unknown): DerivationData {
  if (!isRecord(json)) throw wrong("its data", json, "an object");
  if (json.v !== 1) throw wrong("the version of its data", json.v, "1, all that this extension reads");
  const { parts, omitted = 0 } = json;
  if (!isList(parts, mostParts, isRecord) || parts.length === 0) {
    throw wrong("its list of parts", parts, `a list of 1 to ${mostParts} objects`);
  }
  if (omitted !== 0 && !isCount(omitted)) {
    throw wrong("the number of operations left out", omitted, "a whole number from 1 on");
  }
  return { parts: parts.map(parsePart), omitted };
}

function parsePart({ title, steps, verdict }: Record<string, unknown>): DerivationPart {
  if (!isText(title, longestLabel) || title === "") throw wrong("a title", title, "a short text");
  if (!isList(steps, mostSteps, isRecord)) {
    throw wrong("a list of steps", steps, `a list of at most ${mostSteps} objects`);
  }
  if (!isRecord(verdict)) throw wrong("a verdict", verdict, "an object");
  const parsed = steps.map(parseStep);
  const length = lengthOf(parsed);
  if (length > longestPart) {
    throw wrong("the length of a part", length, `at most ${longestPart} characters of LaTeX`);
  }
  return { title, steps: parsed, verdict: parseVerdict(verdict) };
}

function parseStep({ kind, label, members, note = "" }: Record<string, unknown>): DerivationStep {
  if (!isKind(kind)) throw wrong("the kind of a step", kind, "a word in small letters");
  if (!isText(label, longestLabel) || label === "") throw wrong("the label of a step", label, "a short text");
  if (!isList(members, mostMembers, isMember) || members.length === 0) {
    const expected = `a list of 1 to ${mostMembers} texts of at most ${longestText} characters`;
    throw wrong("the formula of a step", members, expected);
  }
  if (!isText(note, longestNote)) throw wrong("the remark of a step", note, "a short text");
  return { kind, label, members, note };
}

function parseVerdict({ ok, trials, error, unsaid, counterexample, step }: Record<string, unknown>): Verdict {
  if (typeof ok !== "boolean") throw wrong("the answer of a check", ok, "true or false");
  if (!isCount(trials)) throw wrong("the number of trials", trials, "a whole number from 1 on");
  if (error !== null && !(typeof error === "number" && error >= 0)) {
    throw wrong("the error of a check", error, "a number from 0 on, or null");
  }
  if (!isText(unsaid ?? "", longestNote) || (ok && unsaid !== undefined)) {
    throw wrong("the reason why a check says nothing", unsaid, "a short text, beside no answer");
  }
  if (!isText(counterexample ?? (ok || unsaid !== undefined ? "" : undefined), longestNote)) {
    throw wrong("a counterexample", counterexample, "a short text");
  }
  if (step !== undefined && !isKind(step)) {
    throw wrong("the step that fails", step, "a word in small letters");
  }
  return {
    ok,
    trials,
    error,
    ...(isText(unsaid) && { unsaid }),
    ...(isText(counterexample) && { counterexample }),
    ...(step !== undefined && { step }),
  };
}

/** How much LaTeX there is to typeset. */
export function lengthOf(steps: readonly DerivationStep[]): number {
  return steps.reduce((sum, { members }) => sum + members.join().length, 0);
}

function isKind(value: unknown): value is string {
  return typeof value === "string" && /^[a-z]+$/.test(value);
}

function isMember(value: unknown): value is string {
  return isText(value) && value !== "";
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}

function wrong(what: string, found: unknown, expected: string): DerivationDataError {
  return new DerivationDataError(
    `Cannot show this derivation: ${what} is ${excerpt(found)} instead of ${expected}`,
  );
}
