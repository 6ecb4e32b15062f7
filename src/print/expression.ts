/** The formula a tensor was computed by, typeset from its record. */

import type { Op } from "../tensor/op.ts";
import { groupsOf } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { constantTex, genericMatrix, isTruncated, matrixTex, spaceTex } from "../tex/matrix.ts";
import { entryOf, nameTex } from "../tex/name.ts";
import { type LengthsTex, Strength, type Tex } from "../tex/tex.ts";
import { lettersFor } from "./letters.ts";

/** What a tensor is called in a formula; `null` for one that is written out. */
export type Naming = (x: Tensor) => string | null;

/** What stands for a tensor in a formula; `null` for one that is written out. */
export type Leaf = (x: Tensor) => Tex | null;

/** Tensors stand by their names. */
export function byName(nameOf: Naming): Leaf {
  return (x) => {
    const name = nameOf(x);
    return name === null ? null : { latex: nameTex(name, x.rank), strength: Strength.atom, rank: x.rank };
  };
}

/** How much may still be written out: nobody reads more, and the stack is only so deep. */
interface Room {
  readonly depth: number;
  readonly terms: { left: number };
}

const [DEEPEST, MOST_TERMS] = [100, 2_000];

function wholeRoom(): Room {
  return { depth: DEEPEST, terms: { left: MOST_TERMS } };
}

/** How the lengths of a tensor are written. */
type Lengths = (x: Tensor) => readonly string[];

/**
 * The formula of `y` down to what has a name: `Y \odot (1 - Y)`. The name of `y` itself is ignored. Lengths
 * that it prints are written as `lengthsOf` gives them. What lies too deep, or would make it too long, becomes dots.
 */
export function formula(
  y: Tensor,
  leafOf: Leaf = byName((x) => x.name),
  lengthsOf: Lengths = ({ shape }) => shape.map(String),
  room: Room = wholeRoom(),
): Tex {
  const node = internals.nodeOf(y);
  if (node === null) return term(y, leafOf, lengthsOf, room);
  const inside = { ...room, depth: room.depth - 1 };
  return applied(
    y,
    node.op,
    node.inputs.map((x) => term(x, leafOf, lengthsOf, inside)),
    lengthsOf,
  );
}

/** The formula of `y`, which `op` made of operands that are written already. */
export function applied(y: Tensor, op: Op, operands: readonly Tex[], lengthsOf: Lengths): Tex {
  const lengths: LengthsTex = {
    get result() {
      return lengthsOf(y);
    },
    get divisor() {
      return divisorOf(y, lengthsOf);
    },
  };
  const rule = op.texIn?.(lengths) ?? op.tex;
  return { ...rule(...operands), rank: y.rank };
}

/** The LaTeX of an operand: what stands for it, its number, or its own formula. */
export function term(x: Tensor, leafOf: Leaf, lengthsOf?: Lengths, room: Room = wholeRoom()): Tex {
  if (internals.isLiteral(x)) return literalTex(x.item());
  const leaf = leafOf(x);
  if (leaf !== null) return leaf;
  room.terms.left -= 1;
  if (internals.nodeOf(x) !== null) {
    if (room.depth > 0 && room.terms.left > 0) return formula(x, leafOf, lengthsOf, room);
    return { latex: "\\cdots", strength: Strength.atom, rank: x.rank };
  }
  return { latex: valueTex(x), strength: Strength.atom, rank: x.rank };
}

/** The LaTeX of a number that stands in a formula. */
export function literalTex(value: number): Tex {
  const strength = value < 0 ? Strength.sum : Strength.atom;
  return { latex: constantTex(value), strength, rank: 0, value };
}

// The LaTeX of a tensor of numbers: its name and its matrix.

/**
 * The numbers of a tensor under its name. One with more than `most` rows or columns is shown in part, followed by its
 * dimensions; without `most`, as much is shown as a page has room for.
 */
export function valueTex(x: Tensor, most?: number): string {
  const matrix = matrixTex(x, { most });
  const label = internals.labelOf(x)?.tex;
  const names = [
    ...(x.name === null ? [] : [nameTex(x.name, x.rank)]),
    ...(label === undefined ? [] : [label]),
  ];
  const name = names.length === 0 ? null : names.join(" = ");
  const space = spaceTex(x.shape);
  if (matrix === null) return name === null ? `() \\in ${space}` : `${name} \\in ${space}`;
  const value = name === null ? matrix : `${name} = ${matrix}`;
  return isTruncated(x, most) ? `${value} \\in ${space}` : value;
}

// What a mean is divided by, in letters: αβ, not the 143 behind two symbols.

/** The factor of a mean in the record of `y`: 1/(αβ), or 1/(αβ − 1) where the divisor is smaller. */
export function divisorTex(y: Tensor, lengthsOf: (x: Tensor) => readonly string[]): string {
  return `\\frac{1}{${divisorOf(y, lengthsOf)}}`;
}

/** The lengths of the axes that the mean folds, or that its derivative spreads over again. */
export function divisorOf(y: Tensor, lengthsOf: (x: Tensor) => readonly string[]): string {
  const node = internals.nodeOf(y);
  const divisor = node?.op.divisor ?? 1;
  const correspondence = node?.op.indices?.(...node.inputs.map(({ shape }) => shape));
  if (node === null || correspondence === undefined) return `${divisor}`;
  const [groups, output] = groupsOf(correspondence);
  let count = 1;
  const folded: string[] = [];
  const collect = (x: Tensor, group: string, isKept: (index: string) => boolean): void => {
    const lengths = lengthsOf(x);
    for (const [axis, index] of Array.from(group).entries()) {
      if (isKept(index) || x.shape[axis] === 1) continue;
      count *= x.shape[axis];
      folded.push(lengths[axis]);
    }
  };
  for (const [i, x] of node.inputs.entries()) collect(x, groups[i], (index) => output.includes(index));
  collect(y, output, (index) => groups.join("").includes(index));
  if (folded.every((length) => /^\d+$/.test(length))) return `${divisor}`;
  const less = count - divisor; // the correction of a variance
  return `${folded.join(" ")}${less === 0 ? "" : less > 0 ? ` - ${less}` : ` + ${-less}`}`;
}

// Symbols, and what is computed from them, print as what they are: letters, not numbers.

/** The LaTeX of a symbol (its generic matrix) or of a result of symbols (its formula); `null` for numbers. */
export function symbolicTex(x: Tensor): string | null {
  if (!isSymbolic(x)) return null;
  const primal = internals.primalOf(x) ?? x;
  const lengthsOf = lettersFor(primal);
  const lengths = lengthsOf(primal);
  const space = spaceTex(lengths);
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

/** Whether `x`, or the tensor it is the gradient of, was computed from symbols: then its numbers mean nothing. */
export function isSymbolic(x: Tensor): boolean {
  return internals.isSymbolic(internals.primalOf(x) ?? x);
}

/** Whether there are symbols among the tensors. */
export function hasSymbols(tensors: readonly Tensor[]): boolean {
  return tensors.some((x) => internals.dimsOf(x) !== null);
}
