/** Checks gradients against central differences, for every tensor of a record. */

import { CotangentMap, walkBack } from "../autodiff/backward.ts";
import { type Slope, slopesAt } from "../autodiff/central-difference.ts";
import { judge } from "../autodiff/judgement.ts";
import { applyOp, withoutRecording } from "../tensor/apply.ts";
import { entryName } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { asRecorded, changedIn, type GraphRecord, isUnchanged, nameIn } from "./record.ts";

/** What differences say about one gradient. */
export interface Check {
  /** Absent where none could be computed. */
  readonly differences?: Tensor;
  /** The largest relative error; NaN if a gradient is not a number. */
  readonly error: number;
  /** `null` where nothing can be said. */
  readonly ok: boolean | null;
  /** Why nothing can be said. */
  readonly why?: string;
}

/** The relative error allowed, and the rounding of a gradient relative to the terms that it is the sum of. */
const ALLOWED = {
  float64: { tolerance: 1e-6, rounding: 0 },
  float32: { tolerance: 1e-3, rounding: 2 ** -20 },
} as const;
/** The most numbers that are computed again without being asked for: a few tenths of a second. */
export const CHEAP = 8_000_000;
/** How often everything that follows is computed again for one slope of a smooth function: about 6 steps, 2 sides. */
const EVALUATIONS = 20;
/** What applying an op costs, in addition to each of its numbers. */
const PER_OP = 200;

/** How many numbers it takes to check all gradients of a record: for each entry, all that comes after it. */
export function costOf({ order }: GraphRecord): number {
  let [total, after] = [0, 0];
  for (const x of order.toReversed()) {
    total += x.size * (PER_OP + after);
    const node = internals.nodeOf(x);
    if (node === null) continue;
    after += PER_OP + x.size + node.inputs.reduce((read, { size }) => read + size, 0);
  }
  return EVALUATIONS * total;
}

/** The slope of J, or of ⟨dY, Y⟩, in every entry of every tensor, against the gradient. */
export function checkGradients(record: GraphRecord): Map<Tensor, Check> {
  const { order, seed } = record;
  const y = order[order.length - 1];
  // Around NaN and infinity there are no meaningful differences.
  if (seed === null || !y.data.every(Number.isFinite)) return new Map();
  const { cotangents } = backwardShares(record);
  const player = new Player(record);
  return withoutRecording(
    () =>
      new Map(
        order.flatMap((x): [Tensor, Check][] => {
          const gradient = cotangents.get(x);
          return gradient === undefined ? [] : [[x, checkOf(record, player, x, gradient)]];
        }),
      ),
  );
}

function checkOf(record: GraphRecord, player: Player, x: Tensor, gradient: Tensor): Check {
  const { order, seed } = record;
  const y = order[order.length - 1];
  const after = player.after(x);
  const changed = after.find((z) => !isUnchanged(record, nodeOf(z)));
  if (changed !== undefined) {
    const names = Array.from(changedIn(record), (one) => nameIn(record, one));
    const why = `${names.join(", ")} was assigned since ${nameIn(record, changed)} was computed`;
    return { error: 0, ok: null, why };
  }
  const terms = (moved: Tensor): Float64Array => {
    const { data } = player.play(after, x, moved).get(y) ?? moved;
    return Float64Array.from(data, (entry, k) => entry * (seed?.data[k] ?? 1));
  };
  const slopes = slopesAt(terms, player.exact(x));
  return {
    differences: new Tensor(
      x.shape,
      Float64Array.from(slopes, ({ value }) => value),
    ),
    ...verdict(gradient, slopes),
  };
}

/** A gradient is right when each of its entries is; one wrong entry outweighs others about which nothing is known. */
function verdict(gradient: Tensor, slopes: readonly Slope[]): Omit<Check, "differences"> {
  const { tolerance, rounding } = ALLOWED[gradient.dtype];
  const judgements = slopes.map((slope, k) =>
    judge(gradient.data[k], { ...slope, error: slope.error + rounding * slope.scale }, tolerance),
  );
  const worst = (kind: "holds" | "fails"): number =>
    judgements.reduce((most, one) => (one.kind === kind ? Math.max(most, one.error) : most), 0);
  if (judgements.some(({ kind }) => kind === "fails")) return { error: worst("fails"), ok: false };
  const error = worst("holds");
  for (const [k, judgement] of judgements.entries()) {
    if (judgement.kind !== "unsaid") continue;
    const where = gradient.size > 1 ? `, at ${entryName(k, gradient.shape)}` : "";
    return { error, ok: null, why: judgement.why + where };
  }
  return { error, ok: true };
}

/** Computes again what depends on one tensor. Everything else keeps its numbers. */
class Player {
  readonly #record: GraphRecord;
  readonly #isDouble: boolean;
  readonly #exact = new Map<Tensor, Tensor>();

  constructor(record: GraphRecord) {
    this.#record = record;
    this.#isDouble = record.order.every(({ dtype }) => dtype === "float64");
  }

  /** What is computed from x, in order. */
  after(x: Tensor): Tensor[] {
    const moving = new Set([x]);
    return this.#record.order.filter((z) => {
      const isMoving = z !== x && (internals.nodeOf(z)?.inputs ?? []).some((input) => moving.has(input));
      if (isMoving) moving.add(z);
      return isMoving;
    });
  }

  /** The tensor as it was recorded, in doubles: differences of singles would be mostly rounding. */
  exact(x: Tensor): Tensor {
    const known = this.#exact.get(x);
    if (known !== undefined) return known;
    const then = asRecorded(this.#record, x);
    const exact =
      this.#isDouble || internals.isLiteral(x) ? then : new Tensor(x.shape, Float64Array.from(then.data));
    this.#exact.set(x, exact);
    return exact;
  }

  play(after: readonly Tensor[], x: Tensor, moved: Tensor): Map<Tensor, Tensor> {
    const values = new Map([[x, moved]]);
    for (const z of after) {
      const { op, inputs } = nodeOf(z);
      const operands = inputs.map((input) => values.get(input) ?? this.exact(input));
      values.set(z, !this.#isDouble && op.name === "cast" ? operands[0] : applyOp(op, ...operands));
    }
    return values;
  }
}

function nodeOf(z: Tensor): NonNullable<ReturnType<typeof internals.nodeOf>> {
  const node = internals.nodeOf(z);
  if (node === null) throw new Error("Cannot compute a leaf again"); // only what has operands comes after a tensor
  return node;
}

// The backward pass of a record, edge by edge: what each operand is given by each result.

/** What a backward pass gives. */
export interface Shares {
  /** The share that input number i of a result gets from it; `null` where it can no longer be computed. */
  readonly of: (z: Tensor, i: number) => Tensor | null;
  readonly cotangents: ReadonlyMap<Tensor, Tensor>;
}

/** Walks from the result to the leaves. Where a tensor was assigned since, the numbers are lost. */
export function backwardShares(record: GraphRecord): Shares {
  const { order, seed, gradients } = record;
  const shares = new Map<Tensor, Map<number, Tensor>>();
  const cotangents = new Map<Tensor, Tensor>(gradients);
  if (seed === null) return { of: () => null, cotangents };
  const isUnknown = new Set<Tensor>(); // the shares of these do not add up to their gradients
  const y = order[order.length - 1];
  withoutRecording(() =>
    walkBack(order.toReversed(), new CotangentMap([[y, seed]]), {
      cotangentOf: (z, sum) => {
        const ct = isUnknown.has(z) ? gradients.get(z) : sum;
        if (ct !== undefined) cotangents.set(z, ct);
        const node = internals.nodeOf(z);
        if (node === null || (ct !== undefined && isUnchanged(record, node))) return ct;
        if (isUnknown.has(z) || ct !== undefined) for (const x of node.inputs) isUnknown.add(x);
        return undefined;
      },
      isAskedFor: () => true,
      operandsOf: (_z, { inputs }) => inputs.map((x) => asRecorded(record, x)),
      meet: (z, i, share) => {
        shares.set(z, (shares.get(z) ?? new Map<number, Tensor>()).set(i, share));
      },
    }),
  );
  return { of: (z, i) => shares.get(z)?.get(i) ?? null, cotangents };
}
