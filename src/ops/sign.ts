import { elementwise } from "../elementwise.ts";
import { call } from "../latex/tex.ts";
import type { Unary } from "../pointwise.ts";

/**
 * The sign, entry by entry: 1, 0 or −1. It is flat, so no gradient passes through it.
 *
 * @example
 * sign(tensor([-3, 0, 2])).toArray() // [-1, 0, 1]
 */
export const sign: Unary = elementwise({
  name: "sign",
  tex: call("\\operatorname{sign}"),
  kernel: Math.sign,
  partials: [() => 0],
  domain: [[0.1, 2]],
});
