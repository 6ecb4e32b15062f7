/** How a teacher declares an exercise: its points, its checks, and the mistakes that are known. */

import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { ValueError } from "../tensor/errors.ts";
import { checkFunction, checkText } from "../tensor/options.ts";
import { Tensor } from "../tensor/tensor.ts";
import { correctionsPart } from "./corrections.ts";
import { type DerivationOptions, derivationPart } from "./derivation.ts";
import type { Given } from "./draw.ts";
import { type FormulaOptions, formulaPart, type Setting } from "./formula.ts";
import {
  type FunctionOptions,
  functionPart,
  type ValueOptions,
  type VariableOptions,
  valuePart,
} from "./function.ts";
import { type Differentiable, type GradientOptions, gradientPart } from "./gradient.ts";
import { buildPart, type Computation, meetingsIn, pathsIn, shareIn } from "./graph-questions.ts";
import { type JacobianOptions, jacobianPart } from "./jacobian.ts";
import type { Part, PartOptions } from "./part.ts";
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
    // A cell that runs again declares anew; what is hidden adds to what is public.
    if (hidden) {
      exercise.hidden = [];
      if (points !== undefined) exercise.points = points;
    } else {
      exercise.points = points ?? 1;
      exercise.title = title ?? "";
      exercise.inputs = inputs ?? {};
      [exercise.open, exercise.report] = [[], null];
    }
    this.#exercise = exercise;
    this.#isHidden = hidden;
  }

  /**
   * The value of a variable, as a function of the exercise's inputs.
   *
   * @throws ValueError when the name or the reference is missing.
   */
  value(
    name: string,
    reference: (inputs: { readonly [name: string]: Tensor }) => unknown,
    options: VariableOptions = {},
  ): this {
    checkText("declare a value", name, 'exercise("1a", { points: 1 }).value("dW", ({ X, dY }) => …)');
    checkFunction("declare a value with", reference, '.value("dW", ({ X, dY }) => …)');
    return this.#add(valuePart(name, reference, options));
  }

  /**
   * A function, which must give what `reference` gives on every list of arguments. A case is the shape of the argument,
   * or a list with a shape, a tensor or a function `(draw) => value` for each.
   */
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

  /**
   * The gradient of `f` as a function of dY and the arguments, which returns one tensor, or a list with one for each
   * argument. A case is the shape of the argument, or a list of shapes; a tensor in place of a shape is used as it is,
   * so that a kink can be met under the convention of `f`.
   *
   * @example
   * const right = exercise("1b", { points: 2 }).gradient(exp, "expBackward", [[2, 3], [1, 5], [4, 1]]);
   * right.mistake("no upstream", (dY, X) => exp(X), "Where is dY?").toString() // "Exercise 1b (2 points)"
   */
  gradient(f: Differentiable, name: string, cases: readonly Case[], options: GradientOptions = {}): this {
    checkFunction("declare the gradient of", f, '.gradient(sigmoid, "sigmoidBackward", [[2, 3]])');
    return this.#add(gradientPart(f, name, listed(cases), options));
  }

  /** What `.answer(…)` was given, as a function of the exercise's inputs. */
  answers(
    reference: (inputs: { readonly [name: string]: Tensor }) => unknown,
    options: ValueOptions = {},
  ): this {
    checkFunction("declare an answer with", reference, ".answers(({ X }) => …)");
    return this.#add(valuePart("the answer", reference, options, true));
  }

  /**
   * The Jacobian of `f` as a matrix: a student's function of the arguments. One that is right in another convention is
   * told so, and gets `otherwise` of the points.
   */
  jacobian(f: Differentiable, name: string, cases: readonly Case[], options: JacobianOptions = {}): this {
    checkFunction(
      "declare the Jacobian of",
      f,
      '.jacobian((X, W) => X.matmul(W), "jacobianOfXW", [[[2, 3], [3, 4]]])',
    );
    return this.#add(jacobianPart(f, name, listed(cases), options));
  }

  /**
   * A formula in the grammar of `check`, given as `.answer("dW = Xᵀ dY")`: `setting` makes the tensors that it speaks of
   * and what is computed from them.
   *
   * @example
   * const X = tensor([[1, 2, 3]]);
   * exercise("1f", { points: 1 }).formula("dX", () => ({ X, Y: exp(X).as("Y") }), { using: ["dY", "Y"] });
   * exercise("1f").answer("dX = Y ⊙ dY").check().earned // 1
   */
  formula(target: string, setting: Setting, options: FormulaOptions = {}): this {
    checkFunction("declare a formula with", setting, '.formula("dW", (draw) => ({ X, W, Y: X.matmul(W) }))');
    return this.#add(formulaPart(target, setting, options));
  }

  /** A chain of equal lines, given as `.answer(["dX = …", "= …"])`, that ends with a formula for `target`. */
  derivation(target: string, setting: Setting, options: DerivationOptions = {}): this {
    checkFunction(
      "declare a derivation with",
      setting,
      '.derivation("dW", (draw) => ({ X, W, Y: X.matmul(W) }))',
    );
    return this.#add(derivationPart(target, setting, options));
  }

  /** Equations of which some are faulty: `.answer({ 3: "dX = dY Wᵀ" })` finds the third, and mends it. */
  corrections(lines: readonly string[], setting: Setting, options: PartOptions = {}): this {
    checkFunction("declare corrections with", setting, '.corrections(["dX = dY Wᵀ"], (draw) => ({ … }))');
    return this.#add(correctionsPart(lines, setting, options));
  }

  /** A tensor that is to be computed in the same way: by the same ops, joined alike. */
  builds(name: string, reference: Computation, options: PartOptions = {}): this {
    checkFunction("declare a computation with", reference, '.builds("J", ({ X }) => sum(mul(X, X)))');
    return this.#add(buildPart(name, reference, options));
  }

  /** The paths from a tensor to the result, given as `.answer(["W → Z → J"])`, in any order. */
  paths(computation: Computation, from: string, options: PartOptions = {}): this {
    checkFunction("declare paths of", computation, '.paths(({ X }) => J, "X")');
    return this.#add(
      valuePart(
        "the list of paths",
        (inputs) => pathsIn(computation(inputs), from),
        { ...options, anyOrder: true },
        true,
      ),
    );
  }

  /** The tensors at which shares of gradients add up, given as `.answer(["Y"])`, in any order. */
  meetings(computation: Computation, options: PartOptions = {}): this {
    checkFunction("declare meetings of", computation, ".meetings(({ X }) => J)");
    return this.#add(
      valuePart(
        "the list of names",
        (inputs) => meetingsIn(computation(inputs)),
        { ...options, anyOrder: true },
        true,
      ),
    );
  }

  /** The share of the gradient of `from` that comes back from `to`, given as `.answer([[1, 2]])`. */
  edge(computation: Computation, from: string, to: string, options: ValueOptions = {}): this {
    checkFunction("declare an edge of", computation, '.edge(({ X }) => J, "X", "Y")');
    return this.#add(
      valuePart(
        `the gradient on the edge from ${to} to ${from}`,
        (inputs) => shareIn(computation(inputs), from, to),
        options,
        true,
      ),
    );
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
