/** Ops that pick entries by their positions, and their adjoint, which puts them back. */

import { applyOp } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { fromData } from "../tensor/make.ts";
import type { Maker, Op } from "../tensor/op.ts";
import {
  formatShape,
  letters,
  normalizeAxis,
  pointwiseIndices,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Nested } from "../tensor/typed-shapes.ts";
import { call, functionOver, type LengthsTex, type TexRule } from "../tex/tex.ts";

/** Which entries are picked, and into what shape. */
export interface Selection {
  readonly name: string;
  readonly tex: TexRule;
  /** The LaTeX, where it depends on how lengths are written. */
  readonly texIn?: (lengths: LengthsTex) => TexRule;
  /** The shape they are picked from. */
  readonly from: Shape;
  /** The shape they are put into. */
  readonly to: Shape;
  /** Which of them: what is picked along each axis, in all combinations. An index may occur more than once. */
  readonly picks: readonly Pick[];
}

/** What is picked along an axis: neighbours, from one index to before another, or the indices of a list. */
export type Pick = { readonly start: number; readonly end: number } | readonly number[];

function indicesOf(pick: Pick): readonly number[] {
  if (!("start" in pick)) return pick;
  const { start, end } = pick;
  return Array.from({ length: end - start }, (_, k) => start + k);
}

/** The positions of what is picked, in the order of the result. */
export function positionsAt(from: Shape, picks: readonly Pick[]): number[] {
  const strides = stridesOf(from);
  return picks
    .map(indicesOf)
    .reduce<number[]>(
      (starts, along, axis) => starts.flatMap((start) => along.map((index) => start + index * strides[axis])),
      [0],
    );
}

/** The positions of the entries along an axis, for each place on the other axes. */
export function positionsAlong(shape: Shape, axis: number): number[][] {
  const starts = positionsAt(
    shape,
    shape.map((length, i) => ({ start: 0, end: i === axis ? 1 : length })),
  );
  const stride = stridesOf(shape)[axis];
  return starts.map((start) => Array.from({ length: shape[axis] }, (_, k) => start + k * stride));
}

/** Picks: y_k = x at the k-th position. */
export function select(selection: Selection, x: Tensor): Tensor {
  return applyOp(selectOp(selection), x);
}

/** Puts back: the sum of the y_k at each position, and 0 where none was picked. */
export function putBack(selection: Selection, y: Tensor): Tensor {
  return applyOp(putBackOp(selection), y);
}

type Selected = Omit<Selection, "tex" | "texIn">;

/** Makes selections again, under the names of their ops. */
export const selection: Maker = {
  remake: (made: Selected, shape) => (x) => select(fitting(made, x.shape, [...shape]), x),
};

/** Makes again what puts a selection back. */
export const puttingBack: Maker = {
  remake: (made: Selected, shape) => (y) => putBack(fitting(made, [...shape], y.shape), y),
};

function fitting({ name, picks }: Selected, from: Shape, to: Shape): Selection {
  const count = picks.reduce((product, pick) => product * countOf(pick), 1);
  if (
    picks.length !== from.length ||
    count !== sizeOf(to) ||
    !picks.every((pick, i) => isIn(from[i], pick))
  ) {
    throw new ShapeError(
      `Cannot ${name} ${count} entries of shape ${formatShape(from)} for shape ${formatShape(to)}: they do not fit`,
      [from, to],
    );
  }
  return { name, tex: call(`\\operatorname{${name}}`), from, to, picks };
}

const countOf = (pick: Pick): number => ("start" in pick ? pick.end - pick.start : pick.length);

function isIn(length: number, pick: Pick): boolean {
  const ends = "start" in pick ? [pick.start, pick.end] : pick;
  const last = "start" in pick ? length : length - 1;
  return ends.every((end) => Number.isInteger(end) && 0 <= end && end <= last);
}

// Each is linear, so its jvp is itself; and each is the other's vjp.
function selectOp(selection: Selection): Op {
  const { name, tex, texIn, from, to, picks } = selection;
  const positions = positionsAt(from, picks);
  return {
    name,
    tex,
    ...(texIn && { texIn }),
    recipe: { maker: "select", name, from, to, picks },
    shape: () => to,
    primal: ({ dtype }, { data }) => {
      const y = allocate(dtype, positions.length);
      for (let k = 0; k < positions.length; k++) y[k] = data[positions[k]];
      return y;
    },
    vjp: (_i, ct) => putBack(selection, ct),
    jvp: (_i, t) => select(selection, t),
  };
}

function putBackOp(selection: Selection): Op {
  const { name, from, to, picks } = selection;
  const positions = positionsAt(from, picks);
  return {
    name: "putBack",
    tex: call("\\operatorname{put}"),
    recipe: { maker: "putBack", name, from, to, picks },
    shape: () => from,
    primal: ({ dtype }, { data }) => {
      const x = allocate(dtype, sizeOf(from));
      for (let k = 0; k < positions.length; k++) x[positions[k]] += data[k];
      return x;
    },
    vjp: (_i, ct) => select(selection, ct),
    jvp: (_i, t) => putBack(selection, t),
  };
}

// Entries along an axis, at indices of their own.

/** The position of each entry's place in a tensor of the shape `from`, for indices that count along an axis. */
function placesOf(from: Shape, indices: Tensor, axis: number): number[] {
  const [own, strides] = [
    positionsAt(
      from,
      indices.shape.map((end, i) => (i === axis ? [0] : { start: 0, end })),
    ),
    stridesOf(from),
  ];
  const { shape, data } = indices;
  const inner = sizeOf(shape.slice(axis + 1));
  return Array.from(data, (index, k) => {
    const before = Math.floor(k / (inner * shape[axis]));
    return own[before * inner + (k % inner)] + index * strides[axis];
  });
}

function gatherOp(indices: Tensor, axis: number): Op {
  return {
    name: "gather",
    tex: functionOver("gather", [axis]),
    recipe: { maker: "gather", indices: indices.toArray(), axis },
    lengths: ({ length }) => lengthsAside(length, axis, "x->i"),
    shape: () => indices.shape,
    primal: ({ dtype }, x) => {
      const places = placesOf(x.shape, indices, axis);
      return allocate(dtype, places.length).map((_, k) => x.data[places[k]]);
    },
    vjp: (_i, ct, _y, x) => collect(ct, indices, axis, x.shape[axis]),
    jvp: (_i, t) => gatherAlong(t, indices, axis),
  };
}

function collectOp(indices: Tensor, axis: number, length: number): Op {
  return {
    name: "scatter",
    tex: functionOver("scatter", [axis]),
    recipe: { maker: "collect", indices: indices.toArray(), axis },
    lengths: ({ length: rank }) => lengthsAside(rank, axis, "i->x"),
    shape: (shape) => shape.with(axis, length),
    primal: ({ shape, dtype }, y) => {
      const x = allocate(dtype, sizeOf(shape));
      placesOf(shape, indices, axis).forEach((place, k) => {
        x[place] += y.data[k];
      });
      return x;
    },
    vjp: (_i, ct) => gatherAlong(ct, indices, axis),
    jvp: (_i, t) => collect(t, indices, axis, length),
  };
}

/** An index string in which x and i are the axes of a tensor and those of its indices, which differ along one axis. */
function lengthsAside(rank: number, axis: number, form: string): string {
  const x = letters(rank);
  return form.replace("x", x).replaceAll("i", x.slice(0, axis) + letters(1, rank) + x.slice(axis + 1));
}

/** The entries of x at the indices along an axis, which are checked already. */
export function gatherAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  return applyOp(gatherOp(indices, axis), x);
}

/** The sums of the entries of y at each index along an axis of that length: the adjoint of gathering. */
export function collect(y: Tensor, indices: Tensor, axis: number, length: number): Tensor {
  return applyOp(collectOp(indices, axis, length), y);
}

/** An op of a tensor x, and indices that say for each of their places which entry of x along `axis` is meant. */
export function checkIndices(action: string, indices: Tensor, from: Shape, axis: number): void {
  const { shape, data } = indices;
  if (shape.length !== from.length || !sameShape(shape.with(axis, 0), from.with(axis, 0))) {
    throw new ShapeError(
      `Cannot ${action} shape ${formatShape(from)} by indices of shape ${formatShape(shape)} along axis ${axis}: their ` +
        "other lengths differ",
      [from, shape],
    );
  }
  const outside = data.find((index) => !Number.isInteger(index) || index < 0 || index >= from[axis]);
  if (outside === undefined) return;
  throw new ShapeError(
    `Cannot ${action} index ${outside} of shape ${formatShape(from)} along axis ${axis}: ` +
      `its indices count from 0, and there are ${from[axis]}`,
    [from],
  );
}

/** Collects again. */
export const collecting: Maker = {
  remake:
    ({ indices: given, axis }: { indices: Nested; axis: number }, shape) =>
    (y) => {
      const indices = fromData(given);
      checkIndices("scatter", indices, [...shape], normalizeAxis("scatter", axis, [...shape]));
      if (sameShape(y.shape, indices.shape)) return collect(y, indices, axis, shape[axis]);
      throw new ShapeError(
        `Cannot scatter shape ${formatShape(y.shape)} by indices of shape ${formatShape(indices.shape)}: they differ`,
        [y.shape, indices.shape],
      );
    },
};

// Entries that move along an axis.

/** How entries move along an axis. */
interface Move {
  readonly axis: number;
  /** 1 to the next place, −1 to the one before. */
  readonly by: 1 | -1;
  /** What stands where nothing comes from. */
  readonly fill: number;
}

function shiftOp({ axis, by, fill }: Move): Op {
  const backwards: Move = { axis, by: by === 1 ? -1 : 1, fill: 0 };
  return {
    name: "shift",
    tex: call("\\operatorname{shift}"),
    recipe: { maker: "shift", axis, by, fill },
    indices: pointwiseIndices,
    shape: (shape) => shape,
    primal: ({ shape, dtype }, { data }) => {
      const y = allocate(dtype, data.length);
      for (const positions of positionsAlong(shape, axis)) {
        positions.forEach((at, k) => {
          const from = positions[k - by];
          y[at] = from === undefined ? fill : data[from];
        });
      }
      return y;
    },
    vjp: (_i, ct) => shift(ct, backwards),
    jvp: (_i, t) => shift(t, { axis, by, fill: 0 }),
  };
}

/** The entries moved by one place along an axis. */
export function shift(x: Tensor, move: Move): Tensor {
  return applyOp(shiftOp(move), x);
}

/** Moves entries again. */
export const shifting: Maker = {
  remake:
    ({ axis, by, fill }: Move) =>
    (x) =>
      shift(x, { axis: normalizeAxis("shift", axis, x.shape), by: by === 1 ? 1 : -1, fill }),
};
