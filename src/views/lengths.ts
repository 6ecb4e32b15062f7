/** The lengths of a matrix as the lecture writes them: α, N, l_{O-1}. */

import { lettersFor } from "../explain/letters.ts";
import { nameTex } from "../latex/name.ts";
import type { Tensor } from "../tensor.ts";

/** Another letter for a length, such as K for l_O. */
export type Renaming = Readonly<{ [length: string]: string }>;

/** The LaTeX of the lengths of `x`: the letters of a symbol, and α, β, … for numbers. */
export function lengthsOf(x: Tensor): string[] {
  return lettersFor(x)(x).map(indexTex);
}

/** The LaTeX of a length or an index: 2, i, \beta, l_{O-1}. */
export function indexTex(index: string | number): string {
  const text = `${index}`;
  return /^\d+$|^\\/.test(text) ? text : nameTex(text, 0);
}

/** ℝ^{α×β}; ℝ for a scalar. */
export function spaceTex(lengths: readonly string[]): string {
  return lengths.length === 0 ? "\\mathbb{R}" : `\\mathbb{R}^{${lengths.join(" \\times ")}}`;
}
