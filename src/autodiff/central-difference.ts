/** Slopes by central differences, which know nothing of the rules of the ops: what every gradient is checked against. */

import { SingularMatrixError, ValueError } from "../tensor/errors.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A slope as differences find it. */
export interface Slope {
  /** The slope, the midpoint of the two sides at a kink; NaN when differences find none. */
  readonly value: number;
  /** A bound on the error of the value: of truncation and of rounding. */
  readonly error: number;
  /** The size of the terms that add up to the slope, which may cancel. */
  readonly scale: number;
  /** The slopes on either side, where they differ. */
  readonly kink: readonly [left: number, right: number] | null;
  /** Whether f jumps there, so that it has no slope. */
  readonly jumps?: boolean;
}

const EPSILON = 2 ** -52;
/** Each step is a quarter of the last, so every column of the tableau gains a factor of 16. */
const SHRINK = 4;
const FEWEST_LEVELS = 16;
const MOST_LEVELS = 48;
/** The relative error below which no smaller step is tried. */
const CONVERGED = 1e-11;
/** The same for a second ladder, which only confirms. */
const CONFIRMED = 1e-8;
/** The relative error above which a slope says nothing. */
export const LOOSE = 1e-3;
/** An error is negligible when it is below this share of the slope's terms, or of the slope of f farther away. */
const RESOLUTION = 1e-6;

/** Where the second ladder begins, as a part of the first: not a power of a quarter, so that the two share no step. */
const OTHER = 0.0371;
const THIRD = 0.00127;

/**
 * The slope of Σ f(x) at `x`, as found by two ladders of steps that have no step in common: steps longer than a period
 * may agree with each other on a slope that f has nowhere, but not with shorter ones. If the two differ, a third
 * decides; if it cannot, the error is the difference between them.
 */
export function slopeOf(
  f: (x: number) => ArrayLike<number>,
  x: number,
  unit: number = Math.abs(x) || 1,
): Slope {
  const centre = f(x);
  const moving = new Set<number>();
  const first = ladder(f, centre, x, unit, moving);
  if (first.kink !== null) return first;
  const second = ladder(f, centre, x, unit * OTHER, moving, CONFIRMED);
  if (second.jumps) return second; // the first ladder's steps were a multiple of those of a staircase
  const agreed =
    agreement(first, second) ?? settled(first, second, ladder(f, centre, x, unit * THIRD, moving));
  return moving.size === 0 ? agreed : withStill(agreed, f, centre, x, unit, moving);
}

/** The better of two slopes that agree to within their errors; `null` where they do not. */
function agreement(a: Slope, b: Slope): Slope | null {
  if (!Number.isFinite(a.value)) return b;
  if (!Number.isFinite(b.value)) return a;
  const size = Math.max(Math.abs(a.value), Math.abs(b.value));
  const gap = Math.abs(a.value - b.value);
  if (gap > 1e-7 * size + 16 * (a.error + b.error)) return null;
  const [better, other] = a.error <= b.error ? [a, b] : [b, a];
  // Their difference is an error too, unless the worse one is too coarse to tell.
  const error = isClear(other) ? Math.max(better.error, gap) : better.error;
  return { ...better, error, scale: Math.max(a.scale, b.scale) };
}

function settled(first: Slope, second: Slope, third: Slope): Slope {
  const agreed = agreement(second, third) ?? agreement(first, third);
  if (agreed !== null && isClear(agreed)) return agreed;
  const values = [first.value, second.value, third.value];
  return { ...third, kink: null, error: Math.max(...values) - Math.min(...values) + third.error };
}

/**
 * Adds the error of the terms that did not move: each may have moved by half a unit in its last place, unless it does
 * not move far away either.
 */
function withStill(
  slope: Slope,
  f: (x: number) => ArrayLike<number>,
  centre: ArrayLike<number>,
  x: number,
  unit: number,
  moving: ReadonlySet<number>,
): Slope {
  const sizes = Array.from(centre, (term, k) => (moving.has(k) ? 0 : Math.abs(term)));
  const noiseOf = (among: readonly number[]): number =>
    (10 * EPSILON * among.reduce((total, size) => total + size, 0)) / unit;
  const matters = noiseOf(sizes) > Math.max(1e-9 * Math.abs(slope.value), slope.error);
  if (!matters) return slope;
  const far = [1, -1, 8, -8, 64, -64, 1024, -1024].map((times) => valuesAt(f, x + times * unit));
  const hidden = sizes.map((size, k) =>
    far.some((terms) => Number.isFinite(terms[k]) && terms[k] !== centre[k]) ? size : 0,
  );
  return { ...slope, error: slope.error + noiseOf(hidden) };
}

/**
 * The slope from steps that begin at a tenth of `unit` and shrink
 * until Richardson's extrapolation settles: T(h) = (f(x + h) − f(x − h)) / 2h has an error in h², h⁴, …, which the
 * columns of the tableau cancel one after the other (Ridders, 1982). The terms of f are subtracted one by one, so that
 * those that do not depend on x add no rounding.
 */
function ladder(
  f: (x: number) => ArrayLike<number>,
  centre: ArrayLike<number>,
  x: number,
  unit: number,
  moving: Set<number>,
  enough = CONVERGED,
): Slope {
  const sides: Sides[] = [];
  let best: Slope | null = null;
  let above: readonly number[] = [];
  let rough: Quotient | null = null;
  let coarse: number | null = null; // how steep f is at the largest step, where it may be flat at x
  for (let level = 0; level < MOST_LEVELS; level++) {
    const h = (0.1 * unit) / SHRINK ** level;
    const [low, high] = [x - h, x + h]; // rounded, so their distance is measured
    const isTiny = level >= FEWEST_LEVELS && (x === 0 || h < 1e-4 * Math.abs(x));
    if (isTiny || low === x || high === x) break;
    const [down, up] = [valuesAt(f, low), valuesAt(f, high)];
    const whole = quotient(down, up, high - low, moving);
    if (!Number.isFinite(whole.sum)) {
      above = [];
      continue;
    }
    rough = whole;
    const [left, right] = [quotient(down, centre, x - low, moving), quotient(centre, up, high - x, moving)];
    sides.push({ left: left.sum, right: right.sum, noise: left.noise + right.noise });
    coarse ??= Math.max(left.scale, right.scale);
    const scale = Math.max(whole.scale, RESOLUTION * coarse);
    // Rounded, the two steps are not quite the same, and what bends f does not cancel.
    const skew = Math.abs(high - x - (x - low)) / (high - low);
    const noise = whole.noise + skew * Math.abs(right.sum - left.sum);
    const isSmooth = approach(sides, whole.scale);
    const row = [whole.sum];
    for (const [k, before] of above.entries()) {
      const factor = SHRINK ** (2 * (k + 1));
      const value = (factor * row[k] - before) / (factor - 1);
      const step = Math.max(Math.abs(value - row[k]), Math.abs(value - before));
      const error = 2 * step + noise;
      row.push(value);
      if (isSmooth && error < (best?.error ?? Number.POSITIVE_INFINITY)) {
        best = { value, error, scale, kink: null };
      }
    }
    above = row;
    if (best === null) continue;
    const size = Math.abs(best.value);
    // Rounding grows as the step shrinks: below this one, nothing gets better.
    if (
      best.error <= enough * Math.max(size, RESOLUTION * coarse) ||
      (best.error < LOOSE * size && noise > best.error)
    )
      break;
  }
  if (rough === null || (moving.size === 0 && !isFiniteSum(centre))) return NOWHERE;
  if (moving.size === 0) return { value: 0, error: stillness(centre, unit), scale: 0, kink: null };
  if (best !== null && isClear(best)) return best;
  const { sum: value, scale } = rough;
  if (isJumpAmong(sides)) return { ...NOWHERE, jumps: true };
  return kinkAmong(sides) ?? best ?? { value, error: Number.POSITIVE_INFINITY, scale, kink: null };
}

/** Whether the error of a slope is small beside it, or beside the terms that cancel in it. */
function isClear({ value, error, scale }: Slope): boolean {
  return error <= Math.max(LOOSE * Math.abs(value), RESOLUTION * scale);
}

const NOWHERE: Slope = { value: Number.NaN, error: Number.POSITIVE_INFINITY, scale: 0, kink: null };

/** The values of f; NaN where f rejects its argument. */
function valuesAt(f: (x: number) => ArrayLike<number>, x: number): ArrayLike<number> {
  try {
    return f(x);
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return [Number.NaN];
    throw error;
  }
}

function isFiniteSum(terms: ArrayLike<number>): boolean {
  return Array.from(terms).every(Number.isFinite);
}

/** The steepest slope that rounding can hide in terms that do not move at all. */
function stillness(terms: ArrayLike<number>, unit: number): number {
  return (10 * EPSILON * Array.from(terms).reduce((total, term) => total + Math.abs(term), 0)) / unit;
}

/** A quotient of differences, the sum of the sizes of its terms, and the rounding in it. */
interface Quotient {
  readonly sum: number;
  readonly scale: number;
  readonly noise: number;
}

/** Σ (bₖ − aₖ) / width. A term that has moved at some step counts as `moving` from then on, and is rounded. */
function quotient(a: ArrayLike<number>, b: ArrayLike<number>, width: number, moving: Set<number>): Quotient {
  let [sum, size, rounding] = [0, 0, 0];
  for (let k = 0; k < b.length; k++) {
    if (a[k] !== b[k]) moving.add(k);
    else if (!moving.has(k)) continue;
    const change = b[k] - a[k];
    sum += change;
    size += Math.abs(change);
    rounding += Math.abs(a[k]) + Math.abs(b[k]);
  }
  // An op costs about one rounding, and a function is made of several.
  const noise = (4 * EPSILON * rounding) / width;
  return { sum: sum / width, scale: size / width, noise };
}

/** The slopes to the left and to the right at one step. */
interface Sides {
  readonly left: number;
  readonly right: number;
  readonly noise: number;
}

/** Whether the two sides approach each other as the step shrinks, as those of a smooth function do. */
function approach(sides: readonly Sides[], scale: number): boolean {
  const gap = (k: number): number => Math.abs(sides[k].right - sides[k].left);
  const last = sides.length - 1;
  const slack = 4 * sides[last].noise;
  return gap(last) <= slack + CONVERGED * scale || (last > 0 && gap(last) <= 0.7 * gap(last - 1) + slack);
}

/** A jump: through the last steps, each a quarter of the one before, what the sides differ by grows as the steps shrink. */
function isJumpAmong(sides: readonly Sides[]): boolean {
  const gap = ({ left, right }: Sides): number => Math.abs(right - left);
  const last = sides.slice(-4);
  return (
    last.length === 4 &&
    last.every((one, k) => {
      const grown = k === 0 ? gap(one) : SHRINK * gap(last[k - 1]);
      return gap(one) > 64 * one.noise && Math.abs(gap(one) - grown) <= 0.01 * gap(one);
    })
  );
}

/** A kink: over several steps the two sides keep different slopes. */
function kinkAmong(sides: readonly Sides[]): Slope | null {
  const near = (a: number, b: number, size: number, noise: number): boolean =>
    Math.abs(a - b) <= 1e-3 * size + 4 * noise;
  // The smallest steps show the least of everything else, but the most of rounding.
  for (let k = sides.length - 1; k >= 2; k--) {
    const { left, right, noise } = sides[k];
    const size = Math.max(Math.abs(left), Math.abs(right));
    const isApart = Math.abs(right - left) > Math.max(1e-2 * size, 16 * noise);
    const stays = [1, 2].every(
      (back) =>
        near(sides[k - back].left, left, size, noise) && near(sides[k - back].right, right, size, noise),
    );
    if (!isApart || !stays) continue;
    const error = Math.abs(sides[k - 1].left - left) + Math.abs(sides[k - 1].right - right) + noise;
    return { value: (left + right) / 2, error, scale: size, kink: [left, right] };
  }
  return null;
}

/** The step to begin with for the entries of `x`: the size of the largest, so that an entry near 0 moves too. */
function unitOf(x: Tensor): number {
  let largest = 0;
  for (const entry of x.data) if (Number.isFinite(entry)) largest = Math.max(largest, Math.abs(entry));
  return largest || 1;
}

/** The slopes of Σ f in the entries of x at `positions`, by default all. */
export function slopesAt(
  f: (x: Tensor) => ArrayLike<number>,
  x: Tensor,
  positions: Iterable<number> = Array.from(x.data, (_, k) => k),
): Slope[] {
  const unit = unitOf(x);
  return Array.from(positions, (k) => {
    const at = (value: number): ArrayLike<number> => {
      const entries = x.data.slice();
      entries[k] = value;
      return f(new Tensor([...x.shape], entries));
    };
    const slope = slopeOf(at, x.data[k], unit);
    if (unit >= 1 || slope.kink !== null || isClear(slope)) return slope;
    const longer = slopeOf(at, x.data[k], 1); // f may hardly move over the size of x, as tanh′ near 0
    return isClear(longer) ? longer : slope;
  });
}
