/** The generic matrix of a tensor: (m_ij), with rows 1, 2, ⋮, α and columns 1, 2, ⋯, β. */

import { entryOf } from "../latex/entry-name.ts";
import { genericMatrix } from "../latex/generic.ts";
import { nameTex } from "../latex/name.ts";
import { checkedOptions, FLAG } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { lengthsOf, spaceTex } from "./lengths.ts";
import { gradientTex, nameOf, partial, type ViewOptions } from "./named.ts";
import { ranked } from "./ranked.ts";
import { entryScheme } from "./scheme.ts";
import { View } from "./view.ts";

/**
 * M ∈ ℝ^{α×β} = (m_ij) = the matrix; or dM = ∂J/∂M = (dm_ij) = the matrix, and the same with ∂J/∂m_ij.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * generic(symbol("M", "α", "β")).members.slice(0, 2) // ["M \\in \\mathbb{R}^{\\alpha \\times \\beta}", "(m_{ij})"]
 */
export function generic(x: Tensor, options?: ViewOptions): View {
  const { gradient = false } = checkedOptions(options, {
    of: "generic",
    example: "generic(M, { gradient: true })",
    known: { gradient: FLAG },
  });
  ranked(x, [1, 2], "a generic matrix");
  const name = nameOf(x, "a generic matrix");
  const lengths = lengthsOf(x);
  const cell = entryScheme(name, lengths);
  const short = (of: string): string => `(${entryOf(of, ["i", "j"].slice(0, x.rank))})`;
  return gradient
    ? new View([
        gradientTex(name, x.rank),
        partial(nameTex(name, x.rank)),
        short(`d${name}`),
        genericMatrix(lengths, entryScheme(`d${name}`, lengths)),
        genericMatrix(lengths, (at) => partial(cell(at))),
      ])
    : new View([
        `${nameTex(name, x.rank)} \\in ${spaceTex(lengths)}`,
        short(name),
        genericMatrix(lengths, cell),
      ]);
}

/**
 * What dM means: ∂J/∂M = dM, entry by entry.
 *
 * @example
 * differential(symbol("M", "α", "β")).members[0] // "\\frac{\\partial J}{\\partial M}"
 */
export function differential(x: Tensor): View {
  const name = nameOf(x, "a differential");
  const at = ["i", "j"].slice(0, x.rank);
  return new View([
    partial(nameTex(name, x.rank)),
    `${gradientTex(name, x.rank)}, \\quad ${entryOf(`d${name}`, at)}`,
    partial(entryOf(name, at)),
  ]);
}
