/** What the letters of a formula mean: how far each index runs, and how long each dimension is. */

import type { Shape } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { type Expr, FormulaError, type Subscript, walk } from "./grammar.ts";

/** What the letters of a claim mean. */
export interface Letters {
  /** How far an index runs. */
  readonly lengths: ReadonlyMap<string, number>;
  /** How long a dimension is: α rows, β columns. */
  readonly dimensions: ReadonlyMap<string, number>;
  /** The shape of a grid with ⋯; its sides are α and β when nothing else says what they are. */
  readonly subject: Shape;
}

/** The letters that stand for a last row or column; others are indices. */
const ROWS = /^[αN]$/;
const COLUMNS = /^[βK]$/;

/** Whether a letter of an entry stands for its last position, like the β of x_{1β}. */
export function isDimension(letter: string): boolean {
  return ROWS.test(letter) || COLUMNS.test(letter) || letter === "γ";
}

/**
 * The letters of a claim, from the entries and sums they stand in.
 *
 * @throws FormulaError when a letter would have two lengths.
 */
export function lettersOf(members: readonly Expr[], source: string): Letters {
  const lengths = new Map<string, number>();
  const dimensions = new Map<string, number>();
  const bound = new Set<string>();
  const limits: Extract<Expr, { kind: "sum" }>[] = [];
  let subject: Shape | null = null;

  const meet = (letter: string, length: number, expr: Expr, what: string): void => {
    const isLast = isDimension(letter) || dimensions.has(letter);
    const known = isLast && !bound.has(letter) ? dimensions : lengths;
    const before = known.get(letter);
    if (before !== undefined && before !== length) {
      throw new FormulaError(`${letter} cannot be ${before} and ${length}: ${what}`, source, expr.at);
    }
    known.set(letter, length);
  };

  /** The letters that a symbol was declared with are its dimensions. */
  const declare = (x: Tensor): void => {
    internals.dimsOf(x)?.forEach((letter, axis) => {
      if (letter !== null && !bound.has(letter)) dimensions.set(letter, x.shape[axis]);
    });
  };
  const visit = (part: Expr): void => {
    if (part.kind === "sum") {
      bound.add(part.index);
      limits.push(part);
    }
    if (part.kind === "tensor" || part.kind === "gradient") {
      subject ??= matrixShape(part.tensor.shape);
      declare(part.tensor);
    }
    if (part.kind !== "entry") return;
    const { tensor } = part.of;
    subject ??= matrixShape(tensor.shape);
    declare(tensor);
    positionsOf(part.subscripts, tensor.rank).forEach((letter, axis) => {
      if (typeof letter === "number" || axis >= tensor.rank) return;
      const length = tensor.shape[axis];
      meet(letter, length, part, `${part.label} has ${count(length, axis)}, an earlier entry says otherwise`);
    });
  };
  for (const member of members) walk(member, visit);

  const sides = subject ?? [];
  for (const { index, to, ...sum } of limits) {
    if (to === null) continue;
    const limit =
      typeof to === "number" ? to : (dimensions.get(to) ?? lengths.get(index) ?? sideOf(to, sides));
    if (limit === null)
      throw new FormulaError(`${to} is not a name here: no entry has this dimension`, source, sum.at);
    if (typeof to === "string") dimensions.set(to, limit);
    const length = lengths.get(index);
    if (length !== undefined && length !== limit) {
      throw new FormulaError(
        `The sum over ${index} ends at ${to}${to === limit ? "" : ` = ${limit}`}, ` +
          `but the entries under it have ${length} there`,
        source,
        sum.at,
      );
    }
    lengths.set(index, limit);
  }
  return { lengths, dimensions, subject: sides };
}

/**
 * The length of a dimension: as the entries say, else that of the first matrix of the claim; `null` if it is not a
 * dimension.
 */
export function dimensionOf(letter: string, { dimensions, subject }: Letters): number | null {
  return dimensions.get(letter) ?? sideOf(letter, subject);
}

function sideOf(letter: string, shape: Shape): number | null {
  if (ROWS.test(letter)) return shape[0] ?? null;
  if (COLUMNS.test(letter)) return shape[1] ?? null;
  return null;
}

/** The indices of an entry; those of a vector may have several digits: b_12 is its twelfth entry. */
export function positionsOf(subscripts: readonly Subscript[], rank: number): readonly Subscript[] {
  const isLong =
    rank === 1 && subscripts.length > 1 && subscripts.every((index) => typeof index === "number");
  return isLong ? [Number(subscripts.join(""))] : subscripts;
}

function matrixShape(shape: Shape): Shape | null {
  return shape.length === 0 ? null : shape;
}

function count(length: number, axis: number): string {
  const side = axis === 0 ? "row" : "column";
  return `${length} ${side}${length === 1 ? "" : "s"}`;
}
