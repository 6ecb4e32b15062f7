/** Finds equations that say nothing, as dX = dX. */

import { describe } from "./describe.ts";
import { type Expr, type Member, walk, withParts } from "./grammar.ts";

/** Why a chain of equal sides says nothing; `null` if two of its neighbours differ. */
export function tautology(claim: readonly Member[]): string | null {
  const [first, ...others] = claim.map(({ expr }) => written(expr));
  const isSame = others.every((other) => other === first);
  return isSame ? "it is a tautology, which holds whatever the numbers are" : null;
}

/** The formula as it is written; one of a gradient without the terms and factors that change nothing. */
function written(expr: Expr): string {
  let isOfGradient = false;
  walk(expr, ({ kind }) => {
    if (kind === "gradient") isOfGradient = true;
  });
  return describe(isOfGradient ? plain(expr) : expr);
}

function plain(expr: Expr): Expr {
  const own = withParts(expr, plain);
  if (own.kind === "add" && isNumber(own.a, 0)) return own.b;
  if ((own.kind === "add" || own.kind === "sub") && isNumber(own.b, 0)) return own.a;
  if (/^(juxtapose|dot|hadamard)$/.test(own.kind) && "b" in own) {
    if (isNumber(own.a, 1)) return own.b;
    if (isNumber(own.b, 1)) return own.a;
  }
  if (own.kind === "div" && isNumber(own.b, 1)) return own.a;
  const isTwice = (own.kind === "neg" || own.kind === "transpose") && own.a.kind === own.kind;
  return isTwice && "a" in own.a ? own.a.a : own;
}

function isNumber(expr: Expr, value: number): boolean {
  return expr.kind === "number" && expr.value === value;
}
