/** What stands on the pill of an op: the formula where it is short, else the sign of the function. */

import { plainTex } from "../latex/plain.ts";
import { Strength, type Tex } from "../latex/tex.ts";
import type { Op } from "../op.ts";

/** The most signs that a pill has room for. */
const LONGEST = 12;

/**
 * `X W` for a product, `σ` for a function of one, `Xᵀ` where the sign has no place of its own, the op's name for all
 * that would be long. `formula` is the whole, as text.
 */
export function pillLabel(op: Op, operands: readonly Tex[], formula: string): string {
  const isUnary = operands.length === 1;
  if (isUnary && op.divisor !== undefined && folds(op)) return op.divisor === 1 ? "Σ" : "mean";
  if (isUnary) {
    const sign = signOf(op);
    if (sign !== null) return sign;
  }
  return formula.length <= LONGEST ? formula : op.name;
}

/** Whether axes are summed and nothing is rearranged. */
function folds({ recipe }: Op): boolean {
  const [before, after = ""] = String(recipe?.indices ?? "").split("->");
  return before.length > after.length && new Set(before).size === before.length;
}

/** The sign of a function: what is left of f(·) without its argument. */
function signOf(op: Op): string | null {
  const hole: Tex = { latex: "\\cdot", strength: Strength.atom, rank: 2 };
  const whole = plainTex(op.tex(hole).latex);
  const sign = whole.replace(/\( ?· ?\)/, "");
  // In eˣ the argument stands where no sign is left.
  return /·|\^$/.test(sign) || sign.length === 0 || sign.length > LONGEST ? null : sign;
}
