/** `reference`: results beside the numbers of a lesson, as long as the data are the lesson's. */

import { type Slope, slopesAt } from "../autodiff/central-difference.ts";
import { judge } from "../autodiff/judgement.ts";
import { toposort } from "../autodiff/tape.ts";
import { tensorsAt } from "../explain/situation.ts";
import { mul } from "../ops/arithmetic.ts";
import { type MimeBundle, makeDisplayable, mimeBundle, TENSOR_MIME } from "../print/display.ts";
import { allclose } from "../tensor/allclose.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { variables } from "../tensor/host.ts";
import { tensor } from "../tensor/make.ts";
import { checkTensor } from "../tensor/operands.ts";
import { sameShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import type { Data } from "../tensor/typed-shapes.ts";
import { sentenceTex } from "../tex/signs.ts";

/** By what a result was judged: the lesson's numbers, central differences, or nothing. */
export type Judge = "reference" | "differences" | "none";

/** A result, and what speaks for it. It is shown by being a cell's last value. */
export class Verified {
  readonly tensor: Tensor;
  readonly by: Judge;
  readonly ok: boolean | null;
  /** In a sentence. */
  readonly message: string;

  /** Use `reference` instead. */
  constructor(result: Tensor, by: Judge, ok: boolean | null, message: string) {
    this.tensor = result;
    this.by = by;
    this.ok = ok;
    this.message = message;
  }

  toString(): string {
    const sign = this.ok === null ? "" : this.ok ? "✓ " : "✗ ";
    return `${this.tensor}\n${sign}${this.message}`;
  }

  /** What a notebook shows: the tensor, and the sentence behind it. */
  toMimeBundle(): MimeBundle {
    const bundle = mimeBundle(this.tensor);
    const json = bundle[TENSOR_MIME] as { readonly tex: string };
    const sign = this.ok === null ? "" : this.ok ? "\\checkmark \\; " : "\\times \\; ";
    const tex = `${json.tex} \\qquad ${sign}{\\small ${sentenceTex(this.message)}}`;
    return {
      [TENSOR_MIME]: { ...json, tex, text: this.toString() },
      "text/latex": `$\\displaystyle ${tex}$`,
      "text/plain": this.toString(),
    };
  }
}

makeDisplayable(Verified.prototype);

/** Judges a result by the numbers expected of it. */
export type Verify = (result: Tensor, expected: Data) => Verified;

/** How closely a result must agree with a number that is written with twelve digits. */
const CLOSE = { rtol: 1e-9, atol: 1e-9 };

/**
 * Remembers the data of a lesson, by their names, and answers with a function that sets a result beside the number
 * expected of it. While the result comes from the lesson's data, it is compared with that; once a reader has changed
 * them, a gradient is compared with central differences instead. Nothing is thrown: what differs says so.
 *
 * @example
 * const X = tensor([[1, 2]]).as("X");
 * const verify = reference({ X: [[1, 2]] });
 * verify(X.mul(2).as("Y"), [[2, 4]]).by // "reference"
 */
export function reference(given: Readonly<{ [name: string]: Data }>): Verify {
  if (typeof given !== "object" || given === null || given instanceof Tensor || Array.isArray(given)) {
    throw new ValueError(
      "Cannot remember the data of a lesson: give them by their names, as in { X: [[1, 2]] }",
    );
  }
  const data = new Map(Object.entries(given).map(([name, numbers]) => [name, tensor(numbers)] as const));
  return (result, expected) => {
    checkTensor("verify", result, "verify(X.grad, [[1, 2]])");
    const changed = changedData(result, data);
    const wanted = tensor(expected);
    const isExpected = sameShape(result.shape, wanted.shape) && allclose(result, wanted, CLOSE);
    if (changed.length === 0 && isExpected) {
      return new Verified(result, "reference", true, "as in the reference");
    }
    const why = changed.length === 0 ? "not the lesson's number" : `${changed.join(", ")} changed`;
    return (
      byDifferences(result, why) ?? new Verified(result, "none", null, `${why}: nothing to compare with`)
    );
  };
}

/** Which of the lesson's data, among those that the result comes from, have other numbers now. */
function changedData(result: Tensor, data: ReadonlyMap<string, Tensor>): string[] {
  const end = originOf(result)?.y ?? result;
  const order = toposort(end);
  const cotangent = originOf(result)?.cotangent;
  const sources =
    order.length > 1
      ? [...order, ...(cotangent ? [cotangent] : [])].map((x) => [x.name, x] as const)
      : variables();
  return sources.flatMap(([name, x]) => {
    const lesson = name === null ? undefined : data.get(name);
    if (name === null || lesson === undefined || !(x instanceof Tensor)) return [];
    if (internals.nodeOf(x) !== null || internals.assignedAt(x) > 0) return []; // computed, not given
    return sameShape(x.shape, lesson.shape) && x.data.every((entry, k) => entry === lesson.data[k])
      ? []
      : [name];
  });
}

/** Where the backward pass started that made this gradient. */
function originOf(gradient: Tensor): ReturnType<typeof internals.originOf> {
  const x = internals.primalOf(gradient);
  return x === null || internals.gradientOf(x) !== gradient ? null : internals.originOf(x);
}

/** A gradient beside the slopes of ⟨dY, Y⟩; `null` for what is no gradient. */
function byDifferences(gradient: Tensor, why: string): Verified | null {
  const x = internals.primalOf(gradient);
  const origin = originOf(gradient);
  if (x === null || origin === null) return null;
  const { y, cotangent } = origin;
  let slopes: Slope[];
  try {
    slopes = withoutRecording(() =>
      slopesAt((moved) => {
        const value = tensorsAt(new Map([[x, moved]]))(y);
        return (cotangent === null ? value : mul(cotangent, value)).data;
      }, x),
    );
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return null; // outside of the domain
    throw error;
  }
  const judgements = slopes.map((slope, k) => judge(gradient.data[k], slope));
  if (judgements.some(({ kind }) => kind === "fails")) {
    return new Verified(gradient, "differences", false, `${why}; central differences disagree`);
  }
  const unsaid = judgements.find((one) => one.kind === "unsaid");
  if (unsaid?.kind === "unsaid") return new Verified(gradient, "differences", null, `${why}; ${unsaid.why}`);
  return new Verified(gradient, "differences", true, `${why}; central differences agree`);
}
