/** `J.backward()`: every tensor that J depends on gets its gradient. */

import * as numbers from "../numeric/arithmetic.ts";
import { DOUBLES, mapAlong, mapOf, SINGLES } from "../numeric/map.ts";
import { add } from "../ops/arithmetic.ts";
import { checkDerivatives, isQuiet, toTensor, withoutRecording } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { DtypeError, GradientError, ShapeError } from "../tensor/errors.ts";
import { note, placeNow } from "../tensor/host.ts";
import { FLOAT32, isRecorded } from "../tensor/internals.ts";
import type { Op } from "../tensor/op.ts";
import { formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import { lettered } from "../tensor/symbol.ts";
import { internals, type Node, Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { checkUnassigned, Walk } from "./tape.ts";

/**
 * Computes ∂J/∂X for every X that `y` depends on, leaf or not, and makes it `X.grad`; the next call replaces it.
 *
 * @param cotangent The upstream gradient dY, of y's shape; it may be left out when y is a single number.
 * @throws GradientError when it is left out and y has more than one entry.
 */
export function backward(y: Tensor, cotangent?: Operand): void {
  const given = cotangent === undefined ? undefined : toTensor("pull back", cotangent);
  const seed = seedOf("call backward on", y, given);
  const origin = { y, cotangent: given ?? null, at: placeNow() };
  withoutRecording(() => {
    pullbackOf(y)(seed).forEach((x, dx) => {
      internals.setGradient(x, dx, origin);
    });
  });
}

// The backward pass: a cotangent of y becomes a cotangent of everything y was computed from.

/** Adds to a sum where it is, as nobody has seen it; false where somebody is to see the addition, or it does not fit. */
function addTo(sum: Tensor, share: Tensor): boolean {
  const [own, other] = [internals.traitsOf(sum), internals.traitsOf(share)];
  if (!isQuiet() || isRecorded() || own !== other || (own & ~FLOAT32) !== 0 || sum.size !== share.size)
    return false;
  const [y, x] = [internals.entriesOf(sum), internals.entriesOf(share)];
  mapAlong(addition, own === FLOAT32 ? SINGLES : DOUBLES, y.length, y, 0, y, 0, 1, x, 0, 1);
  return true;
}

const addition = mapOf(numbers.add);

/** Cotangents by tensor, where they are few, or tensors of several records. */
export class CotangentMap extends Map<Tensor, Tensor> {
  /** Adds a share to the cotangent of `x`. */
  add(x: Tensor, share: Tensor): void {
    const before = this.get(x);
    this.set(x, before === undefined ? share : add(before, share));
  }
}

/** From a cotangent of y to the cotangents of what was asked for; a tensor that y does not depend on has none. */
export type Pullback = (cotangent: Tensor) => Cotangents;

/** The cotangents of the tensors of a record. */
export class Cotangents {
  readonly #walk: Walk;
  readonly #values: (Tensor | undefined)[] = [];
  /** 1 where the value is a sum that was made here: nobody else has seen it yet. */
  readonly #isOwn: Uint8Array;

  constructor(walk: Walk) {
    this.#walk = walk;
    const { length } = walk.order;
    for (let place = 0; place < length; place++) this.#values.push(undefined);
    this.#isOwn = new Uint8Array(length);
  }

  /** Adds a share to the cotangent of `x`. */
  add(x: Tensor, share: Tensor): void {
    const place = this.#walk.placeOf(x);
    const before = this.#values[place];
    if (before === undefined) this.#values[place] = share;
    else if (this.#isOwn[place] === 1 && addTo(before, share)) return;
    else {
      this.#values[place] = add(before, share);
      this.#isOwn[place] = 1;
    }
  }

  get(x: Tensor): Tensor | undefined {
    const place = this.#walk.placeOf(x);
    return place < 0 ? undefined : this.#values[place];
  }

  set(x: Tensor, cotangent: Tensor): void {
    this.#values[this.#walk.placeOf(x)] = cotangent;
  }

  delete(x: Tensor): void {
    this.#values[this.#walk.placeOf(x)] = undefined;
  }

  forEach(visit: (x: Tensor, cotangent: Tensor) => void): void {
    const { order } = this.#walk;
    for (let place = 0; place < order.length; place++) {
      const cotangent = this.#values[place];
      if (cotangent !== undefined) visit(order[place], cotangent);
    }
  }
}

/**
 * Prepares the backward pass from `y` to `wanted`, or to all that y depends on: dX = Σ_paths, a sum over the paths from
 * x to y.
 */
export function pullbackOf(y: Tensor, wanted?: ReadonlySet<Tensor>): Pullback {
  return pullbackAlong(prepared(y), wanted, "vjp");
}

/** A record that is ready for a backward pass. */
function prepared(y: Tensor): Walk {
  checkDerivatives("go backward");
  const walk = new Walk(y);
  noticeGrowth(walk.order.length);
  for (const x of walk.order) internals.checkUntouched(x);
  return walk;
}

/** The most entries of a block of cotangents: some megabytes, which a cache still holds. */
const BLOCK = 2 ** 18;

/**
 * Prepares the backward pass from `y` to `x` for many cotangents at once, which are stacked along an axis in front, and
 * says how many these may be; only one at a time where an op on the way wants it so.
 */
export function blockPullbackOf(y: Tensor, x: Tensor): { pull: Pullback; rows: number } {
  const walk = prepared(y);
  const wanted = new Set([x]);
  const onPath = dependents(walk, wanted);
  let largest = 1;
  let inBlocks = true;
  for (const [place, z] of walk.order.entries()) {
    if (onPath[place] === 0) continue;
    largest = Math.max(largest, z.size);
    const node = internals.nodeOf(z);
    if (node !== null && node.op.vjps === undefined) inBlocks = false;
  }
  const rows = inBlocks ? Math.max(1, Math.min(y.size, Math.floor(BLOCK / largest))) : 1;
  return { pull: pullbackAlong(walk, wanted, rows === 1 ? "vjp" : "vjps"), rows };
}

function pullbackAlong(walk: Walk, wanted: ReadonlySet<Tensor> | undefined, rule: "vjp" | "vjps"): Pullback {
  const onPath = wanted === undefined ? null : dependents(walk, wanted);
  const backwards = walk.order.toReversed();
  return (cotangent) => {
    const cotangents = new Cotangents(walk);
    cotangents.set(backwards[0], cotangent);
    // The rules look at numbers too, also at those behind symbols.
    internals.inEngine(() =>
      walkBack(backwards, cotangents, {
        rule,
        isAskedFor: (x) => onPath === null || onPath[walk.placeOf(x)] === 1,
        operandsOf: (_z, node) => {
          checkUnassigned("go backward", node);
          return node.inputs;
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
  /** Whether a cotangent is one, as usual, or a block of many. */
  readonly rule?: "vjp" | "vjps";
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
  cotangents: Pick<CotangentMap, "get" | "add">,
  { cotangentOf, rule = "vjp", isAskedFor, operandsOf, meet, leave }: BackwardVisitor,
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
      const share =
        rule === "vjp" ? pulledBack(op, i, ct, z, operands) : (op.vjps?.(i, ct, z, ...operands) ?? null);
      if (share === null) continue;
      meet?.(z, i, share);
      cotangents.add(x, share);
    }
    leave?.(z);
  }
}

/** Lists of one and two operands are the usual ones, and are passed on without another list. */
function pulledBack(op: Op, i: number, ct: Tensor, z: Tensor, operands: readonly Tensor[]): Tensor | null {
  if (operands.length === 1) return op.vjp(i, ct, z, operands[0]);
  if (operands.length === 2) return op.vjp(i, ct, z, operands[0], operands[1]);
  return op.vjp(i, ct, z, ...operands);
}

/** 1 at the place of every tensor that is wanted or computed from one that is. */
function dependents(walk: Walk, wanted: ReadonlySet<Tensor>): Uint8Array {
  const found = new Uint8Array(walk.order.length);
  for (const [place, x] of walk.order.entries()) {
    const isDependent =
      wanted.has(x) || internals.nodeOf(x)?.inputs.some((input) => found[walk.placeOf(input)] === 1);
    if (isDependent) found[place] = 1;
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
