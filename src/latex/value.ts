/** The LaTeX of a tensor of numbers: its name and its matrix. */

import { internals, type Tensor } from "../tensor.ts";
import { dimensionsTex, isTruncated, matrixTex } from "./matrix.ts";
import { nameTex } from "./name.ts";

/**
 * The numbers of a tensor under its name. One with more than `most` rows or columns is shown in part, followed by its
 * dimensions; without `most`, as much is shown as a page has room for.
 */
export function valueTex(x: Tensor, most?: number): string {
  const matrix = matrixTex(x, { most });
  const label = internals.labelOf(x)?.tex;
  const names = [
    ...(x.name === null ? [] : [nameTex(x.name, x.rank)]),
    ...(label === undefined ? [] : [label]),
  ];
  const name = names.length === 0 ? null : names.join(" = ");
  const space = `\\mathbb{R}^{${dimensionsTex(x.shape)}}`;
  if (matrix === null) return name === null ? `() \\in ${space}` : `${name} \\in ${space}`;
  const value = name === null ? matrix : `${name} = ${matrix}`;
  return isTruncated(x, most) ? `${value} \\in ${space}` : value;
}
