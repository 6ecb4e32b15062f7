/** Kinks among the numbers of an operand, where two slopes meet and a rule has to choose. */

import { judge, slopesAt } from "../autodiff/central-difference.ts";
import { SingularMatrixError, ValueError } from "../errors.ts";
import { isSymbolic } from "../latex/symbolic.ts";
import { withoutRecording } from "../op.ts";
import { entryName } from "../shape.ts";
import { replayed, type Situation, wide } from "./situation.ts";

/** The most entries that are looked at. */
const ENTRIES = 64;

/** Names the first entry of the operand that is at a kink; `null` when none is, and for symbols, which have no numbers. */
export function kinkIn(situation: Situation): string | null {
  const { x, y } = situation;
  if (x.size > ENTRIES || isSymbolic(y)) return null;
  try {
    const slopes = slopesAt(
      (moving) => withoutRecording(() => replayed(situation, new Map([[x, moving]]))).data,
      wide(x),
    );
    for (const [position, slope] of slopes.entries()) {
      if (slope.kink === null) continue;
      const judgement = judge(slope.value, slope);
      if (judgement.kind === "unsaid") return `at ${entryName(position, x.shape)} ${judgement.why}`;
    }
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof SingularMatrixError)) throw error; // outside the domain
  }
  return null;
}
