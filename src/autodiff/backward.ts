/** `J.backward()`: every tensor that J depends on gets its gradient. */

import { add } from "../ops/arithmetic.ts";
import { allocate } from "../tensor/dtype.ts";
import { DtypeError, GradientError, ShapeError } from "../tensor/errors.ts";
import { note } from "../tensor/host.ts";
import { checkDerivatives, toTensor, withoutRecording } from "../tensor/op.ts";
import { formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import { lettered } from "../tensor/symbol.ts";
import { internals, type Node, Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { checkUnchanged, toposort } from "./tape.ts";

/**
 * Computes ∂J/∂X for every X that `y` depends on, leaf or not, and makes it `X.grad`; the next call replaces it.
 *
 * @param cotangent The upstream gradient dY, of y's shape; it may be left out when y is a single number.
 * @throws GradientError when it is left out and y has more than one entry.
 */
export function backward(y: Tensor, cotangent?: Operand): void {
  const given = cotangent === undefined ? undefined : toTensor("pull back", cotangent);
  const seed = seedOf("call backward on", y, given);
  const origin = { y, cotangent: given ?? null };
  withoutRecording(() => {
    for (const [x, dx] of pullbackOf(y)(seed)) {
      internals.setGradient(x, dx);
      internals.setOrigin(x, origin);
    }
  });
}

// The backward pass: a cotangent of y becomes a cotangent of everything y was computed from.

/** From a cotangent of y to the cotangents of what was asked for; a tensor that y does not depend on is missing. */
export type Pullback = (cotangent: Tensor) => Map<Tensor, Tensor>;

/**
 * Prepares the backward pass from `y` to `wanted`, or to all that y depends on: dX = Σ_paths, a sum over the paths from
 * x to y.
 */
export function pullbackOf(y: Tensor, wanted?: ReadonlySet<Tensor>): Pullback {
  checkDerivatives("go backward");
  const order = toposort(y);
  noticeGrowth(order.length);
  const onPath = wanted === undefined ? null : dependents(order, wanted);
  const backwards = order.toReversed();
  return (cotangent) => {
    const cotangents = new Map<Tensor, Tensor>([[y, cotangent]]);
    // The rules look at numbers too, also at those behind symbols.
    internals.inEngine(() =>
      walkBack(backwards, cotangents, {
        isAskedFor: (x) => onPath === null || onPath.has(x),
        operandsOf: (z, { inputs }) => {
          checkUnchanged("go backward", z);
          return inputs;
        },
        leave: (z) => {
          if (wanted !== undefined && !wanted.has(z)) cotangents.delete(z); // nothing asks for it any more
        },
      }),
    );
    return cotangents;
  };
}

/** What a walk back through a record asks on its way, and what it reports. */
export interface BackwardVisitor {
  /** The cotangent that `z` passes on, by default the sum of its shares; `undefined` stops the walk at z. */
  readonly cotangentOf?: (z: Tensor, sum: Tensor | undefined) => Tensor | undefined;
  /** Whether `x` is to get its share. Numbers in formulas never do. */
  readonly isAskedFor: (x: Tensor) => boolean;
  /** The operands at which the derivative of `z` is taken; called at most once per tensor, when a share is needed. */
  readonly operandsOf: (z: Tensor, node: Node) => readonly Tensor[];
  /** Called with the share that input number `i` of `z` gets. */
  readonly meet?: (z: Tensor, i: number, share: Tensor) => void;
  /** Called when `z` has passed on its cotangent. */
  readonly leave?: (z: Tensor) => void;
}

/**
 * Adds to `cotangents` what flows back through `tensors`, in which each stands before those it was computed from. Every
 * tensor passes on the sum of the shares that it got from everything it was used for.
 */
export function walkBack(
  tensors: readonly Tensor[],
  cotangents: Map<Tensor, Tensor>,
  { cotangentOf, isAskedFor, operandsOf, meet, leave }: BackwardVisitor,
): void {
  for (const z of tensors) {
    const sum = cotangents.get(z);
    const ct = cotangentOf === undefined ? sum : cotangentOf(z, sum);
    const node = internals.nodeOf(z);
    if (node === null || ct === undefined) continue;
    const { op, inputs } = node;
    let operands: readonly Tensor[] | null = null;
    for (let i = 0; i < inputs.length; i++) {
      const x = inputs[i];
      if (internals.isLiteral(x) || !isAskedFor(x)) continue;
      operands ??= operandsOf(z, node);
      const share = op.vjp(i, ct, z, ...operands);
      if (share === null) continue;
      meet?.(z, i, share);
      const before = cotangents.get(x);
      cotangents.set(x, before === undefined ? share : add(before, share));
    }
    leave?.(z);
  }
}

/** Those tensors of `order` that are wanted or computed from one that is. */
function dependents(order: readonly Tensor[], wanted: ReadonlySet<Tensor>): Set<Tensor> {
  const found = new Set<Tensor>();
  for (const x of order) {
    const isDependent = wanted.has(x) || internals.nodeOf(x)?.inputs.some((input) => found.has(input));
    if (isDependent) found.add(x);
  }
  return found;
}

/** The cotangent to start from: the one given, or 1 for a tensor of size 1. */
export function seedOf(action: string, y: Tensor, cotangent: Tensor | undefined): Tensor {
  const name = y.name ?? "Y";
  const shapeText = (shape: Shape): string =>
    internals.isSymbolic(y) ? lettered(formatShape(shape)) : formatShape(shape);
  if (cotangent === undefined) {
    if (y.size === 1) return new Tensor([...y.shape], allocate(y.dtype, 1).fill(1));
    const shape = shapeText(y.shape);
    throw new GradientError(
      `Cannot ${action} ${name} of shape ${shape} without a cotangent: only a single number has one gradient; ` +
        `give d${name} of shape ${shape}, or reduce first, as in sum(${name})`,
    );
  }
  if (!sameShape(cotangent.shape, y.shape)) {
    throw new ShapeError(
      `Cannot ${action} ${name} of shape ${shapeText(y.shape)} with a cotangent of shape ` +
        `${shapeText(cotangent.shape)}: the two shapes must be equal`,
      [y.shape, cotangent.shape],
    );
  }
  return ofDtype(y, cotangent, `${action} ${name} of ${y.dtype} with a cotangent`);
}

/**
 * A tangent or cotangent in the number type of its tensor. Numbers in a formula take that type; a tensor of the other
 * type is rejected, as everywhere.
 */
export function ofDtype(x: Tensor, given: Tensor, action: string): Tensor {
  if (given.dtype === x.dtype || internals.isWeak(x)) return given;
  if (internals.isWeak(given)) return given.cast(x.dtype);
  throw new DtypeError(
    `Cannot ${action} of ${given.dtype}: cast it to the other's dtype, as in t.cast("${x.dtype}")`,
  );
}

// Notices a loop that keeps its history, while it is still small.

/** Rising this many times in a row is not an accident. */
const PATIENCE = 30;

let last = 0;
let rises = 0;
let isTold = false;

/** Notes how many tensors a backward pass walks over. */
export function noticeGrowth(length: number): void {
  rises = length > last ? rises + 1 : 0;
  last = length;
  if (rises < PATIENCE || isTold) return;
  isTold = true;
  note(
    `The record behind J has grown with each of the last ${PATIENCE} backward passes, to ${length} tensors: ` +
      "W = W.sub(…) in a loop keeps its whole history; write W.assign(W.sub(…)), or W = W.sub(…).detach()",
  );
}

/** A list of so many results that each keep their record is a loss curve in the making. */
const MANY = 100;

const toldOf = new Set<string>();

/**
 * Looks at a variable of the session. `losses.push(J)` keeps the record of every J, and with it all that J was
 * computed from; the cell is warned once for each name.
 */
export function noticeHoard(name: string, value: unknown): void {
  if (!Array.isArray(value) || value.length < MANY || toldOf.has(name)) return;
  const keepsRecord = (x: unknown): boolean => x instanceof Tensor && internals.nodeOf(x) !== null;
  if (!keepsRecord(value[0]) || !keepsRecord(value[value.length - 1])) return;
  toldOf.add(name);
  note(
    `${name} holds ${value.length} tensors, each with its record, and so all that they were computed from: ` +
      `write ${name}.push(J.item()) to keep the numbers, or ${name}.push(J.detach())`,
  );
}
