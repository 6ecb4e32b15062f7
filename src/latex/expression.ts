/** The formula a tensor was computed by, typeset from its record. */

import type { Op } from "../op.ts";
import { internals, type Tensor } from "../tensor.ts";
import { divisorOf } from "./divisor.ts";
import { constantTex } from "./matrix.ts";
import { nameTex } from "./name.ts";
import { type LengthsTex, Strength, type Tex } from "./tex.ts";
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

/** What may still be written out: nobody reads more, and the language's stack is only so deep. */
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
 * The formula of `y` down to what has a name: `Y \odot (1 - Y)`. The name of `y` itself is looked through. Lengths
 * that it prints are written as `lengthsOf` has them. What lies too deep, or would make it too long, stands as dots.
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
