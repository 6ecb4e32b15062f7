/** The formula a tensor was computed by, typeset from its record. */

import { written } from "../numbers.ts";
import { internals, type Tensor } from "../tensor.ts";
import { numberTex } from "./matrix.ts";
import { nameTex } from "./name.ts";
import { Strength, type Tex } from "./tex.ts";
import { valueTex } from "./value.ts";

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

/** The formula of `y` down to what has a name: `Y \odot (1 - Y)`. The name of `y` itself is looked through. */
export function formula(y: Tensor, leafOf: Leaf = byName((x) => x.name)): Tex {
  const node = internals.nodeOf(y);
  if (node === null) return term(y, leafOf);
  return { ...node.op.tex(...node.inputs.map((x) => term(x, leafOf))), rank: y.rank };
}

/** The LaTeX of an operand: what stands for it, its number, or its own formula. */
export function term(x: Tensor, leafOf: Leaf): Tex {
  if (internals.isLiteral(x)) return literalTex(x.item());
  const leaf = leafOf(x);
  if (leaf !== null) return leaf;
  if (internals.nodeOf(x) !== null) return formula(x, leafOf);
  return { latex: valueTex(x), strength: Strength.atom, rank: x.rank };
}

/** The LaTeX of a number that stands in a formula. */
export function literalTex(value: number): Tex {
  const strength = value < 0 ? Strength.sum : Strength.atom;
  return { latex: numberTex(written(value)), strength, rank: 0, value };
}
