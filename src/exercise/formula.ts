/** Exercises whose answer is a formula: equal at all random points, in whatever form, without saying the right one. */

import { dependsOn } from "../autodiff/tape.ts";
import { type Compared, compared } from "../check/check.ts";
import { confirmGradients } from "../check/confirmation.ts";
import { type Expr, FormulaError, walk } from "../check/grammar.ts";
import { tautology } from "../check/mutations.ts";
import { Names } from "../check/names.ts";
import type { Failure, Trials } from "../check/trials.ts";
import { formulaText, short } from "../check/write.ts";
import { add, mul } from "../ops/arithmetic.ts";
import { sum } from "../ops/reductions.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { GradientError, InconclusiveError, ShapeError } from "../tensor/errors.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Draw } from "./draw.ts";
import { type Found, failed, passed } from "./judge.ts";
import type { Mistake, Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** What a formula is about: tensors by their names, each computed from others as the exercise says. */
export type Setting = (draw: Draw) => { readonly [name: string]: Tensor | number };

/** Options of a formula exercise. */
export interface FormulaOptions extends PartOptions {
  /** The names that an answer may use (default: all but what is asked for). */
  readonly using?: readonly string[];
}

export function formulaPart(target: string, setting: Setting, options: FormulaOptions): Part {
  return {
    kind: "formula",
    of: target,
    weight: options.weight ?? 1,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const answer = yield* askedAnswer(run.exercise);
      const check = `the formula of ${target}`;
      if (typeof answer !== "string") return { check, ...answer };
      const names = namesOf(setting, run.draw);
      return { check, ...judgeFormula(answer, { target, names, using: options.using }, run.mistakes) };
    },
  };
}

/** The text that `.answer(…)` was given, or why there is none. */
export function* askedAnswer(exercise: string): Asking<string | Found> {
  const answer = yield { ask: "answer", exercise };
  if (answer.kind === "missing")
    return {
      verdict: "open",
      credit: 0,
      step: "exists",
      message: `There is no answer yet: give it with exercise("${exercise}").answer("…")`,
    };
  if (answer.kind !== "value" || answer.value.kind !== "text")
    return failed(
      "type",
      `The answer must be a formula as a text, as in exercise("${exercise}").answer("dX = dY ⊙ Y")`,
    );
  const { value } = answer.value;
  return value.length <= LONGEST ? value : failed("type", `The answer is too long: ${value.length} signs`);
}

/** The most signs of a formula. */
export const LONGEST = 2000;

/** The names of a setting. Where it has no J, one is made of all its results, so that dX means something for every dY. */
export function namesOf(setting: Setting, draw: Draw): Names {
  const given = setting(draw);
  const tensors = Object.values(given).filter((value) => value instanceof Tensor);
  const ends = tensors.filter((y) => !tensors.some((other) => other !== y && dependsOn(other, y)));
  const terms = ends.map((y, k): Tensor => sum(mul(draw.at(`dJ ${k}`).tensor(...y.shape), y)));
  const j = "J" in given || terms.length === 0 ? {} : { J: terms.reduce((a, b) => add(a, b)) };
  return new Names(Object.entries({ ...given, ...j }));
}

/** What a formula is asked for. */
export interface Asked {
  readonly target: string;
  readonly names: Names;
  readonly using: readonly string[] | undefined;
}

/** Judges `dW = Xᵀ dY`, or its right side alone. */
export function judgeFormula(answer: string, asked: Asked, mistakes: readonly Mistake[]): Found {
  const { target, names } = asked;
  const source =
    answer.includes("=") && !/[≤≥<>]=?|[<>]/.test(answer.split("=")[0]) ? answer : `${target} = ${answer}`;
  return reading(() =>
    compared(source, names, NOTHING, (found) => {
      const [members, second] = found.claims;
      if (second !== undefined || members.length !== 2)
        return failed("type", `The answer must be one equation, as in ${target} = …`);
      const [left, right] = members;
      if (formulaText(left.expr) !== textOf(target, names))
        return failed("type", `The left side must be ${target}, and is ${short(left.expr)}`);
      const outside = foreign(right.expr, asked) ?? (tautology(members) === null ? null : "it says nothing");
      if (outside !== null) return failed("type", `This is not an answer: ${outside}`);
      const wrong = failureOf(found);
      if (wrong === null)
        return passed(`${short(left.expr)} = ${short(right.expr)} holds at all random points`);
      return { ...wrong, ...knownFormula(right.expr, names, mistakes) };
    }),
  );
}

export const NOTHING = { exprs: [], values: [] } as const;

/** Runs a judgement; a formula that cannot be read is a finding, too. */
export function reading(judge: () => Found): Found {
  try {
    return judge();
  } catch (error) {
    if (error instanceof FormulaError) return failed("type", error.message);
    if (error instanceof RangeError) return failed("type", "The answer is nested too deeply");
    if (error instanceof ShapeError) return failed("shape", error.message.split(";")[0]);
    // The setting has values everywhere, so it is the answer that has none.
    if (error instanceof InconclusiveError) return failed("finite", error.message);
    if (error instanceof GradientError) return { verdict: "unsaid", credit: 0, message: error.message };
    throw error;
  }
}

/** How a name is written in formulas. */
export function textOf(name: string, names: Names): string {
  return compared(name, names, NOTHING, ({ claims }) => formulaText(claims[0][0].expr));
}

/** What stands in a formula and may not; `null` if nothing does. */
export function foreign(expr: Expr, { target, names, using }: Asked): string | null {
  const own = leafOf(target, names);
  const allowed = using?.map((name) => leafOf(name, names));
  let problem: string | null = null;
  walk(expr, (part) => {
    if (part.kind === "derivative" || part.kind === "objective")
      problem ??= `${formulaText(part)} is a derivative, which is to be found`;
    const leaf = part.kind === "entry" ? part.of : part;
    if (leaf.kind !== "tensor" && leaf.kind !== "gradient") return;
    const isSame = (other: Expr): boolean =>
      other.kind === leaf.kind && "tensor" in other && other.tensor === leaf.tensor;
    if (isSame(own)) problem ??= `${target} stands on both sides`;
    else if (allowed !== undefined && !allowed.some(isSame))
      problem ??= `${formulaText(part)} is not to be used; write it with ${listOf(using ?? [])}`;
  });
  return problem;
}

/** What a name means in a formula. */
function leafOf(name: string, names: Names): Expr {
  return compared(name, names, NOTHING, ({ claims }) => claims[0][0].expr);
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Why an equation does not hold, without the numbers of its other side; `null` if it holds. */
function failureOf({ trials: compare }: Compared): Found | null {
  const trials = compare();
  const failure = trials.misfit ?? trials.failure;
  if (failure !== null) return told(failure);
  confirm(trials);
  return null;
}

/** Throws where numbers say nothing, or differences do not confirm the gradients. */
export function confirm(trials: Trials): void {
  withoutRecording(() => confirmGradients(trials.fromRandom, trials.setting));
  if (trials.inconclusive !== null) throw trials.inconclusive;
}

/** What is wrong with the right side of an equation. */
export function told({ comparison, equation }: Failure): Found {
  const [left, right] = [short(equation.a), short(equation.b)];
  switch (comparison.kind) {
    case "misfit":
      return failed("shape", comparison.message.split(";")[0]); // what follows is the way out
    case "mismatch":
      return failed(
        "shape",
        `${right} has shape ${comparison.right}, and ${left} has shape ${comparison.left}`,
      );
    case "difference": {
      const at = comparison.entry === "its value" ? "" : `: ${comparison.entry} differs`;
      return failed("value", `${left} = ${right} does not hold at random numbers${at}`);
    }
  }
}

/** The known mistake that a side is, as it is written or by its values. */
function knownFormula(
  right: Expr,
  names: Names,
  mistakes: readonly Mistake[],
): { mistake: string; hint: string } | null {
  const written = formulaText(right);
  for (const { name, wrong, hint } of mistakes) {
    if (typeof wrong !== "string") continue;
    try {
      const isIt = compared(`${written} = ${wrong}`, names, NOTHING, ({ claims, trials }) => {
        const [[a, b]] = claims;
        if (formulaText(a.expr) === formulaText(b.expr)) return true;
        const found = trials();
        return (found.misfit ?? found.failure ?? found.inconclusive) === null;
      });
      if (isIt) return { mistake: name, hint };
    } catch {
      // A wrong formula may have no value here: then it is not what the student wrote.
    }
  }
  return null;
}
