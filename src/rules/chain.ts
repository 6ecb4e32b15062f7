/** The chain rule of an op that acts entry by entry, ct ⊙ ∂y/∂xᵢ, backward and forward, as one loop where nobody looks. */

import { declareFusion, Fusion, type Step } from "../numeric/fusion.ts";
import { DOUBLES, type EntryMap, kindsOf, mapAlong, mapOf } from "../numeric/map.ts";
import { isQuiet, tracing } from "../tensor/apply.ts";
import { allocate, type Dtype, type Entries } from "../tensor/dtype.ts";
import { computed, FLOAT32, isRecorded, SYMBOLIC, WEAK } from "../tensor/internals.ts";
import type { Op } from "../tensor/op.ts";
import { sameShape, sizeOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { stretchTo, sumRowsTo, sumTo } from "./contraction.ts";

/** ct ⊙ ∂y/∂xᵢ in the library's ops; `null` where no derivative passes. */
export type Chain = (i: number, ct: Tensor, y: Tensor, x: readonly Tensor[]) => Tensor | null;

/**
 * The vjp and the jvp of `chain`, which serves both. While nobody records or watches, it is run as one loop, traced from
 * `each`: the same formula, which looks at numbers in no other way than entry by entry.
 */
export function chained(chain: Chain, each: Chain | null = chain): Pick<Op, "vjp" | "vjps" | "jvp"> {
  const loops: (Traced | undefined)[] = [NEW, NEW, NEW];
  // Three operands at most, each named: no call makes a list of them unless it must.
  const along = (i: number, ct: Tensor, y: Tensor, a: Tensor, b?: Tensor, c?: Tensor): Tensor | null => {
    if (each === null || !isQuiet()) return chain(i, ct, y, listed(a, b, c));
    if (loops[i] === NEW) {
      loops[i] = traced(2 + listed(a, b, c).length, ([ct, y, ...x]) => each(i, ct, y, x));
    }
    const loop = loops[i];
    if (loop === null) return null;
    if (loop === 0) return ct;
    if (!(loop instanceof Loop)) return chain(i, ct, y, listed(a, b, c));
    if (!suits(ct, y, a, b, c)) return chain(i, ct, y, listed(a, b, c));
    return through(loop, ct, y, a, b, c);
  };
  return {
    vjp: (i, ct, y, a, b, c) => {
      const dx = along(i, ct, y, a, b, c);
      return dx && sumTo(dx, (i === 0 ? a : i === 1 ? b : c).shape);
    },
    // A partial has the axes of y, or fewer, and so broadcasts to every row.
    ...(each !== null && {
      vjps: (i, cts, y, ...x) => {
        const dx = chain(i, cts, y, x);
        return dx && sumRowsTo(dx, x[i].shape);
      },
    }),
    jvp: (i, t, y, a, b, c) => {
      const dy = along(i, t, y, a, b, c);
      return dy && stretchTo(dy, y.shape);
    },
  };
}

/** Whether a loop may run: operands of the number type of `y`, each with as many entries, or with one for all. */
function suits(ct: Tensor, y: Tensor, a: Tensor, b?: Tensor, c?: Tensor): boolean {
  const size = y.size;
  const type = internals.traitsOf(y) & ABOUT;
  return (
    (type & ~FLOAT32) === 0 &&
    ct.size === size &&
    fits(ct, size, type) &&
    fits(a, size, type) &&
    (b === undefined || fits(b, size, type)) &&
    (c === undefined || fits(c, size, type))
  );
}

/** Runs a loop; whoever records is told of it. */
function through(loop: Loop, ct: Tensor, y: Tensor, a: Tensor, b?: Tensor, c?: Tensor): Tensor {
  if (!isRecorded()) return new Tensor(y.shape, loop.run(y.dtype, y.size, ct, y, a, b, c));
  const form = { shape: y.shape, dtype: y.dtype };
  return new Tensor(y.shape, computed(loop.primal, form, [ct, y, ...listed(a, b, c)]));
}

/**
 * The same for any formula of three operands that act entry by entry, such as the next value of a parameter: the first
 * two are of one shape, and the third may be one number.
 */
export function fused(
  formula: (x: Tensor, y: Tensor, a: Tensor) => Tensor,
): (x: Tensor, y: Tensor, a: Tensor) => Tensor {
  let loop: Traced | undefined = NEW;
  return (x, y, a) => {
    if (loop === NEW) loop = traced(3, ([x, y, a]) => formula(x, y, a));
    const isFit = loop instanceof Loop && isQuiet() && sameShape(x.shape, y.shape) && suits(x, y, a);
    return isFit ? through(loop as Loop, x, y, a) : formula(x, y, a);
  };
}

/** What stands for a loop that has not been asked for. */
const NEW = -1;

const ABOUT = FLOAT32 | SYMBOLIC | WEAK;

function listed(a: Tensor, b: Tensor | undefined, c: Tensor | undefined): readonly Tensor[] {
  if (b === undefined) return [a];
  return c === undefined ? [a, b] : [a, b, c];
}

/** Whether `x` has as many entries as the result, or one, and its number type or that of a formula's numbers. */
function fits(x: Tensor, size: number, type: number): boolean {
  const own = internals.traitsOf(x);
  if (x.size !== size && x.size !== 1) return false;
  return (own & SYMBOLIC) === 0 && ((own & FLOAT32) === type || (own & WEAK) !== 0);
}

// A formula of ops that act entry by entry, as one loop over the entries: traced once, then run without a tensor for each
// step. The steps are the ops' own kernels in their own order, each rounded as its result would be, so the bits are those
// of the ops applied one after the other.

/** From how many entries on one loop for all steps pays. */
const FUSED_FROM = 4;

/** How many entries take all steps before the next ones do: what lies between stays in the cache. */
const BLOCK = 1024;

/** Values between the steps, for each number type. */
const between: Readonly<Record<Dtype, Entries[]>> = { float64: [], float32: [] };

const NOTHING: Entries = new Float64Array(0);

/** A traced formula. Its values are numbered: first the operands, then the constants, then the results of the steps. */
class Loop {
  readonly #operandCount: number;
  readonly #steps: readonly Step[];
  /** The steps as one loop, where it can be. */
  readonly #fusion: Fusion | null;
  /** Where each value lies, and how far apart its entries do: 0 for one that is the same for all. */
  readonly #values: Entries[];
  readonly #strides: number[];

  constructor(operandCount: number, constants: readonly number[], steps: readonly Step[]) {
    this.#operandCount = operandCount;
    this.#steps = steps;
    const fusion = new Fusion(operandCount, constants, steps);
    this.#fusion = steps.length > 1 && fusion.isPossible ? fusion : null;
    declareFusion(this.primal, () => fusion);
    this.#values = [
      ...Array.from({ length: operandCount }, () => NOTHING),
      ...constants.map((value) => Float64Array.of(value)),
      ...steps.map(() => NOTHING),
    ];
    this.#strides = this.#values.map((_, k) => (k < operandCount + constants.length ? 0 : 1));
  }

  /** The same as the primal of an op. */
  readonly primal: Op["primal"] = ({ shape, dtype }, ct, y, a, b, c) =>
    this.run(dtype, sizeOf(shape), ct, y, a, b, c);

  /** The entries of the result: of each operand there are as many, or one for all. */
  run(dtype: Dtype, size: number, ct: Tensor, y: Tensor, a: Tensor, b?: Tensor, c?: Tensor): Entries {
    if (this.#steps.length === 1) return this.#runOne(this.#steps[0], dtype, size, ct, y, a, b, c);
    this.#give(0, ct, size);
    this.#give(1, y, size);
    this.#give(2, a, size);
    if (b !== undefined) this.#give(3, b, size);
    if (c !== undefined) this.#give(4, c, size);
    const result = allocate(dtype, size, false);
    if (this.#fusion !== null && size >= FUSED_FROM) {
      if (this.#fusion.run(result, size, this.#values)) return this.#forgetting(result);
    }
    const [values, steps] = [this.#values, this.#steps];
    const first = values.length - steps.length;
    const last = steps.length - 1;
    for (let k = 0; k < last; k++) values[first + k] = buffer(dtype, k);
    values[first + last] = result;
    for (let start = 0; start < size; start += BLOCK) {
      const count = size - start < BLOCK ? size - start : BLOCK;
      for (let k = 0; k < last; k++) this.#step(steps[k], values[first + k], 0, start, count, first, dtype);
      this.#step(steps[last], result, start, start, count, first, dtype);
    }
    values[first + last] = NOTHING;
    return this.#forgetting(result);
  }

  /** Nothing is kept alive until the next call. */
  #forgetting(result: Entries): Entries {
    for (let k = 0; k < this.#operandCount; k++) this.#values[k] = NOTHING;
    return result;
  }

  /** A step alone, as most are: there is nothing in between to keep in the cache. */
  #runOne(
    { map, a: first, b: second, c: third }: Step,
    dtype: Dtype,
    size: number,
    ct: Tensor,
    y: Tensor,
    a: Tensor,
    b?: Tensor,
    c?: Tensor,
  ): Entries {
    const result = allocate(dtype, size, false);
    const constants = this.#values;
    const entriesAt = (k: number): Entries => {
      const operand = k === 0 ? ct : k === 1 ? y : k === 2 ? a : k === 3 ? b : k === 4 ? c : undefined;
      return operand === undefined ? constants[k] : internals.entriesOf(operand);
    };
    const p = entriesAt(first);
    const dp = p.length === size ? 1 : 0;
    const q = second < 0 ? null : entriesAt(second);
    const dq = q !== null && q.length === size ? 1 : 0;
    if (q === null || third < 0) {
      mapAlong(
        map,
        dtype === "float64" ? DOUBLES : kindsOf(result, p, q),
        size,
        result,
        0,
        p,
        0,
        dp,
        q,
        0,
        dq,
      );
      return result;
    }
    const r = entriesAt(third);
    const dr = r.length === size ? 1 : 0;
    for (let e = 0; e < size; e++) result[e] = map.f(p[e * dp], q[e * dq], r[e * dr]);
    return result;
  }

  #give(operand: number, x: Tensor, size: number): void {
    const entries = internals.entriesOf(x);
    this.#values[operand] = entries;
    this.#strides[operand] = entries.length === size ? 1 : 0;
  }

  /** Computes so many entries of a step, for operands from `start` on; values from `first` on begin with them. */
  #step(
    { map, a, b, c }: Step,
    y: Entries,
    at: number,
    start: number,
    count: number,
    first: number,
    dtype: Dtype,
  ): void {
    const [values, strides] = [this.#values, this.#strides];
    const ai = a < first ? start * strides[a] : 0;
    const second = b < 0 ? null : values[b];
    const db = b < 0 ? 0 : strides[b];
    const bi = b < first ? start * db : 0;
    if (c < 0) {
      const kinds = dtype === "float64" ? DOUBLES : kindsOf(y, values[a], second);
      mapAlong(map, kinds, count, y, at, values[a], ai, strides[a], second, bi, db);
      return;
    }
    const ci = c < first ? start * strides[c] : 0;
    for (let e = 0; e < count; e++) {
      y[at + e] = map.f(
        values[a][ai + e * strides[a]],
        values[b][bi + e * strides[b]],
        values[c][ci + e * strides[c]],
      );
    }
  }
}

function buffer(dtype: Dtype, k: number): Entries {
  const buffers = between[dtype];
  if (k >= buffers.length)
    buffers.push(dtype === "float64" ? new Float64Array(BLOCK) : new Float32Array(BLOCK));
  return buffers[k];
}

/** What a formula comes to: a loop; one of its operands; or nothing, where there is no result. */
type Traced = Loop | number | null;

/** Traces a formula of `count` operands; undefined where it is made of more than entries. */
function traced(count: number, formula: (operands: readonly Tensor[]) => Tensor | null): Traced | undefined {
  const operands = Array.from({ length: count }, () => new Tensor([], Float64Array.of(0.5)));
  const result = tracing(() => formula(operands));
  if (result === null) return null;
  const constants: number[] = [];
  const steps: { map: EntryMap; inputs: readonly Tensor[] }[] = [];
  const places = new Map<Tensor, number>(operands.map((x, k) => [x, k]));
  const constantPlaces = new Map<Tensor, number>();
  const stepPlaces = new Map<Tensor, number>();
  const visit = (x: Tensor): boolean => {
    if (places.has(x) || constantPlaces.has(x) || stepPlaces.has(x)) return true;
    const node = internals.nodeOf(x);
    // Numbers of the formula, and what is made of them alone, are the same for every entry.
    if (internals.isWeak(x)) {
      constantPlaces.set(x, constants.length);
      constants.push(internals.entriesOf(x)[0]);
      return x.rank === 0;
    }
    if (node === null || node.op.kernel === undefined || node.op.dtype !== undefined) return false;
    if (!node.inputs.every(visit)) return false;
    stepPlaces.set(x, steps.length);
    steps.push({ map: mapOf(node.op.kernel), inputs: node.inputs });
    return true;
  };
  if (!visit(result)) return undefined;
  const place = places.get(result);
  if (place !== undefined) return place;
  if (steps.length === 0) return undefined;
  const placeOf = (x: Tensor): number =>
    places.get(x) ??
    (constantPlaces.has(x)
      ? count + (constantPlaces.get(x) as number)
      : count + constants.length + (stepPlaces.get(x) as number));
  return new Loop(
    count,
    constants,
    steps.map(({ map, inputs }) => {
      const [a, b = -1, c = -1] = inputs.map(placeOf);
      return { map, a, b, c };
    }),
  );
}
