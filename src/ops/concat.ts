/** Tensors one after the other, and a tensor taken apart. */

import { positionsAt, putBack, type Selection, select } from "../rules/select.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { type Described, type Op, publish } from "../tensor/op.ts";
import { AXIS, checkedOptions, kindOf } from "../tensor/options.ts";
import { formatShape, letters, normalizeAxis, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { listed } from "../tex/matrix.ts";
import { call, entry, Strength, type Tex, type TexRule } from "../tex/tex.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";

/** Options of `concat` and `stack`. */
export interface JoinOptions {
  /** The axis along which the tensors follow each other (default 0). */
  readonly axis?: number;
}

/** The type of `concat` and `stack`. */
export interface Join extends Described {
  (tensors: readonly Tensor[], options?: JoinOptions): Tensor;
  readonly method: (this: Tensor, others: readonly Tensor[], options?: JoinOptions) => Tensor;
}

/** Where each tensor's entries stand in the result. */
function placesOf(shapes: readonly Shape[], axis: number, to: Shape): Selection[] {
  let start = 0;
  return shapes.map((shape, k) => {
    const first = start;
    start += shape[axis];
    const end = start;
    // Labels count from 1, as those of slice do: dY_{1:2,:}. Where lengths are letters, the share is the k-th part.
    const rows = shape.map((_, i) => (i === axis ? `${first + 1}:${end}` : ":")).join(",");
    const rule: TexRule = (x) => ({ latex: entry(x, rows), strength: Strength.atom, rank: 0 });
    return {
      name: "slice",
      tex: rule,
      texIn: ({ result }) =>
        result.some((n) => Number.isNaN(Number(n))) ? call(`\\operatorname{part}_{${k + 1}}`) : rule,
      from: to,
      to: shape,
      picks: shape.map((length, i) => (i === axis ? { start: first, end } : { start: 0, end: length })),
    };
  });
}

function concatOp(shapes: readonly Shape[], axis: number): Op {
  const to = shapes[0].with(
    axis,
    shapes.reduce((total, shape) => total + shape[axis], 0),
  );
  const places = placesOf(shapes, axis, to);
  return {
    name: "concat",
    tex: (...x: Tex[]) => ({
      latex: `\\operatorname{concat}(${listed(x.map(({ latex }) => latex))})`,
      strength: Strength.atom,
      rank: 0,
    }),
    recipe: { maker: "concat", axis },
    lengths: () => lengthsAcross(shapes.length, to.length, axis),
    shape: () => to,
    primal: ({ dtype }, ...x) => {
      const y = allocate(dtype, sizeOf(to));
      places.forEach(({ picks }, i) => {
        positionsAt(to, picks).forEach((position, k) => {
          y[position] = x[i].data[k];
        });
      });
      return y;
    },
    vjp: (i, ct) => select(places[i], ct),
    jvp: (i, t) => putBack(places[i], t),
  };
}

/** All axes but that of the joint are the same; there each has a length of its own. */
function lengthsAcross(count: number, rank: number, axis: number): string {
  const own = Array.from(letters(rank + count + 1));
  const names = (k: number): string =>
    own
      .slice(0, rank)
      .with(axis, own[rank + k])
      .join("");
  return `${Array.from({ length: count }, (_, k) => names(k)).join(",")}->${names(count)}`;
}

function axisOf(of: string, options: JoinOptions | undefined): number {
  const example = `${of}([A, B], { axis: 1 })`;
  return checkedOptions(options, { of, example, known: { axis: AXIS } }).axis ?? 0;
}

function listOf(action: string, tensors: readonly Tensor[]): Tensor[] {
  if (!Array.isArray(tensors) || tensors.length === 0) {
    const found = Array.isArray(tensors) ? "nothing" : kindOf(tensors);
    throw new ValueError(`Cannot ${action} ${found}: give a list of tensors, as in ${action}([A, B])`);
  }
  return tensors.map((x) => toTensor(action, x));
}

function join(tensors: readonly Tensor[], options?: JoinOptions): Tensor {
  const axis = axisOf("concat", options);
  const x = listOf("concat", tensors);
  const shapes = x.map(({ shape }) => shape);
  const along = normalizeAxis("concat", axis, shapes[0]);
  const odd = shapes.find(
    (shape) =>
      shape.length !== shapes[0].length || !sameShape(shape.with(along, 0), shapes[0].with(along, 0)),
  );
  if (odd !== undefined) {
    throw new ShapeError(
      `Cannot concat shapes ${formatShape(shapes[0])} and ${formatShape(odd)} along axis ${along}: ` +
        "their other lengths differ",
      shapes,
    );
  }
  return applyOp(concatOp(shapes, along), ...x);
}

function pile(tensors: readonly Tensor[], options?: JoinOptions): Tensor {
  const axis = axisOf("stack", options);
  const x = listOf("stack", tensors);
  const { shape } = x[0];
  const odd = x.find((xi) => !sameShape(xi.shape, shape));
  if (odd !== undefined) {
    throw new ShapeError(
      `Cannot stack shapes ${formatShape(shape)} and ${formatShape(odd.shape)}: stack wants them equal`,
      [shape, odd.shape],
    );
  }
  const along = normalizeAxis("stack", axis, [...shape, 1]);
  const layer = shape.toSpliced(along, 0, 1);
  return join(
    x.map((xi) => reshape(xi, ...layer)),
    { axis: along },
  );
}

/** `A.concat([B])` is `concat([A, B])`. */
function methodOf(call: (tensors: readonly Tensor[], options?: JoinOptions) => Tensor): Join["method"] {
  return function (this: Tensor, others, options) {
    return call([this, ...(Array.isArray(others) ? others : [others])], options);
  };
}

/**
 * Tensors one after the other along an axis; their other lengths must agree.
 *
 * Each gets its part of dY.
 *
 * @throws ShapeError when the other lengths differ.
 * @example
 * concat([tensor([[1, 2]]), tensor([[3, 4]])]).toArray() // [[1, 2], [3, 4]]
 */
export const concat: Join = publish(
  join,
  [
    {
      shapes: [
        [1, 2],
        [3, 2],
      ],
      call: (...x) => join(x),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    {
      shapes: [
        [2, 1],
        [2, 2],
        [2, 1],
      ],
      call: (...x) => join(x, { axis: -1 }),
      domain: [
        [-2, 2],
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  {
    method: methodOf(join),
    remake:
      ({ axis }: { axis: number }) =>
      (...x) =>
        join(x, { axis }),
  },
);

/**
 * Tensors of one shape as the slices of a new axis.
 *
 * Each gets its slice of dY.
 *
 * @throws ShapeError when the shapes differ.
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])], { axis: 1 }).toArray() // [[1, 3], [2, 4]]
 */
export const stack: Join = publish(
  pile,
  [
    {
      shapes: [[2], [2]],
      call: (...x) => pile(x),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: (...x) => pile(x, { axis: -1 }),
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  { method: methodOf(pile) },
);

/** The type of `split`. */
export interface Split extends Described {
  (x: Tensor, parts: number | readonly number[], options?: JoinOptions): Tensor[];
  readonly method: (this: Tensor, parts: number | readonly number[], options?: JoinOptions) => Tensor[];
}

function takenApart(operand: Tensor, parts: number | readonly number[], options?: JoinOptions): Tensor[] {
  const x = toTensor("split", operand);
  const example = "split(X, 2, { axis: 1 })";
  const { axis = 0 } = checkedOptions(options, { of: "split", example, known: { axis: AXIS } });
  const along = normalizeAxis("split", axis, x.shape);
  let from = 0;
  return lengthsOfParts(parts, x.shape, along).map((length) => {
    const first = from;
    from += length;
    return slice(x, ...x.shape.map((_, i) => (i === along ? ([first, first + length] as const) : null)));
  });
}

function lengthsOfParts(parts: unknown, shape: Shape, along: number): readonly number[] {
  const length = shape[along];
  const isCount = typeof parts === "number";
  const isLength = (part: unknown): boolean => Number.isInteger(part) && (part as number) >= 0; // a number, then
  if (isCount ? !isLength(parts) || parts === 0 : !(Array.isArray(parts) && parts.every(isLength))) {
    throw new ValueError(
      `Cannot split into ${isCount ? `${parts} parts` : kindOf(parts)}: give their number, as in split(X, 2), or their ` +
        "lengths, as in split(X, [1, 2])",
    );
  }
  const equal = isCount && length % parts === 0 ? new Array<number>(parts).fill(length / parts) : [];
  const lengths = isCount ? equal : (parts as number[]); // checked above
  if (lengths.reduce((total, part) => total + part, 0) === length) return lengths;
  const asked = isCount ? `${parts} equal parts` : `parts of ${lengths.join(", ")}`;
  throw new ShapeError(
    `Cannot split shape ${formatShape(shape)} into ${asked} along axis ${along}: its length is ${length}`,
    [shape],
  );
}

/**
 * A list of parts that follow each other along an axis: so many of equal length, or one for each length in a list.
 * `concat` puts them together again.
 *
 * dX has each part's gradient at its place.
 *
 * @throws ShapeError when the parts do not fill the axis.
 * @example
 * split(tensor([1, 2, 3, 4]), 2).map((part) => part.toArray()) // [[1, 2], [3, 4]]
 * split(tensor([[1, 2, 3]]), [1, 2], { axis: 1 }).map((part) => part.shape) // [[1, 1], [1, 2]]
 */
export const split: Split = publish(takenApart, [
  { shapes: [[4, 3]], call: (x) => takenApart(x, 2)[1], domain: [[-2, 2]] },
  {
    shapes: [[2, 3]],
    call: (x) => join(takenApart(x, [1, 2], { axis: -1 }).toReversed(), { axis: 1 }),
    domain: [[-2, 2]],
  },
]);
