/** Evaluates the two sides of an equation at a point, and compares them. */

import { ShapeError, SingularMatrixError, ValueError } from "../errors.ts";
import { type Agreement, type Comparison, compare } from "./compare.ts";
import { describe } from "./describe.ts";
import { evaluate } from "./evaluate.ts";
import { type Expr, walk } from "./grammar.ts";
import type { Scene } from "./scene.ts";

/** A side that has no value, as shapes within it do not fit. */
export interface Misfit {
  readonly kind: "misfit";
  readonly message: string;
}

/** Compares two sides at a point. */
export function compareSides(a: Expr, b: Expr, scene: Scene): Comparison | Misfit {
  try {
    const [x, y] = [evaluate(a, scene), evaluate(b, scene)];
    return compare(x, y, [describe(a), describe(b)], Math.max(sizeOf(a, scene), sizeOf(b, scene)));
  } catch (error) {
    if (error instanceof ShapeError) return { kind: "misfit", message: error.message };
    if (error instanceof SingularMatrixError || error instanceof ValueError) return NO_VALUE;
    throw error;
  }
}

/** What an op refuses at these numbers, as the inverse of a singular matrix, says nothing. */
const NO_VALUE: Agreement = {
  kind: "agreement",
  error: 0,
  isClear: [false],
  doubt: { kind: "valueless", entry: "its value", left: Number.NaN, right: Number.NaN },
  sides: null,
};

/** The largest of the numbers that a formula starts from: those of its tensors, or where there are none, its own. */
function sizeOf(expr: Expr, { point }: Scene): number {
  let [ofTensors, ofNumbers] = [0, 0];
  walk(expr, (part) => {
    if (part.kind === "number") ofNumbers = Math.max(ofNumbers, Math.abs(part.value));
    const leaf = part.kind === "entry" ? part.of : part;
    if (leaf.kind !== "tensor" && leaf.kind !== "gradient") return;
    const { data } = leaf.kind === "tensor" ? point.value(leaf.tensor) : point.gradient(leaf.tensor);
    for (const entry of data) if (Number.isFinite(entry)) ofTensors = Math.max(ofTensors, Math.abs(entry));
  });
  return ofTensors || ofNumbers;
}
