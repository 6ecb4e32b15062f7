/** What check`…` answers when a formula holds. */

import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
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
  /** The largest error, relative to the numbers compared. */
  readonly largestError: number;
  readonly #tex: string;

  /** Use check`…` instead. */
  constructor(claims: readonly (readonly Member[])[], points: number, largestError: number) {
    this.formula = printed(claims, describe).join(", ");
    this.points = points;
    this.largestError = largestError;
    this.#tex = printed(claims, formulaTex).join(", quad ");
  }

  /** `✓ dX = dY ⊙ Y (6 points, largest error 1.2e-16)`. */
  toString(): string {
    return `✓ ${this.formula} (${this.points} points, largest error ${plainNumber(this.largestError)})`;
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    const report = `\\checkmark \\; \\text{${this.points} points, largest error ${plainNumber(this.largestError)}}`;
    return {
      "text/latex": `$\\displaystyle ${this.#tex} \\qquad ${report}$`,
      "text/plain": this.toString(),
    };
  }
}

function printed(claims: readonly (readonly Member[])[], print: (expr: Expr) => string): string[] {
  return claims.map((claim) => claim.map(({ expr }) => print(expr)).join(" = "));
}

makeDisplayable(Confirmation.prototype);
