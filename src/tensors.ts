/** Arguments that are tensors, checked when the cell runs. */

import { ValueError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";
import type { OptionKind } from "./options.ts";
import { Tensor } from "./tensor.ts";

/** An option that is a tensor. */
export const TENSOR: OptionKind = { noun: "a tensor", accepts: (value) => value instanceof Tensor };

/** An option that is one tensor, or a list of them. */
export const TENSORS: OptionKind = {
  noun: "a tensor or a list of tensors",
  accepts: (value) =>
    value instanceof Tensor || (Array.isArray(value) && value.every((x) => x instanceof Tensor)),
};

/** Refuses what is not a tensor. `action` is the verb of the error's sentence, `example` a right call. */
export function checkTensor(action: string, value: unknown, example: string): void {
  if (value instanceof Tensor) return;
  throw new ValueError(`Cannot ${action} ${kindOf(value)}: give a tensor, as in ${example}`);
}

/** One tensor, or a list of them, as a list. */
export function listed(action: string, value: unknown, example: string): readonly Tensor[] {
  if (value instanceof Tensor) return [value];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const x of list) checkTensor(action, x, example);
  return list as readonly Tensor[]; // the line above has looked at each
}
