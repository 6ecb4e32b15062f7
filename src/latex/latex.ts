/** The LaTeX a tensor prints as: its name and its matrix. */

import { internals, type Tensor } from "../tensor.ts";
import { dimensionsTex, isTruncated, matrixTex } from "./matrix.ts";
import { nameTex } from "./name.ts";

/**
 * The LaTeX of a tensor, without delimiters: `X = \begin{pmatrix} … \end{pmatrix}`, or the bare matrix when it has no
 * name. Large tensors are shown in part, followed by their dimensions. It is accepted by KaTeX and MathJax alike.
 *
 * @example
 * latex(tensor([[1, 2]]).as("X")) // "X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}"
 */
export function latex(x: Tensor): string {
  const matrix = matrixTex(x);
  const label = internals.labelOf(x)?.tex;
  const names = [
    ...(x.name === null ? [] : [nameTex(x.name, x.rank)]),
    ...(label === undefined ? [] : [label]),
  ];
  const name = names.length === 0 ? null : names.join(" = ");
  const space = `\\mathbb{R}^{${dimensionsTex(x.shape)}}`;
  if (matrix === null) return name === null ? `() \\in ${space}` : `${name} \\in ${space}`;
  const value = name === null ? matrix : `${name} = ${matrix}`;
  return isTruncated(x) ? `${value} \\in ${space}` : value;
}
