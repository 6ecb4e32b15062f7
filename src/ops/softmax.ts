/** The softmax, and the logarithms that belong to it. */

import { mapRow } from "../numeric/map.ts";
import * as scalar from "../numeric/scalar.ts";
import { pairwiseSum } from "../numeric/sums.ts";
import { carry, weigh } from "../rules/mask.ts";
import {
  type Axes,
  axesOf,
  type Folding,
  foldAlong,
  type Reduction,
  reduction,
  spreadAlong,
  sumAlong,
} from "../rules/reduction.ts";
import { positionsAlong } from "../rules/select.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate, type Entries } from "../tensor/dtype.ts";
import { type Call, type Described, type Op, publish } from "../tensor/op.ts";
import { AXIS, checkedOptions } from "../tensor/options.ts";
import { pointwiseIndices, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, ShapeOf } from "../tensor/typed-shapes.ts";
import { call, type TexRule } from "../tex/tex.ts";
import { div, sub } from "./arithmetic.ts";
import { eq } from "./compare.ts";
import { exp, log } from "./exponential.ts";
import { abs } from "./norm.ts";
import { sum } from "./reductions.ts";
import { lessShares, tieShares } from "./slopes.ts";
import { where } from "./where.ts";

/** Options of `softmax` and `logSoftmax`. */
export interface SoftmaxOptions {
  /** The axis along which the probabilities sum to 1 (default: the last). */
  readonly axis?: number;
}

/** The type of `softmax` and `logSoftmax`. */
export interface Softmax extends Described {
  <X extends Operand>(x: X, options?: SoftmaxOptions): Tensor<ShapeOf<X>>;
  readonly method: <X extends Tensor>(this: X, options?: SoftmaxOptions) => Tensor<ShapeOf<X>>;
}

/** The declaration of an op that turns each row (the entries along one axis) into another row. */
interface Rowwise {
  readonly name: string;
  /** The LaTeX, given a subscript that names the axis where it is not the last. */
  readonly tex: (along: string) => TexRule;
  readonly definition: (axis: number) => Call;
  /** Writes the result of one row of `x` into `y`, both of length n from position `start`. */
  readonly row: (x: Entries, y: Entries, start: number, n: number) => void;
  readonly vjp: (ct: Tensor, y: Tensor, axes: Axes) => Tensor;
  readonly jvp: (t: Tensor, y: Tensor, axes: Axes) => Tensor;
}

function rowwise({ name, tex, definition, row, vjp, jvp }: Rowwise): Softmax {
  const compute = (operand: Operand, options?: SoftmaxOptions): Tensor => {
    const x = toTensor(name, operand);
    const { axis = -1 } = checkedOptions(options, {
      of: name,
      example: `${name}(X, { axis: 0 })`,
      known: { axis: AXIS },
    });
    const axes = axesOf(name, x.shape, { axis, keepdims: true });
    const [along] = axes.folded;
    const isLast = along === x.rank - 1;
    const op: Op = {
      name,
      tex: tex(isLast ? "" : `_{${along + 1}}`),
      indices: pointwiseIndices,
      recipe: { maker: name, ...(!isLast && { axis: along }) },
      definition: definition(along),
      shape: () => x.shape,
      primal: ({ dtype }, { data, size }) => {
        const y = allocate(dtype, size);
        if (isLast) for (let start = 0; start < size; start += axes.count) row(data, y, start, axes.count);
        else acrossRows(row, data, y, x.shape, along);
        return y;
      },
      vjp: (_i, ct, y) => vjp(ct, y, axes),
      jvp: (_i, t, y) => jvp(t, y, axes),
    };
    return applyOp(op, x);
  };
  const cases: readonly (readonly [Shape, SoftmaxOptions?])[] = [
    [[2, 3]],
    [[2, 3], { axis: 0 }],
    [[3]],
    [[1, 4]],
    [[2, 1, 3]],
    [[2, 3, 2], { axis: -2 }],
    [[0, 2]],
  ];
  return publish(
    compute,
    cases.map(([shape, options]) => ({
      shapes: [shape],
      call: (x) => compute(x, options),
      definition: definition(options?.axis ?? -1),
      domain: [[-2, 2]],
    })),
    {
      formula: { arity: 1, acts: "as a whole" },
      chapter: "Neural networks",
      remake: (options: SoftmaxOptions) => (x) => compute(x, { axis: options.axis ?? -1 }),
    },
  );
}

/** Works on rows that are not contiguous by copying them out and back. */
function acrossRows(row: Rowwise["row"], x: Entries, y: Entries, shape: Shape, axis: number): void {
  const n = shape[axis];
  const gathered = new Float64Array(n);
  const result = new Float64Array(n);
  for (const positions of positionsAlong(shape, axis)) {
    for (let k = 0; k < n; k++) gathered[k] = x[positions[k]];
    row(gathered, result, 0, n);
    for (let k = 0; k < n; k++) y[positions[k]] = result[k];
  }
}

/** The sum of each row, repeated along it. */
const rowSums = (x: Tensor, axes: Axes): Tensor => spreadAlong(axes, sumAlong("sum", axes, x));

/** The largest entry of a row, which is taken out so that no exponential overflows. */
function largestIn(x: Entries, start: number, n: number): number {
  let largest = x[start];
  for (let k = 1; k < n; k++) largest = Math.max(largest, x[start + k]);
  return largest;
}

/** Where a row has its largest entry; at its start where that is NaN. */
function positionOf(largest: number, x: Entries, start: number): number {
  let k = start;
  while (x[k] < largest) k++;
  return k;
}

/** x − largest, and its limit 0 where both are +∞: such entries share the row. */
const below = (x: number, largest: number): number =>
  x === largest && x === Number.POSITIVE_INFINITY ? 0 : x - largest;

/** The row in hand: the next one takes its place. */
let row = new Float64Array(0);

/** e^(x_k − largest) for each entry of a row, until the next one is asked for. */
function shiftedExps(x: Entries, start: number, n: number, largest: number): Float64Array {
  if (row.length !== n) row = new Float64Array(n);
  const exps = row;
  for (let k = 0; k < n; k++) exps[k] = below(x[start + k], largest);
  mapRow(scalar.exp, n, exps, 0, exps, 0, 1, null, 0, 0);
  return exps;
}

/** y ⊙ (t − Σ t ⊙ y): the Jacobian of a row is diag(y) − y yᵀ, and symmetric. */
const alongSoftmax = (t: Tensor, y: Tensor, axes: Axes): Tensor =>
  weigh(y, sub(t, rowSums(carry(t, y), axes)));

/**
 * The softmax of each row (the last axis), or along `axis`: y_ij = e^(x_ij) / Σ_k e^(x_ik). Rows sum to 1; nothing
 * overflows.
 *
 * ∂y_ij/∂x_ik = y_ij (δ_jk − y_ik), so dX = Y ⊙ (dY − the row sums of dY ⊙ Y).
 *
 * @example
 * softmax(tensor([[0, 0], [1000, 0]])).toArray() // [[0.5, 0.5], [1, 0]]
 */
export const softmax: Softmax = rowwise({
  name: "softmax",
  tex: (along) => call(`\\operatorname{softmax}${along}`),
  definition: (axis) => (x) => div(exp(x), sum(exp(x), { axis, keepdims: true })),
  row: (x, y, start, n) => {
    const largest = largestIn(x, start, n);
    const exps = shiftedExps(x, start, n, largest);
    const total = pairwiseSum(exps);
    for (let k = 0; k < n; k++) y[start + k] = exps[k] / total;
  },
  vjp: alongSoftmax,
  jvp: alongSoftmax,
});

/**
 * The logarithm of the softmax of each row (the last axis), or along `axis`: y_ij = x_ij − log Σ_k e^(x_ik). Nothing
 * overflows.
 *
 * ∂y_ij/∂x_ik = δ_jk − softmax(x)_ik, so dX = dY − softmax(X) ⊙ the row sums of dY.
 *
 * @example
 * logSoftmax(tensor([1000, 0])).toArray() // [0, -1000]
 */
export const logSoftmax: Softmax = rowwise({
  name: "logSoftmax",
  tex: (along) => call(`\\log \\operatorname{softmax}${along}`),
  definition: (axis) => (x) => log(div(exp(x), sum(exp(x), { axis, keepdims: true }))),
  row: (x, y, start, n) => {
    const largest = largestIn(x, start, n);
    // The largest entry itself is the 1 that log1p adds, so that the others are not lost beside it.
    const exps = shiftedExps(x, start, n, largest);
    exps[positionOf(largest, x, start) - start] = 0;
    const logTotal = scalar.log1p(pairwiseSum(exps));
    for (let k = start; k < start + n; k++) y[k] = below(x[k], largest) - logTotal;
  },
  vjp: (ct, y, axes) => lessShares(axes, ct, weigh(exp(y), rowSums(ct, axes)), y),
  jvp: (t, y, axes) => sub(t, rowSums(weigh(exp(y), t), axes)),
});

const folding: Folding = {
  name: "logsumexp",
  definition: (x, axes) => log(sumAlong("sum", axes, exp(x))),
  // The largest entry is taken out, so no exponential overflows; the others add to 1, and are not lost where tiny.
  fold: (entries) => {
    const largest = entries.length === 0 ? Number.NEGATIVE_INFINITY : largestIn(entries, 0, entries.length);
    if (!Number.isFinite(largest)) return largest;
    const exps = shiftedExps(entries, 0, entries.length, largest);
    exps[entries.indexOf(largest)] = 0;
    return largest + scalar.log1p(pairwiseSum(exps));
  },
  partial: (y, x, axes) => {
    const softmax = exp(sub(x, y));
    if (!y.data.some((yk) => Math.abs(yk) === Number.POSITIVE_INFINITY)) return softmax;
    // Where ∞ − ∞ says nothing, the entries that are as infinite as the result share its cotangent, as in a maximum.
    return where(eq(abs(y), Number.POSITIVE_INFINITY), tieShares(y, x, axes), softmax);
  },
};

/**
 * The logarithm of the sum of exponentials, over all entries or along `axis`: y = log Σ_i e^(x_i). It does not
 * overflow; of no entries it is −∞.
 *
 * ∂y/∂x_i = e^(x_i − y), the softmax of x; where y is ±∞, the entries that equal it share 1.
 *
 * @example
 * logsumexp(tensor([1000, 1000])).item() // 1000.6931471805599
 */
export const logsumexp: Reduction = reduction("logsumexp", (x, axes) => foldAlong(folding, axes, x));
