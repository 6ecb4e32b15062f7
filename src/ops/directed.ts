/** What a norm y of x passes back, ct ⊙ x/y, as one op: at x = 0 the product has a limit where its factors have none. */

import { note, placeNow } from "../host.ts";
import { pointwiseIndices } from "../indices.ts";
import { fraction, hadamard } from "../latex/tex.ts";
import { carry, carryBoth } from "../mask.ts";
import { apply, type Op } from "../op.ts";
import { pointwise } from "../pointwise.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { neg } from "./neg.ts";
import { factorBeside, overNorm } from "./over-norm.ts";

const op: Op = {
  name: "directed",
  recipe: { maker: "directed" },
  tex: (ct, x, y) => hadamard(ct, fraction(x, y)),
  indices: pointwiseIndices,
  shape: (...shapes) => broadcastShapes("norm", shapes),
  // At y = 0, the kink of the norm, x is 0 too, and so is the gradient; of an infinite cotangent nothing can be said.
  primal: (form, ...x) => pointwise((ct, xk, y) => (ct === 0 ? 0 : ct * (y === 0 ? 0 : xk / y)), form, ...x),
  vjp: (i, ct, _z, ...x) => moved(i, ct, x),
  jvp: (i, t, _z, ...x) => moved(i, t, x),
};

/** ct ⊙ x/y, all of one shape, for a norm y that x belongs to; 0 where y is. */
export function directed(ct: Tensor, x: Tensor, y: Tensor): Tensor {
  const factor = factorBeside(ct, y);
  return factor === null ? apply(op, ct, x, y) : carry(factor, x);
}

/** `m` times the derivative of g x/y by its cotangent g, by x, or by y: x/y, g/y or −(g/y) x/y. */
function moved(i: number, m: Tensor, [g, x, y]: readonly Tensor[]): Tensor {
  if (i === 0) return directed(m, x, y);
  const scaled = carryBoth(m, overNorm(g, y)); // g is a cotangent too
  noticeKink(scaled, m, g, y);
  return i === 1 ? scaled : neg(directed(scaled, x, y));
}

let toldAt = -1;

/** Says once in a cell that the second derivative of a norm was asked for where there is none. */
function noticeKink(scaled: Tensor, m: Tensor, g: Tensor, y: Tensor): void {
  if (toldAt === placeNow() || !y.data.includes(0)) return;
  const isLost = scaled.data.some((entry, k) => Number.isNaN(entry) && y.data[k] === 0 && finite(m, g, k));
  if (!isLost) return;
  toldAt = placeNow();
  note(
    "Where a norm is 0 it has a kink, and no second derivative: NaN stands there. Its square has one: write " +
      "sum(square(X))",
  );
}

const finite = (m: Tensor, g: Tensor, k: number): boolean =>
  Number.isFinite(m.data[k]) && Number.isFinite(g.data[k]);
