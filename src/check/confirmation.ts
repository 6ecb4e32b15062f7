/**
 * What check`…` returns when a formula holds, with its notes, and whether differences confirm its gradients.
 */

import { type Slope, slopeOf } from "../autodiff/central-difference.ts";
import { type Judgement, judge } from "../autodiff/judgement.ts";
import { dependsOn } from "../autodiff/tape.ts";
import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { GradientError, InconclusiveError } from "../tensor/errors.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { createRandom } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { outputLatex } from "../tex/output.ts";
import { sentenceTex } from "../tex/signs.ts";
import { compareSides } from "./compare.ts";
import { magnitude } from "./draw.ts";
import type { Expr, Member } from "./grammar.ts";
import { randomTrial, type Setting, type Trial } from "./trial.ts";
import { holds, type Trials, valueless } from "./trials.ts";
import { formulaTex, formulaText } from "./write.ts";

/** A formula that held at every point. */
export class Confirmation {
  /** In the signs of the lecture, however it was written. */
  readonly formula: string;
  /** At how many points it was evaluated: the session's numbers, and random ones. */
  readonly points: number;
  /** The largest error of an entry, relative to the terms that the entry is made of. */
  readonly largestError: number;
  /** What else one should know: where it holds, or in which sense. */
  readonly notes: readonly string[];
  readonly #tex: string;

  /** Use check`…` instead. */
  constructor(
    claims: readonly (readonly Member[])[],
    points: number,
    largestError: number,
    notes: readonly string[] = [],
  ) {
    this.formula = printed(claims, formulaText).join(", ");
    this.points = points;
    this.largestError = largestError;
    this.notes = notes;
    this.#tex = printed(claims, formulaTex).join(", quad ");
  }

  get #report(): string {
    const points = `${this.points} point${this.points === 1 ? "" : "s"}`;
    return `${points}, largest error ${plainNumber(this.largestError)}`;
  }

  /** `✓ dX = dY ⊙ Y (6 points, largest error 1.2e-16)`. */
  toString(): string {
    return [`✓ ${this.formula} (${this.#report})`, ...this.notes].join("; ");
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    const report = [this.#report, ...this.notes].join("; ");
    return {
      "text/latex": outputLatex(`${this.#tex} \\qquad \\checkmark \\; ${sentenceTex(report)}`),
      "text/plain": this.toString(),
    };
  }
}

function printed(claims: readonly (readonly Member[])[], print: (expr: Expr) => string): string[] {
  return claims.map((claim) => claim.map(({ expr }) => print(expr)).join(" = "));
}

makeDisplayable(Confirmation.prototype);

// What must be said with a ✓: that it holds for this J only, in one layout, or not at the session's numbers.

/** The notes, as parts of a sentence. */
export function notesOn(trials: Trials): string[] {
  return [...ofThisJ(trials), ...ofLayout(trials), ...ofSession(trials)];
}

/**
 * A gradient dY that is one number at every point, as that of J = sum(Y), cannot be seen as a factor: if the formula
 * fails for a J with another dY, a note says so.
 */
function* ofThisJ(trials: Trials): Generator<string> {
  const { setting, all, equations } = trials;
  const { labels, asked, objective } = setting;
  for (const [y, label] of labels) {
    const isBetween =
      !asked.includes(y) &&
      asked.some((x) => dependsOn(y, x)) &&
      objective.some((end) => end.y !== y && dependsOn(end.y, y));
    if (!isBetween) continue;
    const dY = all[0].gradient(y).data[0];
    if (!all.every((trial) => trial.gradient(y).data.every((entry) => entry === dY))) continue;
    const other: Setting = { ...setting, objective: [{ y, cotangent: null }] };
    const point = randomTrial(other, 0, () => true);
    const isGeneral =
      point !== null &&
      equations.every(
        (equation) =>
          compareSides(equation.a, equation.b, trials.context(equation, point)).kind === "agreement",
      );
    if (!isGeneral) yield `d${label} is ${plainNumber(dY)} here, so this is true for this J only`;
  }
}

function* ofLayout({ slopes, layout }: Trials): Generator<string> {
  for (const slope of slopes) {
    if (slope.of.kind === "entry" && slope.by.kind === "entry") continue; // one number has no layout
    const rows = layout === "numerator" ? slope.of : slope.by;
    const other = layout === "numerator" ? slope.by : slope.of;
    yield `${formulaText(slope)} in ${layout} layout: a row for each entry of ${formulaText(rows)}, a column for each of ${formulaText(other)}`;
  }
}

function* ofSession({ outcomes }: Trials): Generator<string> {
  for (const outcome of outcomes) {
    const doubt = outcome.trial.isSession && holds(outcome) ? valueless(outcome.comparison) : null;
    if (doubt === null) continue;
    const [left, right] = [doubt.left, doubt.right].map(plainNumber);
    const place =
      doubt.entry === "its value" ? "" : ` in ${doubt.entry}: ${left} on the left, ${right} on the right`;
    yield `at the numbers of this session it has no value${place}`;
  }
}

// Confirms the gradients of a point by central differences, which know nothing of the rules of the ops.

/**
 * Moves each tensor whose gradient a formula names along a random direction v and compares ⟨dX, v⟩ with the slope of
 * J(X + hv) at h = 0, at the first of the points at which differences can say something.
 *
 * @throws GradientError when a gradient of the library is not confirmed; InconclusiveError when no point says anything.
 */
export function confirmGradients(trials: readonly Trial[], { asked, labels }: Setting): void {
  for (const x of asked) {
    const name = labels.get(x) ?? "a tensor";
    let judgement: Judgement = { kind: "unsaid", why: "there are no numbers to try" };
    for (const trial of trials) {
      judgement = { kind: "unsaid", why: "there are numbers on the way that are not finite" };
      const found = along(trial, x);
      if (found === null) continue;
      const { gradient, slope } = found;
      judgement = judge(gradient, slope);
      if (judgement.kind === "fails") {
        throw new GradientError(
          `The gradient of ${name} is not confirmed: along a random direction it is ` +
            `${plainNumber(gradient)}, and central differences give ${plainNumber(slope.value)}`,
        );
      }
      if (judgement.kind === "holds") break;
    }
    if (judgement.kind === "unsaid")
      throw new InconclusiveError(`Cannot check the gradient of ${name} here: ${judgement.why}`);
  }
}

/**
 * ⟨dX, v⟩ and what differences give for it; `null` where a value or a gradient is infinite or NaN, which cannot move.
 * The direction has the size of X, so that h has none.
 */
function along(trial: Trial, x: Tensor): { gradient: number; slope: Slope } | null {
  const random = createRandom(11);
  const size = magnitude(trial.value(x));
  const v = new Tensor(
    [...x.shape],
    Float64Array.from({ length: x.size }, () => size * random.normal()),
  );
  const gradient = trial.gradient(x).data.reduce((sum, dx, k) => sum + dx * v.data[k], 0);
  if (!(Number.isFinite(gradient) && trial.isFinite(true))) return null;
  return { gradient, slope: slopeOf((h) => trial.termsAlong(x, v, h), 0, 1) };
}
