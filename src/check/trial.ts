/** A point at which formulas are evaluated: the session's own numbers, or others drawn at random. */

import { pullbackOf } from "../autodiff/backward.ts";
import { jacobian, unitCotangents } from "../autodiff/jacobian.ts";
import { dependsOn, inFloat64, type Tape } from "../autodiff/tape.ts";
import { add, mul } from "../ops/arithmetic.ts";
import { concat } from "../ops/concat.ts";
import { sum } from "../ops/reductions.ts";
import { reshape } from "../ops/reshape.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { ShapeError, SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { onesLike, zerosLike } from "../tensor/make.ts";
import { createRandom, type Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { BOLDNESS, type Boldness, drawn, type Spread } from "./draw.ts";
import type { Point } from "./grammar.ts";
import type { Objective, Role } from "./setting.ts";

/** What stays the same at all points of a check. */
export interface Setting {
  readonly tape: Tape;
  readonly objective: Objective;
  /** The tensors in scope and in the formula, with their names: their numbers are drawn anew. */
  readonly labels: ReadonlyMap<Tensor, string>;
  /**
   * The leaves that have names, and no others: one without a name is part of a formula, such as a mask or a list of
   * ones.
   */
  readonly leaves: readonly Tensor[];
  readonly roles: ReadonlyMap<Tensor, Role>;
  /** The tensors whose gradients the formula names. */
  readonly asked: readonly Tensor[];
  /** The tensors whose gradients are computed: those of all that have names, for the hints. */
  readonly gradients: readonly Tensor[];
}

const MOST_SLOPES = 1 << 20;
/** The most entries of Y for which each row of a Jacobian is computed by itself, so that its rounding is known. */
const MOST_ROWS = 1 << 9;

/** A point of a check. All is computed in float64, whatever the session's numbers are. */
export class Trial implements Point {
  readonly isSession: boolean;
  readonly #setting: Setting;
  readonly #given: ReadonlyMap<Tensor, Tensor>;
  readonly #values: ReadonlyMap<Tensor, Tensor>;
  readonly #gradients: ReadonlyMap<Tensor, Tensor>;
  readonly #cotangents: readonly Tensor[];

  constructor(
    setting: Setting,
    given: ReadonlyMap<Tensor, Tensor>,
    cotangents: readonly Tensor[],
    isSession = false,
  ) {
    this.isSession = isSession;
    this.#setting = setting;
    this.#given = given;
    this.#values = setting.tape.replayExactly(given);
    this.#cotangents = cotangents;
    const { gradients, objective } = setting;
    const list = gradients.map((x) => this.value(x));
    const found =
      objective.length === 0 ? [] : pulled(total(this.#terms(this.#values)), list, new Tensor([], ONE));
    this.#gradients = new Map(gradients.map((x, i) => [x, found[i]]));
  }

  /** J is the sum of these, as a function of values in place of the record's. */
  #terms(values: ReadonlyMap<Tensor, Tensor>): Tensor[] {
    return this.#setting.objective.map(
      ({ y }, i) => mul(values.get(y) as Tensor, this.#cotangents[i]), // the record has all ends
    );
  }

  value(x: Tensor): Tensor {
    return this.#values.get(x) ?? inFloat64(x); // an interpolated value may be new
  }

  gradient(x: Tensor): Tensor {
    return this.#gradients.get(x) ?? zerosLike(this.value(x));
  }

  jacobian(y: Tensor, x: Tensor): Tensor {
    if (y.size * x.size > MOST_SLOPES) {
      throw new ShapeError(
        `Cannot take the derivatives of ${y.size} entries by ${x.size}: that is too many to check; use a smaller example`,
        [y.shape, x.shape],
      );
    }
    if (y.size > MOST_ROWS || y.size === 0) return jacobian(y, x);
    const rows = Array.from(unitCotangents(y), (unit) => reshape(this.pull(y, x, unit), x.size));
    return reshape(concat(rows), ...y.shape, ...x.shape);
  }

  pull(y: Tensor, x: Tensor, dY: Tensor): Tensor {
    return pulled(y, [x], dY)[0];
  }

  isObjective(j: Tensor, x: Tensor): boolean {
    const { objective, labels } = this.#setting;
    if (j.size !== 1 || objective.length === 0) return false;
    // A J of an earlier computation is not meant if X has one of its own.
    return objective.some(({ y }) => y === j) || (labels.get(j) === "J" && !dependsOn(j, x));
  }

  /** Whether every value is finite where the session's is; with `everywhere`, whether all are. */
  isFinite(everywhere = false): boolean {
    for (const [x, value] of this.#values) {
      const isSound = value.data.every(
        (entry, k) => Number.isFinite(entry) || !(everywhere || Number.isFinite(x.data[k])),
      );
      if (!isSound) return false;
    }
    return true;
  }

  /** The terms of J after the tensor `x` of the record has moved by a step along `direction`. */
  termsAlong(x: Tensor, direction: Tensor, step: number): Float64Array {
    const { data } = this.value(x);
    const entries = Float64Array.from(data, (entry, k) => entry + step * direction.data[k]);
    const moved = new Map(this.#given).set(x, new Tensor([...x.shape], entries));
    const terms = this.#terms(this.#setting.tape.replayExactly(moved));
    return Float64Array.from(terms.flatMap((term) => Array.from(term.data)));
  }
}

const ONE = Float64Array.of(1);

function total(terms: readonly Tensor[]): Tensor {
  return terms.map((term) => sum(term) as Tensor).reduce((a, b) => add(a, b));
}

/** The cotangents of `xs`; not by `grad`, whose results are copies without known rounding. */
function pulled(y: Tensor, xs: readonly Tensor[], dY: Tensor): Tensor[] {
  const found = withoutRecording(() => pullbackOf(y, new Set(xs))(dY));
  return xs.map((x) => found.get(x) ?? zerosLike(x));
}

/** The session's own numbers. */
export function sessionTrial(setting: Setting): Trial {
  const random = createRandom(1);
  const cotangents = setting.objective.map(({ y, cotangent }) =>
    cotangent === 1 ? onesLike(inFloat64(y)) : cotangent === null ? normals(y, random) : inFloat64(cotangent),
  );
  return new Trial(setting, new Map(), cotangents, true);
}

/** How the random points are spread: terms of different sizes both matter near 1, or near the session's numbers. */
const SPREADS: readonly Spread[] = ["own", "one", "own", "one", "wide"];

/** How many random points there are. */
export const POINTS: number = SPREADS.length;

/**
 * Random numbers in place of the named leaves, as bold as the domains of the ops allow, such that all values are
 * finite and `fits` holds; else the boldest that the ops accept; `null` if there are none.
 */
export function randomTrial(
  setting: Setting,
  k: number,
  fits: (trial: Trial) => boolean,
  spread: Spread = SPREADS[k % SPREADS.length],
): Trial | null {
  let [first, second]: (Trial | null)[] = [null, null];
  for (const size of new Set<Spread>([spread, "own"])) {
    for (const [chance, boldness] of BOLDNESS.entries()) {
      const trial = attempt(setting, 100 * k + chance + 1, boldness, size);
      if (!trial?.isFinite()) continue;
      if (!fits(trial)) second ??= trial;
      else if (trial.isFinite(true)) return trial;
      else first ??= trial;
    }
  }
  return first ?? second;
}

/** `null` if an op rejects the numbers. */
function attempt(setting: Setting, seed: number, boldness: Boldness, spread: Spread): Trial | null {
  const random = createRandom(seed);
  const { leaves, roles, objective } = setting;
  const given = new Map(leaves.map((x) => [x, drawn(x, random, boldness, spread, roles.get(x))] as const));
  const cotangents = objective.map(({ y, cotangent }) =>
    cotangent === 1 ? onesLike(inFloat64(y)) : normals(y, random),
  );
  try {
    return new Trial(setting, given, cotangents);
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return null;
    throw error;
  }
}

function normals(x: Tensor, random: Random): Tensor {
  return new Tensor([...x.shape], Float64Array.from({ length: x.size }, random.normal));
}
