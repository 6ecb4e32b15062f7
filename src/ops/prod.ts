import { onesLike } from "../make.ts";
import { carryBoth } from "../mask.ts";
import type { Call } from "../op.ts";
import { type Axes, type Folding, foldAlong, type Reduction, reduction } from "../reduction.ts";
import type { Tensor } from "../tensor.ts";
import { stack } from "./concat.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";
import { transpose } from "./transpose.ts";

/**
 * For each entry the product of the others in its group. Dividing the product by the entry would fail at 0, so the
 * product of those before it is multiplied by that of those after it.
 */
function productOfOthers(x: Tensor, { folded, from, count }: Axes): Tensor {
  if (x.size === 0) return x;
  const order = [...[...from.keys()].filter((axis) => !folded.includes(axis)), ...folded];
  const groups = reshape(transpose(x, order), -1, count);
  const entries = Array.from({ length: count }, (_, k) => slice(groups, null, k));
  // Finite entries whose product overflows are still finite: beside a 0 nothing is left of them.
  const times = x.data.every(Number.isFinite) ? carryBoth : mul;
  const before = productsBefore(entries, times);
  const after = productsBefore(entries.toReversed(), times).toReversed();
  const others = stack(
    before.map((product, k) => times(product, after[k])),
    { axis: 1 },
  );
  const back = order.map((_, axis) => order.indexOf(axis));
  return transpose(reshape(others, ...order.map((axis) => from[axis])), back);
}

function productsBefore(entries: readonly Tensor[], times: Call): Tensor[] {
  const products = [onesLike(entries[0])];
  for (const entry of entries.slice(0, -1)) products.push(times(products[products.length - 1], entry));
  return products;
}

const folding: Folding = {
  name: "prod",
  big: "prod",
  fold: (entries) => {
    const product = entries.reduce((total, x) => total * x, 1);
    return Number.isNaN(product) && entries.every(Number.isFinite) ? 0 : product; // an overflow, and then a 0
  },
  partial: (_y, x, axes) => productOfOthers(x, axes),
};

/**
 * The product of all entries, or along `axis`: y = Π_i x_i; 1 of no entries.
 *
 * ∂y/∂x_i is the product of the other entries, also where some are 0.
 *
 * @example
 * prod(tensor([[1, 2], [3, 4]]), { axis: 0 }).toArray() // [3, 8]
 */
export const prod: Reduction = reduction("prod", (x, axes) => foldAlong(folding, axes, x));
