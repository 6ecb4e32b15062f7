/** The LaTeX a tensor prints as. */

import { checkTensor } from "../tensor/operands.ts";
import { checkedOptions, FLAG } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { symbolicTex, valueTex } from "./expression.ts";

/**
 * The LaTeX of a tensor, without delimiters: `X = \begin{pmatrix} … \end{pmatrix}`, or the bare matrix when it has no
 * name. Large tensors are shown in part, followed by their dimensions; `full` writes every entry, to copy the matrix
 * into a paper. It is accepted by LaTeX, KaTeX and MathJax alike.
 *
 * @example
 * latex(tensor([[1, 2]]).as("X")) // "X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}"
 */
export function latex(x: Tensor, options?: { readonly full?: boolean }): string {
  checkTensor("write the LaTeX of", x, "latex(X)");
  const { full = false } = checkedOptions(options, {
    of: "latex",
    example: "latex(X, { full: true })",
    known: { full: FLAG },
  });
  return symbolicTex(x) ?? valueTex(x, full ? Number.POSITIVE_INFINITY : undefined);
}
