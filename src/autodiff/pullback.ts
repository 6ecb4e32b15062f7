/** The backward pass: a cotangent of y becomes a cotangent of everything y was computed from. */

import { allocate } from "../dtype.ts";
import { DtypeError, GradientError, ShapeError } from "../errors.ts";
import { add } from "../ops/add.ts";
import { formatShape, type Shape, sameShape } from "../shape.ts";
import { internals, Tensor } from "../tensor.ts";
import { lettered } from "../witness.ts";
import { noticeGrowth } from "./growth.ts";
import { toposort } from "./toposort.ts";
import { checkUnchanged } from "./unchanged.ts";

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
      let isChecked = false;
      for (let i = 0; i < inputs.length; i++) {
        const x = inputs[i];
        if (internals.isLiteral(x) || (onPath !== null && !onPath.has(x))) continue;
        if (!isChecked) checkUnchanged("go backward", z);
        isChecked = true;
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

/** The cotangent to start from: the one given, or 1 for a tensor of size 1. */
export function seedOf(action: string, y: Tensor, cotangent: Tensor | undefined): Tensor {
  const name = y.name ?? "Y";
  const shapeText = (shape: Shape): string =>
    internals.isSymbolic(y) ? lettered(formatShape(shape)) : formatShape(shape);
  if (cotangent === undefined) {
    if (y.size === 1) return new Tensor([...y.shape], allocate(y.dtype, 1).fill(1));
    const shape = shapeText(y.shape);
    throw new GradientError(
      `Cannot ${action} ${name} of shape ${shape} without a cotangent: only a single number has one gradient; ` +
        `give d${name} of shape ${shape}, or reduce first, as in sum(${name})`,
    );
  }
  if (!sameShape(cotangent.shape, y.shape)) {
    throw new ShapeError(
      `Cannot ${action} ${name} of shape ${shapeText(y.shape)} with a cotangent of shape ` +
        `${shapeText(cotangent.shape)}: the two shapes must be equal`,
      [y.shape, cotangent.shape],
    );
  }
  return ofDtype(y, cotangent, `${action} ${name} of ${y.dtype} with a cotangent`);
}

/**
 * A tangent or cotangent in the number type of its tensor. Numbers of a formula take it; a tensor of the other one is
 * refused, as everywhere.
 */
export function ofDtype(x: Tensor, given: Tensor, action: string): Tensor {
  if (given.dtype === x.dtype || internals.isWeak(x)) return given;
  if (internals.isWeak(given)) return given.cast(x.dtype);
  throw new DtypeError(
    `Cannot ${action} of ${given.dtype}: cast it to the other's dtype, as in t.cast("${x.dtype}")`,
  );
}
