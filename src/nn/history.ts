/** What remains of a training. */

import { shownAs } from "../displayable.ts";
import { plainNumber } from "../numbers.ts";

/** The losses of a training; `plot({ curve: history.losses })` draws them again. */
export interface History {
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
}

/** A history that is shown as one line, `100 epochs, loss 0.6931 → 0.0123`: the curve stands above it already. */
export function historyOf(losses: readonly number[]): History {
  const [first, last] = [losses[0], losses[losses.length - 1]];
  const line = `${losses.length} epochs, loss ${plainNumber(first)} → ${plainNumber(last)}`;
  return { losses, ...shownAs(() => line) };
}
