/** Teaches why an equation does not hold: a counterexample, and the likely mistake. */

import { mistakeIn } from "../autodiff/judgement.ts";
import { add, mul, sub } from "../ops/arithmetic.ts";
import { ShapeError } from "../tensor/errors.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  areApart,
  type Comparison,
  compareSides,
  compareTensors,
  type Difference,
  type Misfit,
} from "./compare.ts";
import { evaluate } from "./evaluate.ts";
import { CheckError, type Context, type Expr, FormulaError, walk } from "./grammar.ts";
import { mutations } from "./mutations.ts";
import { randomTrial } from "./trial.ts";
import { type Equation, type Failure, holds, type Trials } from "./trials.ts";
import { formulaText, short } from "./write.ts";

/** Why the two sides of an equation are not equal. */
export function refutation(failure: Failure, trials: Trials): CheckError {
  const { equation, comparison, trial } = failure;
  const claim = `${short(equation.a)} = ${short(equation.b)} does not hold`;
  const number = numberForMatrix(failure);
  if (number !== null) return new CheckError(`${claim}: ${number}`, equation.sources);
  const likely = likelyMistake(failure, trials);
  const end = likely === null ? "" : `; ${likely}`;
  switch (comparison.kind) {
    case "misfit":
      return new CheckError(`${comparison.message}${end}`, equation.sources);
    case "mismatch":
      return new CheckError(
        `${claim}: the left side has shape ${comparison.left}, the right side ${comparison.right}${end}`,
        equation.sources,
      );
    case "difference": {
      const where = trial.isSession ? "at the numbers of this session" : "at random numbers";
      const entry = comparison.entry === "its value" ? "" : `${comparison.entry} is `;
      const [left, right] = apart(comparison.left, comparison.right);
      const numbers =
        entry === ""
          ? `the left side is ${left}, the right side ${right}`
          : `${entry}${left} on the left, ${right} on the right`;
      return new CheckError(`${claim} ${where}: ${numbers}${end}`, equation.sources);
    }
  }
}

/** Two numbers that differ, with enough digits to show it. */
function apart(left: number, right: number): [string, string] {
  const [a, b] = [plainNumber(left), plainNumber(right)];
  return a === b ? [String(left), String(right)] : [a, b];
}

function likelyMistake({ equation, comparison, trial }: Failure, trials: Trials): string | null {
  const { a, b, letters } = equation;
  if (comparison.kind === "difference" && comparison.cell !== null)
    return inCell(comparison, trials.context(equation, trial));
  const indices = [...lettersIn(a), ...lettersIn(b)].filter((letter) => letters.lengths.has(letter));
  if (indices.length > 0) {
    const stand = indices.length === 1 ? "stands for its number" : "stand for their numbers";
    return `${indices.join(" and ")} ${stand} there: an entry is written x_ij`;
  }
  if (comparison.kind === "misfit" && comparison.message.includes(";")) return null; // it already names the way out
  return missing(equation, trials) ?? slip(equation, trials) ?? special(equation, trials);
}

/** dJ beside a matrix: a number cannot equal one, whatever its entries are. */
function numberForMatrix({ equation: { a, b }, comparison }: Failure): string | null {
  const unit = [a, b].find(({ kind }) => kind === "unit");
  if (unit === undefined) return null;
  const [left, right] = [a, b].map((side) => (side === unit ? "a single number" : "a matrix"));
  const isWide =
    comparison.kind === "mismatch" ||
    (comparison.kind === "difference" && (comparison.sides ?? []).some(({ rank }) => rank > 0));
  if (!isWide) return null;
  return `the left side is ${left}, the right side ${right}; the gradient of a matrix X is dX`;
}

/** The leaf whose numbers in this session alone make the equation true. */
function special(equation: Equation, trials: Trials): string | null {
  const { setting, all, outcomes } = trials;
  const [session] = all;
  if (
    !outcomes.some((outcome) => outcome.equation === equation && outcome.trial === session && holds(outcome))
  )
    return null;
  for (const x of setting.leaves) {
    const kept = { ...setting, leaves: setting.leaves.filter((other) => other !== x) };
    const isRight = [0, 1].every((k) => {
      const point = randomTrial(kept, k, () => true);
      return point !== null && agrees(compareSides(equation.a, equation.b, trials.context(equation, point)));
    });
    const label = setting.labels.get(x) ?? x.name;
    if (isRight) return `it holds only while ${label} has the numbers of this session`;
  }
  return null;
}

/** A wrong cell of a printed matrix: a derivative of 0 in it is usually that of a wrong entry. */
function inCell({ cell, entry }: Difference, context: Context): string | null {
  if (cell === null) return null;
  let found: string | null = null;
  walk(cell, (part) => {
    if (part.kind !== "derivative") return;
    const value = evaluate(part, context);
    const isZero = value.kind === "matrix" && value.tensor.size === 1 && value.tensor.item() === 0;
    if (isZero)
      found = `${formulaText(part)} is 0 there, as ${formulaText(part.of)} does not depend on ${formulaText(part.by)}`;
  });
  return found ?? `the cell at ${entry} reads ${formulaText(cell)}`;
}

/** The letters that stand for a number: the i and j of e^{ij}. */
function lettersIn(expr: Expr): string[] {
  const found: string[] = [];
  walk(expr, (part) => {
    if (part.kind === "letter") found.push(part.letter);
  });
  return found;
}

/** What is missing from the side that was written, judging by its numbers at all points. */
function missing(equation: Equation, trials: Trials): string | null {
  const { a, b } = equation;
  const { labels, objective } = trials.setting;
  const points: Suspects[] = [];
  for (const outcome of trials.outcomes) {
    if (outcome.equation !== equation) continue;
    const { comparison, trial } = outcome;
    if (comparison.kind === "misfit" || comparison.kind === "mismatch" || comparison.sides === null)
      return null;
    const isSwapped = isName(b) && !isName(a);
    const [right, written] = isSwapped ? comparison.sides.toReversed() : comparison.sides;
    const truth = isSwapped ? b : a;
    const factors = new Map<string, Tensor>();
    for (const [x, label] of labels) {
      factors.set(label, trial.value(x));
      if (objective.length > 0) factors.set(`d${label}`, trial.gradient(x));
    }
    factors.delete(formulaText(truth));
    points.push({ right, written, factors, counts: countsOf(right) });
  }
  return hint(points);
}

function isName({ kind }: Expr): boolean {
  return kind === "tensor" || kind === "gradient";
}

/** The numbers that means are divided by: the counts of entries, rows and columns. */
function countsOf({ size, shape }: Tensor): ReadonlyMap<string, number> {
  const [rows, columns] = shape;
  return new Map([
    [String(size), size],
    ...[rows, columns].filter((n) => n !== undefined).map((n) => [String(n), n] as const),
  ]);
}

/** The single change that makes the equation true at the session's numbers and at all others. */
function slip(equation: Equation, trials: Trials): string | null {
  const { a, b } = equation;
  const [written, isLeft] = isName(b) && !isName(a) ? [a, true] : [b, false];
  const whole = {
    expr: { kind: "transpose", a: written, at: written.at },
    change: "it is transposed",
  } as const;
  const other = formulaText(isLeft ? b : a);
  for (const { expr, change } of [whole, ...mutations(written, trials.setting)]) {
    if (mentions(expr, other)) continue; // X = X always holds
    const isRight = trials.all.every((point) => {
      try {
        const at = trials.context(equation, point);
        return agrees(isLeft ? compareSides(expr, b, at) : compareSides(a, expr, at), point.isSession);
      } catch (error) {
        if (error instanceof ShapeError || error instanceof FormulaError) return false;
        throw error;
      }
    });
    if (isRight) return change;
  }
  return null;
}

/** Whether two sides agree in all entries, each with numbers that say something. */
function agrees(comparison: Comparison | Misfit, isDoubtful = false): boolean {
  return comparison.kind === "agreement" && (isDoubtful || comparison.doubt === null);
}

/** Whether a side, or a part of it, is written as the other side is. */
function mentions(expr: Expr, other: string): boolean {
  let found = false;
  walk(expr, (part) => {
    if (formulaText(part) === other) found = true;
  });
  return found;
}

// Recognises the most frequent mistakes: the change that makes a wrong side right says what is wrong with it.

/** The two sides of a false equation at one point, and what could be missing there. */
export interface Suspects {
  readonly right: Tensor;
  readonly written: Tensor;
  /** The matrices that could be a factor, by their names. */
  readonly factors: ReadonlyMap<string, Tensor>;
  /** Numbers that could be one: the dimensions. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The likely mistake, if it is the same at all points. */
export function hint(points: readonly Suspects[]): string | null {
  const [first, ...others] = points;
  let likely = [...mistakes(first)];
  for (const other of others) {
    if (likely.length === 0) return null; // as nearly always: a mistake of its own
    const found = new Set(mistakes(other));
    likely = likely.filter((mistake) => found.has(mistake));
  }
  return likely[0] ?? null;
}

function* mistakes({ right, written, factors, counts }: Suspects): Generator<string> {
  const isEqual = (a: Tensor, b: Tensor): boolean => {
    if (!sameShape(a.shape, b.shape)) return false;
    const size = [...a.data, ...b.data].reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    return !areApart(a, b, size) && agrees(compareTensors(a, b, size));
  };
  for (const [name, factor] of factors) {
    if (!sameShape(factor.shape, right.shape)) continue;
    const rest = sub(1, factor);
    const more = add(1, factor);
    if (isEqual(mul(written, factor), right)) yield `the factor ${name} is missing`;
    if (isEqual(mul(written, rest), right)) yield `the factor (1 − ${name}) is missing`;
    if (isEqual(mul(written, more), right)) yield `the factor (1 + ${name}) is missing`;
    if (isEqual(mul(right, factor), written)) yield `the factor ${name} is one too many`;
    if (isEqual(mul(right, rest), written)) yield `the factor (1 − ${name}) is one too many`;
    if (isEqual(sub(written, factor), right)) yield `the term ${name} is one too many`;
    if (isEqual(sub(right, factor), written)) yield `the term ${name} is missing`;
  }
  for (const [name, count] of counts) {
    if (count <= 2) continue; // 2 comes from squares as well
    if (isEqual(mul(written, 1 / count), right)) yield `the factor 1/${name} is missing`;
    if (isEqual(mul(right, 1 / count), written)) yield `the factor 1/${name} is one too many`;
  }
  const mistake = mistakeIn(written, right, isEqual);
  if (mistake !== null) yield mistake;
}
