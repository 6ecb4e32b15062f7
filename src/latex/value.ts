/** The LaTeX of a tensor of numbers: its name and its matrix. */

import { internals, type Tensor } from "../tensor.ts";
import { dimensionsTex, isTruncated, matrixTex } from "./matrix.ts";
import { nameTex } from "./name.ts";

/** The numbers of a tensor under its name; large tensors are shown in part, followed by their dimensions. */
export function valueTex(x: Tensor): string {
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
