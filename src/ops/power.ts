/** x to the power of y, and its slope in y: each is in the derivative of the other, so they stand together. */

import { stretchTo, sumTo } from "../contraction.ts";
import { elementwise } from "../elementwise.ts";
import { pointwiseIndices } from "../indices.ts";
import { call, cellProduct, hadamard, powerOf, type TexRule } from "../latex/tex.ts";
import { carry } from "../mask.ts";
import { apply, type Op } from "../op.ts";
import { type Binary, pointwise } from "../pointwise.ts";
import * as scalar from "../scalar.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { sub } from "./sub.ts";

/** x to a power that is a tensor. */
export const general: Binary<"pow"> = elementwise({
  name: "pow",
  tex: powerOf,
  kernel: scalar.pow,
  partials: [
    // At y = 0 it is 0, also where x^(y − 1) is ∞; and yet it rises with y.
    (_z, x, y) => carry(y, general(x, sub(y, 1))),
    (z, x, y) => timesLog(z, x, y),
  ],
  domain: [
    [0.5, 2],
    [-2, 2],
  ],
});

const logTex: TexRule = (x) => ({ ...call("\\log")(x), rank: x.rank });

// One op, as z/x = x^(y − 1) must not be computed from 1/x, which is ∞ for tiny x. At x = 0 it is 0
// by convention, also where z is ∞.
const timesLogOp: Op = {
  name: "timesLog",
  recipe: { maker: "timesLog" },
  tex: (z, x) => hadamard(z, logTex(x)),
  cell: (z, x) => cellProduct(z, logTex(x)),
  indices: pointwiseIndices,
  local: (i, y, ...x) => slopeOfTimesLog(i, y, x) ?? 0,
  shape: (...shapes) => broadcastShapes("pow", shapes),
  primal: (form, ...args) => pointwise((z, x) => (x === 0 ? 0 : z * scalar.log(x)), form, ...args),
  vjp: (i, ct, y, ...x) => {
    const slope = slopeOfTimesLog(i, y, x);
    return slope && sumTo(carry(ct, slope), x[i].shape);
  },
  jvp: (i, t, y, ...x) => {
    const slope = slopeOfTimesLog(i, y, x);
    return slope && stretchTo(carry(t, slope), y.shape);
  },
};

/** x^(y − 1) (1 + y ln x) by x and x^y (ln x)² by y; z is x^y, so that nothing is left for it. */
function slopeOfTimesLog(i: number, product: Tensor, [, x, y]: readonly Tensor[]): Tensor | null {
  if (i === 0) return null;
  if (i === 2) return timesLog(product, x, y);
  const below = general(x, sub(y, 1));
  return add(below, carry(y, timesLog(below, x, sub(y, 1))));
}

/** z ln x for z = x^y. */
export function timesLog(z: Tensor, x: Tensor, y: Tensor): Tensor {
  return apply(timesLogOp, z, x, y);
}
