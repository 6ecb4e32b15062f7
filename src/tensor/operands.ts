/** Arguments that are tensors, checked when the cell runs, and named by the variables that hold them. */

import { toTensor } from "./apply.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { variables } from "./host.ts";
import { kindOf, type OptionKind } from "./options.ts";
import { formatShape } from "./shape.ts";
import { internals, Tensor } from "./tensor.ts";
import type { Operand } from "./typed-shapes.ts";

// Arguments that are tensors, checked when the cell runs.

/** An option that is a tensor. */
export const TENSOR: OptionKind = { noun: "a tensor", accepts: (value) => value instanceof Tensor };

/** An option that is one tensor, or a list of them. */
export const TENSORS: OptionKind = {
  noun: "a tensor or a list of tensors",
  accepts: (value) =>
    value instanceof Tensor || (Array.isArray(value) && value.every((x) => x instanceof Tensor)),
};

/** Throws unless it is a tensor. `action` is the verb of the error's sentence, `example` a correct call. */
export function checkTensor(action: string, value: unknown, example: string): void {
  if (value instanceof Tensor) return;
  throw new ValueError(`Cannot ${action} ${kindOf(value)}: give a tensor, as in ${example}`);
}

/** One tensor, or a list of them, as a list. */
export function listed(action: string, value: unknown, example: string): readonly Tensor[] {
  if (value instanceof Tensor) return [value];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const x of list) checkTensor(action, x, example);
  return list as readonly Tensor[]; // the line above has checked each
}

// Operands of the rank that an op needs.

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

/** The operand as a square matrix; a ShapeError if it is not one. */
export function square(action: string, operand: Operand): Tensor {
  const x = ranked(action, operand, 2);
  if (x.shape[0] === x.shape[1]) return x;
  throw new ShapeError(`Cannot take ${action} of shape ${formatShape(x.shape)}: it wants a square matrix`, [
    x.shape,
  ]);
}

/** The operand as a square matrix, or a batch of them: axes before the last two. */
export function squares(action: string, operand: Operand): Tensor {
  const x = toTensor(action, operand);
  if (x.rank <= 2) return square(action, x);
  if (x.shape[x.rank - 1] === x.shape[x.rank - 2]) return x;
  throw new ShapeError(
    `Cannot take ${action} of shape ${formatShape(x.shape)}: it wants square matrices, along the last two axes`,
    [x.shape],
  );
}

// Names tensors after the variables that hold them.

/** Names a tensor after the variable it was declared as, unless it has a name; other values have none. */
export function captureName(value: unknown, name: string): void {
  if (value instanceof Tensor) internals.captureName(value, name);
}

/** Names every variable of the session, including those that the running cell has just declared. */
export function nameVariables(): void {
  for (const [name, value] of variables()) captureName(value, name);
}
