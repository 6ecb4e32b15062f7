/** Where a formula is evaluated, and what its names mean there. */

import type { Tensor } from "../tensor.ts";
import type { Letters } from "./bind.ts";

/** What the names of a formula mean while it is evaluated. */
export interface Point {
  /** The value of a tensor of the session. */
  value(x: Tensor): Tensor;
  /** ∂J/∂X of the objective. */
  gradient(x: Tensor): Tensor;
  /** ∂Y/∂X for all pairs of entries, of the shape of Y, then of X; both are values of this point. */
  jacobian(y: Tensor, x: Tensor): Tensor;
  /** dX for a dY; both tensors are values of this point. */
  pull(y: Tensor, x: Tensor, dY: Tensor): Tensor;
  /** Whether the objective is what a formula calls J when it asks for ∂J/∂X. */
  isObjective(j: Tensor, x: Tensor): boolean;
}

/** Where a formula is evaluated. */
export interface Scene {
  readonly point: Point;
  readonly letters: Letters;
  readonly source: string;
  readonly layout: Layout;
}

/** How ∂z/∂x of two vectors is a matrix: a row for each entry of z, or for each entry of x. */
export type Layout = "numerator" | "denominator";
