/** The backward pass: a cotangent of y becomes a cotangent of everything y was computed from. */

import { allocate } from "../dtype.ts";
import { GradientError, ShapeError } from "../errors.ts";
import { add } from "../ops/add.ts";
import { formatShape, sameShape } from "../shape.ts";
import { internals, type Node, Tensor } from "../tensor.ts";
import { noticeGrowth } from "./growth.ts";
import { toposort } from "./toposort.ts";

/** From a cotangent of y to the cotangents of what was asked for; a tensor that y does not depend on is missing. */
export type Pullback = (cotangent: Tensor) => Map<Tensor, Tensor>;

/**
 * Prepares the backward pass from `y` to `wanted`, or to all that y depends on. It accumulates, from y towards the
 * leaves, the sum over the paths from x to y: dX = Σ_paths.
 */
export function pullbackOf(y: Tensor, wanted?: ReadonlySet<Tensor>): Pullback {
  const order = toposort(y);
  noticeGrowth(order.length);
  const onPath = wanted === undefined ? null : dependents(order, wanted);
  return (cotangent) => {
    const cotangents = new Map<Tensor, Tensor>([[y, cotangent]]);
    for (let k = order.length - 1; k >= 0; k--) {
      const z = order[k];
      const node = internals.nodeOf(z);
      const ct = cotangents.get(z);
      if (node === null || ct === undefined) continue;
      const { op, inputs } = node;
      for (let i = 0; i < inputs.length; i++) {
        const x = inputs[i];
        if (internals.isLiteral(x) || (onPath !== null && !onPath.has(x))) continue;
        checkUnchanged(node);
        const dx = op.vjp(i, ct, z, ...inputs);
        if (dx === null) continue;
        const sum = cotangents.get(x);
        cotangents.set(x, sum === undefined ? dx : add(sum, dx));
      }
      if (wanted !== undefined && !wanted.has(z)) cotangents.delete(z); // nothing asks for it any more
    }
    return cotangents;
  };
}

/** Those tensors of `order` that are wanted or computed from one that is. */
function dependents(order: readonly Tensor[], wanted: ReadonlySet<Tensor>): Set<Tensor> {
  const found = new Set<Tensor>();
  for (const x of order) {
    const isDependent = wanted.has(x) || internals.nodeOf(x)?.inputs.some((input) => found.has(input));
    if (isDependent) found.add(x);
  }
  return found;
}

/** A derivative taken at values that are no longer there would be a derivative of something else. */
function checkUnchanged({ op, inputs, time }: Node): void {
  const changed = inputs.find((x) => internals.assignedAt(x) > time);
  if (changed === undefined) return;
  const name = changed.name ?? "a tensor";
  throw new GradientError(
    `Cannot go backward through ${op.name}: ${name} was assigned since; compute the result again, then go backward`,
  );
}

/** The cotangent to start from: the one given, or 1 for a tensor of size 1. */
export function seedOf(action: string, y: Tensor, cotangent: Tensor | undefined): Tensor {
  const name = y.name ?? "Y";
  if (cotangent === undefined) {
    if (y.size === 1) return new Tensor([...y.shape], allocate(y.dtype, 1).fill(1));
    const shape = formatShape(y.shape);
    throw new GradientError(
      `Cannot ${action} ${name} of shape ${shape} without a cotangent: only a single number has one gradient; ` +
        `give d${name} of shape ${shape}, or reduce first, as in sum(${name})`,
    );
  }
  if (!sameShape(cotangent.shape, y.shape)) {
    throw new ShapeError(
      `Cannot ${action} ${name} of shape ${formatShape(y.shape)} with a cotangent of shape ` +
        `${formatShape(cotangent.shape)}: the two shapes must be equal`,
      [y.shape, cotangent.shape],
    );
  }
  return cotangent;
}
