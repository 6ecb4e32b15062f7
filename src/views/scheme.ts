/** Index schemes: how the entries of a matrix are numbered. */

import { joined } from "../latex/entry-name.ts";
import { nameTex } from "../latex/name.ts";

/** Writes the entry at some indices. */
export type Scheme = (indices: readonly string[]) => string;

/**
 * Row and column as subscripts: m_{12}, w_{1,2}^{[O]}. Where one of the lengths is not a single sign, as in l_{O-1},
 * all entries of the matrix have a comma.
 */
export function entryScheme(name: string, lengths: readonly string[]): Scheme {
  const needsComma = lengths.length > 1 && joined(lengths).includes(",");
  const [letter, sup] = split(small(name), 0);
  return (indices) => scripted(letter, needsComma ? indices.join(",") : joined(indices), sup);
}

/** Rows are samples: z_k^{[O](n)}, feature k of sample n. */
export function sampleScheme(name: string): Scheme {
  const [letter, sup] = split(small(name), 0);
  return ([sample, feature]) => scripted(letter, feature, `${sup}(${sample})`);
}

/** The vector that is a row or a column of a matrix: \vec{z}^{[O](n)}, \vec{w}_k^{[O]}. */
export function vectorOf(
  name: string,
  scripts: { readonly row: string } | { readonly column: string },
): string {
  const [letter, sup] = split(small(name), 1);
  return "row" in scripts
    ? scripted(letter, "", `${sup}(${scripts.row})`)
    : scripted(letter, scripts.column, sup);
}

/** W^[O] has entries w^[O]: the letter is written small. */
function small(name: string): string {
  return name.replace(/^[^_^]+/, (head) => head.toLowerCase());
}

/** The LaTeX of a name without its superscript, and the superscript. */
function split(name: string, rank: number): [letter: string, superscript: string] {
  const [, letter, superscript = ""] = /^(.*?)(?:\^\{(.*)\})?$/.exec(nameTex(name, rank)) ?? ["", name];
  return [letter, superscript];
}

// A name that has a subscript already takes no second one.
function scripted(letter: string, subscript: string, superscript: string): string {
  const base = letter.includes("_") && subscript !== "" ? `(${letter})` : letter;
  return `${base}${subscript && `_{${subscript}}`}${superscript && `^{${superscript}}`}`;
}
