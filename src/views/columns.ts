/** A matrix whose columns are vectors, a vector as a single column, and a matrix whose rows are samples. */

import { checkedOptions, FLAG, type OptionKind } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { genericMatrix, spaceTex } from "../tex/matrix.ts";
import { derivativeTex, nameTex } from "../tex/name.ts";
import {
  checkRank,
  entryScheme,
  gradientTex,
  indexTex,
  lengthsOf,
  nameOf,
  type Renaming,
  sampleScheme,
  View,
  type ViewOptions,
  vectorOf,
} from "./view.ts";

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
  checkRank(w, [1, 2], "the columns");
  const own = nameOf(w, "the columns of a matrix");
  const name = gradient ? `d${own}` : own;
  const given = lengthsOf(w);
  const renamed = new Map(Object.entries(where).map(([from, to]) => [indexTex(from), indexTex(to)]));
  const lengths = given.map((length) => renamed.get(length) ?? length);
  const spaces = [...new Set([spaceTex(given), spaceTex(lengths)])].join(" = ");
  const members = [
    ...(w.rank === 2 ? [arrows(lengths[1], (k) => vectorOf(name, { column: k }))] : []),
    genericMatrix(lengths, entryScheme(name, lengths)),
    ...(gradient ? [genericMatrix(lengths, (at) => derivativeTex("J", entryScheme(own, lengths)(at)))] : []),
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

// A matrix whose rows are samples.

/**
 * Z as a stack of rows ← (z⁽ⁿ⁾)ᵀ →, then entry by entry: z_k^{(n)} is feature k of sample n.
 *
 * @throws ShapeError when `z` is not a matrix.
 * @example
 * rows(symbol("Z^[O]", "N", "K")).members[0] // "Z^{[O]}"
 */
export function rows(z: Tensor, options?: ViewOptions): View {
  const { gradient = false } = checkedOptions(options, {
    of: "rows",
    example: "rows(Z, { gradient: true })",
    known: { gradient: FLAG },
  });
  checkRank(z, [2], "the rows");
  const own = nameOf(z, "the rows of a matrix");
  const name = gradient ? `d${own}` : own;
  const lengths = lengthsOf(z);
  const row = ([n]: readonly string[]): string =>
    `\\leftarrow (${vectorOf(name, { row: n })})^{\\top} \\rightarrow`;
  return new View([
    nameTex(name, 2),
    genericMatrix([lengths[0]], row),
    genericMatrix(lengths, sampleScheme(name)),
    ...(gradient ? [genericMatrix(lengths, (at) => derivativeTex("J", sampleScheme(own)(at)))] : []),
  ]);
}
