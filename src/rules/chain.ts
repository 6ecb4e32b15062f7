/** The chain rule of an op that acts entry by entry, ct ⊙ ∂y/∂xᵢ, backward and forward, as one loop where nobody looks. */

import { mapRow } from "../numeric/map.ts";
import { allocate, type Dtype, type Entries } from "../tensor/dtype.ts";
import { computed, FLOAT32, isRecorded, SYMBOLIC, WEAK } from "../tensor/internals.ts";
import { isQuiet, type Kernel, type Op, tracing } from "../tensor/op.ts";
import { sizeOf } from "../tensor/shape.ts";
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
    const size = y.size;
    const type = internals.traitsOf(y) & ABOUT;
    const isPlain =
      (type & ~FLOAT32) === 0 &&
      ct.size === size &&
      fits(ct, size, type) &&
      fits(a, size, type) &&
      (b === undefined || fits(b, size, type)) &&
      (c === undefined || fits(c, size, type));
    if (!isPlain) return chain(i, ct, y, listed(a, b, c));
    if (isRecorded()) {
      const form = { shape: y.shape, dtype: y.dtype };
      return new Tensor(y.shape, computed(loop.primal, form, [ct, y, ...listed(a, b, c)]));
    }
    loop.give(0, internals.entriesOf(ct), size);
    loop.give(1, internals.entriesOf(y), size);
    loop.give(2, internals.entriesOf(a), size);
    if (b !== undefined) loop.give(3, internals.entriesOf(b), size);
    if (c !== undefined) loop.give(4, internals.entriesOf(c), size);
    return new Tensor(y.shape, loop.run(y.dtype, size));
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

/** A step: a kernel, and the numbers of the values it is applied to. */
interface Step {
  readonly kernel: Kernel;
  readonly operands: readonly number[];
}

/** How many entries take all steps before the next ones do: what lies between stays in the cache. */
const BLOCK = 1024;

/** Values between the steps, for each number type. */
const between: Readonly<Record<Dtype, Entries[]>> = { float64: [], float32: [] };

const NOTHING: Entries = new Float64Array(0);

/** A traced formula. Its values are numbered: first the operands, then the constants, then the results of the steps. */
class Loop {
  readonly #operandCount: number;
  readonly #steps: readonly Step[];
  /** Where each value lies, and how far apart its entries do: 0 for one that is the same for all. */
  readonly #values: Entries[];
  readonly #strides: number[];

  constructor(operandCount: number, constants: readonly number[], steps: readonly Step[]) {
    this.#operandCount = operandCount;
    this.#steps = steps;
    this.#values = [
      ...Array.from({ length: operandCount }, () => NOTHING),
      ...constants.map((value) => Float64Array.of(value)),
      ...steps.map(() => NOTHING),
    ];
    this.#strides = this.#values.map((_, k) => (k < operandCount + constants.length ? 0 : 1));
  }

  /** The same as the primal of an op. */
  readonly primal: Op["primal"] = ({ shape, dtype }, ...x) => {
    const size = sizeOf(shape);
    for (const [k, xk] of x.entries()) this.give(k, internals.entriesOf(xk), size);
    return this.run(dtype, size);
  };

  /** Gives an operand its entries: as many as there are to compute, or one for all. */
  give(operand: number, entries: Entries, size: number): void {
    this.#values[operand] = entries;
    this.#strides[operand] = entries.length === size ? 1 : 0;
  }

  /** The entries of the result, for the operands that were given. */
  run(dtype: Dtype, size: number): Entries {
    const result = allocate(dtype, size, false);
    const [values, strides, steps] = [this.#values, this.#strides, this.#steps];
    const first = values.length - steps.length;
    const last = steps.length - 1;
    for (let k = 0; k < last; k++) values[first + k] = buffer(dtype, k);
    values[first + last] = result;
    for (let start = 0; start < size; start += BLOCK) {
      const count = Math.min(BLOCK, size - start);
      for (let k = 0; k <= last; k++) {
        const { kernel, operands } = steps[k];
        const at = k === last ? start : 0;
        const [a, b, c] = operands;
        const ai = a < first ? start * strides[a] : 0;
        if (operands.length === 1) {
          mapRow(kernel, count, values[first + k], at, values[a], ai, strides[a], null, 0, 0);
          continue;
        }
        const bi = b < first ? start * strides[b] : 0;
        if (operands.length === 2) {
          mapRow(kernel, count, values[first + k], at, values[a], ai, strides[a], values[b], bi, strides[b]);
          continue;
        }
        const ci = c < first ? start * strides[c] : 0;
        const y = values[first + k];
        for (let e = 0; e < count; e++) {
          y[at + e] = kernel(
            values[a][ai + e * strides[a]],
            values[b][bi + e * strides[b]],
            values[c][ci + e * strides[c]],
          );
        }
      }
    }
    // Nothing is kept alive until the next call.
    for (let k = 0; k < this.#operandCount; k++) values[k] = NOTHING;
    values[first + last] = NOTHING;
    return result;
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
  const steps: { kernel: Kernel; inputs: readonly Tensor[] }[] = [];
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
    steps.push({ kernel: node.op.kernel, inputs: node.inputs });
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
    steps.map(({ kernel, inputs }) => ({ kernel, operands: inputs.map(placeOf) })),
  );
}
