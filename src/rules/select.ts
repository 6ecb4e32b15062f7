/** Ops that pick entries by their positions, and their adjoint, which puts them back. */

import { allocate } from "../tensor/dtype.ts";
import { apply, type Op } from "../tensor/op.ts";
import { type Shape, sizeOf, stridesOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { call, type LengthsTex, type TexRule } from "../tex/tex.ts";

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
  /** The position of each picked entry, in the order of the result; one may be picked more than once. */
  readonly positions: readonly number[];
}

/** The positions of the entries at all combinations of the indices along each axis. */
export function positionsAt(from: Shape, indices: readonly (readonly number[])[]): number[] {
  const strides = stridesOf(from);
  return indices.reduce<number[]>(
    (starts, along, axis) => starts.flatMap((start) => along.map((index) => start + index * strides[axis])),
    [0],
  );
}

/** The positions of the entries along an axis, for each place on the other axes. */
export function positionsAlong(shape: Shape, axis: number): number[][] {
  const starts = positionsAt(
    shape,
    shape.map((length, i) => (i === axis ? [0] : [...Array(length).keys()])),
  );
  const stride = stridesOf(shape)[axis];
  return starts.map((start) => Array.from({ length: shape[axis] }, (_, k) => start + k * stride));
}

/** Picks: y_k = x at the k-th position. */
export function select(selection: Selection, x: Tensor): Tensor {
  return apply(selectOp(selection), x);
}

/** Puts back: the sum of the y_k at each position, and 0 where none was picked. */
export function putBack(selection: Selection, y: Tensor): Tensor {
  return apply(putBackOp(selection), y);
}

// Each is linear, so its jvp is itself; and each is the other's vjp.
function selectOp(selection: Selection): Op {
  const { name, tex, texIn, from, to, positions } = selection;
  return {
    name,
    tex,
    ...(texIn && { texIn }),
    recipe: { maker: "select", name, from, to, positions },
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
  const { from, positions } = selection;
  return {
    name: "putBack",
    tex: call("\\operatorname{put}"),
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
