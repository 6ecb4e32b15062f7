/** Evaluates the two sides of an equation at a point, and compares them. */

import { ShapeError } from "../errors.ts";
import { type Comparison, compare } from "./compare.ts";
import { describe } from "./describe.ts";
import { evaluate } from "./evaluate.ts";
import type { Expr } from "./grammar.ts";
import type { Scene } from "./scene.ts";

/** A side that has no value, as shapes within it do not fit. */
export interface Misfit {
  readonly kind: "misfit";
  readonly message: string;
}

/** Compares two sides at a point. */
export function compareSides(a: Expr, b: Expr, scene: Scene): Comparison | Misfit {
  try {
    return compare(evaluate(a, scene), evaluate(b, scene), [describe(a), describe(b)]);
  } catch (error) {
    if (error instanceof ShapeError) return { kind: "misfit", message: error.message };
    throw error;
  }
}
