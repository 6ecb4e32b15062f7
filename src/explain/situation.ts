/** One step of a computation, with a name for everything in it, and what a line of its derivation claims. */

import { add } from "../ops/arithmetic.ts";
import { type Cell, constant, type EntryStyle } from "../print/entry.ts";
import { byName, divisorTex, formula, type Naming } from "../print/expression.ts";
import { type Lengths, lettersAlong, lettersFor } from "../print/letters.ts";
import { applyOp } from "../tensor/apply.ts";
import { ValueError } from "../tensor/errors.ts";
import { onesLike, zerosLike } from "../tensor/make.ts";
import type { Op } from "../tensor/op.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { nameTex } from "../tex/name.ts";
import type { Step } from "./derivation.ts";

/** A result y = op(x, …), and the operand whose gradient is derived. */
export interface Situation {
  readonly op: Op;
  readonly y: Tensor;
  readonly inputs: readonly Tensor[];
  /** The position of the operand. */
  readonly i: number;
  readonly x: Tensor;
  /** The upstream gradient; `null` when y is the objective itself. */
  readonly dy: Tensor | null;
  readonly names: { readonly y: string; readonly x: string };
  readonly nameOf: Naming;
  readonly lengthsOf: Lengths;
  readonly style: EntryStyle;
}

const SPARE: readonly string[] = ["X", "A", "B", "C", "H", "K"];

/** What a derivation takes over from a larger one that it is part of. */
export interface Surroundings {
  /** What tensors are called, where they have no names of their own or others. */
  readonly given: ReadonlyMap<Tensor, string>;
  /** Letters for lengths; found along the record of y when left out. */
  readonly lengthsOf?: Lengths;
  /** The number whose gradient is 1; when left out, every single number is one. */
  readonly objective?: Tensor;
  /** Names that mean something else in the session, and are not lent to a tensor without one. */
  readonly owned?: ReadonlySet<string>;
}

/** Looks at the last step of `y`, towards its operand number `i`. */
export function situationOf(
  y: Tensor,
  i: number,
  { given, lengthsOf = lettersFor(y), objective = y, owned = new Set() }: Surroundings,
): Situation {
  const node = internals.nodeOf(y);
  if (node === null) {
    throw new ValueError(
      `Cannot explain ${y.name ?? "a tensor"}: it was not computed from anything; explain a result, as in explain(exp(X))`,
    );
  }
  const { op, inputs } = node;
  const isObjective = y.rank === 0 && y === objective;
  const names = new Map<Tensor, string>();
  const taken = new Set([...owned, ...[y, ...inputs].flatMap((z) => given.get(z) ?? z.name ?? [])]);
  const nameFor = (z: Tensor, wishes: readonly string[]): void => {
    if (names.has(z) || internals.isLiteral(z)) return;
    const name =
      given.get(z) ?? z.name ?? wishes.find((wish) => !taken.has(wish)) ?? `${wishes[0]}${names.size}`;
    taken.add(name);
    names.set(z, name);
  };
  nameFor(y, isObjective ? ["J", "s"] : ["Y", "Z"]);
  for (const input of inputs) nameFor(input, SPARE);
  const dy = isObjective ? null : internals.leafOf(internals.gradientOf(y) ?? onesLike(y));
  const yName = names.get(y) as string; // named three lines above
  if (dy !== null) names.set(dy, `d${yName}`);
  const x = inputs[i];
  const nameOf: Naming = (z) => names.get(z) ?? z.name;
  return {
    op,
    y,
    inputs,
    i,
    x,
    dy,
    names: { y: yName, x: names.get(x) as string }, // every operand that is not a literal has a name
    nameOf,
    lengthsOf,
    style: { nameOf, lengthsOf, running: ["k", "l", "m", "n"] },
  };
}

/** Whether no gradient passes to the operand, by the op's own declaration: a comparison, a mask. */
export function isFlat({ op, y, inputs, x }: Situation): boolean {
  return inputs.every((input, k) => input !== x || op.vjp(k, onesLike(y), y, ...inputs) === null);
}

/** The gradient of the operand as the rule gives it, with its record: what is typeset, evaluated and checked. */
export function gradientOf({ op, y, inputs, x, dy }: Situation): Tensor {
  const seed = dy ?? internals.literal(1);
  const shares = inputs.flatMap((input, k) => (input === x ? (op.vjp(k, seed, y, ...inputs) ?? []) : []));
  return shares.length === 0 ? zerosLike(x) : shares.reduce((sum, share) => add(sum, share));
}

/** The same step at other operands; a tensor that stands twice among them is replaced in both places. */
export function replayed({ op, inputs }: Situation, at: ReadonlyMap<Tensor, Tensor>): Tensor {
  return again(
    op,
    inputs.map((x) => at.get(x) ?? wide(x)),
  );
}

/** What each tensor of a record becomes when some tensors are replaced as in `known`. */
export function tensorsAt(known: ReadonlyMap<Tensor, Tensor>): (x: Tensor) => Tensor {
  const found = new Map(known);
  const at = (x: Tensor): Tensor => {
    const node = internals.nodeOf(x);
    const moved = found.get(x) ?? (node === null ? wide(x) : again(node.op, node.inputs.map(at)));
    found.set(x, moved);
    return moved;
  };
  return at;
}

/** The op on doubles. A cast to float32 is left out: it only rounds, and derivatives know nothing of rounding. */
function again(op: Op, inputs: readonly Tensor[]): Tensor {
  return op.dtype === undefined ? applyOp(op, ...inputs) : inputs[0];
}

/** The tensor in doubles. */
export function wide(x: Tensor): Tensor {
  return internals.isWeak(x) || x.dtype === "float64"
    ? x
    : new Tensor([...x.shape], Float64Array.from(x.data));
}

// Names for results that have none.

/** H₁, H₂, … for the unnamed tensors of a record, in its order, leaving out names that are taken. */
export function namesFor(
  order: readonly Tensor[],
  owned: ReadonlySet<string> = new Set(),
): Map<Tensor, string> {
  const taken = new Set([...owned, ...order.flatMap(({ name }) => name ?? [])]);
  const names = new Map<Tensor, string>();
  let count = 0;
  for (const z of order) {
    if (z.name !== null) continue;
    do count += 1;
    while (taken.has(`H${count}`));
    names.set(z, `H${count}`);
  }
  return names;
}

// What the steps of a derivation are made of: what a line claims, and the names and lengths it is written with.

/** Which indices name the axes of a result, in order. */
const INDICES: readonly string[] = ["i", "j", "p", "q", "s", "t", "u", "v"];

/** What a line says of a tensor, in the form in which it is evaluated and from which the line's LaTeX was made. */
export type Claim = EntryClaim | { readonly of: "gradient"; readonly value: Tensor };

/** The entries of the result, or of the gradient, at these indices. */
export interface EntryClaim {
  readonly of: "y" | "dx";
  readonly at: readonly string[];
  readonly cell: Cell;
}

/** A step, and what it claims. */
export interface Claimed extends Step {
  readonly claims: readonly Claim[];
}

/** The members of a chain without immediate repetitions: for a single number, max(x) is x. */
export function distinct(members: readonly string[]): string[] {
  return members.filter((member, k) => member !== members[k - 1]);
}

/** The lengths along the record of a gradient, or of another formula with the lengths of `like`. */
export function lengthsAlong(
  z: Tensor,
  { x, y, dy, inputs, lengthsOf }: Situation,
  like: Tensor = x,
): Situation["lengthsOf"] {
  if (z === y) return lengthsOf;
  const same = new Map([...inputs, y].map((one) => [one, one] as const));
  if (dy !== null) same.set(dy, y);
  return lettersAlong(z, same.set(z, like), lengthsOf);
}

/** i, j, …: the indices of an entry. */
export function indicesOf(x: Tensor): string[] {
  return INDICES.slice(0, x.rank);
}

/** The partial in matrix notation, as the derivative of a tensor of `rank`: a number stands for a matrix of it. */
export function matrixForm(
  partial: Tensor,
  nameOf: Naming,
  rank: number,
  lengthsOf: Situation["lengthsOf"],
): string {
  const name = nameOf(partial);
  if (name !== null) return nameTex(name, partial.rank);
  if (!internals.isLiteral(partial) || rank === 0) {
    return formula(partial, byName(nameOf), lengthsOf).latex;
  }
  const value = partial.item();
  return value === 1
    ? "\\mathbf{1}"
    : value === -1
      ? "-\\mathbf{1}"
      : `${formula(partial, byName(nameOf)).latex} \\, \\mathbf{1}`;
}

/** 1/α for a mean, nothing for a sum. */
export function scaleOf(y: Tensor, { lengthsOf }: Situation["style"]): Cell[] {
  const divisor = internals.nodeOf(y)?.op.divisor ?? 1;
  return divisor === 1 ? [] : [constant(divisorTex(y, lengthsOf), 1 / divisor)];
}
