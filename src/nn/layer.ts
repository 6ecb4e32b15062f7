/** What a layer is: a function of rows that knows its parameters. */

import type { Tensor } from "../tensor.ts";
import type { Matmul, MatmulCheck, ShapeOf } from "../typed-shapes.ts";

/** A function from rows of `In` numbers to rows of `Out` numbers; a row is a sample. */
export interface Layer<In extends number = number, Out extends number = number> {
  <X extends Tensor>(x: X & MatmulCheck<ShapeOf<X>, [In, Out]>): Tensor<Matmul<ShapeOf<X>, [In, Out]>>;
  /** What training changes, in the order of the layers: W1, b1, W2, b2, … */
  readonly parameters: readonly Tensor[];
}

/** A layer's line: its kind, its size, its parameters. */
export function lineOf(kind: string, parameters: readonly Tensor[]): string {
  const count = parameters.reduce((total, { size }) => total + size, 0);
  const list = parameters.map(({ name, shape }) => `${name} ${shape.join(" × ")}`).join(", ");
  return `${kind}, ${count} parameters: ${list}`;
}
