/** Compares at every point: all points of a check, and what each equation comes to there. */

import { InconclusiveError, ShapeError, ValueError } from "../tensor/errors.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { type Agreement, type Comparison, compareSides, type Doubt, type Misfit } from "./compare.ts";
import { Branches, type Spread } from "./draw.ts";
import { evaluate } from "./evaluate.ts";
import { type Context, type Expr, type Layout, type Member, walk } from "./grammar.ts";
import type { Letters } from "./letters.ts";
import { POINTS, randomTrial, type Setting, sessionTrial, type Trial } from "./trial.ts";
import { short } from "./write.ts";

/** A chain of sides that are said to be equal. */
export interface Claim {
  readonly members: readonly Member[];
  readonly letters: Letters;
}

/** Two neighbours of a chain. */
export interface Equation {
  readonly a: Expr;
  readonly b: Expr;
  readonly sources: readonly [string, string];
  readonly letters: Letters;
}

/** What an equation comes to at a point. */
export interface Outcome {
  readonly equation: Equation;
  readonly trial: Trial;
  readonly comparison: Comparison | Misfit;
}

/** An equation that does not hold at a point. */
export interface Failure extends Outcome {
  readonly comparison: Exclude<Outcome["comparison"], Agreement>;
}

/** How many points are tried for the sake of a branch: some branches cannot be reached at all. */
const MOST_MORE = 24;

/** How many entries of a leaf are drawn around a number: a fifth of them lies between it and 0. */
const ENTRIES_BESIDE = 32;

/** The points, and the outcome of every equation at each. */
export class Trials {
  readonly setting: Setting;
  readonly equations: readonly Equation[];
  readonly source: string;
  /** The session's numbers first. */
  readonly all: readonly Trial[];
  /** How ∂z/∂x of vectors is laid out in the formula. */
  readonly layout: Layout;
  readonly outcomes: readonly Outcome[];

  constructor(setting: Setting, claims: readonly Claim[], source: string) {
    this.setting = setting;
    this.source = source;
    this.equations = claims.flatMap(({ members, letters }) =>
      members.slice(1).map((b, i) => {
        const a = members[i];
        return { a: a.expr, b: b.expr, sources: [a.source, b.source] as const, letters };
      }),
    );
    const known = new Map<Trial, Outcome[]>();
    const outcomesAt = (trial: Trial): Outcome[] => {
      const found =
        known.get(trial) ?? this.equations.map((equation) => this.#meet(equation, trial, "numerator"));
      known.set(trial, found);
      return found;
    };
    const session = sessionTrial(setting);
    outcomesAt(session);
    const hasValues = (trial: Trial): boolean =>
      outcomesAt(trial).every(({ comparison }) => valueless(comparison) === null);
    const random =
      setting.leaves.length + setting.objective.length === 0 ? [] : Array.from({ length: POINTS });
    const drawn = random.flatMap((_, k) => randomTrial(setting, k, hasValues) ?? []);
    this.all = [session, ...drawn, ...this.#onOtherBranches(drawn, hasValues)];
    const rows = this.all.flatMap(outcomesAt);
    const columns = (): Outcome[] =>
      this.all.flatMap((trial) =>
        this.equations.map((equation) => this.#meet(equation, trial, "denominator")),
      );
    const isTurned = !rows.every(holds) && this.slopes.length > 0;
    const turned = isTurned ? columns() : null;
    this.layout = turned?.every(holds) ? "denominator" : "numerator";
    this.outcomes = this.layout === "denominator" && turned !== null ? turned : rows;
  }

  /** More points, at which the record or the formula takes branches that it takes at none of `trials`. */
  #onOtherBranches(trials: readonly Trial[], fits: (trial: Trial) => boolean): Trial[] {
    const branches = new Branches(this.setting.tape, this.equations);
    const seen = new Set<string>();
    const isNew = (trial: Trial): boolean => {
      const before = seen.size;
      const taken = branches.takenAt(
        (x) => trial.value(x),
        (comparison, equation) => this.#entriesOf(comparison, equation, trial),
      );
      for (const branch of taken) seen.add(branch);
      return seen.size > before;
    };
    trials.forEach(isNew);
    const beside = this.#besideNumbers(branches.sizes, fits);
    beside.forEach(isNew);
    const spreads: readonly Spread[] = [...branches.sizes, "one", "own"];
    const found = [...beside];
    for (let k = 0; k < MOST_MORE && seen.size < branches.count; k++) {
      const trial = randomTrial(this.setting, POINTS + k, fits, spreads[k % spreads.length]);
      if (trial !== null && isNew(trial)) found.push(trial);
    }
    return found;
  }

  /** Points of the size of each number at which something branches: a wrong number may lie close to the right one. */
  #besideNumbers(sizes: readonly number[], fits: (trial: Trial) => boolean): Trial[] {
    const fewest = Math.min(...this.setting.leaves.map((x) => x.size), ENTRIES_BESIDE);
    const count = Math.min(Math.ceil(ENTRIES_BESIDE / Math.max(1, fewest)), MOST_MORE);
    return sizes.flatMap((size) =>
      Array.from({ length: count }, (_, k) => k).flatMap(
        (k) => randomTrial(this.setting, POINTS + MOST_MORE + k, fits, size) ?? [],
      ),
    );
  }

  /** The entries of a part of the formula; none if it has no value by itself. */
  #entriesOf(part: Expr, equation: Equation, trial: Trial): ArrayLike<number> {
    try {
      const value = evaluate(part, { ...this.context(equation, trial), layout: "numerator" });
      return value.kind === "matrix" || value.kind === "cells" ? value.tensor.data : [];
    } catch (error) {
      if (error instanceof ShapeError || error instanceof ValueError) return [];
      throw error;
    }
  }

  /** In what context an equation is evaluated at a point. */
  context({ letters }: Equation, point: Trial): Context {
    return { point, letters, source: this.source, layout: this.layout };
  }

  #meet(equation: Equation, trial: Trial, layout: Layout): Outcome {
    const context = { point: trial, letters: equation.letters, source: this.source, layout };
    return { equation, trial, comparison: compareSides(equation.a, equation.b, context) };
  }

  /** The derivatives ∂z/∂x of vectors in the formula. */
  get slopes(): Extract<Expr, { kind: "derivative" }>[] {
    const found: Extract<Expr, { kind: "derivative" }>[] = [];
    const visit = (part: Expr): void => {
      if (part.kind === "derivative" && [part.of, part.by].every(isVector)) found.push(part);
    };
    for (const { a, b } of this.equations) for (const side of [a, b]) walk(side, visit);
    return found;
  }

  /** The random points; the session's own if nothing can be drawn. */
  get fromRandom(): readonly Trial[] {
    const [session, ...random] = this.all;
    return random.length > 0 ? random : [session];
  }

  /** An equation that has no meaning with these shapes. */
  get misfit(): Failure | null {
    return this.outcomes.filter(fails).find(({ comparison }) => comparison.kind !== "difference") ?? null;
  }

  /** The first equation that does not hold; nor does one that at every point has a number on one side only. */
  get failure(): Failure | null {
    const failed = this.outcomes.find(fails);
    if (failed !== undefined) return failed;
    for (const { equation, agreements } of this.#byEquation()) {
      const k = unclearEntry(agreements);
      const doubts = agreements.map(({ doubt }) => doubt);
      const [first] = doubts;
      if (k === null || first === null || !doubts.every((doubt) => doubt?.kind === "one-sided")) continue;
      const { entry, left, right } = first;
      return {
        equation,
        trial: this.all[0],
        comparison: { kind: "difference", entry, left, right, sides: null, cell: null },
      };
    }
    return null;
  }

  /** Why numbers cannot tell whether the equations hold, if they cannot. */
  get inconclusive(): InconclusiveError | null {
    const isAlone = this.all.length === 1 && this.setting.leaves.length > 0;
    for (const { equation, agreements } of this.#byEquation()) {
      const k = unclearEntry(agreements);
      if (k === null && !isAlone) continue;
      const doubt = agreements.map((agreement) => agreement.doubt).find((found) => found !== null);
      const why = doubt ? whyUnclear(doubt) : "no numbers but those of this session have a value there";
      return new InconclusiveError(`Cannot check ${short(equation.a)} = ${short(equation.b)} here: ${why}`);
    }
    return null;
  }

  /** At how many points every equation had numbers on both sides. */
  get points(): number {
    return this.all.filter((trial) =>
      this.outcomes.every((outcome) => outcome.trial !== trial || valueless(outcome.comparison) === null),
    ).length;
  }

  /** The largest error, relative to the terms of its entry. */
  get error(): number {
    return this.outcomes.reduce(
      (most, { comparison }) => (comparison.kind === "agreement" ? Math.max(most, comparison.error) : most),
      0,
    );
  }

  /** What each equation came to at the points that count. */
  #byEquation(): { equation: Equation; agreements: Agreement[] }[] {
    const trials = this.fromRandom;
    return this.equations.map((equation) => ({
      equation,
      agreements: this.outcomes.flatMap(({ equation: own, trial, comparison }) =>
        own === equation && trials.includes(trial) && comparison.kind === "agreement" ? [comparison] : [],
      ),
    }));
  }
}

function isVector(expr: Expr): boolean {
  if (expr.kind !== "tensor") return expr.kind !== "objective";
  const { rank, shape } = expr.tensor;
  return rank === 1 || (rank === 2 && shape[1] === 1);
}

export function holds({ comparison }: Outcome): boolean {
  return comparison.kind === "agreement";
}

function fails(outcome: Outcome): outcome is Failure {
  return !holds(outcome);
}

/** An entry that has no number on one side or both. */
export function valueless(comparison: Comparison | Misfit): Doubt | null {
  const doubt = comparison.kind === "agreement" ? comparison.doubt : null;
  return doubt === null || doubt.kind === "rounded" ? null : doubt;
}

/** An entry about which no point says anything. */
function unclearEntry(agreements: readonly Agreement[]): number | null {
  const k = agreements[0]?.isClear.findIndex((_, at) => !agreements.some(({ isClear }) => isClear[at])) ?? -1;
  return k < 0 ? null : k;
}

function whyUnclear({ kind, entry, left, right }: Doubt): string {
  const place = entry === "its value" ? "" : `${entry}: `;
  const [a, b] = [left, right].map(plainNumber);
  if (kind === "rounded") return `${place}it is too ill-conditioned, as its terms cancel but for rounding`;
  if (kind === "one-sided") return `${place}the left side is ${a}, the right side ${b}, which is no number`;
  return `${place}neither side has a value: the left one is ${a}, the right one ${b}, and what is undefined equals nothing`;
}
