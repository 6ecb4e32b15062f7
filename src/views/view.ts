/** A view: a formula that shows how a matrix is looked at, and says nothing about its numbers. */

import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { lettersFor } from "../print/letters.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { checkTensor } from "../tensor/operands.ts";
import { kindOf } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { joined, nameTex } from "../tex/name.ts";
import { outputLatex } from "../tex/output.ts";
import { plainTex } from "../tex/plain.ts";

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

  /** This view, and another that follows from it backwards: dY ⟶ dX. */
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
    return { "text/latex": outputLatex(latex), "text/plain": this.toString() };
  }

  #joined(sign: string, other: View): View {
    return new View([`${this.latex()} ${sign} ${other.latex()}`]);
  }
}

makeDisplayable(View.prototype);

// Index schemes: how the entries of a matrix are numbered.

/** Writes the entry at some indices. */
export type Scheme = (indices: readonly string[]) => string;

/**
 * Row and column as subscripts: m_{12}, w_{1,2}^{[O]}. Where one of the lengths is not a single sign, as in l_{O-1},
 * all entries of the matrix have a comma.
 */
export function entryScheme(name: string, lengths: readonly string[]): Scheme {
  const needsComma = lengths.length > 1 && joined(lengths).includes(",");
  const [letter, sup] = split(small(name), 0);
  return (indices) => scripted(letter, needsComma ? indices.join(",") : joined(indices), sup);
}

/** Rows are samples: z_k^{[O](n)}, feature k of sample n. */
export function sampleScheme(name: string): Scheme {
  const [letter, sup] = split(small(name), 0);
  return ([sample, feature]) => scripted(letter, feature, `${sup}(${sample})`);
}

/** The vector that is a row or a column of a matrix: \vec{z}^{[O](n)}, \vec{w}_k^{[O]}. */
export function vectorOf(
  name: string,
  scripts: { readonly row: string } | { readonly column: string },
): string {
  const [letter, sup] = split(small(name), 1);
  return "row" in scripts
    ? scripted(letter, "", `${sup}(${scripts.row})`)
    : scripted(letter, scripts.column, sup);
}

/** W^[O] has entries w^[O]: the letter becomes lower case. */
function small(name: string): string {
  return name.replace(/^[^_^]+/, (head) => head.toLowerCase());
}

/** The LaTeX of a name without its superscript, and the superscript. */
function split(name: string, rank: number): [letter: string, superscript: string] {
  const [, letter, superscript = ""] = /^(.*?)(?:\^\{(.*)\})?$/.exec(nameTex(name, rank)) ?? ["", name];
  return [letter, superscript];
}

// A name that already has a subscript cannot take a second one.
function scripted(letter: string, subscript: string, superscript: string): string {
  const base = letter.includes("_") && subscript !== "" ? `(${letter})` : letter;
  return `${base}${subscript && `_{${subscript}}`}${superscript && `^{${superscript}}`}`;
}

// What every view of a tensor starts from: its name.

/** A view of the matrix itself, or of its gradient. */
export interface ViewOptions {
  /** Shows dX, the gradient, and what it stands for. */
  readonly gradient?: boolean;
}

/** A tensor's name; a view needs one. */
export function nameOf(x: Tensor, action: string): string {
  checkTensor(`show ${action} of`, x, 'generic(symbol("M", "α", "β"))');
  if (x.name !== null) return x.name;
  throw new ValueError(`Cannot show ${action}: the tensor has no name; give it one, as in x.as("X")`);
}

/** The LaTeX of the gradient's name: dX. */
export function gradientTex(name: string, rank: number): string {
  return `d${nameTex(name, rank)}`;
}

// Views that only exist for some ranks.

/** Throws unless the tensor has one of the given ranks. */
export function checkRank(x: Tensor, ranks: readonly number[], what: string): void {
  checkTensor(`show ${what} of`, x, 'generic(symbol("M", "α", "β"))');
  if (ranks.includes(x.rank)) return;
  throw new ShapeError(
    `Cannot show ${what} of ${x.name ?? "a tensor"}: its rank is ${x.rank}, not ${ranks.join(" or ")}`,
    [x.shape],
  );
}

// The lengths of a matrix as the lecture writes them: α, N, l_{O-1}.

/** Another letter for a length, such as K for l_O. */
export type Renaming = Readonly<{ [length: string]: string }>;

/** The LaTeX of the lengths of `x`: the letters of a symbol, and α, β, … for numbers. */
export function lengthsOf(x: Tensor): string[] {
  checkTensor("show the lengths of", x, 'space(symbol("X", "α", "β"))');
  return [...lettersFor(x)(x)];
}

/** The LaTeX of a length or an index: 2, i, \beta, l_{O-1}. */
export function indexTex(index: string | number): string {
  if (typeof index !== "string" && typeof index !== "number") {
    throw new ValueError(
      `Cannot write ${kindOf(index)} as an index: give a number or a letter, such as 1 or "β"`,
    );
  }
  const text = `${index}`;
  return /^\d+$|^\\[a-zA-Z]+$/.test(text) ? text : nameTex(text, 0);
}
