/** A formula as text and as LaTeX. */

import { constantTex } from "../tex/matrix.ts";
import { derivativeTex, nameTex } from "../tex/name.ts";
import { functionOver, Strength, type Tex } from "../tex/tex.ts";
import { DOTS, type Expr, type Subscript } from "./grammar.ts";
import { callable } from "./names.ts";

// A formula as text, in the form that messages quote.

const TEXT_SIGNS = {
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
export function formulaText(expr: Expr): string {
  const own = strengthOf(expr);
  const at = (part: Expr, least: number): string =>
    strengthOf(part) < least ? `(${formulaText(part)})` : formulaText(part);
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
      return at(expr.a, 1) + TEXT_SIGNS[expr.relation] + at(expr.b, 1);
    case "sum":
      return `Σ_${expr.index} ${at(expr.a, 3)}`;
    case "derivative":
      return `∂${at(expr.of, 5)}/∂${at(expr.by, 5)}`;
    case "call":
      return `${expr.name}${expr.axis === null ? "" : `_${expr.axis}`}(${expr.args.map(formulaText).join(", ")})`;
    case "cases":
      return expr.cases
        .map(({ value, condition }) => `${formulaText(value)} where ${formulaText(condition)}`)
        .join(", ");
    case "grid":
      return `(${expr.rows.map((row) => row.map((cell) => (cell === DOTS ? "⋯" : formulaText(cell))).join(" ")).join("; ")})`;
    default:
      return at(expr.a, own) + TEXT_SIGNS[expr.kind] + at(expr.b, own + 1);
  }
}

const LONGEST = 60;

/** The formula as a sentence can quote it. */
export function short(expr: Expr): string {
  const whole = formulaText(expr);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`;
}

function indices(subscripts: readonly Subscript[]): string {
  return subscripts.every((index) => String(index).length === 1)
    ? subscripts.join("")
    : `{${subscripts.join(",")}}`;
}

// When a printed formula needs parentheses.

/** The strength of what stands by itself, such as a name or a call. */
const ALONE = Strength.atom;

/** How tightly each kind binds; what is not listed stands by itself. */
const STRENGTHS: Readonly<Record<string, 0 | Strength>> = {
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
function strengthOf({ kind }: Expr): 0 | Strength {
  return STRENGTHS[kind] ?? ALONE;
}

// A formula as LaTeX, in the notation of the lecture.

const TEX_SIGNS = {
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

/** The LaTeX of a formula, with parentheses where they must stand. */
export function formulaTex(expr: Expr): string {
  return texOf(expr).latex;
}

/** The same, and how tightly it binds. */
function texOf(expr: Expr): Tex {
  if (expr.kind === "call") return callTex(expr);
  const strength = ENCLOSED.has(expr.kind) ? ALONE : strengthOf(expr);
  return { latex: latexOf(expr, strength), strength: strength === 0 ? Strength.sum : strength, rank: 2 };
}

/** What LaTeX encloses: a fraction, a brace of cases, a comparison in its parentheses. */
const ENCLOSED: ReadonlySet<Expr["kind"]> = new Set(["div", "cases", "compare"]);

function latexOf(expr: Exclude<Expr, { kind: "call" }>, own: number): string {
  const at = (part: Expr, least: number): string => {
    const { latex, strength } = texOf(part);
    return strength < least ? `\\left(${latex}\\right)` : latex;
  };
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
      return `\\left(${at(expr.a, 1)}${TEX_SIGNS[expr.relation]}${at(expr.b, 1)}\\right)`;
    case "sum":
      return `\\sum_{${letterTex(expr.index)}} ${at(expr.a, 3)}`;
    case "derivative":
      return derivativeTex(at(expr.of, 5), at(expr.by, 5));
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
      return at(expr.a, own) + TEX_SIGNS[expr.kind] + at(expr.b, own + 1);
  }
}

/** The condition of the last case. */
function isAlways(condition: Expr): boolean {
  return condition.kind === "number" && condition.value === 1;
}

/** As the op itself is typeset; by its name if the op does not say. */
function callTex({ name, axis, args }: Extract<Expr, { kind: "call" }>): Tex {
  const along = axis === null ? null : axis - 1;
  const rule = callable(name)?.tex?.(along) ?? functionOver(name, along === null ? [] : [along]);
  return rule(...args.map(texOf));
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
