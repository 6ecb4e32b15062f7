/** One check of an exercise: what every kind of exercise is made of. */

import type { Tensor } from "../tensor/tensor.ts";
import type { Draw } from "./draw.ts";
import type { Finding } from "./report.ts";
import type { Asking } from "./student.ts";

/** A wrong answer that many give: what to tell them. */
export interface Mistake {
  /** In a word or two: `σ only`. */
  readonly name: string;
  /** What they write: a function in place of the student's, a formula, a value. */
  readonly wrong: unknown;
  readonly hint: string;
}

/** What a check is told about its run. */
export interface Run {
  /** The exercise by its name. */
  readonly exercise: string;
  /** The stream of this check's inputs. */
  readonly draw: Draw;
  /** The inputs that `exercise(id).inputs` gives to a student. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly mistakes: readonly Mistake[];
}

/** The kinds of checks. */
export type Kind =
  | "value"
  | "answer"
  | "function"
  | "gradient"
  | "Jacobian"
  | "formula"
  | "derivation"
  | "corrections"
  | "computation";

/** A check of an exercise. */
export interface Part {
  readonly kind: Kind;
  /** What is checked: the name of a function, a value, a gradient. */
  readonly of: string;
  /** Its share of the exercise's points, beside those of the others. */
  readonly weight: number;
  readonly mistakes: Mistake[];
  check(run: Run): Asking<Finding>;
}

/** Options of every kind of check. */
export interface PartOptions {
  /** Its share of the exercise's points, beside those of the others (default 1). */
  readonly weight?: number;
}
