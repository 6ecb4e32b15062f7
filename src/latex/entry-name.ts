/** Names of entries: `x_{12}`, `dx_{1\beta}`. */

import { nameTex } from "./name.ts";

/** The entry of a named tensor: `x_{ij}` for X, `dx_{1\beta}` for dX; a scalar is its name. */
export function entryOf(name: string, indices: readonly string[]): string {
  if (indices.length === 0) return nameTex(name, 0);
  const small = nameTex(lowerCase(name), 0);
  return `${/_/.test(small) ? `(${small})` : small}_{${joined(indices)}}`;
}

/** W^[O] has entries w^[O]: what is written small is the letter, not the scripts. */
function lowerCase(name: string): string {
  return name.replace(/^[^_^]+/, (head) => head.toLowerCase());
}

/** ij, α2, but 1,10 and l_{O-1},2: a comma where an index is not one sign. */
export function joined(indices: readonly string[]): string {
  if (!indices.every((index) => /^(\w|\\[a-zA-Z]+)$/.test(index))) return indices.join(",");
  return indices.reduce(
    (all, index) => all + (/\\[a-zA-Z]+$/.test(all) && /^\w/.test(index) ? " " : "") + index,
  );
}
