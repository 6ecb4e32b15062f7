/** One step of a computation, with a name for everything in it: what a derivation is about. */

import { ValueError } from "../errors.ts";
import type { EntryStyle } from "../latex/entry.ts";
import type { Naming } from "../latex/expression.ts";
import { onesLike, zerosLike } from "../make.ts";
import { apply, type Op } from "../op.ts";
import { add } from "../ops/add.ts";
import { internals, Tensor } from "../tensor.ts";
import { type Lengths, lettersFor } from "./letters.ts";

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

/** What a derivation takes from the one it is part of. */
export interface Surroundings {
  /** What tensors are called, where that is not by their own names. */
  readonly given: ReadonlyMap<Tensor, string>;
  /** Letters for lengths; found along the record of y when left out. */
  readonly lengthsOf?: Lengths;
  /** The number whose gradient is 1; when left out, any single number is. */
  readonly objective?: Tensor;
}

/** Looks at the last step of `y`, towards its operand number `i`. */
export function situationOf(
  y: Tensor,
  i: number,
  { given, lengthsOf = lettersFor(y), objective = y }: Surroundings,
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
  const taken = new Set([y, ...inputs].flatMap((z) => given.get(z) ?? z.name ?? []));
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
    names: { y: yName, x: names.get(x) as string }, // every operand that is no literal has a name
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

/** The same step at other operands; what stands twice among them is replaced at both places. */
export function replayed({ op, inputs }: Situation, at: ReadonlyMap<Tensor, Tensor>): Tensor {
  return again(
    op,
    inputs.map((x) => at.get(x) ?? wide(x)),
  );
}

/** What stands for each tensor of a record where its operands have moved to those of `known`. */
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

/** The op on doubles; a cast to float32 rounds like any op, and derivatives know nothing of rounding. */
function again(op: Op, inputs: readonly Tensor[]): Tensor {
  return op.dtype === undefined ? apply(op, ...inputs) : inputs[0];
}

/** The tensor in doubles. */
export function wide(x: Tensor): Tensor {
  return internals.isWeak(x) || x.dtype === "float64"
    ? x
    : new Tensor([...x.shape], Float64Array.from(x.data));
}
