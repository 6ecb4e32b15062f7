/** Gradients beside central differences, for every tensor of a record. */

import { centralDifference } from "../autodiff/central-difference.ts";
import { Tape } from "../autodiff/tape.ts";
import { withoutRecording } from "../op.ts";
import { Tensor } from "../tensor.ts";
import { backwardShares } from "./backward-shares.ts";
import type { GraphRecord } from "./record.ts";

/** What differences say of one gradient. */
export interface Check {
  readonly differences: Tensor;
  /** The largest error, relative to 1 + |difference|. */
  readonly error: number;
  readonly ok: boolean;
}

const STEP = 1e-5;
/** Rounding takes half of the digits of a difference; an f32 has half as many to begin with. */
const TOLERANCE = { float64: 1e-6, float32: 2e-2 } as const;
/** The most ops that are computed again without being asked for. */
export const CHEAP = 12_000;

/** How many ops it takes to check all gradients of a record. */
export function costOf({ order }: GraphRecord): number {
  return 2 * order.length * order.reduce((total, { size }) => total + size, 0);
}

/** The slope of J, or of ⟨dY, Y⟩, in every entry of every tensor, against the gradient. */
export function checkGradients(record: GraphRecord): Map<Tensor, Check> {
  const { order, seed } = record;
  const y = order[order.length - 1];
  // Around NaN and infinity there are no differences to speak of.
  if (seed === null || !y.data.every(Number.isFinite)) return new Map();
  const { cotangents } = backwardShares(record);
  const tape = new Tape([y]);
  const along = (x: Tensor, moved: Tensor): number => {
    const result = x === y ? moved : (tape.replay(new Map([[x, moved]])).get(y) ?? y);
    return seed.data.reduce((total, ct, k) => total + ct * result.data[k], 0);
  };
  return withoutRecording(
    () =>
      new Map(
        order.flatMap((x): [Tensor, Check][] => {
          const gradient = cotangents.get(x);
          if (gradient === undefined) return [];
          const step = x.dtype === "float32" ? 1e-2 : STEP;
          const slopes = x.data.map((_, k) => centralDifference((moved) => along(x, moved), x, k, step));
          const error = slopes.reduce(
            (worst, d, k) => Math.max(worst, Math.abs(gradient.data[k] - d) / (1 + Math.abs(d)) || 0),
            0,
          );
          const differences = new Tensor(x.shape, slopes);
          const ok = slopes.every((d, k) => agree(gradient.data[k], d, TOLERANCE[x.dtype]));
          return [[x, { differences, error, ok }]];
        }),
      ),
  );
}

/** NaN beside NaN agrees: both say that there is no slope. */
function agree(a: number, d: number, tolerance: number): boolean {
  return Object.is(a, d) || Math.abs(a - d) / (1 + Math.abs(d)) <= tolerance;
}
