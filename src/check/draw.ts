/** Other numbers for the leaves of a record, of the same kind as those that were there, and the branches to reach. */

import type { Tape } from "../autodiff/tape.ts";
import * as scalar from "../numeric/scalar.ts";
import type { Random } from "../tensor/random.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { type Expr, walk } from "./grammar.ts";
import type { Role } from "./setting.ts";
import type { Equation } from "./trials.ts";

/** How far from the session's numbers the new ones lie. */
export type Boldness = "free" | "signed" | "near";

/**
 * From the boldest to the most careful: where a logarithm has no value at free numbers, keep their signs. Half of the
 * free ones may be rejected, as by the logarithm of a determinant, so they get another chance.
 */
export const BOLDNESS: readonly Boldness[] = ["free", "free", "free", "signed", "near", "near"];

/** How large the new numbers are: like those that were there, like 1, of random sizes, or like a given number. */
export type Spread = "own" | "one" | "wide" | number;

/** Numbers in place of those of `x`; a leaf with a role keeps the form that the role requires. */
export function drawn(
  x: Tensor,
  random: Random,
  boldness: Boldness,
  spread: Spread,
  role: Role | undefined,
): Tensor {
  if (role === "target") return target(x, random);
  if (role === "condition") return filled(x, () => (random.uniform() < 0.5 ? 0 : 1));
  if (role === "exponent") return filled(x, (value) => value + 1 + Math.floor(3 * random.uniform()));
  const own = magnitude(x);
  const size = typeof spread === "number" ? spread : sizeFor(spread, own, random);
  return filled(x, (value) => other(value, size, own, random, boldness));
}

function sizeFor(spread: Exclude<Spread, number>, own: number, random: Random): number {
  if (spread === "one") return 1;
  return own * (spread === "wide" ? scalar.exp(2 * random.normal()) : 1);
}

function other(value: number, size: number, own: number, random: Random, boldness: Boldness): number {
  switch (boldness) {
    case "free":
      return size * random.normal();
    case "signed":
      return (value === 0 ? size : (value / own) * size) * scalar.exp(random.normal() / 2);
    case "near":
      return value + 0.01 * own * random.normal();
  }
}

function filled(x: Tensor, entry: (value: number) => number): Tensor {
  return new Tensor([...x.shape], Float64Array.from(x.data, entry));
}

/** The root mean square of the entries that are not 0. */
export function magnitude(x: Tensor): number {
  const entries = Array.from(x.data).filter((value) => value !== 0 && Number.isFinite(value));
  const largest = entries.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 1;
  // Divided by the largest, so that no square overflows or vanishes.
  const total = entries.reduce((sum, value) => sum + (value / largest) ** 2, 0);
  return largest * Math.sqrt(total / entries.length);
}

/** One-hot rows for one-hot rows, other probabilities for probabilities. */
function target(x: Tensor, random: Random): Tensor {
  const entries = new Float64Array(x.size);
  rowsOf(x).forEach((row, r) => {
    const isOneHot = row.every((value) => value === 0 || value === 1);
    const weights = row.map(() => scalar.exp(random.normal()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shift = Math.floor(random.uniform() * row.length);
    row.forEach((_, k) => {
      entries[r * row.length + k] = isOneHot ? row[(k + shift) % row.length] : weights[k] / total;
    });
  });
  return new Tensor([...x.shape], entries);
}

/** Whether each row is made of numbers from 0 to 1 that add up to 1, and there is more than one. */
export function areProbabilities(x: Tensor): boolean {
  const length = x.shape.at(-1) ?? 1;
  if (length < 2 || x.data.some((value) => !(value >= 0 && value <= 1))) return false;
  return rowsOf(x).every((row) => Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-6);
}

function rowsOf(x: Tensor): number[][] {
  const length = x.shape.at(-1) ?? 1;
  return Array.from({ length: x.size / length }, (_, r) =>
    Array.from(x.data.subarray(r * length, (r + 1) * length)),
  );
}

// The branches that a computation and a formula take: a formula that is right on one side of a kink only is wrong, so
// both sides must be tried.

/** Two operands of a comparison, of the record or of the formula. */
interface Fork {
  readonly a: Tensor;
  readonly b: Tensor | null;
}

/** Where a computation branches. */
export class Branches {
  readonly #forks: readonly Fork[];
  readonly #comparisons: readonly (readonly [comparison: Expr, equation: Equation])[];
  /** The numbers beside which it branches, by their sizes. */
  readonly sizes: readonly number[];

  constructor(tape: Tape, equations: readonly Equation[]) {
    this.#forks = tape.nodes.flatMap<Fork>(({ op: { bends }, inputs: [a, b] }) =>
      bends === undefined ? [] : [{ a, b: bends === "at 0" ? null : b }],
    );
    const comparisons: [Expr, Equation][] = [];
    const sizes = new Set<number>();
    const add = (value: number): void => {
      if (value !== 0 && Number.isFinite(value)) sizes.add(2 * Math.abs(value));
    };
    for (const equation of equations) {
      const visit = (part: Expr): void => {
        if (part.kind !== "compare") return;
        comparisons.push([part, equation]);
        walk(part, (inner) => {
          if (inner.kind === "number") add(inner.value);
        });
      };
      for (const side of [equation.a, equation.b]) walk(side, visit);
    }
    for (const { a, b } of this.#forks) {
      for (const x of [a, b]) if (x !== null && internals.isLiteral(x)) x.data.forEach(add);
    }
    this.#comparisons = comparisons;
    this.sizes = [...sizes];
  }

  /** How many there are, two at each fork. */
  get count(): number {
    return 2 * (this.#forks.length + this.#comparisons.length);
  }

  /** Those that are taken where the record has the values `value`, and comparisons those of `evaluate`. */
  *takenAt(
    value: (x: Tensor) => Tensor,
    evaluate: (comparison: Expr, equation: Equation) => ArrayLike<number>,
  ): Generator<string> {
    for (const [k, { a, b }] of this.#forks.entries()) {
      const [x, y] = [value(a).data, b === null ? [0] : value(b).data];
      // Operands of different sizes are stretched: every entry of one may meet any of the other.
      const length = Math.max(x.length, y.length);
      for (let i = 0; i < length; i++) yield `${k}:${x[i % x.length] > y[i % y.length]}`;
    }
    for (const [k, [comparison, equation]] of this.#comparisons.entries()) {
      for (const entry of Array.from(evaluate(comparison, equation))) yield `formula ${k}:${entry !== 0}`;
    }
  }
}
