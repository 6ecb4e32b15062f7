/** Parts of a tensor: slice, at, take. */

import { select } from "../rules/select.ts";
import { toTensor } from "../tensor/apply.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { fromData } from "../tensor/make.ts";
import { type Described, publish } from "../tensor/op.ts";
import { AXIS, checkedOptions, kindOf } from "../tensor/options.ts";
import { formatShape, normalizeAxis, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Indices, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, entry, Strength, type TexRule } from "../tex/tex.ts";

/** What is kept of an axis: one index, which drops the axis; the range from one index to before another; or all. */
export type Range = number | readonly [from: number, to: number] | null;

/** The type of `slice`. */
export interface Slice extends Described {
  (x: Tensor, ...ranges: Range[]): Tensor;
  readonly method: (this: Tensor, ...ranges: Range[]) => Tensor;
}

function part(operand: Tensor, ...given: Range[]): Tensor {
  const x = toTensor("slice", operand);
  const ranges = given.map((range) => range ?? null); // what is left out is all
  for (const range of ranges) checkRange(range);
  if (ranges.length > x.rank) {
    throw new ShapeError(
      `Cannot slice shape ${formatShape(x.shape)} by ${ranges.length} ranges: it has ${x.rank} axes`,
      [x.shape],
    );
  }
  const all = x.shape.map((length, axis) => bounds(ranges[axis] ?? null, length, axis, x.shape));
  return select(
    {
      name: "slice",
      tex: sliceTex(ranges),
      from: x.shape,
      to: all.filter((_, axis) => typeof ranges[axis] !== "number").map(([from, to]) => to - from),
      picks: all.map(([start, end]) => ({ start, end })),
    },
    x,
  );
}

function checkRange(range: unknown): void {
  const isBounds =
    Array.isArray(range) && range.length === 2 && range.every((end) => typeof end === "number");
  if (range === null || range === undefined || typeof range === "number" || isBounds) return;
  throw new ValueError(
    `Cannot slice by ${kindOf(range)}: for each axis give an index, [from, to] or null, as in slice(X, null, [0, 2])`,
  );
}

/** The first index and the one after the last along an axis; negative bounds count from the end. */
function bounds(range: Range, length: number, axis: number, shape: Shape): [from: number, to: number] {
  if (range === null) return [0, length];
  const [from, to] = typeof range === "number" ? [range, range === -1 ? length : range + 1] : range;
  const [start, end] = [from, to].map((bound) => (bound < 0 ? bound + length : bound));
  const isInside =
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length;
  if (isInside) return [start, end];
  const asked = typeof range === "number" ? `index ${range}` : `[${range.join(", ")}]`;
  throw new ShapeError(
    `Cannot slice shape ${formatShape(shape)} by ${asked} along axis ${axis}: its indices count from 0, and there are ${length}`,
    [shape],
  );
}

// Labels count from 1, as the lecture does: [0, 2) is 1:2. From the end they count from −1, as indices do.
function sliceTex(ranges: readonly Range[]): TexRule {
  const first = (index: number): number => (index < 0 ? index : index + 1);
  const last = (end: number): number => (end < 0 ? end - 1 : end);
  const labels = ranges.map((range) =>
    range === null
      ? ":"
      : typeof range === "number"
        ? `${first(range)}`
        : `${first(range[0])}:${last(range[1])}`,
  );
  return (x) => ({ latex: entry(x, labels.join(",")), strength: Strength.atom, rank: 0 });
}

/**
 * A part of a tensor: for each axis one index (which drops the axis), `[from, to]` without `to`, or `null` for all.
 * Indices count from 0, or from the end when negative; axes not named are kept.
 *
 * dX is dY at its place, and 0 around it.
 *
 * @throws ShapeError when an index lies outside.
 * @example
 * slice(tensor([[1, 2, 3], [4, 5, 6]]), null, [1, 3]).toArray() // [[2, 3], [5, 6]]
 */
export const slice: Slice = publish(part, [
  { shapes: [[2, 3]], call: (x) => part(x, null, [1, 3]), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => part(x, -1), domain: [[-2, 2]] },
  { shapes: [[2, 3, 4]], call: (x) => part(x, 1, [0, -1], 2), domain: [[-2, 2]] },
]);

/** The type of `at`. */
export interface At extends Described {
  <X extends Tensor, I extends readonly number[]>(x: X, ...indices: I): Tensor<Within<ShapeOf<X>, I>>;
  readonly method: <X extends Tensor, I extends readonly number[]>(this: X, ...indices: I) => EntryAt<X, I>;
}

/** What `X.at` answers: of a Jacobian, which has an `at` of its own, one derivative as a number. */
export type EntryAt<X extends Tensor, I extends readonly number[]> = X extends { blocks(): Tensor }
  ? number
  : Tensor<Within<ShapeOf<X>, I>>;

/** The shape without an axis for each index. */
type Within<S extends Shape, I extends readonly unknown[]> = I extends readonly [unknown, ...infer Rest]
  ? S extends [number, ...infer Inner extends Shape]
    ? Within<Inner, Rest>
    : Shape
  : I extends readonly []
    ? S
    : Shape;

function entryAt(operand: Tensor, ...indices: number[]): Tensor {
  const x = toTensor("take an entry of", operand);
  const odd = indices.find((index) => typeof index !== "number");
  if (odd !== undefined) {
    throw new ValueError(`Cannot take an entry at ${kindOf(odd)}: give whole numbers, as in at(X, 0, -1)`);
  }
  const refuse = (why: string): ShapeError =>
    new ShapeError(
      `Cannot take the entry at (${indices.join(", ")}) of shape ${formatShape(x.shape)}: ${why}`,
      [x.shape],
    );
  if (indices.length > x.rank) throw refuse(`there are ${x.rank} axes for ${indices.length} indices`);
  const places = indices.map((index, i) => (index < 0 ? index + x.shape[i] : index));
  const axis = places.findIndex((place, i) => !isInside(place, x.shape[i]));
  if (axis < 0) return part(x, ...indices);
  throw refuse(`along axis ${axis} its indices count from 0, and there are ${x.shape[axis]}`);
}

const isInside = (index: number, length: number): boolean =>
  Number.isInteger(index) && 0 <= index && index < length;

/**
 * The entry at the given indices, one for each axis; with fewer of them, the part of the tensor that is left. Indices
 * count from 0, or from the end when negative.
 *
 * dX is dY at its place, and 0 around it.
 *
 * @throws ShapeError when an index lies outside.
 * @example
 * at(tensor([[1, 2], [3, 4]]), 1, 0).item() // 3
 * tensor([[1, 2], [3, 4]]).at(-1).toArray() // [3, 4]
 */
export const at: At = publish(entryAt, [
  { shapes: [[2, 3]], call: (x) => entryAt(x, 1, -1), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => entryAt(x, 0), domain: [[-2, 2]] },
]);

/** Options of `take`. */
export interface TakeOptions {
  /** The axis the indices run along (default 0). */
  readonly axis?: number;
}

/** The type of `take`. */
export interface Take extends Described {
  (x: Tensor, indices: Indices, options?: TakeOptions): Tensor;
  readonly method: (this: Tensor, indices: Indices, options?: TakeOptions) => Tensor;
}

const EXAMPLE = "take(X, [2, 0], { axis: 0 })";

function pick(operand: Tensor, indices: Indices, options?: TakeOptions): Tensor {
  const x = toTensor("take", operand);
  const { axis = 0 } = checkedOptions(options, { of: "take", example: EXAMPLE, known: { axis: AXIS } });
  const along = normalizeAxis("take", axis, x.shape);
  const length = x.shape[along];
  if (!(indices instanceof Tensor || Array.isArray(indices))) {
    throw new ValueError(`Cannot take ${kindOf(indices)}: give a list of indices, as in ${EXAMPLE}`);
  }
  const given = indices instanceof Tensor ? indices : fromData(indices);
  const list = Array.from(given.data);
  const outside = list.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (outside !== undefined) {
    throw new ShapeError(
      `Cannot take index ${outside} of shape ${formatShape(x.shape)} along axis ${along}: ` +
        `its indices count from 0, and there are ${length}`,
      [x.shape],
    );
  }
  return select(
    {
      name: "take",
      tex: call("\\operatorname{take}"),
      from: x.shape,
      to: x.shape.toSpliced(along, 1, ...given.shape),
      picks: x.shape.map((end, i) => (i === along ? list : { start: 0, end })),
    },
    x,
  );
}

/**
 * The slices at the given indices along an axis, in their order; an index may occur more than once. The shape of the
 * indices stands in the place of the axis: a matrix of them makes two axes of it, a single one (a scalar) none.
 *
 * dX collects the dY of each slice at its index.
 *
 * @throws ShapeError when an index lies outside.
 * @example
 * take(tensor([[1, 2], [3, 4]]), [1, 0, 1]).toArray() // [[3, 4], [1, 2], [3, 4]]
 */
export const take: Take = publish(pick, [
  { shapes: [[3, 2]], call: (x) => pick(x, [2, 0, 2]), domain: [[-2, 2]] },
  { shapes: [[2, 3]], call: (x) => pick(x, [1], { axis: -1 }), domain: [[-2, 2]] },
  {
    shapes: [[3, 2]],
    call: (x) =>
      pick(x, [
        [2, 0],
        [1, 2],
      ]),
    domain: [[-2, 2]],
  },
  { shapes: [[2, 3]], call: (x) => pick(x, [[0], [2]], { axis: 1 }), domain: [[-2, 2]] },
]);
