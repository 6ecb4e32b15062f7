import { elementwise } from "../elementwise.ts";
import { functionOfTwo } from "../latex/tex.ts";
import { Mask } from "../mask.ts";
import type { Binary } from "../pointwise.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { eq, gt, lt } from "./compare.ts";
import { mul } from "./mul.ts";

/** 1 where the operand wins, ½ where both are equal: what central differences give at a tie. */
const share = (wins: Tensor, x: Tensor, y: Tensor): Mask => new Mask(add(wins, mul(0.5, eq(x, y))));

/**
 * The larger of two, entry by entry: z_ij = max(x_ij, y_ij). The shapes broadcast; NaN stays NaN.
 *
 * The cotangent goes to the larger entry; at a tie half of it to each.
 *
 * @example
 * maximum(tensor([1, 5]), 3).toArray() // [3, 5]
 */
export const maximum: Binary<"maximum"> = elementwise({
  name: "maximum",
  tex: functionOfTwo("\\max"),
  kernel: Math.max,
  partials: [(_z, x, y) => share(gt(x, y), x, y), (_z, x, y) => share(lt(x, y), x, y)],
  domain: [
    [-2, -0.1],
    [0.1, 2],
  ],
});

/**
 * The smaller of two, entry by entry: z_ij = min(x_ij, y_ij). The shapes broadcast; NaN stays NaN.
 *
 * The cotangent goes to the smaller entry; at a tie half of it to each.
 *
 * @example
 * minimum(tensor([1, 5]), 3).toArray() // [1, 3]
 */
export const minimum: Binary<"minimum"> = elementwise({
  name: "minimum",
  tex: functionOfTwo("\\min"),
  kernel: Math.min,
  partials: [(_z, x, y) => share(lt(x, y), x, y), (_z, x, y) => share(gt(x, y), x, y)],
  domain: [
    [-2, -0.1],
    [0.1, 2],
  ],
});
