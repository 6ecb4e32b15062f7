/** The errors that Gradbook throws: one class per kind, with the facts as fields. */

import type { Shape } from "./shape.ts";

/** An operation met shapes that it cannot work with. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  /** The shapes of the operands, in order. */
  readonly shapes: readonly Shape[];

  constructor(message: string, shapes: readonly Shape[]) {
    super(message);
    this.shapes = shapes;
  }
}

/** Tensors of different number types met, or one was asked for that does not exist. */
export class DtypeError extends Error {
  override readonly name = "DtypeError";
}

/** A matrix has no inverse, although one is needed. */
export class SingularMatrixError extends Error {
  override readonly name = "SingularMatrixError";
}

/** An argument has a value that the operation cannot work with. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

/** A gradient was asked for that does not exist. */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

/** A check came to no verdict: at these numbers, nothing speaks for or against what was checked. */
export class InconclusiveError extends Error {
  override readonly name = "InconclusiveError";
}
