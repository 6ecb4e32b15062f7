/** The lengths of a matrix as the lecture writes them: α, N, l_{O-1}. */

import { ValueError } from "../errors.ts";
import { lettersFor } from "../explain/letters.ts";
import { kindOf } from "../kind-of.ts";
import { nameTex } from "../latex/name.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";

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

/** ℝ^{α×β}; ℝ for a scalar. */
export function spaceTex(lengths: readonly string[]): string {
  return lengths.length === 0 ? "\\mathbb{R}" : `\\mathbb{R}^{${lengths.join(" \\times ")}}`;
}
