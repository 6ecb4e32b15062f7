/** The forward mode: a tangent of x becomes a tangent of y. */

import { ShapeError, ValueError } from "../errors.ts";
import { zerosLike } from "../make.ts";
import { withoutRecording } from "../op.ts";
import { add } from "../ops/add.ts";
import { formatShape, sameShape } from "../shape.ts";
import { internals, type Tensor } from "../tensor.ts";
import { checkTensor, listed } from "../tensors.ts";
import { ofDtype } from "./pullback.ts";
import { toposort } from "./toposort.ts";
import { checkUnchanged } from "./unchanged.ts";

const EXAMPLE = "jvp(Y, X, t)";

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
  checkTensor("push forward to", y, EXAMPLE);
  const list = listed("push forward from", xs, EXAMPLE);
  const given = listed("push forward", tangents, EXAMPLE);
  if (given.length > list.length) {
    throw new ValueError(
      `Cannot push ${given.length} tangents forward from ${list.length} tensors: give one for each, as in ${EXAMPLE}`,
    );
  }
  const pushed = new Map(list.map((x, i) => [x, fitting(x, given[i])]));
  withoutRecording(() => {
    for (const z of toposort(y)) {
      const node = internals.nodeOf(z);
      if (node === null || pushed.has(z)) continue;
      if (node.inputs.some((x) => pushed.has(x))) checkUnchanged("go forward", z);
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
  const pushedTo = pushed.get(y);
  return (pushedTo === undefined ? zerosLike(y) : internals.copyOf(pushedTo)) as Tensor<S>; // every share has y's shape
}

function fitting(x: Tensor, tangent: Tensor | undefined): Tensor {
  if (tangent !== undefined && sameShape(tangent.shape, x.shape)) {
    return ofDtype(x, tangent, `push ${x.name ?? "x"} of ${x.dtype} forward with a tangent`);
  }
  const found = tangent === undefined ? "none was given" : `it has shape ${formatShape(tangent.shape)}`;
  throw new ShapeError(
    `Cannot push a tangent of ${x.name ?? "x"} forward: it must have shape ${formatShape(x.shape)}, and ${found}`,
    [x.shape],
  );
}
