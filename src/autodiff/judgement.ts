/** The judgement on a gradient: whether it is the slope that differences find, and if not, what may be wrong with it. */

import { plainNumber } from "../tensor/numbers.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { LOOSE, type Slope } from "./central-difference.ts";

/** What a slope says about a gradient. */
export type Judgement =
  | { readonly kind: "holds"; readonly error: number }
  | { readonly kind: "fails"; readonly error: number }
  /** Neither right nor wrong: `why` ends a sentence that begins with "Cannot check … here: ". */
  | { readonly kind: "unsaid"; readonly why: string };

/** Rounding hides the slope. */
export const TOO_ILL_CONDITIONED = "it is too ill-conditioned to check here";

/**
 * Judges a gradient by a slope, relative to that slope alone: an error does not become small because others are large.
 * `tolerance` is the relative error allowed in addition to that of the differences.
 */
export function judge(gradient: number, slope: Slope, tolerance = 1e-6): Judgement {
  const { value, error, scale, kink } = slope;
  if (kink !== null) {
    const [low, high] = [Math.min(...kink), Math.max(...kink)];
    const slack = tolerance * Math.max(Math.abs(low), Math.abs(high)) + 10 * error;
    if (!(gradient >= low - slack && gradient <= high + slack)) return { kind: "fails", error: Number.NaN };
    const [before, after] = kink.map((side) => plainNumber(Number(side.toPrecision(4))));
    return {
      kind: "unsaid",
      why: `it is at a kink, with the slopes ${before} before it and ${after} after it`,
    };
  }
  if (slope.jumps) return { kind: "unsaid", why: "it is at a jump, where there is no slope" };
  if (!Number.isFinite(value)) return { kind: "unsaid", why: "there are no values around it" };
  if (!Number.isFinite(gradient)) return { kind: "fails", error: Number.NaN };
  const gap = Math.abs(gradient - value);
  const size = Math.max(Math.abs(gradient), Math.abs(value));
  if (size === 0 && scale === 0) return { kind: "holds", error: 0 }; // f stands still
  if (gap <= tolerance * size + error) {
    const isClear = error <= LOOSE * size || error <= tolerance * scale;
    return isClear
      ? { kind: "holds", error: gap / Math.max(size, scale) }
      : { kind: "unsaid", why: TOO_ILL_CONDITIONED };
  }
  if (gap > tolerance * size + 16 * error) return { kind: "fails", error: gap / size };
  return { kind: "unsaid", why: TOO_ILL_CONDITIONED };
}

/** What is wrong with a gradient, if it is its sign, its transpose or a factor; `null` if it is something else. */
export function mistakeIn(
  gradient: Tensor,
  right: Tensor,
  isEqual: (a: Tensor, b: Tensor) => boolean,
): string | null {
  if (isEqual(gradient, right.neg())) return "its sign is wrong";
  if (right.rank === 2 && isEqual(gradient, right.T)) return "it is transposed";
  const largest = right.abs().argmax().item();
  const ratio = gradient.data[largest] / right.data[largest];
  if (!Number.isFinite(ratio) || ratio === 0 || !isEqual(gradient, right.mul(ratio))) return null;
  return `it is ${plainNumber(Number(ratio.toPrecision(5)))} times the right one everywhere`;
}
