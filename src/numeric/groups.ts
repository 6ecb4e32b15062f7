/** Groups of entries along some axes, each folded into one number. */

import type { Entries } from "../tensor/dtype.ts";

/** What makes one number of the entries of a group, which it must not change. */
export type Fold = (entries: Float64Array) => number;

/** An axis: how many places it has, and how far apart they are. */
interface Axis {
  readonly length: number;
  readonly step: number;
}

/** y_k = fold of the k-th group of x, a contiguous array of the shape `from`, along the axes `folded`. */
export function foldGroups(
  y: Entries,
  x: Entries,
  from: readonly number[],
  folded: readonly number[],
  fold: Fold,
): void {
  const kept: Axis[] = [];
  const inner: Axis[] = [];
  let step = 1;
  for (let axis = from.length - 1; axis >= 0; axis--) {
    const list = folded.includes(axis) ? inner : kept;
    const before = list.at(-1);
    // Two axes are one where the outer goes on where the inner ends.
    if (before !== undefined && before.step * before.length === step) {
      list[list.length - 1] = { length: before.length * from[axis], step: before.step };
    } else if (from[axis] !== 1) list.push({ length: from[axis], step });
    step *= from[axis];
  }
  kept.reverse();
  inner.reverse();
  const count = inner.reduce((product, { length }) => product * length, 1);
  const isRun = x instanceof Float64Array && count >= MANY && inner.length === 1 && inner[0].step === 1;
  const group = new Float64Array(isRun ? 0 : count);
  let k = 0;
  eachPlace(kept, 0, 0, (at) => {
    if (isRun) y[k] = fold(x.subarray(at, at + count));
    else {
      gather(group, 0, x, at, inner, 0);
      y[k] = fold(group);
    }
    k += 1;
  });
}

/** From so many neighbours on a view costs less than a copy. */
const MANY = 64;

function eachPlace(axes: readonly Axis[], level: number, at: number, visit: (at: number) => void): void {
  if (level === axes.length) {
    visit(at);
    return;
  }
  const { length, step } = axes[level];
  for (let k = 0; k < length; k++) eachPlace(axes, level + 1, at + k * step, visit);
}

/** Copies the entries of a group; answers where the next one goes. */
function gather(
  group: Float64Array,
  to: number,
  x: Entries,
  at: number,
  axes: readonly Axis[],
  level: number,
): number {
  if (level === axes.length) {
    group[to] = x[at];
    return to + 1;
  }
  const { length, step } = axes[level];
  let next = to;
  if (level === axes.length - 1) {
    for (let k = 0, from = at; k < length; k++, from += step) group[next++] = x[from];
  } else {
    for (let k = 0; k < length; k++) next = gather(group, next, x, at + k * step, axes, level + 1);
  }
  return next;
}

/** The largest entry, as `Math.max` has it: NaN where one is. */
export function largest(entries: ArrayLike<number>): number {
  let best = entries[0];
  for (let k = 1; k < entries.length; k++) best = Math.max(best, entries[k]);
  return best;
}

/** The smallest entry. */
export function smallest(entries: ArrayLike<number>): number {
  let best = entries[0];
  for (let k = 1; k < entries.length; k++) best = Math.min(best, entries[k]);
  return best;
}

/** The position of the first NaN, else of the first of the largest entries. */
export function positionOfLargest(entries: ArrayLike<number>): number {
  let best = 0;
  for (let k = 0; k < entries.length; k++) {
    if (Number.isNaN(entries[k])) return k;
    if (entries[k] > entries[best]) best = k;
  }
  return best;
}

/** The position of the first NaN, else of the first of the smallest entries. */
export function positionOfSmallest(entries: ArrayLike<number>): number {
  let best = 0;
  for (let k = 0; k < entries.length; k++) {
    if (Number.isNaN(entries[k])) return k;
    if (entries[k] < entries[best]) best = k;
  }
  return best;
}
