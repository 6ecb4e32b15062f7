/** What a check comes to, as data: the same in a notebook, in a page and in a list of marks. */

import type { JsonNumber } from "../tensor/numbers.ts";

/** The steps of a check, in their order: the first that fails is told. */
export type Step = "exists" | "type" | "shape" | "finite" | "inputs" | "value" | "purity";

/**
 * Whether the work is right. `open`: it has not been begun. `unsaid`: the check itself came to nothing, so nobody may
 * lose a mark by it.
 */
export type Verdict = "passed" | "failed" | "open" | "unsaid";

/** A matrix that a finding shows, by its name. */
export interface Shown {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: readonly JsonNumber[];
  /** The position of the entry to look at. */
  readonly mark?: number;
}

/** What one check of an exercise found. */
export interface Finding {
  /** What was looked at: `dX of sigmoidBackward`. */
  readonly check: string;
  readonly verdict: Verdict;
  /** From 0 to 1. */
  readonly credit: number;
  /** The step that failed. */
  readonly step?: Step;
  /** What is wrong, in a sentence that never says the right answer. */
  readonly message: string;
  /** What the student's own code said; it may hold inputs, so it is left out of a graded run. */
  readonly detail?: string;
  /** What to think about. */
  readonly hint?: string;
  /** The known mistake that it is. */
  readonly mistake?: string;
  /** The arguments and the student's result; not of a graded run, whose inputs stay unknown. */
  readonly shows?: readonly Shown[];
}

/** All findings about an exercise. */
export interface Report {
  readonly v: 1;
  readonly exercise: string;
  readonly title: string;
  /** `public`: what the student may see and repeat. `graded`: what counts. */
  readonly audience: "public" | "graded";
  readonly points: number;
  /** Rounded to hundredths. */
  readonly earned: number;
  /** Whether the marks count; not where a check came to nothing. */
  readonly gradable: boolean;
  /** Whose notebook it says it is. */
  readonly owner: string | null;
  /** What somebody should look at: another owner, inputs of somebody else. */
  readonly flags: readonly string[];
  readonly checks: readonly Finding[];
}

/** A check of an exercise, by its share of the points. */
export interface Weighed {
  readonly weight: number;
  readonly finding: Finding;
}

/** Adds up findings. */
export function reportOf(
  about: Pick<Report, "exercise" | "title" | "audience" | "points" | "owner" | "flags">,
  found: readonly Weighed[],
): Report {
  const whole = found.reduce((sum, { weight }) => sum + weight, 0);
  const share = found.reduce((sum, { weight, finding }) => sum + weight * finding.credit, 0);
  const earned = whole === 0 ? 0 : Math.round((100 * about.points * share) / whole) / 100;
  const checks = found.map(({ finding }) => finding);
  const gradable = checks.every(({ verdict }) => verdict !== "unsaid");
  return { v: 1, ...about, earned, gradable, checks };
}
