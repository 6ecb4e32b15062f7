/**
 * The branches that a computation and a formula take: what is right on one side of a kink only is not right, so both
 * sides must be met.
 */

import type { Tape } from "../autodiff/tape.ts";
import { internals, type Tensor } from "../tensor.ts";
import { type Expr, walk } from "./grammar.ts";

/** The ops that bend where their operand is 0, and those that bend where their two operands are equal. */
const [AT_ZERO, AT_EACH_OTHER] = [/^(relu|abs|sign)$/, /^(maximum|minimum|ge|gt|le|lt|eq|ne)$/];

/** Two operands of a comparison, of the record or of the formula. */
interface Fork {
  readonly a: Tensor;
  readonly b: Tensor | null;
}

/** Where a computation branches. */
export class Branches {
  readonly #forks: readonly Fork[];
  readonly #comparisons: readonly Expr[];
  /** The numbers beside which it branches, by their sizes. */
  readonly sizes: readonly number[];

  constructor(tape: Tape, sides: readonly Expr[]) {
    this.#forks = tape.nodes.flatMap<Fork>(({ op, inputs: [a, b] }) =>
      AT_ZERO.test(op.name) ? [{ a, b: null }] : AT_EACH_OTHER.test(op.name) ? [{ a, b }] : [],
    );
    const comparisons: Expr[] = [];
    const sizes = new Set<number>();
    const add = (value: number): void => {
      if (value !== 0 && Number.isFinite(value)) sizes.add(2 * Math.abs(value));
    };
    for (const side of sides) {
      walk(side, (part) => {
        if (part.kind !== "compare") return;
        comparisons.push(part);
        walk(part, (inner) => {
          if (inner.kind === "number") add(inner.value);
        });
      });
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
    evaluate: (comparison: Expr) => ArrayLike<number>,
  ): Generator<string> {
    for (const [k, { a, b }] of this.#forks.entries()) {
      const [x, y] = [value(a).data, b === null ? [0] : value(b).data];
      // Operands of different sizes are stretched: every entry of one may meet any of the other.
      const length = Math.max(x.length, y.length);
      for (let i = 0; i < length; i++) yield `${k}:${x[i % x.length] > y[i % y.length]}`;
    }
    for (const [k, comparison] of this.#comparisons.entries()) {
      for (const entry of Array.from(evaluate(comparison))) yield `formula ${k}:${entry !== 0}`;
    }
  }
}
