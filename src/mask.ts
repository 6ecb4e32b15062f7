/** A derivative that is 1 or 0, or shared at a tie: it lets a cotangent pass, or stops it. */

import { sumTo } from "./contraction.ts";
import { pointwiseIndices } from "./indices.ts";
import { cellProduct, hadamard } from "./latex/tex.ts";
import { apply, type Op } from "./op.ts";
import { pointwise } from "./pointwise.ts";
import { broadcastShapes } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** A partial derivative made of comparisons. */
export class Mask {
  readonly share: Tensor;

  constructor(share: Tensor) {
    this.share = share;
  }
}

// A product in which 0 stops everything, ∞ too: 0 · ∞ would turn an entry that takes no part into NaN.
const op: Op = {
  name: "mask",
  tex: hadamard,
  cell: cellProduct,
  indices: pointwiseIndices,
  shape: (...shapes) => broadcastShapes("mask", shapes),
  primal: (form, ...x) => pointwise((ct, share) => (share === 0 ? 0 : ct * share), form, ...x),
  vjp: (i, ct, _y, x, share) => (i === 0 ? sumTo(pass(ct, share), x.shape) : null),
  jvp: (i, t, _y, _x, share) => (i === 0 ? pass(t, share) : null),
};

/** What the mask lets pass: ct ⊙ share. */
export function pass(ct: Tensor, share: Tensor): Tensor {
  return apply(op, ct, share);
}
