/** Says why an equation does not hold: a counterexample, and the likely mistake. */

import { ShapeError } from "../errors.ts";
import { plainNumber } from "../numbers.ts";
import type { Tensor } from "../tensor.ts";
import type { Agreement, Comparison, Difference } from "./compare.ts";
import { compareSides, type Misfit } from "./compare-sides.ts";
import { describe } from "./describe.ts";
import { CheckError, FormulaError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { type Expr, type Member, walk } from "./grammar.ts";
import { hint, type Suspects } from "./hint.ts";
import { mutations } from "./mutations.ts";
import type { Scene } from "./scene.ts";
import { randomTrial, type Setting, sessionTrial } from "./trial.ts";

/** Where an equation failed. */
export interface Failure {
  readonly scene: Scene;
  readonly setting: Setting;
  readonly isSession: boolean;
}

/** Why the two sides of an equation are not equal. */
export function refutation(
  a: Member,
  b: Member,
  comparison: Exclude<Comparison | Misfit, Agreement>,
  failure: Failure,
): CheckError {
  const sides = [a.source, b.source] as const;
  const claim = `${short(a.expr)} = ${short(b.expr)} does not hold`;
  const likely = likelyMistake(a.expr, b.expr, comparison, failure);
  const end = likely === null ? "" : `; ${likely}`;
  switch (comparison.kind) {
    case "misfit":
      return new CheckError(`${comparison.message}${end}`, sides);
    case "mismatch":
      return new CheckError(
        `${claim}: the left side has shape ${comparison.left}, the right side ${comparison.right}${end}`,
        sides,
      );
    case "difference": {
      const where = failure.isSession ? "at the numbers of this session" : "at random numbers";
      const entry = comparison.entry === "its value" ? "" : `${comparison.entry} is `;
      const [left, right] = [comparison.left, comparison.right].map(plainNumber);
      const numbers =
        entry === ""
          ? `the left side is ${left}, the right side ${right}`
          : `${entry}${left} on the left, ${right} on the right`;
      return new CheckError(`${claim} ${where}: ${numbers}${end}`, sides);
    }
  }
}

const LONGEST = 60;

/** A side as a sentence can quote it. */
function short(expr: Expr): string {
  const whole = describe(expr);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`;
}

function likelyMistake(
  a: Expr,
  b: Expr,
  comparison: Exclude<Comparison | Misfit, Agreement>,
  failure: Failure,
): string | null {
  if (comparison.kind === "difference" && comparison.cell !== null) return inCell(comparison, failure.scene);
  const indices = [...lettersIn(a), ...lettersIn(b)].filter((letter) =>
    failure.scene.letters.lengths.has(letter),
  );
  if (indices.length > 0) {
    const stand = indices.length === 1 ? "stands for its number" : "stand for their numbers";
    return `${indices.join(" and ")} ${stand} there: an entry is written x_ij`;
  }
  if (comparison.kind === "mismatch" && (a.kind === "unit" || b.kind === "unit")) {
    return "dJ is the single number 1: the gradient of a matrix X is dX";
  }
  if (comparison.kind === "misfit" && comparison.message.includes(";")) return null; // it says the way out
  return missing(a, b, failure) ?? slip(a, b, failure);
}

/** A wrong cell of a printed matrix: a derivative in it that is 0 is usually one of the wrong entry. */
function inCell({ cell, entry }: Difference, scene: Scene): string | null {
  if (cell === null) return null;
  let found: string | null = null;
  walk(cell, (part) => {
    if (part.kind !== "derivative") return;
    const value = evaluate(part, scene);
    const isZero = value.kind === "matrix" && value.tensor.size === 1 && value.tensor.item() === 0;
    if (isZero)
      found = `${describe(part)} is 0 there, as ${describe(part.of)} does not depend on ${describe(part.by)}`;
  });
  return found ?? `the cell at ${entry} reads ${describe(cell)}`;
}

/** The letters that stand for a number: the i and j of e^{ij}. */
function lettersIn(expr: Expr): string[] {
  const found: string[] = [];
  walk(expr, (part) => {
    if (part.kind === "letter") found.push(part.letter);
  });
  return found;
}

const SEEDS = [101, 102];

/** What is missing in the side that was written, judging by its numbers at two more points. */
function missing(a: Expr, b: Expr, { scene, setting }: Failure): string | null {
  const points: Suspects[] = [];
  for (const seed of SEEDS) {
    const point = randomTrial(setting, seed);
    const comparison = compareSides(a, b, { ...scene, point });
    if (comparison.kind !== "difference" || comparison.sides === null) return null;
    const isSwapped = isName(b) && !isName(a);
    const [right, written] = isSwapped ? comparison.sides.toReversed() : comparison.sides;
    const truth = isSwapped ? b : a;
    const factors = new Map<string, Tensor>();
    for (const [x, label] of setting.labels) {
      factors.set(label, point.value(x));
      if (setting.objective.length > 0) factors.set(`d${label}`, point.gradient(x));
    }
    factors.delete(describe(truth));
    points.push({ right, written, factors, counts: countsOf(right) });
  }
  return hint(points);
}

function isName({ kind }: Expr): boolean {
  return kind === "tensor" || kind === "gradient";
}

/** The numbers that means are divided by: of entries, rows and columns. */
function countsOf({ size, shape }: Tensor): ReadonlyMap<string, number> {
  const [rows, columns] = shape;
  return new Map([
    [String(size), size],
    ...[rows, columns].filter((n) => n !== undefined).map((n) => [String(n), n] as const),
  ]);
}

/** The single change that makes the equation true at the session's numbers and at others. */
function slip(a: Expr, b: Expr, { scene, setting }: Failure): string | null {
  const points = [sessionTrial(setting), ...SEEDS.map((seed) => randomTrial(setting, seed))];
  const [written, isLeft] = isName(b) && !isName(a) ? [a, true] : [b, false];
  const whole = {
    expr: { kind: "transpose", a: written, at: written.at },
    change: "it is transposed",
  } as const;
  const other = describe(isLeft ? b : a);
  for (const { expr, change } of [whole, ...mutations(written, setting.labels)]) {
    if (describe(expr) === other) continue; // X = X always holds
    const holds = points.every((point) => {
      try {
        const at = { ...scene, point };
        return (isLeft ? compareSides(expr, b, at) : compareSides(a, expr, at)).kind === "agreement";
      } catch (error) {
        if (error instanceof ShapeError || error instanceof FormulaError) return false;
        throw error;
      }
    });
    if (holds) return change;
  }
  return null;
}
