/** The forward mode: a tangent of x becomes a tangent of y. */

import { ShapeError } from "../errors.ts";
import { zerosLike } from "../make.ts";
import { withoutRecording } from "../op.ts";
import { add } from "../ops/add.ts";
import { formatShape, sameShape } from "../shape.ts";
import { internals, Tensor } from "../tensor.ts";
import { toposort } from "./toposort.ts";

/**
 * The directional derivative of `y` as the tensors `xs` move along `tangents`, one of the shape of each x:
 * t_y = Σ_x (∂y/∂x) t_x.
 *
 * @throws ShapeError when a tangent has not its tensor's shape.
 * @example
 * const x = tensor([1, 2]);
 * jvp(mul(x, x), x, tensor([1, 0])).toArray() // [2, 0]
 */
export function jvp<S extends number[]>(
  y: Tensor<S>,
  xs: Tensor | readonly Tensor[],
  tangents: Tensor | readonly Tensor[],
): Tensor<S> {
  const list = xs instanceof Tensor ? [xs] : xs;
  const given = tangents instanceof Tensor ? [tangents] : tangents;
  const pushed = new Map(list.map((x, i) => [x, fitting(x, given[i])]));
  withoutRecording(() => {
    for (const z of toposort(y)) {
      const node = internals.nodeOf(z);
      if (node === null || pushed.has(z)) continue;
      const shares = node.inputs.flatMap((x, i) => {
        const t = pushed.get(x);
        return t === undefined ? [] : (node.op.jvp(i, t, z, ...node.inputs) ?? []);
      });
      if (shares.length > 0)
        pushed.set(
          z,
          shares.reduce((sum, share) => add(sum, share)),
        );
    }
  });
  return (pushed.get(y) ?? zerosLike(y)) as Tensor<S>; // every share has y's shape
}

function fitting(x: Tensor, tangent: Tensor | undefined): Tensor {
  if (tangent !== undefined && sameShape(tangent.shape, x.shape)) return tangent;
  const found = tangent === undefined ? "none was given" : `it has shape ${formatShape(tangent.shape)}`;
  throw new ShapeError(
    `Cannot push a tangent of ${x.name ?? "x"} forward: it must have shape ${formatShape(x.shape)}, and ${found}`,
    [x.shape],
  );
}
