/** Symbols, and what is computed from them, print as what they are: letters, not numbers. */

import { lettersFor } from "../explain/letters.ts";
import { internals, type Tensor } from "../tensor.ts";
import { entryOf } from "./entry-name.ts";
import { formula } from "./expression.ts";
import { genericMatrix } from "./generic.ts";
import { nameTex } from "./name.ts";

/** The LaTeX of a symbol (its generic matrix) or of a result of symbols (its formula); `null` for numbers. */
export function symbolicTex(x: Tensor): string | null {
  if (!isSymbolic(x)) return null;
  const primal = internals.primalOf(x) ?? x;
  const lengthsOf = lettersFor(primal);
  const lengths = lengthsOf(primal);
  const space = lengths.length === 0 ? "\\mathbb{R}" : `\\mathbb{R}^{${lengths.join(" \\times ")}}`;
  const name = x.name === null ? null : nameTex(x.name, x.rank);
  if (internals.nodeOf(x) !== null) {
    const { latex } = formula(x, undefined, x === primal ? lengthsOf : lettersFor(x));
    return name === null ? latex : `${name} = ${latex} \\in ${space}`;
  }
  if (name === null || x.name === null) return `() \\in ${space}`;
  if (x.rank === 0 || x.rank > 2) return `${name} \\in ${space}`;
  const entryName = x.name;
  return `${name} = ${genericMatrix(lengths, (at) => entryOf(entryName, at))} \\in ${space}`;
}

/** Whether symbols are among what `x`, or what it is the gradient of, was computed from: then its numbers mean nothing. */
export function isSymbolic(x: Tensor): boolean {
  return internals.isSymbolic(internals.primalOf(x) ?? x);
}

/** Whether there are symbols among the tensors. */
export function hasSymbols(tensors: readonly Tensor[]): boolean {
  return tensors.some((x) => internals.dimsOf(x) !== null);
}
