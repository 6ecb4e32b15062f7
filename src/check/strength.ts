/** When a printed formula needs parentheses. */

import type { Expr } from "./grammar.ts";

/** The strength of what stands by itself, as a name or a call. */
export const ALONE = 5;

/** How tightly each kind binds; what is not listed stands by itself. */
const STRENGTHS: Readonly<Record<string, number>> = {
  compare: 0,
  cases: 0,
  add: 1,
  sub: 1,
  neg: 1,
  hadamard: 2,
  sum: 3,
  juxtapose: 3,
  matmul: 3,
  dot: 3,
  div: 3,
  power: 4,
  transpose: 4,
};

/** How tightly an expression binds its parts, in a line of text. */
export function strengthOf({ kind }: Expr): number {
  return STRENGTHS[kind] ?? ALONE;
}
