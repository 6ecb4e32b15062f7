/** How closely two numbers can be compared: what rounding may have done to the terms they were made of. */

import { toposort } from "../autodiff/tape.ts";
import { add } from "../ops/arithmetic.ts";
import { watching, withoutRecording } from "../tensor/apply.ts";
import type { Op } from "../tensor/op.ts";
import { createRandom } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The relative error of every operand and every result, some thousand times that of a float64. */
export const UNIT: number = 2 ** -40;
/** The error of what is too small to have all its digits. */
const TINY = 2 ** -1022;
/** How many errors are drawn: the largest counts, as a single one may happen to be near 0. */
const DRAWS = 3;

/** The op that made a tensor, and what of. */
interface Step {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
}

let steps = new WeakMap<Tensor, Step>();
let errors = new WeakMap<Tensor, readonly Tensor[]>();
let random = createRandom(17);

/**
 * Runs `compute`, and notes every op in it, so that `roundingOf` can tell what random relative errors of its operands
 * and of its result do to it, to first order: t_y = Σ ∂y/∂xᵢ (t_xᵢ + ε ⊙ xᵢ) + ε ⊙ y. Where terms cancel, the error
 * keeps their size, so it tells how much of the number is left. The ops themselves meet the numbers as they are, and
 * take no other branch.
 */
export function withRounding<R>(compute: () => R): R {
  random = createRandom(17);
  steps = new WeakMap();
  errors = new WeakMap();
  return watching((op, y, inputs) => steps.set(y, { op, inputs }), compute);
}

/** The size of the error in each entry; Infinity where some step on the way had no value. */
export function roundingOf(x: Tensor): Float64Array {
  if (!steps.has(x)) return Float64Array.from(x.data, (entry) => UNIT * Math.abs(entry));
  const drawn = errorsOf(x).map(({ data }) => data);
  return Float64Array.from({ length: x.size }, (_, k) => {
    const largest = drawn.reduce((most, data) => Math.max(most, Math.abs(data[k])), 0);
    return Number.isNaN(largest) ? Number.POSITIVE_INFINITY : largest;
  });
}

/** The errors of a result. Few results are asked for theirs, so errors are followed to those alone, once. */
function errorsOf(result: Tensor): readonly Tensor[] {
  const onTheWay = toposort(result, (x) => (errors.has(x) ? [] : (steps.get(x)?.inputs ?? [])));
  const unnoted = (): void => {};
  withoutRecording(() =>
    watching(unnoted, () => {
      for (const x of onTheWay) {
        const step = steps.get(x);
        if (step !== undefined && !errors.has(x)) errors.set(x, follow(step, x));
      }
    }),
  );
  return errors.get(result) ?? [];
}

function follow({ op, inputs }: Step, y: Tensor): Tensor[] {
  return Array.from({ length: DRAWS }, (_, draw) => {
    let total: Tensor | null = null;
    for (const [i, x] of inputs.entries()) {
      const share = op.jvp(i, shaken(x, errors.get(x)?.[draw]), y, ...inputs);
      if (share !== null) total = total === null ? share : add(total, share);
    }
    return shaken(y, total ?? undefined);
  });
}

/** An error of each entry, beside one that it has `before`; NaN where there is no entry. */
function shaken(x: Tensor, before: Tensor | undefined): Tensor {
  const [entries, errorsBefore] = [x.data, before?.data];
  const shares = new Float64Array(entries.length);
  for (let k = 0; k < entries.length; k++) {
    const fresh = (2 * random.uniform() - 1) * (UNIT * Math.abs(entries[k]) + TINY);
    shares[k] = Number.isFinite(entries[k]) ? (errorsBefore?.[k] ?? 0) + fresh : Number.NaN;
  }
  return new Tensor([...x.shape], shares);
}
