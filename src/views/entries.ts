/** A matrix by the formulas of its entries. */

import { ShapeError } from "../errors.ts";
import { type EntryStyle, entryFormula } from "../latex/entry.ts";
import { entryOf } from "../latex/entry-name.ts";
import { genericMatrix } from "../latex/generic.ts";
import { nameTex } from "../latex/name.ts";
import { internals, type Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";
import { indexTex, lengthsOf } from "./lengths.ts";
import { nameOf } from "./named.ts";
import { ranked } from "./ranked.ts";
import { View } from "./view.ts";

/**
 * The generic matrix with the formula of every entry in its place; a named tensor stands by its own entries.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * entries(neg(symbol("Y", "N"))).latex() // "\\begin{pmatrix} -y_{1} \\\\ -y_{2} \\\\ \\vdots \\\\ -y_{N} \\end{pmatrix}"
 */
export function entries(x: Tensor): View {
  ranked(x, [1, 2], "the entries");
  const { name } = x;
  const cell = (at: readonly string[]): string => (name === null ? formulaAt(x, at) : entryOf(name, at));
  const matrix = genericMatrix(lengthsOf(x), cell);
  return new View(name === null ? [matrix] : [nameTex(name, x.rank), matrix]);
}

/**
 * One entry of a result, by what it was computed from; an index is a number, counted from 1, or a letter.
 *
 * @throws ShapeError when there is not one index per axis.
 * @example
 * entry(exp(symbol("X", "α", "β")).as("Y"), 1, "β").latex() // "y_{1\\beta} = e^{x_{1\\beta}}"
 */
export function entry(y: Tensor, ...indices: (number | string)[]): View {
  checkTensor("show an entry of", y, 'entry(exp(symbol("X", "α", "β")), 1, "β")');
  const at = indices.map(indexTex);
  if (indices.length !== y.rank) {
    throw new ShapeError(
      `Cannot show entry (${indices.join(", ")}) of a tensor of rank ${y.rank}: give one index per axis`,
      [y.shape],
    );
  }
  return new View([entryOf(nameOf(y, "an entry"), at), formulaAt(y, at)]);
}

function formulaAt(x: Tensor, at: readonly string[]): string {
  const style: EntryStyle = { nameOf: (z) => z.name, lengthsOf, running: ["k", "l", "m", "n"] };
  return internals.nodeOf(x) === null ? entryOf(nameOf(x, "an entry"), at) : entryFormula(x, at, style).latex;
}
