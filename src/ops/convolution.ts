/** Windows that slide over the last two axes, and what is made of them: convolution and pooling. */

import { contract } from "../rules/contraction.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate, checkRoom, type Entries } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { within } from "../tensor/host.ts";
import { type Call, type Described, type Op, publish, type Sample } from "../tensor/op.ts";
import { checkedOptions, kindOf, type OptionKind } from "../tensor/options.ts";
import { formatShape, letters, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import { letterOf } from "../tensor/symbol.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type {
  Convolved,
  ConvolvedCheck,
  Pooled,
  ShapeOf,
  Windowed,
  WindowedCheck,
  WindowOptions,
} from "../tensor/typed-shapes.ts";
import { indexSum } from "../tex/name.ts";
import { call as callTex } from "../tex/tex.ts";
import { max, mean } from "./reductions.ts";

/** One number for both axes, or one for each. */
type Pair = number | readonly [number, number];

// biome-ignore lint/complexity/noBannedTypes: {} stands for "no options given", of which Windowed knows the meaning
type None = {};

/** The type of `windows`. */
export interface Windows extends Described {
  <X extends Tensor, const K extends Pair, const O extends WindowOptions = None>(
    x: X,
    size: K & WindowedCheck<ShapeOf<X>, K, O>,
    options?: O,
  ): Tensor<Windowed<ShapeOf<X>, K, O>>;
  readonly method: <X extends Tensor, const K extends Pair, const O extends WindowOptions = None>(
    this: X,
    size: K & WindowedCheck<ShapeOf<X>, K, O>,
    options?: O,
  ) => Tensor<Windowed<ShapeOf<X>, K, O>>;
}

/** How windows lie along the last two axes. */
interface Frame {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

const isPair = (value: unknown): boolean =>
  Number.isInteger(value) || (Array.isArray(value) && value.length === 2 && value.every(Number.isInteger));

const PAIR: OptionKind = { noun: "a whole number, or two of them in a list", accepts: isPair };

const pairOf = (value: Pair): readonly number[] => (typeof value === "number" ? [value, value] : [...value]);

function frameOf(of: string, example: string, size: Pair, options: WindowOptions | undefined): Frame {
  if (!isPair(size)) {
    throw new ValueError(
      `Cannot call ${of} with ${kindOf(size)} as its size: give ${PAIR.noun}, as in ${example}`,
    );
  }
  const { stride = 1, padding = 0 } = checkedOptions(options, {
    of,
    example,
    known: { stride: PAIR, padding: PAIR },
  });
  const frame = { size: pairOf(size), stride: pairOf(stride), padding: pairOf(padding) };
  for (const [name, least] of [
    ["size", 1],
    ["stride", 1],
    ["padding", 0],
  ] as const) {
    const low = frame[name].find((value) => value < least);
    if (low === undefined) continue;
    throw new ValueError(`Cannot call ${of} with ${name} = ${low}: the least is ${least}, as in ${example}`);
  }
  return frame;
}

/** How many windows fit along each of the two axes; a ShapeError when none does. */
function countsOf(action: string, shape: Shape, { size, stride, padding }: Frame): number[] {
  if (shape.length < 2) {
    throw new ShapeError(
      `Cannot ${action}: it has ${shape.length === 1 ? "one axis" : "no axis"}, and windows lie along two`,
      [shape],
    );
  }
  return size.map((length, i) => {
    const axis = shape.length - 2 + i;
    const room = shape[axis] + 2 * padding[i];
    if (length <= room) return Math.floor((room - length) / stride[i]) + 1;
    const padded = padding[i] > 0 ? `${shape[axis]} and ${2 * padding[i]} of padding` : `${room}`;
    throw new ShapeError(
      `Cannot ${action}: along axis ${axis} the window has ${length}, and there are ${padded}; a smaller one fits`,
      [shape],
    );
  });
}

/** Calls `visit` with each place in the windows of a matrix and where it lies in the matrix, unless in the padding. */
function walk(
  from: Shape,
  counts: readonly number[],
  frame: Frame,
  visit: (place: number, at: number) => void,
): void {
  const [height, width] = from.slice(-2);
  const { size, stride, padding } = frame;
  let place = 0;
  for (let i = 0; i < counts[0]; i++) {
    for (let j = 0; j < counts[1]; j++) {
      for (let k = 0; k < size[0]; k++) {
        const row = i * stride[0] - padding[0] + k;
        for (let l = 0; l < size[1]; l++, place++) {
          const column = j * stride[1] - padding[1] + l;
          if (row >= 0 && row < height && column >= 0 && column < width) visit(place, row * width + column);
        }
      }
    }
  }
}

/** The LaTeX: the size of the window as a subscript, unless its lengths stand for letters. */
function texOf(name: string, size: readonly number[]): Pick<Op, "tex" | "texIn"> {
  const sign = `\\operatorname{${name}}`;
  const sized = callTex(`${sign}_{${size.join(" \\times ")}}`);
  const isNumbers = size.every((length) => letterOf(length) === `${length}`);
  return { tex: sized, texIn: () => (isNumbers ? sized : callTex(sign)) };
}

/** The axes in front are the same. */
function lengthsOf(rank: number, isBack: boolean): string {
  const before = letters(rank - 2);
  const [whole, parts] = [before + letters(2, rank), before + letters(4, rank + 2)];
  return isBack ? `${parts}->${whole}` : `${whole}->${parts}`;
}

// Both are linear, so each is its own jvp; and each is the other's vjp. They do the same to every row of a batch.

function windowsOp(from: Shape, frame: Frame): Op {
  const counts = countsOf(`take windows of shape ${formatShape(from)}`, from, frame);
  const to = [...from.slice(0, -2), ...counts, ...frame.size];
  checkRoom(`windows of shape ${formatShape(to)}`, sizeOf(to));
  return {
    name: "windows",
    ...texOf("windows", frame.size),
    recipe: { maker: "windows", ...frame },
    lengths: () => lengthsOf(from.length, false),
    origin: (...at) => [
      ...at.slice(0, -4),
      ...[0, 1].map((axis) => {
        const [window, place] = [at[at.length - 4 + axis], at[at.length - 2 + axis]];
        const before = frame.stride[axis] + frame.padding[axis];
        return indexSum([frame.stride[axis], window], [1, place], [-before, "1"]);
      }),
    ],
    shape: () => to,
    primal: ({ dtype }, { data }) => {
      const y = allocate(dtype, sizeOf(to));
      forMatrices(from, to, (start, first) =>
        walk(from, counts, frame, (place, at) => {
          y[first + place] = data[start + at];
        }),
      );
      return y;
    },
    vjp: (_i, ct) => added(ct, from, frame),
    vjps: (_i, cts) => added(cts, [cts.shape[0], ...from], frame),
    jvp: (_i, t) => applyOp(windowsOp(from, frame), t),
  };
}

function addOp(to: Shape, frame: Frame): Op {
  const counts = countsOf(`add overlapping windows to shape ${formatShape(to)}`, to, frame);
  const from = [...to.slice(0, -2), ...counts, ...frame.size];
  return {
    name: "overlapAdd",
    ...texOf("overlapAdd", frame.size),
    recipe: { maker: "overlapAdd", to: to.slice(-2), stride: frame.stride, padding: frame.padding },
    lengths: () => lengthsOf(to.length, true),
    shape: () => to,
    primal: ({ dtype }, { data }): Entries => {
      const x = allocate(dtype, sizeOf(to));
      forMatrices(to, from, (start, first) =>
        walk(to, counts, frame, (place, at) => {
          x[start + at] += data[first + place];
        }),
      );
      return x;
    },
    vjp: (_i, ct) => applyOp(windowsOp(to, frame), ct),
    vjps: (_i, cts) => applyOp(windowsOp([cts.shape[0], ...to], frame), cts),
    jvp: (_i, t) => added(t, to, frame),
  };
}

const added = (y: Tensor, to: Shape, frame: Frame): Tensor => applyOp(addOp(to, frame), y);

/** Calls `visit` with where each matrix of a batch begins, and where its windows do. */
function forMatrices(matrix: Shape, parts: Shape, visit: (start: number, first: number) => void): void {
  const [step, leap] = [sizeOf(matrix.slice(-2)), sizeOf(parts.slice(-4))];
  for (let k = 0; k < sizeOf(matrix.slice(0, -2)); k++) visit(k * step, k * leap);
}

const WINDOWS = "windows(X, [2, 2], { stride: 1, padding: 0 })";

function seen(operand: Tensor, size: Pair, options?: WindowOptions): Tensor {
  const x = toTensor("windows", operand);
  return applyOp(windowsOp(x.shape, frameOf("windows", WINDOWS, size, options)), x);
}

const sample = (call: Call, ...shapes: Shape[]): Sample => ({
  shapes,
  call,
  domain: shapes.map(() => [-2, 2] as const),
});

/**
 * A matrix seen through a window that slides over it: y_ijkl = x_{i+k−1, j+l−1}, where i and j say which window it is,
 * k and l the place in it. With a stride s and a padding p it is x_{(i−1)s+k−p, (j−1)s+l−p}, and 0 outside of X. The
 * windows lie along the last two axes; those before are a batch. PyTorch calls this `unfold`, others im2col.
 *
 * dX adds up what the windows say of each entry: `overlapAdd`.
 *
 * @throws ShapeError when the window is larger than the matrix.
 * @example
 * windows(tensor([[1, 2, 3], [4, 5, 6]]), 2).toArray() // [[[[1, 2], [4, 5]], [[2, 3], [5, 6]]]]
 */
export const windows: Windows = publish(
  seen,
  [
    sample((x) => seen(x, [2, 3]), [4, 5]),
    sample((x) => seen(x, 2, { stride: 2 }), [2, 4, 4]),
    sample((x) => seen(x, [2, 1], { stride: [2, 1], padding: [1, 0] }), [3, 2]),
  ],
  {
    remake:
      ({ size, stride, padding }: { size: Pair; stride: Pair; padding: Pair }, shape) =>
      (x) => {
        const frame = frameOf("windows", WINDOWS, size, { stride, padding });
        const counts = countsOf(`take windows of shape ${formatShape(x.shape)}`, x.shape, frame);
        checkFit([...x.shape.slice(0, -2), ...counts, ...frame.size], [...shape]);
        return applyOp(windowsOp(x.shape, frame), x);
      },
  },
);

function checkFit(found: Shape, wanted: Shape): void {
  if (sameShape(found, wanted)) return;
  throw new ShapeError(
    `Cannot make windows of shape ${formatShape(found)}: shape ${formatShape(wanted)} was asked for`,
    [found, wanted],
  );
}

/** The type of `overlapAdd`. */
export interface OverlapAdd extends Described {
  <Y extends Tensor, const K extends Pair>(
    y: Y,
    to: K,
    options?: WindowOptions,
  ): Tensor<Overlapped<ShapeOf<Y>, K>>;
  readonly method: <Y extends Tensor, const K extends Pair>(
    this: Y,
    to: K,
    options?: WindowOptions,
  ) => Tensor<Overlapped<ShapeOf<Y>, K>>;
}

/** The axes before the last four, then the two that windows are added to. */
type Overlapped<S extends Shape, K extends Pair> = S extends [
  ...infer Before extends Shape,
  number,
  number,
  number,
  number,
]
  ? K extends readonly [infer A extends number, infer B extends number]
    ? [...Before, A, B]
    : K extends number
      ? [...Before, K, K]
      : Shape
  : Shape;

const OVERLAP = "overlapAdd(Y, [4, 5], { stride: 1, padding: 0 })";

function addUp(operand: Tensor, to: Pair, options?: WindowOptions): Tensor {
  const y = toTensor("overlapAdd", operand);
  const whole = frameOf("overlapAdd", OVERLAP, to, options);
  const refuse = (why: string): ShapeError =>
    new ShapeError(
      `Cannot add overlapping windows of shape ${formatShape(y.shape)} to [${whole.size.join(", ")}]: ${why}`,
      [y.shape],
    );
  if (y.rank < 4) throw refuse("it has no four axes, which say which window it is and which place in it");
  const frame: Frame = { ...whole, size: y.shape.slice(-2) };
  const target = [...y.shape.slice(0, -4), ...whole.size];
  checkRoom(`shape ${formatShape(target)}`, sizeOf(target));
  const counts = countsOf(`add overlapping windows to shape ${formatShape(target)}`, target, frame);
  if (!sameShape(counts, y.shape.slice(-4, -2))) {
    throw refuse(`${counts.join("×")} windows lie in it, and there are ${y.shape.slice(-4, -2).join("×")}`);
  }
  return added(y, target, frame);
}

/**
 * The sum of windows at their places in a matrix of the shape `to`: where windows overlap, their entries are added. It
 * is the adjoint of `windows`, and takes the same options; PyTorch calls it `fold`, and a convolution that goes back
 * this way a transposed one.
 *
 * dY are the windows of dX.
 *
 * @throws ShapeError when so many windows do not lie in such a matrix.
 * @example
 * overlapAdd(windows(ones(2, 3), 2), [2, 3]).toArray() // [[1, 2, 1], [1, 2, 1]]
 */
export const overlapAdd: OverlapAdd = publish(
  addUp,
  [
    sample((y) => addUp(y, [3, 4]), [2, 3, 2, 2]),
    sample((y) => addUp(y, 3, { stride: 2, padding: 1 }), [2, 2, 2, 2, 2]),
  ],
  {
    remake:
      ({ to, stride, padding }: { to: Pair; stride: Pair; padding: Pair }, shape) =>
      (y) => {
        checkFit([...y.shape.slice(0, -4), ...pairOf(to)], [...shape]);
        return addUp(y, to, { stride, padding });
      },
  },
);

/** The type of `conv2d`. */
export interface Conv2d extends Described {
  <X extends Tensor, W extends Tensor, const O extends WindowOptions = None>(
    x: X,
    w: W & ConvolvedCheck<ShapeOf<X>, ShapeOf<W>, O>,
    options?: O,
  ): Tensor<Convolved<ShapeOf<X>, ShapeOf<W>, O>>;
  readonly method: <X extends Tensor, W extends Tensor, const O extends WindowOptions = None>(
    this: X,
    w: W & ConvolvedCheck<ShapeOf<X>, ShapeOf<W>, O>,
    options?: O,
  ) => Tensor<Convolved<ShapeOf<X>, ShapeOf<W>, O>>;
}

/** Index strings by the ranks of X and W: windows, kernel, result; c is a channel of X, o one of Y. */
const INDICES: Readonly<Record<string, string>> = {
  "2 2": "ijkl,kl->ij",
  "3 4": "cijkl,ockl->oij",
  "4 4": "ncijkl,ockl->noij",
};

function correlate(image: Tensor, kernel: Tensor, options?: WindowOptions): Tensor {
  const x = toTensor("conv2d", image);
  const w = toTensor("conv2d", kernel);
  const shapes = `${formatShape(x.shape)} and ${formatShape(w.shape)}`;
  const indices = INDICES[`${x.rank} ${w.rank}`];
  const refuse = (why: string): ShapeError =>
    new ShapeError(`Cannot conv2d shapes ${shapes}: ${why}`, [x.shape, w.shape]);
  if (indices === undefined) {
    throw refuse(
      "give two matrices, or images [n, c, h, w] and kernels [o, c, k, l], as conv2d(X, W) for X of [1, 28, 28] and W " +
        "of [8, 1, 3, 3]; reshape adds axes of length 1",
    );
  }
  if (w.rank === 4 && x.shape[x.rank - 3] !== w.shape[1]) {
    throw refuse(
      `the image has ${x.shape[x.rank - 3]} channels, along axis ${x.rank - 3}, and each kernel is for ${w.shape[1]}`,
    );
  }
  const size = w.shape.slice(-2) as [number, number]; // both ranks have two axes at the end
  const frame = frameOf("conv2d", "conv2d(X, W, { stride: 1, padding: 0 })", size, options);
  countsOf(`conv2d shapes ${shapes}`, x.shape, frame);
  const compute = (): Tensor =>
    contract({ name: "conv2d", indices }, applyOp(windowsOp(x.shape, frame), x), w);
  return within("convolution", compute, true);
}

/**
 * The convolution X ⋆ W of a matrix with a kernel, as neural networks have it: y_ij = Σ_k Σ_l x_{i+k−1, j+l−1} w_kl. The
 * kernel is not turned round, so mathematics calls it a cross-correlation; PyTorch does the same. With channels, X is
 * [c, h, w] or a batch [n, c, h, w], and W [o, c, k, l]: y_oij = Σ_c Σ_k Σ_l x_{c, i+k−1, j+l−1} w_ockl.
 *
 * dW = X ⋆ dY. dX is the full convolution of dY with the kernel turned round: `conv2d(dY, flip(W), { padding })`, with a
 * padding of k − 1 and l − 1.
 *
 * @throws ShapeError when the channels differ, or the kernel is larger than the image.
 * @example
 * conv2d(tensor([[1, 2, 3], [4, 5, 6]]), tensor([[1, 0], [0, -1]])).toArray() // [[-4, -4]]
 */
export const conv2d: Conv2d = publish(
  correlate,
  [
    sample((x, w) => correlate(x, w), [4, 5], [2, 3]),
    sample((x, w) => correlate(x, w, { stride: 2, padding: 1 }), [2, 3, 4], [2, 2, 2, 3]),
    sample((x, w) => correlate(x, w, { padding: [0, 1] }), [2, 1, 3, 2], [2, 1, 2, 2]),
  ],
  { formula: { arity: 2, acts: "as a whole" }, chapter: "Neural networks" },
);

/** The type of `maxPool2d` and `meanPool2d`. */
export interface Pooling extends Described {
  <X extends Tensor, const K extends Pair, const O extends PoolOptions = None>(
    x: X,
    size: K & WindowedCheck<ShapeOf<X>, K, O, "pool">,
    options?: O,
  ): Tensor<Pooled<ShapeOf<X>, K, O>>;
  readonly method: <X extends Tensor, const K extends Pair, const O extends PoolOptions = None>(
    this: X,
    size: K & WindowedCheck<ShapeOf<X>, K, O, "pool">,
    options?: O,
  ) => Tensor<Pooled<ShapeOf<X>, K, O>>;
}

/** Options of `maxPool2d` and `meanPool2d`. */
export interface PoolOptions {
  /** How far the window moves at each step, down and to the right (default its size: windows do not overlap). */
  readonly stride?: Pair;
}

function pooling(name: string, title: string, pool: (parts: Tensor) => Tensor, distinct: boolean): Pooling {
  const example = `${name}(X, 2, { stride: 2 })`;
  const call = (operand: Tensor, size: Pair, options?: PoolOptions): Tensor => {
    const x = toTensor(name, operand);
    const { stride = size } = checkedOptions(options, { of: name, example, known: { stride: PAIR } });
    const frame = frameOf(name, example, size, { stride });
    countsOf(`pool shape ${formatShape(x.shape)}`, x.shape, frame);
    return within(title, () => pool(applyOp(windowsOp(x.shape, frame), x)), true);
  };
  return publish(
    call,
    [
      { ...sample((x) => call(x, 2), [2, 4, 4]), distinct },
      { ...sample((x) => call(x, [2, 3], { stride: 1 }), [3, 4]), distinct },
    ],
    { chapter: "Neural networks" },
  );
}

/**
 * The largest entry of each window: y_ij = max_k max_l x_{(i−1)s+k, (j−1)s+l}. The windows lie side by side unless a
 * stride says otherwise; what is left at the end is dropped.
 *
 * dY goes to the largest entry of each window; equal ones share it.
 *
 * @throws ShapeError when the window is larger than the matrix.
 * @example
 * maxPool2d(tensor([[1, 5, 2, 0], [3, 4, 6, 7]]), 2).toArray() // [[5, 7]]
 */
export const maxPool2d: Pooling = pooling(
  "maxPool2d",
  "max pooling",
  (parts) => max(parts, { axis: [-2, -1] }),
  true,
);

/**
 * The mean of each window: y_ij = 1/(kl) Σ_k Σ_l x_{(i−1)s+k, (j−1)s+l}. The windows lie side by side unless a stride
 * says otherwise; what is left at the end is dropped. PyTorch calls it avg_pool2d.
 *
 * Each entry of dX is the sum of dY/(kl) over the windows in which it is.
 *
 * @throws ShapeError when the window is larger than the matrix.
 * @example
 * meanPool2d(tensor([[1, 5, 2, 0], [3, 4, 6, 7]]), 2).toArray() // [[3.25, 3.75]]
 */
export const meanPool2d: Pooling = pooling(
  "meanPool2d",
  "mean pooling",
  (parts) => mean(parts, { axis: [-2, -1] }),
  false,
);
