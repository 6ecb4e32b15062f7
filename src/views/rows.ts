/** A matrix whose rows are samples. */

import { genericMatrix } from "../latex/generic.ts";
import { nameTex } from "../latex/name.ts";
import { checkedOptions, FLAG } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { lengthsOf } from "./lengths.ts";
import { nameOf, partial, type ViewOptions } from "./named.ts";
import { ranked } from "./ranked.ts";
import { sampleScheme, vectorOf } from "./scheme.ts";
import { View } from "./view.ts";

/**
 * Z as a stack of rows ← (z⁽ⁿ⁾)ᵀ →, then entry by entry: z_k^{(n)} is feature k of sample n.
 *
 * @throws ShapeError when `z` is no matrix.
 * @example
 * rows(symbol("Z^[O]", "N", "K")).members[0] // "Z^{[O]}"
 */
export function rows(z: Tensor, options?: ViewOptions): View {
  const { gradient = false } = checkedOptions(options, {
    of: "rows",
    example: "rows(Z, { gradient: true })",
    known: { gradient: FLAG },
  });
  ranked(z, [2], "the rows");
  const own = nameOf(z, "the rows of a matrix");
  const name = gradient ? `d${own}` : own;
  const lengths = lengthsOf(z);
  const row = ([n]: readonly string[]): string =>
    `\\leftarrow (${vectorOf(name, { row: n })})^{\\top} \\rightarrow`;
  return new View([
    nameTex(name, 2),
    genericMatrix([lengths[0]], row),
    genericMatrix(lengths, sampleScheme(name)),
    ...(gradient ? [genericMatrix(lengths, (at) => partial(sampleScheme(own)(at)))] : []),
  ]);
}
