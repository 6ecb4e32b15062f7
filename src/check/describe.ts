/** A formula as text, as messages quote it. */

import { DOTS, type Expr, type Subscript } from "./grammar.ts";
import { strengthOf } from "./strength.ts";

const SIGNS = {
  add: " + ",
  sub: " − ",
  hadamard: " ⊙ ",
  juxtapose: " ",
  matmul: " ",
  dot: " · ",
  div: "/",
  ge: " ≥ ",
  gt: " > ",
  le: " ≤ ",
  lt: " < ",
  ne: " ≠ ",
} as const;

/** The formula in Unicode, with parentheses where they must stand. */
export function describe(expr: Expr): string {
  const own = strengthOf(expr);
  const at = (part: Expr, least: number): string =>
    strengthOf(part) < least ? `(${describe(part)})` : describe(part);
  switch (expr.kind) {
    case "number":
      return String(expr.value);
    case "tensor":
    case "gradient":
    case "unit":
      return expr.label;
    case "objective":
      return "J";
    case "ones":
      return "𝟏";
    case "letter":
      return expr.letter;
    case "delta":
      return `δ_${indices(expr.subscripts)}`;
    case "entry":
      return `${expr.label}_${indices(expr.subscripts)}`;
    case "neg":
      return `−${at(expr.a, 2)}`;
    case "transpose":
      return `${at(expr.a, 5)}ᵀ`;
    case "power":
      return `${at(expr.a, 5)}^${at(expr.b, 5)}`;
    case "compare":
      if (expr.relation === "eq") return `𝟏_{${at(expr.a, 1)} = ${at(expr.b, 1)}}`;
      return at(expr.a, 1) + SIGNS[expr.relation] + at(expr.b, 1);
    case "sum":
      return `Σ_${expr.index} ${at(expr.a, 3)}`;
    case "derivative":
      return `∂${at(expr.of, 5)}/∂${at(expr.by, 5)}`;
    case "call":
      return `${expr.name}${expr.axis === null ? "" : `_${expr.axis}`}(${expr.args.map(describe).join(", ")})`;
    case "cases":
      return expr.cases
        .map(({ value, condition }) => `${describe(value)} where ${describe(condition)}`)
        .join(", ");
    case "grid":
      return `(${expr.rows.map((row) => row.map((cell) => (cell === DOTS ? "⋯" : describe(cell))).join(" ")).join("; ")})`;
    default:
      return at(expr.a, own) + SIGNS[expr.kind] + at(expr.b, own + 1);
  }
}

const LONGEST = 60;

/** The formula as a sentence can quote it. */
export function short(expr: Expr): string {
  const whole = describe(expr);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`;
}

function indices(subscripts: readonly Subscript[]): string {
  return subscripts.every((index) => String(index).length === 1)
    ? subscripts.join("")
    : `{${subscripts.join(",")}}`;
}
