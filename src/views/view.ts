/** A view: a formula that shows how a matrix is looked at, without a word about its numbers. */

import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
import { plainTex } from "../latex/plain.ts";

/** Signs that only views have, as text. */
const ARROWS: Readonly<Record<string, string>> = {
  "\\leftarrow": "←",
  "\\longrightarrow": "⟶",
  "\\rightarrow": "→",
  "\\uparrow": "↑",
  "\\downarrow": "↓",
};

/** A chain of equal members in LaTeX. It is shown by being a cell's last value, and can stand beside another. */
export class View {
  readonly members: readonly string[];

  constructor(members: readonly string[]) {
    this.members = members;
  }

  /** The LaTeX in one line, without delimiters. */
  latex(): string {
    return this.members.join(" = ");
  }

  /** This view and another, side by side. */
  beside(other: View): View {
    return this.#joined("\\quad", other);
  }

  /** This view, from which another follows backwards: dY ⟶ dX. */
  leadsTo(other: View): View {
    return this.#joined("\\longrightarrow", other);
  }

  /** This statement, which implies another. */
  implies(other: View): View {
    return this.#joined("\\implies", other);
  }

  toString(): string {
    return plainTex(this.latex().replace(/\\[a-z]+arrow/g, (sign) => ARROWS[sign] ?? sign));
  }

  /** What a notebook shows: a line for each member when there are several matrices, as no front end breaks lines. */
  toMimeBundle(): MimeBundle {
    const [first, ...rest] = this.members;
    const isWide = this.latex().split("\\begin{pmatrix}").length > 2 && rest.length > 1;
    const lines = rest.map(
      (member, k) => `${k === 0 ? `\\displaystyle ${first}` : ""} & \\displaystyle = ${member}`,
    );
    const latex = isWide ? `\\begin{array}{rl} ${lines.join(" \\\\[6pt] ")} \\end{array}` : this.latex();
    return { "text/latex": `$\\displaystyle ${latex}$`, "text/plain": this.toString() };
  }

  #joined(sign: string, other: View): View {
    return new View([`${this.latex()} ${sign} ${other.latex()}`]);
  }
}

makeDisplayable(View.prototype);
