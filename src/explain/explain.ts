/** `explain(Y)`: how the gradient of a step comes about. */

import { backward } from "../autodiff/backward.ts";
import { slopesAt } from "../autodiff/central-difference.ts";
import { judge } from "../autodiff/judgement.ts";
import { checkUnchanged, toposort } from "../autodiff/tape.ts";
import * as scalar from "../numeric/scalar.ts";
import { add, mul } from "../ops/arithmetic.ts";
import { cos } from "../ops/trigonometry.ts";
import { isSymbolic } from "../print/expression.ts";
import { lettersFor } from "../print/letters.ts";
import { elementwise } from "../rules/elementwise.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { variables } from "../tensor/host.ts";
import type { Described } from "../tensor/op.ts";
import { checkTensor, nameVariables, TENSORS } from "../tensor/operands.ts";
import { checkedOptions, checkText, FLAG, type OptionKind } from "../tensor/options.ts";
import { createRandom } from "../tensor/random.ts";
import { entryName } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { functionNamed } from "../tex/tex.ts";
import { Derivation, type Part, type Step, type StepKind } from "./derivation.ts";
import { derive } from "./derive.ts";
import {
  isFlat,
  namesFor,
  replayed,
  type Situation,
  type Surroundings,
  situationOf,
  wide,
} from "./situation.ts";
import { verify } from "./verify.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** The operand, or operands, whose gradients are derived; all of them when left out. */
  readonly wrt?: Tensor | readonly Tensor[];
  /** Which steps are shown; the check always is. */
  readonly steps?: readonly StepKind[];
  /** The whole computation, from the result back to the leaves, instead of its last step: 200 gradients at most. */
  readonly whole?: boolean;
}

const STEP_KINDS: Readonly<Record<StepKind, true>> = {
  shapes: true,
  definition: true,
  generic: true,
  local: true,
  jacobian: true,
  expanded: true,
  closed: true,
  numbers: true,
  check: true,
};
const KINDS: OptionKind = {
  noun: `a list of ${Object.keys(STEP_KINDS).join(", ")}`,
  accepts: (value) => Array.isArray(value) && value.every((kind) => Object.hasOwn(STEP_KINDS, kind)),
};

/**
 * Derives the gradient of a result in the notation of the lecture: shapes, definition, local derivative, the matrix
 * ∂Y/∂X, the chain rule entry by entry, the closed form, the numbers. Every line comes from the op's own rule and is
 * checked at random points, against the op and central differences; what fails is shown as failed, and what cannot be
 * checked is shown as unchecked.
 *
 * @throws ValueError when `y` was not computed from anything, or not from the operand asked for.
 * @example
 * const X = tensor([[1, -2, 0]]).as("X");
 * explain(sigmoid(X).as("Y")).step("closed") // "dX = dY \\odot (Y \\odot (1 - Y))"
 */
export function explain(y: Tensor, options?: ExplainOptions): Derivation {
  checkTensor("explain", y, "explain(exp(X))");
  const {
    wrt,
    steps,
    whole = false,
  } = checkedOptions(options, {
    of: "explain",
    example: "explain(Y, { wrt: X })",
    known: { wrt: TENSORS, steps: KINDS, whole: FLAG },
  });
  nameVariables();
  const order = toposort(y);
  const computed = order.filter((z) => internals.nodeOf(z) !== null);
  const owned = new Set([...variables()].map(([name]) => name));
  for (const { name } of order) if (name !== null) owned.add(name);
  const results = whole ? computed.toReversed() : [y];
  const around: Surroundings = whole
    ? { given: namesFor(computed, owned), lengthsOf: lettersFor(y), owned }
    : { given: namesFor(computed.slice(0, -1), owned), owned };
  const asked = wrt === undefined ? null : wrt instanceof Tensor ? [wrt] : wrt;
  const parts: Part[] = [];
  let reached = 0;
  internals.withWitnesses(() => {
    for (; reached < results.length && parts.length < MOST_PARTS; reached++) {
      parts.push(...partsOf(results[reached], asked, steps ?? null, around));
    }
  });
  if (parts.length === 0) throw nothingToExplain(y, asked);
  return new Derivation(parts, results.length - reached, {
    from: [internals.originOf(y)?.y ?? y],
    redraw(now) {
      const origin = internals.originOf(y);
      // The gradients of the tensors that are computed again are their own.
      if (origin !== null) backward(now(origin.y), origin.cotangent ?? undefined);
      const operands = asked === null ? {} : { wrt: asked.map(now) };
      const again = explain(now(y), { ...options, ...operands });
      return new Derivation(again.parts, again.omitted).toMimeBundle(); // which nobody else will ask for
    },
  });
}

/** As many gradients as are derived at once: nobody reads more, and each takes the kernel and the page some ms. */
const MOST_PARTS = 200;

function partsOf(
  y: Tensor,
  asked: readonly Tensor[] | null,
  kinds: readonly StepKind[] | null,
  around: Surroundings,
): Part[] {
  checkUnchanged("explain the way", y);
  const inputs = internals.nodeOf(y)?.inputs ?? [];
  const positions = inputs.flatMap((x, i) => {
    const isFirst = inputs.indexOf(x) === i;
    return isFirst && !internals.isLiteral(x) && (asked === null || asked.includes(x)) ? [i] : [];
  });
  if (inputs.length === 0) situationOf(y, 0, around); // says why there is nothing to explain
  return positions.flatMap((i) => {
    const situation = situationOf(y, i, around);
    if (isFlat(situation)) return [];
    const all = derive(situation);
    const shown = all.filter(({ kind }) => kinds === null || kinds.includes(kind));
    const kink = kinkIn(situation);
    const steps = shown.map(({ claims: _claims, ...step }): Step => {
      const note = [step.note ?? "", step.kind === "closed" ? (kink ?? "") : ""].filter(
        (text) => text !== "",
      );
      return note.length === 0 ? step : { ...step, note: note.join("; ") };
    });
    return { title: `d${situation.names.x}`, steps, verdict: verify(situation, all) };
  });
}

function nothingToExplain(y: Tensor, asked: readonly Tensor[] | null): ValueError {
  const name = y.name ?? "the result";
  if (asked === null)
    return new ValueError(
      `Cannot explain ${name}: no gradient passes through ${internals.nodeOf(y)?.op.name}`,
    );
  return new ValueError(
    `Cannot explain the gradient of ${asked[0]?.name ?? "that tensor"}: ${name} is not computed from it in one step`,
  );
}

// An abstract function, of which only the name is known: the general case of the lecture.

type Function = Described & ((...x: Tensor[]) => Tensor);

const functions = new Map<string, Function>();

/**
 * Y = f(X), or Z = f(X, Y), entry by entry, for a function that has only a name. Its derivatives stay ∂y/∂x.
 *
 * @throws ValueError unless there are one or two operands.
 * @example
 * explain(apply("f", symbol("X", "α", "β")).as("Y")).step("closed") // "dX = dY \\odot \\frac{\\partial Y}{\\partial X}"
 */
export function apply(name: string, ...operands: Tensor[]): Tensor {
  checkText("apply", name, 'apply("f", X)');
  if (name === "")
    throw new ValueError('Cannot apply a function without a name: give one, as in apply("f", X)');
  if (operands.length < 1 || operands.length > 2 || !operands.every((x) => x instanceof Tensor)) {
    throw new ValueError(`Cannot apply ${name} to ${operands.length} operands: give one tensor or two`);
  }
  const key = `${name}/${operands.length}`;
  const f = functions.get(key) ?? abstract(name, operands.length);
  functions.set(key, f);
  return f(...operands);
}

/**
 * So that there is something to evaluate and check, an abstract function is a smooth one behind the scenes,
 * sin(c + Σ aᵢ xᵢ), with numbers derived from its name. No formula shows it.
 */
function abstract(name: string, arity: number): Function {
  const random = createRandom(
    Array.from(name).reduce((hash, sign) => hash * 31 + (sign.codePointAt(0) ?? 0), arity),
  );
  const shift = random.uniform();
  const weights = Array.from({ length: arity }, () => 0.5 + random.uniform());
  const inside = (x: readonly Tensor[]): Tensor =>
    x
      .map((xi, i) => mul(weights[i], xi))
      .reduce((sum, term) => add(sum, term))
      .add(shift);
  return elementwise<Function>({
    name,
    tex: functionNamed(name),
    isAbstract: true,
    kernel: (...x) => scalar.sin(x.reduce((sum, xi, i) => sum + weights[i] * xi, shift)),
    partials: weights.map(
      (weight) =>
        (_y: Tensor, ...x: Tensor[]) =>
          mul(weight, cos(inside(x))),
    ),
  });
}

// Kinks among the numbers of an operand, where two slopes meet and a rule has to choose.

/** The most entries that are looked at. */
const ENTRIES = 64;

/** Names the first entry of the operand that is at a kink; `null` if none is, and for symbols, which have no numbers. */
export function kinkIn(situation: Situation): string | null {
  const { x, y } = situation;
  if (x.size > ENTRIES || isSymbolic(y)) return null;
  try {
    const slopes = slopesAt(
      (moving) => withoutRecording(() => replayed(situation, new Map([[x, moving]]))).data,
      wide(x),
    );
    for (const [position, slope] of slopes.entries()) {
      if (slope.kink === null) continue;
      const judgement = judge(slope.value, slope);
      if (judgement.kind === "unsaid") return `at ${entryName(position, x.shape)} ${judgement.why}`;
    }
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof SingularMatrixError)) throw error; // outside the domain
  }
  return null;
}
