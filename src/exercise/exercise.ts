/** `exercise("1a")`: public checks for a student, declarations for a teacher, marks for a grader. */

import { type MimeBundle, makeDisplayable, shownAs } from "../print/display.ts";
import { ValueError } from "../tensor/errors.ts";
import { display, isConnected } from "../tensor/host.ts";
import { checkText } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Declaration, type ExerciseOptions } from "./declaration.ts";
import { checking } from "./grade.ts";
import type { Declared } from "./registry.ts";
import {
  declared,
  find,
  graderHere,
  inputsOf,
  ownerHere,
  setAnswer,
  setOwner,
  studentHere,
} from "./registry.ts";
import type { Report } from "./report.ts";
import { progressLines, reportBundle, reportText } from "./show.ts";
import { askHere, askThere, type RemoteStudent, type Student } from "./student.ts";

/** An exercise as a student meets it. It is checked when it is shown. */
export class Exercise {
  readonly id: string;

  /** Use `exercise("1a")` instead. */
  constructor(id: string) {
    this.id = id;
  }

  /** The inputs of this exercise, with the numbers of this student. */
  get inputs(): { readonly [name: string]: Tensor } {
    const known = this.#declared("take the inputs of");
    known.drawnFor = ownerHere() ?? "";
    return inputsOf(known, ownerHere());
  }

  /** Gives an answer: a formula as text, the lines of a derivation, or whatever the exercise asks for. */
  answer(answer: unknown): this {
    setAnswer(this.id, answer);
    return this;
  }

  /** Runs the public checks. */
  check(): Report {
    const known = this.#declared("check");
    known.report = askHere(checking(known, { audience: "public" }), studentHere);
    return known.report;
  }

  /**
   * Runs the checks that count, shows what they found, and answers the points: now, or when a student elsewhere has
   * answered, so cells write `await exercise("1a").grade()`.
   */
  grade(): number | Promise<number> {
    const known = this.#declared("grade");
    const grader = graderHere();
    if (grader === null && known.hidden.length === 0) return this.check().earned; // what a student has of it
    if (grader === null) return shownPoints(askHere(checking(known, { audience: "graded" }), studentHere));
    const { owner, seed } = grader;
    const run = checking(known, { audience: "graded", owner, seed });
    return askThere(run, remote(grader.student)).then(shownPoints);
  }

  #declared(action: string): Declared {
    const known = find(this.id);
    if (known !== undefined) return known;
    const others = declared().map(({ id }) => id);
    const wayOut = others.length === 0 ? "run the cell that declares it" : `there are ${others.join(", ")}`;
    throw new ValueError(`Cannot ${action} exercise ${this.id}: it is not declared here; ${wayOut}`);
  }

  toString(): string {
    return find(this.id) === undefined ? this.#noted() : reportText(this.check(), declared());
  }

  /** What a notebook shows: the report of the public checks. */
  toMimeBundle(): MimeBundle {
    if (find(this.id) === undefined) return { "text/plain": this.#noted() };
    return reportBundle(this.check(), declared());
  }

  /** Where a notebook runs without its declarations, as in a grader's sandbox, answers are kept all the same. */
  #noted(): string {
    return `Exercise ${this.id} is not declared here: run the cell that declares it`;
  }
}

makeDisplayable(Exercise.prototype);

function shownPoints(report: Report): number {
  if (isConnected()) display(new Shown(report));
  if (!report.gradable)
    throw new ValueError(`Cannot grade exercise ${report.exercise}: its check came to nothing`);
  return report.earned;
}

/** A report that is shown by itself. */
class Shown {
  readonly report: Report;

  constructor(report: Report) {
    this.report = report;
  }

  toString(): string {
    return reportText(this.report, []);
  }

  toMimeBundle(): MimeBundle {
    return reportBundle(this.report, []);
  }
}

makeDisplayable(Shown.prototype);

function remote(student: Student | RemoteStudent): RemoteStudent {
  return { answer: async (question) => student.answer(question) };
}

/** How all exercises of the notebook stand. */
class Progress {
  toString(): string {
    const all = declared();
    if (all.length === 0) return "No exercise is declared here yet";
    const points = all.reduce((sum, { points: worth }) => sum + worth, 0);
    const earned = all.reduce((sum, { report }) => sum + (report?.earned ?? 0), 0);
    return [
      ...progressLines(all),
      `${earned} of ${points} points by public checks; hidden checks decide`,
    ].join("\n");
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString() };
  }
}

makeDisplayable(Progress.prototype);

/** The type of `exercise`. */
export interface ExerciseMaker {
  (): Progress;
  (id: string): Exercise;
  (id: string, options: ExerciseOptions): Declaration;
}

/**
 * An exercise of this notebook. Shown, it runs its public checks on what stands in the notebook by now; `.answer(…)`
 * gives a formula, `.inputs` the numbers of this student. With options it declares the exercise, for teachers. Without
 * a name it shows how all exercises stand.
 *
 * @example
 * exercise("1a", { points: 2 }).gradient(sigmoid, "sigmoidBackward", [[2, 3]]).toString() // "Exercise 1a (2 points)"
 */
export const exercise: ExerciseMaker = ((id?: string, options?: ExerciseOptions) => {
  if (id === undefined) return new Progress();
  checkText("find an exercise", id, 'exercise("1a")');
  return options === undefined ? new Exercise(id) : new Declaration(id, options);
}) as ExerciseMaker; // the three signatures, by the number of arguments

/**
 * Says whose notebook this is: the inputs of every exercise belong to the student and to the exercise, so that a copied
 * number is wrong.
 *
 * @example
 * student("ada").toString() // "This is the notebook of ada"
 */
export function student(name: string): { toString(): string } {
  checkText("say whose notebook this is", name, 'student("ada")');
  setOwner(name);
  return shownAs(() => `This is the notebook of ${name}`);
}
