/** How closely two numbers can be compared: what rounding may have done to the terms they were made of. */

import { add } from "../ops/arithmetic.ts";
import { type Op, watching } from "../tensor/op.ts";
import { createRandom, type Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The relative error of every operand and every result, some thousand times that of a float64. */
export const UNIT: number = 2 ** -40;
/** The error of what is too small to have all its digits. */
const TINY = 2 ** -1022;
/** How many errors are drawn: the largest counts, as a single one may happen to be near 0. */
const DRAWS = 3;

let errors = new WeakMap<Tensor, readonly Tensor[]>();

/**
 * Runs `compute`, and follows through every op what random relative errors of its operands and of its result would do
 * to it, to first order: t_y = Σ ∂y/∂xᵢ (t_xᵢ + ε ⊙ xᵢ) + ε ⊙ y. Where terms cancel, the error keeps their size, so it
 * tells how much of the number is left. The ops themselves get the numbers as they are, so they branch as before.
 */
export function withRounding<R>(compute: () => R): R {
  const random = createRandom(17);
  errors = new WeakMap();
  return watching((op, y, inputs) => errors.set(y, follow(op, y, inputs, random)), compute);
}

/** The size of the error in each entry; Infinity where some step on the way had no value. */
export function roundingOf(x: Tensor): Float64Array {
  const drawn = errors.get(x);
  if (drawn === undefined) return Float64Array.from(x.data, (entry) => UNIT * Math.abs(entry));
  return Float64Array.from(x.data, (_, k) => {
    const largest = drawn.reduce((most, { data }) => Math.max(most, Math.abs(data[k])), 0);
    return Number.isNaN(largest) ? Number.POSITIVE_INFINITY : largest;
  });
}

function follow(op: Op, y: Tensor, inputs: readonly Tensor[], random: Random): Tensor[] {
  return Array.from({ length: DRAWS }, (_, draw) => {
    let total: Tensor | null = null;
    for (const [i, x] of inputs.entries()) {
      const before = errors.get(x)?.[draw].data;
      const t = shaken(x, random, before);
      const share = op.jvp(i, t, y, ...inputs);
      if (share !== null) total = total === null ? share : add(total, share);
    }
    return shaken(y, random, total?.data);
  });
}

/** An error of each entry, added to the one that it had `before`; NaN where the entry is not finite. */
function shaken(x: Tensor, random: Random, before: ArrayLike<number> | undefined): Tensor {
  const { data } = x;
  const entries = Float64Array.from(data, (entry, k) => {
    if (!Number.isFinite(entry)) return Number.NaN;
    const fresh = (2 * random.uniform() - 1) * (UNIT * Math.abs(entry) + TINY);
    return before === undefined ? fresh : before[k] + fresh;
  });
  return new Tensor([...x.shape], entries);
}
