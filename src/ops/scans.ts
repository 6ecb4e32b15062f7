/** Running sums and products along an axis. */

import { carry } from "../rules/mask.ts";
import { positionsAlong, shift } from "../rules/select.ts";
import { allocate } from "../tensor/dtype.ts";
import { apply, type Described, type Op, publish, type Sample, toTensor } from "../tensor/op.ts";
import { AXIS, checkedOptions } from "../tensor/options.ts";
import { letters, normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { functionOver } from "../tex/tex.ts";
import { flip } from "./slice.ts";
import { runningSum } from "./slopes.ts";

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
    return apply(along(normalizeAxis(name, axis, x.shape), x.rank), x);
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
