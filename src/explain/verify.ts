/** Evaluates every line of a derivation at random points, against the op's kernel and against differences. */

import { type Slope, slopeOf, slopesAt } from "../autodiff/central-difference.ts";
import { grad } from "../autodiff/grad.ts";
import { type Judgement, judge, TOO_ILL_CONDITIONED } from "../autodiff/judgement.ts";
import { cellRounding, type Place } from "../print/entry.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { createRandom } from "../tensor/random.ts";
import { entryName, indicesAt } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import type { StepKind, Verdict } from "./derivation.ts";
import {
  type Claim,
  type Claimed,
  type EntryClaim,
  replayed,
  type Situation,
  tensorsAt,
} from "./situation.ts";

const TRIALS = 8;
/** How far the operands move, as a share of each entry: less in later trials, for functions that grow fast. */
const REACHES: readonly number[] = [0.3, 0.3, 0.3, 0.3, 0.1, 0.1, 0.01, 0.01];
/** The most entries that a line is evaluated at in one trial; for a larger tensor, a different choice in each. */
const ENTRIES = 8;
/** The most terms of ⟨dY, ∂Y/∂x⟩ that are added up in one trial; for a larger sum, fewer entries of x are checked. */
const MOST_TERMS = 600;
/** By how much steps are shortened where a slope and a formula disagree. */
const CLOSER: readonly number[] = [1e-2, 1e-4, 1e-6];
/** The error allowed in addition to that of rounding and of the differences, relative to each entry. */
const TOLERANCE = 1e-6;

interface Random {
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** How many entries of a line hold at a point, and about how many nothing can be said. */
interface Count {
  held: number;
  unsaid: number;
}

/** One random point: what stands for each tensor there, and the slopes at some entries of the operand. */
interface Trial {
  readonly place: Place;
  readonly y: Tensor;
  readonly x: Tensor;
  readonly gradient: Tensor;
  readonly slopes: ReadonlyMap<number, Slope>;
  /** The slope in one entry, from steps that begin at a tenth of `unit`. */
  readonly closer: (position: number, unit: number) => Slope;
  /** The steepest slope in one entry that rounding can hide where the entries of the result depend on each other. */
  readonly hidden: (position: number) => number;
}

/**
 * Checks the rule's gradient and every line near the operands of the situation. Symbols have no numbers of their own, so
 * where theirs say nothing (a hyperbolic tangent is flat at 30), others of size 1 are tried.
 */
export function verify(situation: Situation, steps: readonly Claimed[]): Verdict {
  const near = verdictOn(situation, steps, false);
  if (near.unsaid === undefined || !internals.isSymbolic(situation.y)) return near;
  const atOne = verdictOn(situation, steps, true);
  return atOne.unsaid === undefined ? atOne : near;
}

function verdictOn(situation: Situation, steps: readonly Claimed[], isAtOne: boolean): Verdict {
  const random = createRandom(1);
  let worst = 0;
  let [trials, why] = [0, TOO_ILL_CONDITIONED];
  for (let k = 0; k < TRIALS; k++) {
    const trial = trialOf(situation, k, random, isAtOne);
    if (trial === null) continue;
    const counts = new Map<StepKind, Count>();
    for (const { kind, where, value, judgement, against } of findings(trial, steps, random)) {
      if (judgement.kind === "fails") {
        const counterexample = `at ${where()} the formula gives ${plainNumber(value)}, ${against()}`;
        return { ok: false, trials: k + 1, error: judgement.error, counterexample, step: kind };
      }
      const count = counts.get(kind) ?? { held: 0, unsaid: 0 };
      counts.set(kind, count);
      if (judgement.kind === "unsaid") {
        why = judgement.why;
        count.unsaid += 1;
      } else {
        worst = Math.max(worst, judgement.error);
        count.held += 1;
      }
    }
    // An entry where a function is flat, or has a kink, says nothing; the others must outweigh it.
    if (Array.from(counts.values()).every(({ held, unsaid }) => held >= unsaid)) trials += 1;
  }
  if (trials > 0) return { ok: true, trials, error: worst };
  return { ok: false, trials: TRIALS, error: worst, unsaid: why };
}

function trialOf(situation: Situation, k: number, random: Random, isAtOne: boolean): Trial | null {
  const { op, inputs, x, y, dy } = situation;
  const operands = new Set(inputs.filter((input) => !internals.isLiteral(input)));
  // Every fourth time only the operand itself moves: the function may need the others where they are.
  const reachOf = (input: Tensor): number => (k % 4 === 3 && input !== x ? 0 : REACHES[k]);
  const at = new Map(
    Array.from(operands, (input) => {
      const near = moved(input, reachOf(input), random.uniform);
      return [input, isAtOne ? atSizeOne(near) : near];
    }),
  );
  const ct = new Tensor(
    [...y.shape],
    Float64Array.from({ length: y.size }, dy === null ? () => 1 : random.normal),
  );
  try {
    const movedY = replayed(situation, at);
    const movedX = at.get(x) as Tensor; // the operand in question is one of them
    const weights = ct.data;
    const terms = (moving: Tensor): Float64Array => {
      const { data } = withoutRecording(() => replayed(situation, new Map(at).set(x, moving)));
      const products = new Float64Array(data.length);
      for (let k = 0; k < data.length; k++) products[k] = weights[k] * data[k];
      return products;
    };
    const most = Math.max(2, Math.min(ENTRIES, Math.floor(MOST_TERMS / Math.max(1, y.size))));
    const chosen = positions(x.size, most, random.uniform);
    const slopes = slopesAt(terms, movedX, chosen);
    const known = new Map(at).set(y, movedY);
    if (dy !== null) known.set(dy, ct);
    return {
      place: { tensorAt: tensorsAt(known), letters: new Map(), rounded: (value) => value },
      y: movedY,
      x: movedX,
      gradient: grad(movedY, movedX, { cotangent: ct }),
      slopes: new Map(chosen.map((position, i) => [position, slopes[i]])),
      closer: (position, unit) => {
        const along = (value: number): ArrayLike<number> => {
          const entries = movedX.data.slice();
          entries[position] = value;
          return terms(new Tensor([...movedX.shape], entries));
        };
        return slopeOf(along, movedX.data[position], unit);
      },
      hidden: (position) => {
        if (op.local !== undefined || op.divisor !== undefined) return 0;
        const size = terms(movedX).reduce((total, term) => total + Math.abs(term), 0);
        return (2 ** -48 * size) / Math.abs(movedX.data[position]);
      },
    };
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return null; // outside the domain
    throw error;
  }
}

/** What was found at one entry of one line. */
interface Finding {
  readonly kind: StepKind;
  readonly where: () => string;
  readonly value: number;
  readonly judgement: Judgement;
  /** What the value should have been, and how that is known. */
  readonly against: () => string;
}

function* findings(trial: Trial, steps: readonly Claimed[], random: Random): Generator<Finding> {
  const { x, gradient } = trial;
  yield* besideSlopes("closed", trial, (position) => ({ value: gradient.data[position], rounding: () => 0 }));
  const seen = new Set<Claim>();
  // A wrong local derivative does its harm in the chain rule, so that line is judged first.
  const inOrder = steps.toSorted((a, b) => Number(b.kind === "expanded") - Number(a.kind === "expanded"));
  for (const { kind, claims } of inOrder) {
    for (const claim of claims) {
      if (seen.has(claim)) continue;
      seen.add(claim);
      if (claim.of !== "gradient") {
        yield* claim.of === "y"
          ? besideKernel(kind, trial, claim, random)
          : besideSlopes(kind, trial, (position) => evaluated(claim, position, x, trial.place));
      } else {
        const { data } = withoutRecording(() => trial.place.tensorAt(claim.value));
        // A number that is the same for all entries is written once.
        const entry = (position: number): number => data[data.length === 1 ? 0 : position];
        yield* besideSlopes(kind, trial, (position) => ({ value: entry(position), rounding: () => 0 }));
      }
    }
  }
}

interface Evaluated {
  readonly value: number;
  /** How much the rounding of its operations can change it. */
  readonly rounding: () => number;
}

function* besideSlopes(
  kind: StepKind,
  { x, y, slopes, closer, hidden }: Trial,
  valueAt: (position: number) => Evaluated,
): Generator<Finding> {
  for (const [position, slope] of slopes) {
    const { value, rounding } = valueAt(position);
    let judgement = judge(value, slope, TOLERANCE);
    if (judgement.kind === "fails")
      judgement = judge(value, { ...slope, error: slope.error + rounding() }, TOLERANCE);
    // Long steps may skip whole periods of a sine, or a bend, and agree on a slope that does not exist.
    const size = Math.abs(x.data[position]);
    for (const unit of [...CLOSER.map((share) => share * size), 1]) {
      if (judgement.kind === "holds" || !Number.isFinite(value)) break;
      const again = judge(value, closer(position, unit), TOLERANCE);
      if (again.kind === "holds") judgement = again;
    }
    // Beside 1, an entry of 1e-90 is lost, although it should move the others, as in a softmax.
    const isLost = judgement.kind === "fails" && Math.abs(value - slope.value) <= hidden(position);
    const isBeyond =
      [value, slope.value, slope.scale].some(isExtreme) ||
      (!Number.isFinite(value) && !y.data.every(Number.isFinite));
    if (isLost || (judgement.kind === "fails" && isBeyond)) {
      judgement = { kind: "unsaid", why: TOO_ILL_CONDITIONED };
    }
    const where = (): string => entryName(position, x.shape);
    const against = (): string => `the central difference ${plainNumber(slope.value)}`;
    yield { kind, where, value, judgement, against };
  }
}

/** Near the ends of what a double can hold, where products of harmless factors overflow or vanish. */
function isExtreme(value: number): boolean {
  const size = Math.abs(value);
  return Number.isFinite(size) && size !== 0 && (size < 1e-280 || size > 1e280);
}

/** Compares a definition, entry by entry, with the op that computes it. */
function* besideKernel(
  kind: StepKind,
  { y, place }: Trial,
  claim: EntryClaim,
  random: Random,
): Generator<Finding> {
  for (const position of positions(y.size, ENTRIES, random.uniform)) {
    const { value, rounding } = evaluated(claim, position, y, place);
    const right = y.data[position];
    const judgement = compared(value, right, rounding);
    const where = (): string => entryName(position, y.shape);
    yield { kind, where, value, judgement, against: () => `the op ${plainNumber(right)}` };
  }
}

function compared(value: number, right: number, rounding: () => number): Judgement {
  const size = Math.max(Math.abs(value), Math.abs(right));
  const gap = Math.abs(value - right);
  // What a textbook writes may overflow where the op does not, and everything that overflows looks alike.
  if (!Number.isFinite(gap)) {
    return { kind: "unsaid", why: TOO_ILL_CONDITIONED };
  }
  if (gap <= TOLERANCE * size) return { kind: "holds", error: size === 0 ? 0 : gap / size };
  return gap <= TOLERANCE * size + rounding()
    ? { kind: "unsaid", why: TOO_ILL_CONDITIONED }
    : { kind: "fails", error: gap / size };
}

/** The value of a formula at one entry of `z`. */
function evaluated({ cell, at }: EntryClaim, position: number, z: Tensor, place: Place): Evaluated {
  const indices = indicesAt(position, z.shape);
  const letters = new Map(at.map((letter, axis) => [letter, indices[axis]]));
  const value = cell.at({ ...place, letters });
  return { value, rounding: () => cellRounding(cell, value, { ...place, letters }) };
}

/** A tensor near the operand, but far enough from it to say something; it stays in a domain such as x > 0. */
function moved(x: Tensor, reach: number, uniform: () => number): Tensor {
  if (reach === 0) return new Tensor([...x.shape], Float64Array.from(x.data));
  return new Tensor(
    [...x.shape],
    Float64Array.from(x.data, (entry) => {
      const near = entry * (1 - reach + 2 * reach * uniform());
      return Number.isFinite(near) && near !== 0 ? near : 0.1 + uniform();
    }),
  );
}

/** The tensor divided by its largest entry. */
function atSizeOne(x: Tensor): Tensor {
  const largest = x.data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const size = largest > 0 && Number.isFinite(largest) ? largest : 1;
  return new Tensor(
    [...x.shape],
    Float64Array.from(x.data, (entry) => entry / size),
  );
}

/** All positions of a small tensor; of a large one, some at random. */
function positions(size: number, most: number, uniform: () => number): number[] {
  if (size <= most) return Array.from({ length: size }, (_, k) => k);
  return [...new Set(Array.from({ length: most }, () => Math.floor(size * uniform())))];
}
