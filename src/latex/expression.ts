/** The formula a tensor was computed by, typeset from its record. */

import { written } from "../numbers.ts";
import { internals, type Tensor } from "../tensor.ts";
import { latex } from "./latex.ts";
import { numberTex } from "./matrix.ts";
import { nameTex } from "./name.ts";
import { Strength, type Tex } from "./tex.ts";

/** The formula of `y` down to what has a name: `Y \odot (1 - Y)`. The name of `y` itself is looked through. */
export function formula(y: Tensor): Tex {
  const node = internals.nodeOf(y);
  if (node === null) return leaf(y);
  const tex = node.op.tex(...node.inputs.map((x) => (x.name === null ? formula(x) : leaf(x))));
  return { ...tex, rank: y.rank };
}

function leaf(x: Tensor): Tex {
  const { rank, name } = x;
  if (name !== null) return { latex: nameTex(name, rank), strength: Strength.atom, rank };
  if (!internals.isLiteral(x)) return { latex: latex(x), strength: Strength.atom, rank };
  const value = x.item();
  return { latex: numberTex(written(value)), strength: value < 0 ? Strength.sum : Strength.atom, rank };
}
