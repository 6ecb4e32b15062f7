/**
 * The formulas that check`…` and math`…` read, and the tree they become.
 *
 *     claims     = claim { ("," | ";" | newline | \quad) claim }
 *     claim      = comparison { "=" comparison }                   every adjacent pair is checked
 *     comparison = sum [ ("≥" | ">" | "≤" | "<" | "≠") sum ]       1 where it holds, else 0
 *     condition  = comparison [ "=" sum ]                          of an indicator or a case
 *     sum        = [ "-" ] term { ("+" | "-") term }
 *     term       = product { "⊙" product }                         entry by entry; ASCII .*
 *     product    = factor { [ "@" | "·" | "/" ] factor }           juxtaposed: the matrix product, or a scalar's
 *     factor     = primary { "ᵀ" | "^T" | "'" | "^" exponent }     powers act entry by entry
 *     primary    = number | ${value} | name | gradient | entry | "𝟏" | letter | "δ_ij"
 *                | function "(" comparison { "," comparison } ")"
 *                | "(" comparison ")" | "[" comparison "]" | "|" sum "|" | "‖" sum "‖" [ "_2" | "_F" ]
 *                | ("Σ_k" | "Σ_{k=1}^{N}") product                 a sum runs up to the next + or -
 *                | "∂" y "/" "∂" x                                 y and x are names or entries
 *                | \frac{ comparison }{ comparison } | \frac{∂}{∂x} factor
 *                | "𝟏_{" condition "}" | \begin{pmatrix} … | \begin{cases} …
 *                | "{" sum ("if" | ",") condition ";" … ";" sum "else" "}"
 *     name       = a tensor or number in scope: X, W1, Z^[O], alpha or α
 *     gradient   = "d" name                                        ∂J/∂X, of the objective J
 *     entry      = (name | gradient) "_" indices                   y_{12}, y_ij, x_{αβ}, w_{1,2}; capitals optional
 *     letter     = an index (i, j, k, …) as a number, or a dimension (α, N rows; β, K columns)
 *
 * Scalars broadcast over matrices and nothing else does; 𝟏 is a column of ones, or any matrix of ones where the shape
 * says so. A vector is a column. A grid with ⋯ stands for the whole matrix: its printed cells lie in rows 1, 2, α and
 * columns 1, 2, β. LaTeX is read as the slides write it: \odot, \circ and \bigcirc are ⊙, \left, \vec and \boxed are
 * passed over.
 */

import type { Tensor } from "../tensor/tensor.ts";
import type { Letters } from "./letters.ts";

/** A formula as a tree. `at` is where it starts in the source, for messages. */
export type Expr = Leaf | Entry | Compound;

/** What has no parts. */
export type Leaf =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "tensor"; readonly tensor: Tensor; readonly label: string; readonly at: number }
  /** ∂J/∂X of the objective. */
  | { readonly kind: "gradient"; readonly tensor: Tensor; readonly label: string; readonly at: number }
  /** The objective itself, where no tensor is called J; only its derivatives have a value. */
  | { readonly kind: "objective"; readonly at: number }
  /** dJ, which is 1. */
  | { readonly kind: "unit"; readonly label: string; readonly at: number }
  | { readonly kind: "ones"; readonly at: number }
  | { readonly kind: "letter"; readonly letter: string; readonly at: number }
  | { readonly kind: "delta"; readonly subscripts: readonly Subscript[]; readonly at: number };

/** An entry of a tensor or of a gradient. */
export interface Entry {
  readonly kind: "entry";
  readonly of: Extract<Leaf, { kind: "tensor" | "gradient" }>;
  readonly subscripts: readonly Subscript[];
  readonly label: string;
  readonly at: number;
}

/** An index of an entry: a position counted from 1, or a letter. */
export type Subscript = number | string;

/** What has parts. */
export type Compound =
  | {
      readonly kind: Product | "add" | "sub" | "div" | "power";
      readonly a: Expr;
      readonly b: Expr;
      readonly at: number;
    }
  | { readonly kind: "neg" | "transpose"; readonly a: Expr; readonly at: number }
  | {
      readonly kind: "compare";
      readonly relation: Relation;
      readonly a: Expr;
      readonly b: Expr;
      readonly at: number;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly axis: number | null;
      readonly args: readonly Expr[];
      readonly at: number;
    }
  | {
      readonly kind: "sum";
      readonly index: string;
      /** The upper limit, where it is written. */
      readonly to: Subscript | null;
      readonly a: Expr;
      readonly at: number;
    }
  | { readonly kind: "derivative"; readonly of: Expr; readonly by: Expr; readonly at: number }
  | { readonly kind: "cases"; readonly cases: readonly Case[]; readonly at: number }
  | { readonly kind: "grid"; readonly rows: readonly (readonly (Expr | Dots)[])[]; readonly at: number };

/** ⊙; juxtaposition; @, always of matrices; ·, of numbers or entries, or by a scalar. */
export type Product = "hadamard" | "juxtapose" | "matmul" | "dot";

/** A line of \begin{cases}: a value, and when it is taken. */
export interface Case {
  readonly value: Expr;
  readonly condition: Expr;
}

/** The cells of a grid that stand for those left out. */
export const DOTS = "dots";

/** The type of `DOTS`. */
export type Dots = typeof DOTS;

/** The comparisons, by the names of their ops. */
export type Relation = "ge" | "gt" | "le" | "lt" | "ne" | "eq";

/** What was read: each claim is a chain of members that are said to be equal. */
export interface Formula {
  readonly source: string;
  readonly claims: readonly (readonly Member[])[];
}

/** A side of an equation. */
export interface Member {
  readonly expr: Expr;
  /** As it was written. */
  readonly source: string;
}

/** The parts of a tree, in order. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "entry":
      return [];
    case "add":
    case "sub":
    case "hadamard":
    case "juxtapose":
    case "matmul":
    case "dot":
    case "div":
    case "power":
    case "compare":
      return [expr.a, expr.b];
    case "neg":
    case "transpose":
    case "sum":
      return [expr.a];
    case "call":
      return expr.args;
    case "derivative":
      return [expr.of, expr.by];
    case "cases":
      return expr.cases.flatMap(({ value, condition }) => [value, condition]);
    case "grid":
      return expr.rows.flat().filter((cell) => cell !== DOTS);
    default:
      return [];
  }
}

/** Calls `visit` on a tree and everything in it, outer first. */
export function walk(expr: Expr, visit: (part: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) walk(part, visit);
}

/** The tree with each of its parts, in the order of `partsOf`, replaced by what `change` returns. */
export function withParts(expr: Expr, change: (part: Expr) => Expr): Expr {
  switch (expr.kind) {
    case "call":
      return { ...expr, args: expr.args.map(change) };
    case "derivative":
      return { ...expr, of: change(expr.of), by: change(expr.by) };
    case "cases":
      return {
        ...expr,
        cases: expr.cases.map(({ value, condition }) => ({
          value: change(value),
          condition: change(condition),
        })),
      };
    case "grid":
      return {
        ...expr,
        rows: expr.rows.map((row) => row.map((cell) => (cell === DOTS ? cell : change(cell)))),
      };
    case "neg":
    case "transpose":
    case "sum":
      return { ...expr, a: change(expr.a) };
    default:
      return "b" in expr ? { ...expr, a: change(expr.a), b: change(expr.b) } : expr;
  }
}

// Where a formula is evaluated, and what its names mean there.

/** What the names of a formula mean while it is evaluated. */
export interface Point {
  /** The value of a tensor of the session. */
  value(x: Tensor): Tensor;
  /** ∂J/∂X of the objective. */
  gradient(x: Tensor): Tensor;
  /** ∂Y/∂X for all pairs of entries, of the shape of Y, then of X; both are values of this point. */
  jacobian(y: Tensor, x: Tensor): Tensor;
  /** dX for a dY; both tensors are values of this point. */
  pull(y: Tensor, x: Tensor, dY: Tensor): Tensor;
  /** Whether the objective is what a formula calls J when it asks for ∂J/∂X. */
  isObjective(j: Tensor, x: Tensor): boolean;
}

/** In what context a formula is evaluated. */
export interface Context {
  readonly point: Point;
  readonly letters: Letters;
  readonly source: string;
  readonly layout: Layout;
}

/** How ∂z/∂x of two vectors becomes a matrix: a row for each entry of z, or for each entry of x. */
export type Layout = "numerator" | "denominator";

// The two ways in which a formula can fail: it cannot be read, or it is false.

/** A formula that cannot be read: the message shows the line and points at the character. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
  readonly formula: string;
  /** The position of the character, counted from 0. */
  readonly position: number;

  constructor(problem: string, formula: string, position: number) {
    const [line, column] = lineAt(formula, position);
    super(`${problem}\n  ${line}\n  ${" ".repeat(column)}^`);
    this.formula = formula;
    this.position = position;
  }
}

/** A formula that can be read and does not hold: the message has the entry and both values, or both shapes. */
export class CheckError extends Error {
  override readonly name = "CheckError";
  /** The two sides that differ, as they were written. */
  readonly sides: readonly [left: string, right: string];

  constructor(message: string, sides: readonly [left: string, right: string]) {
    super(message);
    this.sides = sides;
  }
}

const WIDEST = 80;

/** The line of the position, shortened to what can be read at a glance, and the column within it. */
function lineAt(formula: string, position: number): [line: string, column: number] {
  const start = formula.lastIndexOf("\n", position - 1) + 1;
  const end = formula.indexOf("\n", position);
  const line = formula.slice(start, end < 0 ? undefined : end);
  const column = position - start;
  const from = line.length <= WIDEST ? 0 : Math.max(0, column - WIDEST / 2);
  const lead = from > 0 ? "… " : "";
  const tail = line.length > from + WIDEST ? " …" : "";
  const before = [...line.slice(from, column)].length; // a letter may take two code units
  return [`${lead}${line.slice(from, from + WIDEST)}${tail}`, lead.length + before];
}
