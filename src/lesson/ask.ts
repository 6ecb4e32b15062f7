/** What a reader asks: whether a claim holds, as an answer and never as an error, and what moves when one entry does. */

import { dependsOn } from "../autodiff/tape.ts";
import { type Check, check } from "../check/check.ts";
import { Confirmation } from "../check/confirmation.ts";
import { CheckError, FormulaError } from "../check/grammar.ts";
import type { Interpolated } from "../check/reader.ts";
import { scopeOf } from "../check/reader.ts";
import { tensorsAt } from "../explain/situation.ts";
import { sub } from "../ops/arithmetic.ts";
import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { isSymbolic } from "../print/expression.ts";
import { withoutRecording } from "../tensor/apply.ts";
import {
  DtypeError,
  GradientError,
  InconclusiveError,
  ShapeError,
  SingularMatrixError,
  ValueError,
} from "../tensor/errors.ts";
import { checkTensor, nameVariables } from "../tensor/operands.ts";
import { kindOf } from "../tensor/options.ts";
import { stridesOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { entryOf, nameTex } from "../tex/name.ts";
import { plainTex } from "../tex/plain.ts";

/** What became of a claim: it holds, it does not, or nothing can be said. */
export type Verdict = "holds" | "fails" | "unsaid";

/** The answer to `ask`. It is shown by being a cell's last value. */
export class Answer {
  readonly verdict: Verdict;
  /** What was found, in a sentence. */
  readonly message: string;
  readonly #confirmation: Confirmation | null;

  /** Use ask`…` instead. */
  constructor(verdict: Verdict, message: string, confirmation: Confirmation | null = null) {
    this.verdict = verdict;
    this.message = message;
    this.#confirmation = confirmation;
  }

  /** Whether the claim holds at every point. */
  get holds(): boolean {
    return this.verdict === "holds";
  }

  toString(): string {
    return this.#confirmation?.toString() ?? `${SIGNS[this.verdict]} ${this.message}`;
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    return this.#confirmation?.toMimeBundle() ?? { "text/plain": this.toString() };
  }
}

makeDisplayable(Answer.prototype);

const SIGNS: Readonly<Record<Verdict, string>> = { holds: "✓", fails: "✗", unsaid: "?" };

/** The type of `ask`. */
export interface Ask {
  (formula: TemplateStringsArray, ...values: Interpolated[]): Answer;
  (claim: () => unknown): Answer;
  /** An `ask` for tensors that are not variables of a notebook, under the names given here. */
  with(names: Readonly<{ [name: string]: Tensor | number }>): Ask;
}

/**
 * Asks whether a formula holds, in the grammar of `check`, or whether a function runs: a `gradcheck`, a `fit`. Where `check` throws, `ask`
 * answers: ✗ with a counterexample and the likely mistake, ? where numbers say nothing or the formula cannot be read.
 * So all cells of a notebook run, whatever was typed into one of them.
 *
 * @example
 * const X = tensor([[1, 2, 3]]).as("X");
 * ask.with({ X, Y: exp(X) })`dX = dY ⊙ X`.verdict // "fails"
 */
export const ask: Ask = askIn(check);

function askIn(how: Check): Ask {
  const run = (claim: TemplateStringsArray | (() => unknown), ...values: Interpolated[]): Answer => {
    if (typeof claim === "function") return answerOf(claim);
    const answer = answerOf(() => how(claim, ...values));
    const isOpen = answer.verdict === "unsaid" && Array.isArray(claim?.raw) && OPEN.test(claim.raw.join(""));
    return isOpen ? new Answer("unsaid", "put your formula in the place of …") : answer;
  };
  return Object.assign(run, {
    with: (given: Readonly<{ [name: string]: Tensor | number }>) => askIn(check.with(scopeOf("ask", given))),
  });
}

/** What stands in an exercise where a formula is to be written. */
const OPEN = /…|\.\.\.|\?\?|___/;

/** The errors that are findings about a claim; others are mistakes in the code around it. */
const FINDINGS = [
  CheckError,
  GradientError,
  ShapeError,
  DtypeError,
  SingularMatrixError,
  ValueError,
] as const;

function answerOf(claim: () => unknown): Answer {
  try {
    const found = claim();
    if (found instanceof Confirmation) return new Answer("holds", found.toString(), found);
    if (found instanceof Answer) return found;
    if (found === true) return new Answer("holds", "the gradient agrees with central differences");
    if (found === false) return new Answer("fails", "it is false");
    if (found !== undefined) return new Answer("holds", String(found));
    return new Answer(
      "unsaid",
      "nothing was claimed: ask a formula, or a function that returns what it found",
    );
  } catch (error) {
    if (error instanceof InconclusiveError || error instanceof FormulaError) {
      return new Answer("unsaid", error.message);
    }
    if (FINDINGS.some((kind) => error instanceof kind)) return new Answer("fails", (error as Error).message);
    throw error;
  }
}

// What moves when one entry does.

/** By how much an entry is moved: a power of two, so that sums and products with it are exact. */
const STEP = 2 ** -10;

/**
 * Moves one entry of `x`, counted from 0, by about 0.001 and answers by how much each entry of `y` moves, per unit: ΔY/Δx.
 * Where it is 0, nothing moves; where it is not, it is close to the derivative. An index beyond the last is the last.
 *
 * @throws ValueError when `y` is not computed from `x`, or has no numbers, or an index is no whole number.
 * @example
 * const X = tensor([[1, 2, 3]]).as("X");
 * allclose(nudge(square(X).as("Y"), X, 0, 1), [[0, 4 + 2 ** -10, 0]]) // true
 */
export function nudge(y: Tensor, x: Tensor, ...at: number[]): Tensor {
  checkTensor("nudge and watch", y, "nudge(Y, X, 0, 1)");
  checkTensor("nudge", x, "nudge(Y, X, 0, 1)");
  for (const index of at) {
    if (!Number.isInteger(index)) {
      throw new ValueError(
        `Cannot nudge the entry at ${kindOf(index)}: each index is a whole number, as in nudge(Y, X, 0, 1)`,
      );
    }
  }
  nameVariables();
  if (isSymbolic(y)) throw new ValueError("Cannot nudge a symbol: it has no numbers");
  const place = x.shape.map((length, axis) => Math.max(0, Math.min(Math.trunc(at[axis] ?? 0), length - 1)));
  const position = stridesOf([...x.shape]).reduce((sum, stride, axis) => sum + stride * place[axis], 0);
  const moved = new Tensor(
    [...x.shape],
    x.data.map((entry, k) => (k === position ? entry + STEP : entry)),
  );
  const change = withoutRecording(() => {
    const after = tensorsAt(new Map([[x, moved]]))(y);
    if (y !== x && !dependsOn(y, x)) {
      throw new ValueError(
        `Cannot nudge ${x.name ?? "that tensor"}: ${y.name ?? "the result"} is not computed from it`,
      );
    }
    return sub(after, y).div(STEP);
  });
  const entry = entryOf(
    x.name ?? "X",
    place.map((index) => `${index + 1}`),
  );
  const name = y.name ?? "Y";
  internals.setLabel(change, {
    tex: `\\frac{\\Delta ${nameTex(name, y.rank)}}{\\Delta ${entry}}`,
    text: `Δ${plainTex(nameTex(name, 0))}/Δ${plainTex(entry)}`,
  });
  return change;
}
