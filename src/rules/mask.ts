/** A derivative that is 1 or 0, or shared at a tie: it lets a cotangent pass, or stops it. */

import { stoppedByEither, stoppedByFirst, stoppedBySecond } from "../numeric/arithmetic.ts";
import { mapOf } from "../numeric/map.ts";
import { applyTo } from "../tensor/apply.ts";
import type { Kernel, Op } from "../tensor/op.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { cellProduct, hadamard } from "../tex/tex.ts";
import { chained } from "./chain.ts";
import { sumRowsTo, sumTo } from "./contraction.ts";
import { entrywise, pointwise } from "./pointwise.ts";

/** A partial derivative made of comparisons. */
export class Mask {
  readonly share: Tensor;

  constructor(share: Tensor) {
    this.share = share;
  }
}

// A product in which 0 stops everything, ∞ too: 0 · ∞ would turn an entry that does not take part into NaN.
const op: Op = {
  name: "mask",
  recipe: { maker: "pass" },
  tex: hadamard,
  cell: cellProduct,
  ...entrywise("mask", stoppedByEither),
  local: (i, _y, _ct, share) => (i === 0 ? new Mask(share) : 0),
  vjp: (i, ct, _y, x, share) => (i === 0 ? sumTo(pass(ct, share), x.shape) : null),
  vjps: (i, cts, _y, x, share) => (i === 0 ? sumRowsTo(pass(cts, share), x.shape) : null),
  jvp: (i, t, _y, _x, share) => (i === 0 ? pass(t, share) : null),
};

/** What the mask lets pass: ct ⊙ share. Where the result `y` is NaN, no comparison knows its share, and it is NaN too. */
export function pass(ct: Tensor, share: Tensor, y?: Tensor): Tensor {
  return applyTo(op, [ct, y === undefined ? share : unknownWhereNaN(share, y)]);
}

const each: Op = {
  ...op,
  ...entrywise("mask", (ct, share, y) => stoppedByEither(ct, Number.isNaN(y) ? Number.NaN : share)),
};

/** The same with a look at every y, for a loop that is traced before there are any. */
export function passEach(ct: Tensor, share: Tensor, y: Tensor): Tensor {
  return applyTo(each, [ct, share, y]);
}

const unknown = mapOf((part, value) => (Number.isNaN(value) ? Number.NaN : part));

function unknownWhereNaN(share: Tensor, y: Tensor): Tensor {
  if (internals.isSymbolic(y) || !y.data.some(Number.isNaN)) return share;
  const form = { shape: y.shape, dtype: share.dtype };
  return new Tensor([...y.shape], pointwise(unknown, form, share, y));
}

// The product of the chain rule. A cotangent of 0 says that the entry does not take part, so it stops even at a pole; any
// other cotangent is multiplied, whatever the result. Where it is 0 the product is 0 for any partial, so a derivative
// by the partial stops there as well: two factors may be cotangents, of one backward pass and of the next.
type Stops = "carry" | "weigh" | "carryBoth";

const stopsAt: Readonly<Record<Stops, readonly [boolean, boolean]>> = {
  carry: [true, false],
  weigh: [false, true],
  carryBoth: [true, true],
};

const kernels: Readonly<Record<Stops, Kernel>> = {
  carry: stoppedByFirst,
  weigh: stoppedBySecond,
  carryBoth: stoppedByEither,
};

const product = (maker: Stops): Op => {
  const along = (i: number, ct: Tensor, x: readonly Tensor[]): Tensor =>
    (stopsAt[maker][1 - i] ? carryBoth : carry)(ct, x[1 - i]);
  return {
    name: "mask",
    recipe: { maker },
    tex: hadamard,
    cell: cellProduct,
    ...entrywise("mask", kernels[maker]),
    local: (i, _y, ...x) => x[1 - i],
    ...chained((i, ct, _y, x) => along(i, ct, x)),
  };
};
const ops: Readonly<Record<Stops, Op>> = {
  carry: product("carry"),
  weigh: product("weigh"),
  carryBoth: product("carryBoth"),
};

/** What a cotangent carries through a partial derivative: ct ⊙ partial, and 0 where ct is 0, even at a pole. */
export function carry(ct: Tensor, partial: Tensor): Tensor {
  return applyTo(ops.carry, [ct, partial]);
}

/** The same in the other order, partial ⊙ ct, for rules that a textbook writes so. */
export function weigh(partial: Tensor, ct: Tensor): Tensor {
  return applyTo(ops.weigh, [partial, ct]);
}

/** What a cotangent carries through another one: 0 where either is. */
export function carryBoth(ct: Tensor, other: Tensor): Tensor {
  return applyTo(ops.carryBoth, [ct, other]);
}
