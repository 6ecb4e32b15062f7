/** The op that could not be applied, so that a failure can be drawn in its place. */

import { refusalOf } from "../op.ts";
import * as ops from "../ops/index.ts";
import { internals, Tensor } from "../tensor.ts";
import type { Failed } from "./record.ts";

/** The failure behind an error, or the last there was; `null` when it was no op of tensors that failed. */
export function failureOf(error?: Error): Failed | null {
  const refusal = refusalOf(error);
  if (refusal === null) return null;
  const { op, given, at } = refusal;
  const operands = given.flat().flatMap((x): Tensor[] => {
    if (x instanceof Tensor) return [x];
    return typeof x === "number" ? [internals.literal(x)] : [];
  });
  if (!operands.some((x) => !internals.isLiteral(x))) return null;
  const [action] = Object.entries(ops).find(([, one]) => one === op) ?? ["op"];
  return { action, operands, message: refusal.error.message, at };
}
