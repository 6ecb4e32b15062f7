/** The paths of a total derivative, as they are shown. */

import { allclose } from "../allclose.ts";
import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
import { withoutRecording } from "../op.ts";
import { add } from "../ops/add.ts";
import { sub } from "../ops/sub.ts";
import { internals, type Tensor } from "../tensor.ts";
import { linesAsLatex, linesAsText, membersOf } from "./path-lines.ts";

/** One path from J back to x. */
export interface Path {
  /** The tensors on it, from J to x. */
  readonly names: readonly PathStop[];
  /** The value of each ∂y/∂x on it, where all its tensors are single numbers. */
  readonly factors: readonly number[] | null;
  /** The product along it: its share of the gradient. */
  readonly contribution: Tensor;
}

/** A tensor on a path. */
export interface PathStop {
  readonly name: string;
  readonly rank: number;
}

type Findings = Pick<Paths, "list" | "count" | "gradient" | "isExact" | "isSymbolic">;

/** The paths from a tensor to J, as `paths(J, x)` finds them. It is shown by being a cell's last value. */
export class Paths {
  /** The paths that are shown. */
  readonly list: readonly Path[];
  /** The number of all paths. */
  readonly count: bigint;
  /** ∂J/∂x, as `backward` finds it. */
  readonly gradient: Tensor;
  /** Whether no path that is left out is larger than one that is shown; see `largestWays`. */
  readonly isExact: boolean;
  /** Whether there are symbols in the record of J: then the numbers mean nothing, and are not shown. */
  readonly isSymbolic: boolean;
  /** The share of the paths that are not shown; `null` when all are. */
  readonly remainder: Tensor | null;

  /** Use `paths(J, x)` instead. */
  constructor({ list, count, gradient, isExact, isSymbolic }: Findings) {
    this.list = list;
    this.count = count;
    this.gradient = gradient;
    this.isExact = isExact;
    this.isSymbolic = isSymbolic;
    const isAll = BigInt(list.length) === count;
    this.remainder = isAll ? null : withoutRecording(() => sub(gradient, this.sum));
  }

  /** The sum of the paths that are shown. */
  get sum(): Tensor {
    return withoutRecording(() =>
      this.list.map(({ contribution }) => contribution).reduce((a, b) => add(a, b)),
    );
  }

  /** Whether the paths add up to the gradient of `backward`; `null` where not all of them were walked. */
  get ok(): boolean | null {
    if (this.remainder !== null) return null;
    return internals.withWitnesses(() => allclose(this.sum, this.gradient));
  }

  /** The LaTeX of the members of the chain, ∂J/∂x first, then its sum over the paths, then the numbers. */
  get members(): string[] {
    return membersOf(this);
  }

  /** The LaTeX, without delimiters: a line for each member. */
  latex(): string {
    return linesAsLatex(this);
  }

  toString(): string {
    return linesAsText(this);
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    return { "text/latex": `$\\displaystyle ${this.latex()}$`, "text/plain": this.toString() };
  }
}

makeDisplayable(Paths.prototype);
