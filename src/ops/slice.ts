import { ShapeError, ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { entry, Strength, type TexRule } from "../latex/tex.ts";
import { type Described, publish, toTensor } from "../op.ts";
import { positionsAt, select } from "../select.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** What is kept of an axis: one index, which drops the axis; from one to before another; or all. */
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
  const indices = all.map(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
  return select(
    {
      name: "slice",
      tex: sliceTex(ranges),
      from: x.shape,
      to: all.filter((_, axis) => typeof ranges[axis] !== "number").map(([from, to]) => to - from),
      positions: positionsAt(x.shape, indices),
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

/** From where to before where along an axis; negative bounds count from the end. */
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

// Labels count from 1, as the lecture does: [0, 2) is 1:2.
function sliceTex(ranges: readonly Range[]): TexRule {
  const labels = ranges.map((range) =>
    range === null ? ":" : typeof range === "number" ? `${range + 1}` : `${range[0] + 1}:${range[1]}`,
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
