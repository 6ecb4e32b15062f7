/** check`dX = dY ⊙ Y`: whether a formula holds, at the session's numbers and at random ones. */

import { withoutRecording } from "../tensor/apply.ts";
import { variables } from "../tensor/host.ts";
import { withLetters } from "../tensor/symbol.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { Confirmation, confirmGradients, notesOn } from "./confirmation.ts";
import { CheckError, type Expr, type Member } from "./grammar.ts";
import { lettersOf } from "./letters.ts";
import { tautology } from "./mutations.ts";
import { Names } from "./names.ts";
import { parse } from "./parse.ts";
import { type Interpolated, scopeOf, sourceOf } from "./reader.ts";
import { refutation } from "./refutation.ts";
import { withRounding } from "./rounding.ts";
import { settingOf } from "./setting.ts";
import { type Claim, Trials } from "./trials.ts";

/** The type of `check`. */
export interface Check {
  (formula: TemplateStringsArray, ...values: Interpolated[]): Confirmation;
  /** A `check` for tensors that are not variables of a notebook, under the names given here. */
  with(names: Readonly<{ [name: string]: Tensor | number }>): Check;
}

/**
 * Checks a formula: every two neighbours of `A = B = C` must agree, at the session's numbers and at random ones in
 * their place. dX is the gradient of the objective; any equivalent form is right. The grammar knows names in scope,
 * + − ⊙ (`.*`), the matrix product by juxtaposition, ᵀ (`'`), functions, ‖x‖, 𝟏 (`ones`), entries such as `y_ij`, sums
 * such as `Σ_k`, ∂y/∂x, comparisons, and LaTeX. Agreement at random points is evidence, not a proof.
 *
 * @throws CheckError when it does not hold, with a counterexample; InconclusiveError when numbers show neither that
 * it holds nor that it does not; FormulaError when it cannot be read.
 * @example
 * const X = tensor([[1, 2, 3]]).as("X");
 * check.with({ X, Y: exp(X) })`dX = dY ⊙ Y`.points // 6
 */
export const check: Check = checkIn(() => new Names(variables()));

function checkIn(names: () => Names): Check {
  const run = (strings: TemplateStringsArray, ...values: Interpolated[]): Confirmation => {
    const { source, exprs } = sourceOf(strings, values);
    return compared(source, names(), { exprs, values }, verdictOn);
  };
  return Object.assign(run, {
    with: (given: Readonly<{ [name: string]: Tensor | number }>) =>
      checkIn(() => new Names(Object.entries(scopeOf("check", given)))),
  });
}

/** A formula as it was read, and all points at which its sides were compared. */
export interface Compared {
  readonly claims: readonly (readonly Member[])[];
  /** Computed when somebody asks. */
  readonly trials: () => Trials;
}

/** Reads a formula, and has `read` look at what its sides come to at all points. */
export function compared<R>(
  source: string,
  names: Names,
  { exprs, values }: { readonly exprs: readonly Expr[]; readonly values: readonly Interpolated[] },
  read: (found: Compared) => R,
): R {
  return withLetters([...names.labels.keys(), ...values], () =>
    internals.withWitnesses(() =>
      withRounding(() => {
        const { claims } = parse(source, names, exprs);
        return read({ claims, trials: () => trialsOf(claims, source, names) });
      }),
    ),
  );
}

function trialsOf(claims: Compared["claims"], source: string, names: Names): Trials {
  const setting = settingOf(
    claims.flat().map(({ expr }) => expr),
    names,
  );
  const bound = claims.map(
    (members): Claim => ({
      members,
      letters: lettersOf(
        members.map(({ expr }) => expr),
        source,
      ),
    }),
  );
  return new Trials(setting, bound, source);
}

function verdictOn({ claims, trials: compare }: Compared): Confirmation {
  for (const claim of claims) {
    const nothing = claim.length < 2 ? "write what it equals, with =" : tautology(claim);
    if (nothing === null) continue;
    const written = claim.map((member) => member.source).join(" = ");
    throw new CheckError(`There is nothing to check about ${written}: ${nothing}`, [
      claim[0].source,
      claim[1]?.source ?? "",
    ]);
  }
  const trials = compare();
  const misfit = trials.misfit;
  if (misfit === null) withoutRecording(() => confirmGradients(trials.fromRandom, trials.setting));
  const failure = misfit ?? trials.failure;
  if (failure !== null) throw refutation(failure, trials);
  const inconclusive = trials.inconclusive;
  if (inconclusive !== null) throw inconclusive;
  return new Confirmation(claims, trials.points, trials.error, notesOn(trials));
}
