/** The slips of the pen by which a formula differs from the right one, and formulas that say nothing at all. */

import { sameShape } from "../tensor/shape.ts";
import { type Expr, type Leaf, type Member, partsOf, walk, withParts } from "./grammar.ts";
import type { Setting } from "./trial.ts";
import { formulaText } from "./write.ts";

// Formulas that differ from a wrong one by a single slip of the pen.

/** A formula with one change, and the sentence that describes it. */
export interface Mutation {
  readonly expr: Expr;
  readonly change: string;
}

/** The tensors of the session that could have been meant, and which of them have gradients. */
export type Others = Pick<Setting, "labels" | "objective">;

/** Every formula that one change makes of `expr`, the likely ones first. */
export function* mutations(expr: Expr, others: Others): Generator<Mutation> {
  yield* changesOf(expr, others);
  const parts = partsOf(expr);
  for (let k = 0; k < parts.length; k++) {
    for (const { expr: part, change } of mutations(parts[k], others)) {
      let i = 0;
      yield { expr: withParts(expr, (own) => (i++ === k ? part : own)), change };
    }
  }
}

const STRICT = { ge: "gt", gt: "ge", le: "lt", lt: "le" } as const;
const RELATIONS = { ge: "≥", gt: ">", le: "≤", lt: "<" } as const;

function* changesOf(expr: Expr, others: Others): Generator<Mutation> {
  switch (expr.kind) {
    case "hadamard":
      yield {
        expr: { ...expr, kind: "matmul" },
        change: "with the matrix product in place of ⊙ it would hold",
      };
      break;
    case "juxtapose":
    case "matmul":
      yield {
        expr: { ...expr, kind: "hadamard" },
        change: "with ⊙ in place of the matrix product it would hold",
      };
      yield {
        expr: { ...expr, a: expr.b, b: expr.a },
        change: `with the factors ${formulaText(expr.a)} and ${formulaText(expr.b)} exchanged it would hold`,
      };
      break;
    case "add":
    case "sub": {
      const kind = expr.kind === "add" ? "sub" : "add";
      yield {
        expr: { ...expr, kind },
        change: `with ${kind === "add" ? "+" : "−"} before ${formulaText(expr.b)} it would hold`,
      };
      break;
    }
    case "compare":
      if (expr.relation === "ne" || expr.relation === "eq") break;
      yield {
        expr: { ...expr, relation: STRICT[expr.relation] },
        change:
          `the two differ only at the kink, where both sides are equal: with ${RELATIONS[STRICT[expr.relation]]} ` +
          "it would hold, and relu(X, { at0: 1 }) has the slope 1 at 0",
      };
      break;
    case "transpose":
      yield { expr: expr.a, change: `without the transpose of ${formulaText(expr.a)} it would hold` };
      break;
    case "gradient":
    case "tensor":
      yield* replacements(expr, others);
      break;
    default:
  }
}

/** A name transposed, with or without d before it, or another name of the same shape. */
function* replacements(
  expr: Extract<Leaf, { kind: "tensor" | "gradient" }>,
  others: Others,
): Generator<Mutation> {
  const { at, kind, label, tensor } = expr;
  const change = (other: string): string => `with ${other} in place of ${label} it would hold`;
  yield { expr: { kind: "transpose", a: expr, at }, change: change(`${label}ᵀ`) };
  const bare = kind === "tensor" ? label : label.slice(1);
  const twin = kind === "tensor" ? `d${label}` : bare;
  if (others.objective.length > 0) {
    yield {
      expr: { ...expr, kind: kind === "tensor" ? "gradient" : "tensor", label: twin },
      change: change(twin),
    };
  }
  for (const [other, name] of others.labels) {
    if (other === tensor || !sameShape(other.shape, tensor.shape)) continue;
    const written = kind === "tensor" ? name : `d${name}`;
    yield { expr: { ...expr, tensor: other, label: written }, change: change(written) };
  }
}

// Finds equations that say nothing, such as dX = dX.

/** Why a chain of equal sides says nothing; `null` if two of its neighbours differ. */
export function tautology(claim: readonly Member[]): string | null {
  const [first, ...others] = claim.map(({ expr }) => written(expr));
  const isSame = others.every((other) => other === first);
  return isSame ? "it is a tautology, which holds whatever the numbers are" : null;
}

/** The formula as it is written; that of a gradient without the terms and factors that change nothing. */
function written(expr: Expr): string {
  let isOfGradient = false;
  walk(expr, ({ kind }) => {
    if (kind === "gradient") isOfGradient = true;
  });
  return formulaText(isOfGradient ? plain(expr) : expr);
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
