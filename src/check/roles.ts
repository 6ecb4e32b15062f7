/** Finds the leaves whose numbers cannot be any others, by what the record does with them. */

import type { Tape } from "../autodiff/tape.ts";
import { internals, type Tensor } from "../tensor.ts";
import { areProbabilities } from "./draw.ts";

/**
 * What a leaf is to an op: the probabilities that a cross-entropy compares with, the condition of a `where`, or a whole
 * exponent, which alone can raise a negative number.
 */
export type Role = "target" | "condition" | "exponent";

/** The roles of leaves; those without one can be any numbers, whatever they look like. */
export function rolesIn(tape: Tape): Map<Tensor, Role> {
  const roles = new Map<Tensor, Role>();
  for (const { op, inputs } of tape.nodes) {
    const [first, second] = inputs;
    if (op.name === "where" && isIndicator(first)) roles.set(first, "condition");
    if (op.name === "pow" && second?.data.every(Number.isInteger)) roles.set(second, "exponent");
    if (!WEIGHING.test(op.name)) continue;
    for (const [x, other] of [inputs, inputs.toReversed()]) {
      if (isLogProbability(other) && areProbabilities(x)) roles.set(x, "target");
    }
  }
  for (const x of roles.keys()) if (internals.nodeOf(x) !== null) roles.delete(x);
  return roles;
}

/** The ops that multiply a probability by the logarithm of another. */
const WEIGHING = /^(mul|mask|dot|matmul)$/;

function isIndicator(x: Tensor): boolean {
  return x.data.every((value) => value === 0 || value === 1);
}

/** log softmax, in one step or in two. */
function isLogProbability(x: Tensor): boolean {
  const node = internals.nodeOf(x);
  if (node?.op.name === "logSoftmax") return true;
  return node?.op.name === "log" && internals.nodeOf(node.inputs[0]) !== null;
}
