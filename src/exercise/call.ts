/** Calls a student's function on one list of arguments, and judges what comes back in the order of the steps. */

import { argumentsOf, type Datum } from "./datum.ts";
import {
  type Expected,
  type Found,
  failed,
  isEqual,
  known,
  misfit,
  passed,
  shown,
  withoutValue,
} from "./judge.ts";
import type { Mistake } from "./part.ts";
import type { Answer, Asking } from "./student.ts";

/** One call of a student's function. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  /** What the arguments are called. */
  readonly names: readonly string[];
  readonly byHand: boolean;
  /** What is wrong with a result, if it has a value; `null` if nothing is. */
  judge(result: Datum): Found | null;
  /** Whether a known mistake gives the same result. */
  makes(mistake: Mistake, result: Datum): boolean;
  readonly mistakes: readonly Mistake[];
  /** What the result is called. */
  readonly result: string;
}

/** The finding; `null` if all is right. */
export function* called(call: Call): Asking<Found | null> {
  const args = argumentsOf(call.args);
  const question = { ask: "call", name: call.name, args, byHand: call.byHand } as const;
  const answer = yield question;
  const none = withoutValue(answer, call.name, "function") ?? notCallable(answer, call.name);
  if (none !== null) return none.verdict === "open" ? none : { ...none, shows: argumentsShown(call) };
  const { value, args: after } = answer as Extract<Answer, { kind: "value" }>; // else it has been answered above
  const wrong = call.judge(value);
  const changed = changedArgument(args, after ?? []);
  if (changed >= 0 && (wrong === null || wrong.step === "value")) {
    return failed("inputs", `${call.name} changed its argument ${call.names[changed] ?? changed + 1}`, {
      hint: "Compute a new tensor: assign and writing into an array change what the caller goes on using.",
    });
  }
  if (wrong !== null) {
    const mistake = known(call.mistakes, (one) => call.makes(one, value));
    return { ...wrong, ...mistake, shows: [...argumentsShown(call), ...(wrong.shows ?? [])] };
  }
  const again = yield question;
  const isSame = again.kind === "value" && JSON.stringify(again.value) === JSON.stringify(value);
  if (isSame) return null;
  return failed(
    "purity",
    `${call.name} gives another result when it is called again with the same arguments`,
    {
      hint: "Does it use something that stands outside, such as a counter, or random numbers?",
    },
  );
}

/** Calls on one list of arguments after the other; the first finding counts. */
export function* calledOnAll(calls: Iterable<Call>, praise: (count: number) => string): Asking<Found> {
  let count = 0;
  for (const call of calls) {
    const found = yield* called(call);
    if (found !== null) return found;
    count += 1;
  }
  return passed(praise(count));
}

function notCallable(answer: Answer, name: string): Found | null {
  // A call of what is not a function answers with its value, and without arguments.
  if (answer.kind === "value" && answer.args !== undefined) return null;
  return failed("type", `${name} must be a function, and is not`);
}

function changedArgument(before: readonly Datum[], after: readonly Datum[]): number {
  return before.findIndex(
    (arg, k) => after[k] !== undefined && JSON.stringify(arg) !== JSON.stringify(after[k]),
  );
}

function argumentsShown({ names, args }: Call): NonNullable<Found["shows"]> {
  return args.flatMap((arg, k) => shown(names[k] ?? `argument ${k + 1}`, arg));
}

/** The judgement on a list of tensors; a single one may come without a list. */
export function judgeTensors(result: Datum, expected: readonly Expected[], name: string): Found | null {
  const parts = tensorsIn(result, expected.length);
  if (parts === null) {
    const wanted = expected.map((one) => one.name).join(", ");
    return failed("type", `${name} must return a list of ${expected.length}: [${wanted}]`);
  }
  for (const [k, part] of parts.entries()) {
    const wrong = misfit(part, expected[k]);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** Whether a result is these tensors. */
export function areEqual(result: Datum, expected: readonly Expected[]): boolean {
  return tensorsIn(result, expected.length)?.every((part, k) => isEqual(part, expected[k])) ?? false;
}

/** The parts of a result; one that is alone may come without a list, and nested arrays are a tensor. */
function tensorsIn(result: Datum, count: number): readonly Datum[] | null {
  if (count !== 1) return result.kind === "list" && result.items.length === count ? result.items : null;
  const [first, second] = result.kind === "list" ? result.items : [];
  return [first?.kind === "tensor" && second === undefined ? first : result];
}
