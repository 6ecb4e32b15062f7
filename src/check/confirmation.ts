/** What check`…` answers when a formula holds. */

import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
import { sentenceTex } from "../latex/sentence.ts";
import { plainNumber } from "../numbers.ts";
import { describe } from "./describe.ts";
import type { Expr, Member } from "./grammar.ts";
import { formulaTex } from "./tex.ts";

/** A formula that held at every point. */
export class Confirmation {
  /** In the signs of the lecture, however it was written. */
  readonly formula: string;
  /** At how many points it was evaluated: the session's numbers, and random ones. */
  readonly points: number;
  /** The largest error of an entry, relative to the terms that the entry is made of. */
  readonly largestError: number;
  /** What must be known beside: where it holds, or in which sense. */
  readonly notes: readonly string[];
  readonly #tex: string;

  /** Use check`…` instead. */
  constructor(
    claims: readonly (readonly Member[])[],
    points: number,
    largestError: number,
    notes: readonly string[] = [],
  ) {
    this.formula = printed(claims, describe).join(", ");
    this.points = points;
    this.largestError = largestError;
    this.notes = notes;
    this.#tex = printed(claims, formulaTex).join(", quad ");
  }

  get #report(): string {
    const points = `${this.points} point${this.points === 1 ? "" : "s"}`;
    return `${points}, largest error ${plainNumber(this.largestError)}`;
  }

  /** `✓ dX = dY ⊙ Y (6 points, largest error 1.2e-16)`. */
  toString(): string {
    return [`✓ ${this.formula} (${this.#report})`, ...this.notes].join("; ");
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    const report = [this.#report, ...this.notes].join("; ");
    return {
      "text/latex": `$\\displaystyle ${this.#tex} \\qquad \\checkmark \\; ${sentenceTex(report)}$`,
      "text/plain": this.toString(),
    };
  }
}

function printed(claims: readonly (readonly Member[])[], print: (expr: Expr) => string): string[] {
  return claims.map((claim) => claim.map(({ expr }) => print(expr)).join(" = "));
}

makeDisplayable(Confirmation.prototype);
