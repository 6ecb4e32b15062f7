/** What goes along an axis: its entries turned round, repeated, summed up or multiplied so far. */

import { carry } from "../rules/mask.ts";
import { axesOf } from "../rules/reduction.ts";
import { positionsAlong, positionsAt, select, shift } from "../rules/select.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate, checkRoom } from "../tensor/dtype.ts";
import { ValueError } from "../tensor/errors.ts";
import { type Described, type Op, publish, type Sample } from "../tensor/op.ts";
import { AXES, AXIS, checkedOptions, kindOf } from "../tensor/options.ts";
import { formatShape, letters, normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { functionOver } from "../tex/tex.ts";
import { runningSum } from "./slopes.ts";

/** Options of `flip`. */
export interface FlipOptions {
  /** The axis or axes to turn round (default all). */
  readonly axis?: number | readonly number[];
}

/** The type of `flip`. */
export interface Flip extends Described {
  <X extends Operand>(x: X, options?: FlipOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: FlipOptions) => Tensor<ShapeOf<X>>;
}

/** It is linear and undoes itself, so it is its own vjp and its own jvp. */
function flipOp(axes: readonly number[], rank: number): Op {
  const same = letters(rank);
  return {
    name: "flip",
    tex: functionOver("flip", axes.length === rank ? [] : axes),
    recipe: { maker: "flip", axis: axes },
    lengths: () => `${same}->${same}`,
    shape: (shape) => shape,
    primal: ({ shape, dtype }, { data }) => {
      const picks = shape.map((end, i) =>
        axes.includes(i) ? Array.from({ length: end }, (_, k) => end - 1 - k) : { start: 0, end },
      );
      const positions = positionsAt(shape, picks);
      return allocate(dtype, positions.length).map((_, k) => data[positions[k]]);
    },
    vjp: (_i, ct) => applyOp(flipOp(axes, rank), ct),
    jvp: (_i, t) => applyOp(flipOp(axes, rank), t),
  };
}

function turn(operand: Operand, options?: FlipOptions): Tensor {
  const x = toTensor("flip", operand);
  const rules = { of: "flip", example: "flip(X, { axis: 0 })", known: { axis: AXES } };
  const { folded } = axesOf("flip", x.shape, checkedOptions(options, rules));
  return applyOp(flipOp(folded, x.rank), x);
}

/**
 * The entries in reverse order, along `axis` or along all axes.
 *
 * dX is dY, turned round in the same way.
 *
 * @example
 * flip(tensor([[1, 2], [3, 4]]), { axis: 1 }).toArray() // [[2, 1], [4, 3]]
 */
export const flip: Flip = publish(
  turn,
  [
    { shapes: [[2, 3]], call: (x) => turn(x, { axis: -1 }), domain: [[-2, 2]] },
    { shapes: [[2, 3]], call: (x) => turn(x), domain: [[-2, 2]] },
  ],
  {
    remake:
      ({ axis }: { axis: readonly number[] }) =>
      (x) =>
        turn(x, { axis }),
  },
);

/** Options of `repeat`. */
export interface RepeatOptions {
  /** The axis along which entries are repeated (default 0). */
  readonly axis?: number;
}

/** The type of `repeat`. */
export interface Repeat extends Described {
  (x: Tensor, times: number, options?: RepeatOptions): Tensor;
  readonly method: (this: Tensor, times: number, options?: RepeatOptions) => Tensor;
}

function copies(operand: Tensor, times: number, options?: RepeatOptions): Tensor {
  const x = toTensor("repeat", operand);
  const example = "repeat(X, 2, { axis: 0 })";
  const { axis = 0 } = checkedOptions(options, { of: "repeat", example, known: { axis: AXIS } });
  if (!Number.isInteger(times) || times < 0) {
    throw new ValueError(
      `Cannot repeat entries ${kindOf(times).replace(/^the number /, "")} times: give a whole number from 0 on, as in ` +
        example,
    );
  }
  const along = normalizeAxis("repeat", axis, x.shape);
  checkRoom(`shape ${formatShape(x.shape)} repeated ${times} times`, x.size * times);
  const indices = Array.from({ length: x.shape[along] * times }, (_, k) => Math.floor(k / times));
  return select(
    {
      name: "repeat",
      tex: functionOver("repeat", x.rank === 1 ? [] : [along]),
      from: x.shape,
      to: x.shape.with(along, indices.length),
      picks: x.shape.map((end, i) => (i === along ? indices : { start: 0, end })),
    },
    x,
  );
}

/**
 * Each slice along an axis so many times, one after the other: a a b b, where `concat([X, X])` is a b a b.
 *
 * dX sums dY over the copies.
 *
 * @throws ValueError when the number of times is not a whole number from 0 on.
 * @example
 * repeat(tensor([[1, 2], [3, 4]]), 2).toArray() // [[1, 2], [1, 2], [3, 4], [3, 4]]
 */
export const repeat: Repeat = publish(copies, [
  { shapes: [[2, 3]], call: (x) => copies(x, 2), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => copies(x, 3, { axis: -1 }), domain: [[-2, 2]] },
]);

// Running sums and products.

/** Options of `cumsum` and `cumprod`. */
export interface ScanOptions {
  /** The axis along which entries are gathered (default 0). */
  readonly axis?: number;
}

/** The type of `cumsum` and `cumprod`. */
export interface Scan extends Described {
  <X extends Operand>(x: X, options?: ScanOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: ScanOptions) => Tensor<ShapeOf<X>>;
}

type Rule = Pick<Op, "vjp" | "jvp">;

/** An op that takes the entries along an axis one after the other, and writes what it has so far. */
function scan(
  name: string,
  step: (before: number, x: number, areFinite: boolean) => number,
  start: number,
  ruleAlong: (axis: number) => Rule,
): Scan {
  const along = (axis: number, rank: number): Op => ({
    name,
    tex: functionOver(name, rank === 1 ? [] : [axis]),
    recipe: { maker: name, axis },
    lengths: () => `${letters(rank)}->${letters(rank)}`,
    shape: (shape) => shape,
    primal: ({ shape, dtype }, { data }) => {
      const y = allocate(dtype, data.length);
      for (const positions of positionsAlong(shape, axis)) {
        let before = start;
        let areFinite = true;
        for (const at of positions) {
          areFinite &&= Number.isFinite(data[at]);
          before = step(before, data[at], areFinite);
          y[at] = before;
        }
      }
      return y;
    },
    ...ruleAlong(axis),
  });
  const call = (operand: Operand, options?: ScanOptions): Tensor => {
    const x = toTensor(name, operand);
    const rules = { of: name, example: `${name}(X, { axis: 0 })`, known: { axis: AXIS } };
    const { axis = 0 } = checkedOptions(options, rules);
    return applyOp(along(normalizeAxis(name, axis, x.shape), x.rank), x);
  };
  const samples: readonly Sample[] = [
    { shapes: [[4]], call: (x) => call(x), domain: [[-2, 2]] },
    { shapes: [[2, 3]], call: (x) => call(x, { axis: -1 }), domain: [[-2, 2]] },
    { shapes: [[3, 2]], call: (x) => call(x), domain: [[-2, 2]] },
  ];
  return publish(call, samples, {
    remake:
      ({ axis }: { axis: number }) =>
      (x) =>
        call(x, { axis }),
  });
}

/**
 * The sums of the entries so far, along an axis: y_k = Σ_{i ≤ k} x_i.
 *
 * ∂y_k/∂x_i is 1 for i ≤ k, so dX sums dY from the other end.
 *
 * @example
 * cumsum(tensor([[1, 2], [3, 4]]), { axis: 1 }).toArray() // [[1, 3], [3, 7]]
 */
export const cumsum: Scan = scan(
  "cumsum",
  (before, x) => before + x,
  0,
  (axis) => ({
    vjp: (_i, ct) => flip(cumsum(flip(ct, { axis }), { axis }), { axis }),
    jvp: (_i, t) => cumsum(t, { axis }),
  }),
);

/**
 * The products of the entries so far, along an axis: y_k = Π_{i ≤ k} x_i.
 *
 * ∂y_k/∂x_i is the product of the others up to k, for i ≤ k, also where some are 0.
 *
 * @example
 * cumprod(tensor([1, 2, 3, 4])).toArray() // [1, 2, 6, 24]
 */
export const cumprod: Scan = scan(
  "cumprod",
  // Finite numbers whose product overflows are still finite: beside a 0 nothing is left of them.
  (before, x, areFinite) => (areFinite && Number.isNaN(before * x) ? 0 : before * x),
  1,
  (axis) => ({
    // Π of those before x_i, times Σ_{k ≥ i} dy_k Π of those between: no entry is divided by.
    vjp: (_i, ct, y, x) => carry(runningSum("after", x, ct, axis), shift(y, { axis, by: 1, fill: 1 })),
    jvp: (_i, t, y, x) => runningSum("before", x, carry(t, shift(y, { axis, by: 1, fill: 1 })), axis),
  }),
);
