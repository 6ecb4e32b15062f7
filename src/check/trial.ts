/** A point at which formulas are evaluated: the session's own numbers, or others drawn at random. */

import { grad } from "../autodiff/grad.ts";
import { jacobian } from "../autodiff/jacobian.ts";
import { dependsOn, type Tape } from "../autodiff/tape.ts";
import { vjp } from "../autodiff/vjp.ts";
import { allocate } from "../dtype.ts";
import { ShapeError, SingularMatrixError, ValueError } from "../errors.ts";
import { onesLike, zerosLike } from "../make.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { sum } from "../ops/sum.ts";
import { createRandom, type Random } from "../random.ts";
import { Tensor } from "../tensor.ts";
import { BOLDNESS, type Boldness, drawn } from "./draw.ts";
import type { Objective } from "./objective.ts";
import type { Point } from "./scene.ts";

/** What stays the same at all points of a check. */
export interface Setting {
  readonly tape: Tape;
  readonly objective: Objective;
  /** The tensors in scope and in the formula, with their names: their numbers are drawn anew. */
  readonly labels: ReadonlyMap<Tensor, string>;
  /** The tensors whose gradients the formula speaks of. */
  readonly asked: readonly Tensor[];
  /** The tensors whose gradients are computed: of all that have names, for the hints. */
  readonly gradients: readonly Tensor[];
  /** The tensors that something is differentiated by. */
  readonly variables: ReadonlySet<Tensor>;
}

const MOST_SLOPES = 1 << 20;

/** A point of a check. */
export class Trial implements Point {
  readonly #setting: Setting;
  readonly #given: ReadonlyMap<Tensor, Tensor>;
  readonly #values: ReadonlyMap<Tensor, Tensor>;
  readonly #gradients: ReadonlyMap<Tensor, Tensor>;
  readonly #cotangents: readonly Tensor[];

  constructor(setting: Setting, given: ReadonlyMap<Tensor, Tensor>, cotangents: readonly Tensor[]) {
    this.#setting = setting;
    this.#given = given;
    this.#values = setting.tape.replay(given);
    this.#cotangents = cotangents;
    const { gradients, objective } = setting;
    const list = gradients.map((x) => this.value(x));
    const found = objective.length === 0 ? [] : grad(this.#objective(this.#values), list);
    this.#gradients = new Map(gradients.map((x, i) => [x, found[i] as Tensor]));
  }

  /** J, as a function of values in place of the record's. */
  #objective(values: ReadonlyMap<Tensor, Tensor>): Tensor {
    return this.#setting.objective
      .map(({ y }, i) => sum(mul(values.get(y) as Tensor, this.#cotangents[i])) as Tensor) // the record has all ends
      .reduce((a, b) => add(a, b));
  }

  value(x: Tensor): Tensor {
    return this.#values.get(x) ?? x; // an interpolated value may be new
  }

  gradient(x: Tensor): Tensor {
    return this.#gradients.get(x) ?? zerosLike(x);
  }

  jacobian(y: Tensor, x: Tensor): Tensor {
    if (y.size * x.size <= MOST_SLOPES) return jacobian(y, x);
    throw new ShapeError(
      `Cannot take the derivatives of ${y.size} entries by ${x.size}: that is too many to check; use a smaller example`,
      [y.shape, x.shape],
    );
  }

  pull(y: Tensor, x: Tensor, dY: Tensor): Tensor {
    return vjp(y, x, dY);
  }

  isObjective(j: Tensor, x: Tensor): boolean {
    const { objective, labels } = this.#setting;
    if (j.size !== 1 || objective.length === 0) return false;
    // A J of an earlier computation is not meant where X has one of its own.
    return objective.some(({ y }) => y === j) || (labels.get(j) === "J" && !dependsOn(j, x));
  }

  /** Whether every value is a number where the session's is one. */
  isFinite(): boolean {
    for (const [x, value] of this.#values) {
      if (!value.data.every((entry, k) => Number.isFinite(entry) || !Number.isFinite(x.data[k])))
        return false;
    }
    return true;
  }

  /** J after the tensor `x` of the record has moved by a step along `direction`. */
  objectiveAlong(x: Tensor, direction: Tensor, step: number): number {
    const entries = allocate(x.dtype, x.size);
    const { data } = this.value(x);
    for (let k = 0; k < x.size; k++) entries[k] = data[k] + step * direction.data[k];
    const moved = new Map(this.#given).set(x, new Tensor([...x.shape], entries));
    return this.#objective(this.#setting.tape.replay(moved)).item();
  }
}

/** The session's own numbers. */
export function sessionTrial(setting: Setting): Trial {
  const random = createRandom(1);
  const cotangents = setting.objective.map(({ y, cotangent }) =>
    cotangent === 1 ? onesLike(y) : (cotangent?.detach() ?? normals(y, random)),
  );
  return new Trial(setting, new Map(), cotangents);
}

/** Random numbers in place of the named leaves, as bold as the domains of the ops allow. */
export function randomTrial(setting: Setting, seed: number): Trial {
  for (const boldness of BOLDNESS) {
    const trial = attempt(setting, seed, boldness);
    if (trial?.isFinite()) return trial;
  }
  return sessionTrial(setting); // nothing else has values: the session's numbers are all there is
}

/** `null` where an op refuses the numbers. */
function attempt({ tape, ...setting }: Setting, seed: number, boldness: Boldness): Trial | null {
  const random = createRandom(seed);
  const given = new Map<Tensor, Tensor>();
  for (const x of tape.leaves) {
    // A leaf without a name is part of a formula, as a mask or a list of ones is.
    const isNamed = x.name !== null || setting.labels.has(x);
    if (isNamed) given.set(x, drawn(x, random, boldness, setting.variables.has(x)));
  }
  const cotangents = setting.objective.map(({ y, cotangent }) =>
    cotangent === 1 ? onesLike(y) : normals(y, random),
  );
  try {
    return new Trial({ tape, ...setting }, given, cotangents);
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return null;
    throw error;
  }
}

function normals(x: Tensor, random: Random): Tensor {
  const entries = allocate(x.dtype, x.size);
  for (let k = 0; k < x.size; k++) entries[k] = random.normal();
  return new Tensor([...x.shape], entries);
}
