/** A matrix whose columns are vectors, and a vector as the one column it is. */

import { genericMatrix } from "../latex/generic.ts";
import { nameTex } from "../latex/name.ts";
import { checkedOptions, FLAG, type OptionKind } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { indexTex, lengthsOf, type Renaming, spaceTex } from "./lengths.ts";
import { gradientTex, nameOf, partial, type ViewOptions } from "./named.ts";
import { ranked } from "./ranked.ts";
import { entryScheme, vectorOf } from "./scheme.ts";
import { View } from "./view.ts";

/** Options of `columns`. */
export interface ColumnsOptions extends ViewOptions {
  /** Other letters for some lengths, such as `{ l_O: "K" }`: the entries are counted by them. */
  readonly where?: Renaming;
}

const LETTERS: OptionKind = {
  noun: "letters by letters in braces",
  accepts: (value) =>
    typeof value === "object" && value !== null && Object.values(value).every((to) => typeof to === "string"),
};

/**
 * W as columns ↑ w_k ↓, then entry by entry, and its space; a vector, and its gradient, entry by entry.
 *
 * @throws ShapeError when `w` is neither a vector nor a matrix.
 * @example
 * columns(symbol("b^[O]", "K")).members[0] // "\\vec{b}^{[O]}"
 */
export function columns(w: Tensor, options?: ColumnsOptions): View {
  const { gradient = false, where = {} } = checkedOptions(options, {
    of: "columns",
    example: 'columns(W, { where: { l_O: "K" } })',
    known: { gradient: FLAG, where: LETTERS },
  });
  ranked(w, [1, 2], "the columns");
  const own = nameOf(w, "the columns of a matrix");
  const name = gradient ? `d${own}` : own;
  const given = lengthsOf(w);
  const renamed = new Map(Object.entries(where).map(([from, to]) => [indexTex(from), indexTex(to)]));
  const lengths = given.map((length) => renamed.get(length) ?? length);
  const spaces = [...new Set([spaceTex(given), spaceTex(lengths)])].join(" = ");
  const members = [
    ...(w.rank === 2 ? [arrows(lengths[1], (k) => vectorOf(name, { column: k }))] : []),
    genericMatrix(lengths, entryScheme(name, lengths)),
    ...(gradient ? [genericMatrix(lengths, (at) => partial(entryScheme(own, lengths)(at)))] : []),
  ];
  const last = members.pop();
  return new View([
    gradient ? gradientTex(own, w.rank) : nameTex(own, w.rank),
    ...members,
    `${last} \\in ${spaces}`,
  ]);
}

/** One row of arrows up, one of vectors, one of arrows down. */
function arrows(length: string, vector: (k: string) => string): string {
  const columns = length === "1" ? ["1"] : ["1", "2", null, length];
  const line = (cell: (k: string) => string): string =>
    columns.map((k) => (k === null ? "\\cdots" : cell(k))).join(" & ");
  const lines = [line(() => "\\uparrow"), line(vector), line(() => "\\downarrow")];
  return `\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}
