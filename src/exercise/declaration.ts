/** How a teacher declares an exercise: its points, its checks, and the mistakes that are known. */

import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { ValueError } from "../tensor/errors.ts";
import { checkFunction, checkText } from "../tensor/options.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Given } from "./draw.ts";
import { type FunctionOptions, functionPart, type ValueOptions, valuePart } from "./function.ts";
import { type Differentiable, type GradientOptions, gradientPart } from "./gradient.ts";
import type { Part } from "./part.ts";
import { type Declared, declare } from "./registry.ts";

/** What a teacher says of an exercise. */
export interface ExerciseOptions {
  /** How many points it is worth (default 1). */
  readonly points?: number;
  /** What it is about, in a few words. */
  readonly title?: string;
  /** Inputs that each student gets with other numbers: `exercise(id).inputs`. */
  readonly inputs?: Readonly<Record<string, Given>>;
  /** The checks that follow are those that count; release strips their cell. */
  readonly hidden?: boolean;
}

/** The arguments of one call: of one argument its shape, of several a list. */
export type Case = Given | readonly Given[];

/** What is written by mistake: a function in place of the student's, a formula, a value. */
export type Wrong<A extends readonly unknown[]> =
  | string
  | number
  | boolean
  | Tensor
  | readonly unknown[]
  | ((...args: A) => unknown);

/** A declaration, to which checks and mistakes are added. */
export class Declaration {
  readonly #exercise: Declared;
  readonly #isHidden: boolean;

  /** Use `exercise(id, { points: 2 })` instead. */
  constructor(id: string, { points, title, inputs, hidden = false }: ExerciseOptions) {
    const exercise = declare(id);
    if (points !== undefined) exercise.points = points;
    if (title !== undefined) exercise.title = title;
    if (inputs !== undefined) exercise.inputs = inputs;
    // A cell that runs again declares anew.
    if (hidden) exercise.hidden = [];
    else [exercise.open, exercise.report] = [[], null];
    this.#exercise = exercise;
    this.#isHidden = hidden;
  }

  /** The value of a variable, as a function of the exercise's inputs. */
  value(
    name: string,
    reference: (inputs: { readonly [name: string]: Tensor }) => unknown,
    options: ValueOptions = {},
  ): this {
    checkText("declare a value", name, 'exercise("1a", { points: 1 }).value("dW", ({ X, dY }) => …)');
    checkFunction("declare a value with", reference, '.value("dW", ({ X, dY }) => …)');
    return this.#add(valuePart(name, reference, options));
  }

  /** A function, which must give what `reference` gives on every list of arguments. */
  function<A extends readonly unknown[] = Tensor[]>(
    name: string,
    reference: (...args: A) => unknown,
    cases: readonly Case[],
    options: FunctionOptions = {},
  ): this {
    checkFunction(
      "declare a function with",
      reference,
      '.function("softmaxRows", (Z) => softmax(Z), [[2, 3]])',
    );
    return this.#add(functionPart(name, reference, listed(cases), options));
  }

  /** The gradient of `f` as a function of dY and the arguments; `cases` are their shapes. */
  gradient(f: Differentiable, name: string, cases: readonly Case[], options: GradientOptions = {}): this {
    checkFunction("declare the gradient of", f, '.gradient(sigmoid, "sigmoidBackward", [[2, 3]])');
    return this.#add(gradientPart(f, name, listed(cases), options));
  }

  /** A wrong answer that many give to the check before, and what to tell them. */
  mistake<A extends readonly unknown[] = Tensor[]>(name: string, wrong: Wrong<A>, hint: string): this {
    const part = this.#parts.at(-1);
    if (part === undefined) {
      throw new ValueError(
        `Cannot declare the mistake ${name}: declare what it is a mistake about first, as in .gradient(…).mistake(…)`,
      );
    }
    part.mistakes.push({ name, wrong, hint });
    return this;
  }

  get #parts(): Part[] {
    return this.#isHidden ? this.#exercise.hidden : this.#exercise.open;
  }

  #add(part: Part): this {
    this.#parts.push(part);
    return this;
  }

  /** `Exercise 1a: sigmoid (2 points)`. */
  toString(): string {
    const { id, title, points } = this.#exercise;
    return `Exercise ${id}${title && `: ${title}`} (${points} point${points === 1 ? "" : "s"})`;
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString() };
  }
}

makeDisplayable(Declaration.prototype);

/** Each case as a list of arguments. */
function listed(cases: readonly Case[]): (readonly Given[])[] {
  return cases.map((one) => {
    const isOne =
      one instanceof Tensor || typeof one === "function" || one.every((length) => typeof length === "number");
    return isOne ? [one as Given] : (one as readonly Given[]);
  });
}
