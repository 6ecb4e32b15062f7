/** What the steps of a derivation are made of: what a line claims, and the names and lengths it is written with. */

import { divisorTex } from "../latex/divisor.ts";
import { type Cell, constant } from "../latex/entry.ts";
import { byName, formula, type Naming } from "../latex/expression.ts";
import { nameTex } from "../latex/name.ts";
import { internals, type Tensor } from "../tensor.ts";
import { lettersAlong } from "./letters.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

/** Which indices name the axes of a result, in order. */
const INDICES: readonly string[] = ["i", "j", "p", "q", "s", "t", "u", "v"];

/** What a line says of a tensor, in the form in which it is evaluated; it is what the line's LaTeX was made of. */
export type Claim = EntryClaim | { readonly of: "gradient"; readonly value: Tensor };

/** The entries of the result, or of the gradient, at these indices. */
export interface EntryClaim {
  readonly of: "y" | "dx";
  readonly at: readonly string[];
  readonly cell: Cell;
}

/** A step, and what it claims. */
export interface Claimed extends Step {
  readonly claims: readonly Claim[];
}

/** The members of a chain without repetitions in a row: of a single number, max(x) is x. */
export function distinct(members: readonly string[]): string[] {
  return members.filter((member, k) => member !== members[k - 1]);
}

/** The lengths along the record of a gradient, or of another formula with the lengths of `like`. */
export function lengthsAlong(
  z: Tensor,
  { x, y, dy, inputs, lengthsOf }: Situation,
  like: Tensor = x,
): Situation["lengthsOf"] {
  if (z === y) return lengthsOf;
  const same = new Map([...inputs, y].map((one) => [one, one] as const));
  if (dy !== null) same.set(dy, y);
  return lettersAlong(z, same.set(z, like), lengthsOf);
}

/** i, j, …: the indices of an entry. */
export function indicesOf(x: Tensor): string[] {
  return INDICES.slice(0, x.rank);
}

/** ∂y/∂x. */
export function fraction(over: string, under: string): string {
  return `\\frac{\\partial ${over}}{\\partial ${under}}`;
}

/** The partial in matrix notation, as the derivative of a tensor of `rank`: a number stands for a matrix of it. */
export function matrixForm(
  partial: Tensor,
  nameOf: Naming,
  rank: number,
  lengthsOf: Situation["lengthsOf"],
): string {
  const name = nameOf(partial);
  if (name !== null) return nameTex(name, partial.rank);
  if (!internals.isLiteral(partial) || rank === 0) {
    return formula(partial, byName(nameOf), lengthsOf).latex;
  }
  const value = partial.item();
  return value === 1
    ? "\\mathbf{1}"
    : value === -1
      ? "-\\mathbf{1}"
      : `${formula(partial, byName(nameOf)).latex} \\, \\mathbf{1}`;
}

/** 1/α of a mean, nothing of a sum. */
export function scaleOf(y: Tensor, { lengthsOf }: Situation["style"]): Cell[] {
  const divisor = internals.nodeOf(y)?.op.divisor ?? 1;
  return divisor === 1 ? [] : [constant(divisorTex(y, lengthsOf), 1 / divisor)];
}
