/** Operands of the rank that an op wants. */

import { ShapeError } from "./errors.ts";
import { toTensor } from "./op.ts";
import { formatShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import type { Operand } from "./typed-shapes.ts";

const nouns = ["a scalar", "a vector", "a matrix"];

/** The operand as a tensor of one of `ranks`; a ShapeError when it has another. */
export function ranked(action: string, operand: Operand, ...ranks: number[]): Tensor {
  const x = toTensor(action, operand);
  if (ranks.includes(x.rank)) return x;
  const wanted = ranks.map((rank) => nouns[rank]).join(" or ");
  throw new ShapeError(`Cannot take ${action} of shape ${formatShape(x.shape)}: it wants ${wanted}`, [
    x.shape,
  ]);
}

/** The operand as a square matrix; a ShapeError when it is none. */
export function square(action: string, operand: Operand): Tensor {
  const x = ranked(action, operand, 2);
  if (x.shape[0] === x.shape[1]) return x;
  throw new ShapeError(`Cannot take ${action} of shape ${formatShape(x.shape)}: it wants a square matrix`, [
    x.shape,
  ]);
}
