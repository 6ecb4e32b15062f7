/** A choice between two tensors, entry by entry. */

import { stretchTo, sumTo } from "../rules/contraction.ts";
import { Mask } from "../rules/mask.ts";
import { pointwise } from "../rules/pointwise.ts";
import { apply, type Described, type Op, publish, toTensor } from "../tensor/op.ts";
import { broadcastShapes, pointwiseIndices } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Broadcast, BroadcastCheck, Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { Strength, type Tex } from "../tex/tex.ts";

/** The type of `where`. */
export interface Where extends Described {
  <C extends Operand, X extends Operand, Y extends Operand>(
    condition: C,
    x: X,
    y: Y & BroadcastCheck<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>, "where">,
  ): Tensor<Broadcast<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>>;
  readonly method: <C extends Tensor, X extends Operand, Y extends Operand>(
    this: C,
    x: X,
    y: Y & BroadcastCheck<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>, "where">,
  ) => Tensor<Broadcast<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>>;
}

const cases = (condition: Tex, x: Tex, y: Tex): Tex => ({
  latex: `\\begin{cases} ${x.latex} & \\text{if } ${condition.latex} \\neq 0 \\\\ ${y.latex} & \\text{else} \\end{cases}`,
  strength: Strength.sum,
  rank: 0,
});

const op: Op = {
  name: "where",
  recipe: { maker: "where" },
  tex: cases,
  indices: pointwiseIndices,
  local: (i, _z, condition) =>
    i === 0 ? 0 : new Mask(i === 1 ? choose(condition, 1, 0) : choose(condition, 0, 1)),
  shape: (...shapes) => broadcastShapes("where", shapes),
  primal: (form, ...args) => pointwise((c, x, y) => (c === 0 ? y : x), form, ...args),
  vjp: (i, ct, _z, ...args) => {
    if (i === 0) return null;
    const [condition] = args;
    return sumTo(i === 1 ? choose(condition, ct, 0) : choose(condition, 0, ct), args[i].shape);
  },
  jvp: (i, t, z, condition) => {
    if (i === 0) return null;
    return stretchTo(i === 1 ? choose(condition, t, 0) : choose(condition, 0, t), z.shape);
  },
};

function choose(condition: Operand, x: Operand, y: Operand): Tensor {
  return apply(op, ...[condition, x, y].map((operand) => toTensor("where", operand)));
}

/**
 * Entries of x where the condition is not 0, of y where it is. The shapes broadcast.
 *
 * The cotangent goes to the entry chosen; the other does not affect the result, not even by a NaN.
 *
 * @example
 * where(tensor([1, 0]), tensor([1, 2]), -1).toArray() // [1, -1]
 */
export const where: Where = publish(
  choose,
  [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: (x, y) => choose(toTensor("where", 1), x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    {
      shapes: [[3], [2, 1]],
      call: (x, y) => choose(choose(0, x, 0), x, y),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  { formula: { arity: 3, acts: "entrywise" } },
);
