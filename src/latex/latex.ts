/** The LaTeX a tensor prints as. */

import type { Tensor } from "../tensor.ts";
import { symbolicTex } from "./symbolic.ts";
import { valueTex } from "./value.ts";

/**
 * The LaTeX of a tensor, without delimiters: `X = \begin{pmatrix} … \end{pmatrix}`, or the bare matrix when it has no
 * name. Large tensors are shown in part, followed by their dimensions; `full` writes every entry, to copy the matrix
 * into a paper. It is accepted by LaTeX, KaTeX and MathJax alike.
 *
 * @example
 * latex(tensor([[1, 2]]).as("X")) // "X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}"
 */
export function latex(x: Tensor, { full = false }: { readonly full?: boolean } = {}): string {
  return symbolicTex(x) ?? valueTex(x, full ? Number.POSITIVE_INFINITY : undefined);
}
