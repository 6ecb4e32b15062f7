/** `explain(Y)`: how the gradient of a step comes about. */

import { toposort } from "../autodiff/toposort.ts";
import { checkUnchanged } from "../autodiff/unchanged.ts";
import { ValueError } from "../errors.ts";
import { checkedOptions, FLAG, type OptionKind } from "../options.ts";
import { internals, Tensor } from "../tensor.ts";
import { checkTensor, TENSORS } from "../tensors.ts";
import { nameVariables } from "../variable-names.ts";
import { Derivation, type Part } from "./derivation.ts";
import { derive } from "./derive.ts";
import { kinkIn } from "./kinks.ts";
import { lettersFor } from "./letters.ts";
import { namesFor } from "./names.ts";
import { isFlat, type Surroundings, situationOf } from "./situation.ts";
import type { Step, StepKind } from "./step.ts";
import { verify } from "./verify.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** The operand, or operands, whose gradients are derived; all of them when left out. */
  readonly wrt?: Tensor | readonly Tensor[];
  /** Which steps are shown; the check always is. */
  readonly steps?: readonly StepKind[];
  /** The whole computation, from the result back to the leaves, instead of its last step. */
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
 * checked at random points, against the op and central differences; what fails is shown as failed, and where nothing
 * can be said, that is said.
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
  const results = whole
    ? toposort(y)
        .filter((z) => internals.nodeOf(z) !== null)
        .toReversed()
    : [y];
  const around: Surroundings = whole
    ? { given: namesFor(results.toReversed()), lengthsOf: lettersFor(y) }
    : { given: new Map() };
  const asked = wrt === undefined ? null : wrt instanceof Tensor ? [wrt] : wrt;
  const parts = internals.withWitnesses(() =>
    results.flatMap((z) => partsOf(z, asked, steps ?? null, around)),
  );
  if (parts.length === 0) throw nothingToExplain(y, asked);
  return new Derivation(parts);
}

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
