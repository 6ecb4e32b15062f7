/** A matrix in which some entries are boxed. */

import { ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { genericMatrix } from "../latex/generic.ts";
import type { Tensor } from "../tensor.ts";
import { indexTex, lengthsOf } from "./lengths.ts";
import { nameOf } from "./named.ts";
import { ranked } from "./ranked.ts";
import { entryScheme } from "./scheme.ts";
import { View } from "./view.ts";

/** A place in a generic matrix, as it is shown: [1, 2] or [2, "β"]. */
export type Place = readonly (number | string)[];

/**
 * The generic matrix with a box around the entries at `places`.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * boxed(symbol("b", 1), [[1]]).latex() // "\\begin{pmatrix} \\boxed{b_{1}} \\end{pmatrix}"
 */
export function boxed(x: Tensor, places: readonly Place[]): View {
  ranked(x, [1, 2], "boxed entries");
  if (!Array.isArray(places) || !places.every(Array.isArray)) {
    throw new ValueError(
      `Cannot box ${kindOf(places)}: give a list of places, as in boxed(M, [[1, 2], [2, "β"]])`,
    );
  }
  const lengths = lengthsOf(x);
  const cell = entryScheme(nameOf(x, "boxed entries"), lengths);
  const marked = new Set(places.map((place) => place.map(indexTex).join()));
  return new View([
    genericMatrix(lengths, (at) => (marked.has(at.join()) ? `\\boxed{${cell(at)}}` : cell(at))),
  ]);
}
