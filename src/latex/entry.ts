/** Formulas of one entry: `y_{ij} = e^{x_{ij}}`, `z_{ij} = \sum_k x_{ik} w_{kj}`. */

import { groupsOf } from "../indices.ts";
import { internals, type Tensor } from "../tensor.ts";
import { entryOf, joined } from "./entry-name.ts";
import { literalTex, type Naming } from "./expression.ts";
import { entry, Strength, type Tex } from "./tex.ts";
import { valueTex } from "./value.ts";

/** How the entries of a formula are written. */
export interface EntryStyle {
  readonly nameOf: Naming;
  /** The lengths of a tensor's axes, as letters or numbers: α, β. */
  readonly lengthsOf: (x: Tensor) => readonly string[];
  /** Index letters that are free to run in a sum, in the order they are taken. */
  readonly running: readonly string[];
}

/** The formula of the entry of `y` at `indices`; the name of `y` itself is looked through. */
export function entryFormula(y: Tensor, indices: readonly string[], style: EntryStyle): Tex {
  const node = internals.nodeOf(y);
  const correspondence = node?.op.indices?.(...node.inputs.map(({ shape }) => shape));
  if (node === null || correspondence === undefined) return operand(y, indices, style);
  const [groups, output] = groupsOf(correspondence);
  const at = new Map(Array.from(output, (index, axis) => [index, indices[axis]]));
  const running = style.running.filter((letter) => !indices.includes(letter));
  const sums: string[] = [];
  for (const [i, x] of node.inputs.entries()) {
    for (const [axis, index] of Array.from(groups[i]).entries()) {
      if (at.has(index)) continue;
      const isStretched = x.shape[axis] === 1;
      const letter = isStretched ? "1" : (running.shift() ?? index);
      at.set(index, letter);
      if (!isStretched) sums.push(`\\sum_{${letter}=1}^{${style.lengthsOf(x)[axis]}} `);
    }
  }
  const inner: EntryStyle = { ...style, running };
  const terms = node.inputs.map((x, i) =>
    operand(
      x,
      Array.from(groups[i], (index) => at.get(index) as string),
      inner,
    ),
  );
  const isSum = sums.length > 0 || node.op.divisor !== undefined;
  if (!isSum) return (node.op.cell ?? node.op.tex)(...terms);
  const factor =
    node.op.divisor === undefined || node.op.divisor === 1
      ? ""
      : `\\frac{1}{${divisor(y, node.inputs[0], style)}} `;
  const product = terms
    .map(({ latex: text, strength }) => (strength < Strength.product ? `(${text})` : text))
    .join(" \\, ");
  return { latex: `${factor}${sums.join("")}${product}`, strength: Strength.product, rank: 0 };
}

/** αβ for a mean over both axes: the lengths that the mean has folded. */
function divisor(y: Tensor, x: Tensor, { lengthsOf }: EntryStyle): string {
  const kept = [...lengthsOf(y)];
  const folded = lengthsOf(x).filter((length) => {
    const at = kept.indexOf(length);
    if (at >= 0) kept.splice(at, 1);
    return at < 0;
  });
  return folded.every((length) => /^\d+$/.test(length))
    ? `${folded.reduce((product, length) => product * Number(length), 1)}`
    : folded.join(" ");
}

function operand(x: Tensor, indices: readonly string[], style: EntryStyle): Tex {
  const name = style.nameOf(x);
  if (name !== null) return { latex: entryOf(name, indices), strength: Strength.atom, rank: 0 };
  if (internals.isLiteral(x)) return literalTex(x.item());
  if (internals.nodeOf(x)?.op.indices !== undefined) return entryFormula(x, indices, style);
  const whole: Tex = { latex: valueTex(x), strength: Strength.atom, rank: x.rank };
  return {
    latex: entry(whole, joined(indices.length === 0 ? [""] : indices)),
    strength: Strength.atom,
    rank: 0,
  };
}
