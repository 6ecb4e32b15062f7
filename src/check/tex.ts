/** A formula as LaTeX, in the notation of the lecture. */

import { constantTex } from "../latex/matrix.ts";
import { nameTex } from "../latex/name.ts";
import { DOTS, type Expr, type Subscript } from "./grammar.ts";
import { ALONE, strengthOf } from "./strength.ts";

const SIGNS = {
  add: " + ",
  sub: " - ",
  hadamard: " \\odot ",
  juxtapose: " \\, ",
  matmul: " \\, ",
  dot: " \\cdot ",
  ge: " \\geq ",
  gt: " > ",
  le: " \\leq ",
  lt: " < ",
  ne: " \\neq ",
} as const;

/** As in a line of text, except that a fraction and a brace of cases stand by themselves. */
function strengthInTex(expr: Expr): number {
  return expr.kind === "div" || expr.kind === "cases" ? ALONE : strengthOf(expr);
}

const FUNCTIONS: Readonly<Record<string, string>> = {
  sigmoid: "\\sigma",
  log: "\\log",
  tanh: "\\tanh",
  sin: "\\sin",
  cos: "\\cos",
  det: "\\det",
  relu: "\\operatorname{ReLU}",
};

/** The LaTeX of a formula, with parentheses where they must stand. */
export function formulaTex(expr: Expr): string {
  const own = strengthInTex(expr);
  const at = (part: Expr, least: number): string =>
    strengthInTex(part) < least ? `\\left(${formulaTex(part)}\\right)` : formulaTex(part);
  switch (expr.kind) {
    case "number":
      return constantTex(expr.value);
    case "tensor":
    case "gradient":
      return nameTex(expr.label, expr.tensor.rank);
    case "unit":
      return expr.label;
    case "objective":
      return "J";
    case "ones":
      return "\\mathbf{1}";
    case "letter":
      return letterTex(expr.letter);
    case "delta":
      return `\\delta_{${indicesTex(expr.subscripts)}}`;
    case "entry":
      return `${nameTex(expr.label, 0)}_{${indicesTex(expr.subscripts)}}`;
    case "neg":
      return `-${at(expr.a, 2)}`;
    case "transpose":
      return `${at(expr.a, 5)}^{\\top}`;
    case "power":
      return `${at(expr.a, 5)}^{${formulaTex(expr.b)}}`;
    case "div":
      return `\\frac{${formulaTex(expr.a)}}{${formulaTex(expr.b)}}`;
    case "compare":
      if (expr.relation === "eq") return `\\mathbf{1}_{${at(expr.a, 1)} = ${at(expr.b, 1)}}`;
      return `\\left(${at(expr.a, 1)}${SIGNS[expr.relation]}${at(expr.b, 1)}\\right)`;
    case "sum":
      return `\\sum_{${letterTex(expr.index)}} ${at(expr.a, 3)}`;
    case "derivative":
      return `\\frac{\\partial ${at(expr.of, 5)}}{\\partial ${at(expr.by, 5)}}`;
    case "call":
      return callTex(expr);
    case "cases":
      return `\\begin{cases} ${expr.cases
        .map(
          ({ value, condition }) =>
            `${formulaTex(value)}, & ${isAlways(condition) ? "\\text{else}" : formulaTex(condition)}`,
        )
        .join(" \\\\ ")} \\end{cases}`;
    case "grid":
      return `\\begin{pmatrix} ${rowsTex(expr)} \\end{pmatrix}`;
    default:
      return at(expr.a, own) + SIGNS[expr.kind] + at(expr.b, own + 1);
  }
}

/** The condition of the last case. */
function isAlways(condition: Expr): boolean {
  return condition.kind === "number" && condition.value === 1;
}

function callTex({ name, axis, args }: Extract<Expr, { kind: "call" }>): string {
  if (name === "exp" && args.length === 1) return `e^{${formulaTex(args[0])}}`;
  if (name === "sqrt" && args.length === 1) return `\\sqrt{${formulaTex(args[0])}}`;
  if (name === "abs") return `\\lvert ${formulaTex(args[0])} \\rvert`;
  if (name === "norm" && axis === null) return `\\lVert ${formulaTex(args[0])} \\rVert`;
  const sign = FUNCTIONS[name] ?? `\\operatorname{${name}}`;
  return `${sign}${axis === null ? "" : `_{${axis}}`}\\left(${args.map(formulaTex).join(", ")}\\right)`;
}

function rowsTex({ rows }: Extract<Expr, { kind: "grid" }>): string {
  return rows
    .map((row, i) => {
      const isDotted = row.every((cell) => cell === DOTS);
      return row
        .map((cell, j) => {
          if (cell !== DOTS) return formulaTex(cell);
          if (!isDotted) return "\\cdots";
          return rows.some((other, k) => k !== i && other[j] === DOTS) ? "\\ddots" : "\\vdots";
        })
        .join(" & ");
    })
    .join(" \\\\ ");
}

/** Indices of one sign stand side by side, others behind commas. */
function indicesTex(subscripts: readonly Subscript[]): string {
  const separator = subscripts.every((index) => String(index).length === 1) ? " " : ",";
  return subscripts.map((index) => letterTex(String(index))).join(separator);
}

function letterTex(letter: string): string {
  return nameTex(letter, 0);
}
