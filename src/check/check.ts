/** check`dX = dY ⊙ Y`: whether a formula holds, at the session's numbers and at random ones. */

import { variables } from "../host.ts";
import { withoutRecording } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { bind } from "./bind.ts";
import { compareSides } from "./compare-sides.ts";
import { Confirmation } from "./confirmation.ts";
import { confirmGradients } from "./differences.ts";
import { CheckError } from "./errors.ts";
import type { Expr, Member } from "./grammar.ts";
import { Names } from "./names.ts";
import { parse } from "./parse.ts";
import { refutation } from "./refutation.ts";
import type { Scene } from "./scene.ts";
import { settingOf } from "./setting.ts";
import { type Interpolated, sourceOf } from "./template.ts";
import { randomTrial, type Setting, sessionTrial } from "./trial.ts";

/** The type of `check`. */
export interface Check {
  (formula: TemplateStringsArray, ...values: Interpolated[]): Confirmation;
  /** A `check` for tensors that are no variables of a notebook, under the names given here. */
  with(names: Readonly<{ [name: string]: Tensor | number }>): Check;
}

/** At how many random points a formula must hold, beside the session's own numbers. */
const POINTS = 5;

/**
 * Checks a formula: every two neighbours of `A = B = C` must agree, at the session's numbers and at random ones in
 * their place. dX is the gradient of the objective; any equivalent form is right. The grammar has names in scope,
 * + − ⊙ (`.*`), the matrix product by juxtaposition, ᵀ (`'`), functions, 𝟏 (`ones`), entries such as `y_ij`, sums
 * such as `Σ_k`, ∂y/∂x, comparisons, and LaTeX. Agreement at random points is evidence, not a proof.
 *
 * @throws CheckError when it does not hold, with a counterexample; FormulaError when it cannot be read.
 * @example
 * const X = tensor([[1, 2, 3]]).as("X");
 * check.with({ X, Y: exp(X) })`dX = dY ⊙ Y`.points // 6
 */
export const check: Check = checkIn(() => new Names(variables()));

function checkIn(names: () => Names): Check {
  const run = (strings: TemplateStringsArray, ...values: Interpolated[]): Confirmation => {
    const { source, exprs } = sourceOf(strings, values);
    return confirm(source, names(), exprs);
  };
  return Object.assign(run, {
    with: (given: Readonly<{ [name: string]: Tensor | number }>) =>
      checkIn(() => new Names(Object.entries(given))),
  });
}

function confirm(source: string, names: Names, values: readonly Expr[]): Confirmation {
  const { claims } = parse(source, names, values);
  const members = claims.flat();
  const lonely = claims.find(({ length }) => length < 2);
  if (lonely !== undefined) {
    throw new CheckError(
      `There is nothing to check about ${lonely[0].source}: write what it equals, with =`,
      [lonely[0].source, ""],
    );
  }
  const setting = settingOf(
    members.map(({ expr }) => expr),
    names,
  );
  const bound = claims.map((claim) => ({
    claim,
    letters: bind(
      claim.map(({ expr }) => expr),
      source,
    ),
  }));
  let worst = 0;
  for (let k = 0; k <= POINTS; k++) {
    const trial = k === 0 ? sessionTrial(setting) : randomTrial(setting, k);
    if (k === 1) withoutRecording(() => confirmGradients(trial, setting));
    for (const { claim, letters } of bound) {
      worst = Math.max(worst, checkClaim(claim, { point: trial, letters, source }, k, setting));
    }
  }
  return new Confirmation(claims, POINTS + 1, worst);
}

/** Checks every two neighbours of a chain; answers the largest error. */
function checkClaim(claim: readonly Member[], scene: Scene, k: number, setting: Setting): number {
  let worst = 0;
  for (let i = 1; i < claim.length; i++) {
    const [a, b] = [claim[i - 1], claim[i]];
    const comparison = compareSides(a.expr, b.expr, scene);
    if (comparison.kind !== "agreement")
      throw refutation(a, b, comparison, { scene, setting, isSession: k === 0 });
    worst = Math.max(worst, comparison.error);
  }
  return worst;
}
