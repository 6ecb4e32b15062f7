import { allocate, type Entries } from "../dtype.ts";
import { pointwiseIndices } from "../indices.ts";
import { call, type TexRule } from "../latex/tex.ts";
import { apply, type Call, type Op, publish, toTensor } from "../op.ts";
import type { Unary } from "../pointwise.ts";
import { type Axes, axesOf, spreadAlong, sumAlong } from "../reduction.ts";
import * as scalar from "../scalar.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** The declaration of an op that turns each row (the last axis) into another row. */
interface Rowwise {
  readonly name: string;
  readonly tex: TexRule;
  readonly definition: Call;
  /** Writes the result of one row of `x` into `y`, both of length n from position `start`. */
  readonly row: (x: Entries, y: Entries, start: number, n: number) => void;
  readonly vjp: (ct: Tensor, y: Tensor, axes: Axes) => Tensor;
  readonly jvp: (t: Tensor, y: Tensor, axes: Axes) => Tensor;
}

function rowwise({ name, tex, definition, row, vjp, jvp }: Rowwise): Unary {
  const compute = (operand: Tensor): Tensor => {
    const x = toTensor(name, operand);
    const axes = axesOf(name, x.shape, { axis: -1, keepdims: true });
    const op: Op = {
      name,
      tex,
      indices: pointwiseIndices,
      shape: () => x.shape,
      primal: ({ dtype }, { data, size }) => {
        const y = allocate(dtype, size);
        for (let start = 0; start < size; start += axes.count) row(data, y, start, axes.count);
        return y;
      },
      vjp: (_i, ct, y) => vjp(ct, y, axes),
      jvp: (_i, t, y) => jvp(t, y, axes),
    };
    return apply(op, x);
  };
  const shapes = [[2, 3], [3], [1, 4], [2, 1, 3], [0, 2]];
  return publish(
    compute,
    shapes.map((shape) => ({ shapes: [shape], call: compute, definition, domain: [[-2, 2]] })),
  );
}

/** The sum of each row, repeated along it. */
const rowSums = (x: Tensor, axes: Axes): Tensor => spreadAlong(axes, sumAlong("sum", axes, x));

/** The largest entry of a row, which is taken out so that no exponential overflows. */
function largestIn(x: Entries, start: number, n: number): number {
  let largest = x[start];
  for (let k = 1; k < n; k++) largest = Math.max(largest, x[start + k]);
  return largest;
}

/** Σ_k e^(x_k − largest) of a row. */
function shiftedSum(x: Entries, start: number, n: number, largest: number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += scalar.exp(x[start + k] - largest);
  return total;
}

/** y ⊙ (t − Σ t ⊙ y): the Jacobian of a row is diag(y) − y yᵀ, and symmetric. */
const alongSoftmax = (t: Tensor, y: Tensor, axes: Axes): Tensor => mul(y, sub(t, rowSums(mul(t, y), axes)));

/**
 * The softmax of each row (the last axis): y_ij = e^(x_ij) / Σ_k e^(x_ik). Rows sum to 1; nothing overflows.
 *
 * ∂y_ij/∂x_ik = y_ij (δ_jk − y_ik), so dX = Y ⊙ (dY − the row sums of dY ⊙ Y).
 *
 * @example
 * softmax(tensor([[0, 0], [1000, 0]])).toArray() // [[0.5, 0.5], [1, 0]]
 */
export const softmax: Unary = rowwise({
  name: "softmax",
  tex: call("\\operatorname{softmax}"),
  definition: (x) => div(exp(x), sum(exp(x), { axis: -1, keepdims: true })),
  row: (x, y, start, n) => {
    const largest = largestIn(x, start, n);
    const total = shiftedSum(x, start, n, largest);
    for (let k = start; k < start + n; k++) y[k] = scalar.exp(x[k] - largest) / total;
  },
  vjp: alongSoftmax,
  jvp: alongSoftmax,
});

/**
 * The logarithm of the softmax of each row (the last axis): y_ij = x_ij − log Σ_k e^(x_ik). Nothing overflows.
 *
 * ∂y_ij/∂x_ik = δ_jk − softmax(x)_ik, so dX = dY − softmax(X) ⊙ the row sums of dY.
 *
 * @example
 * logSoftmax(tensor([1000, 0])).toArray() // [0, -1000]
 */
export const logSoftmax: Unary = rowwise({
  name: "logSoftmax",
  tex: call("\\log \\operatorname{softmax}"),
  definition: (x) => log(div(exp(x), sum(exp(x), { axis: -1, keepdims: true }))),
  row: (x, y, start, n) => {
    const largest = largestIn(x, start, n);
    const logTotal = scalar.log(shiftedSum(x, start, n, largest));
    for (let k = start; k < start + n; k++) y[k] = x[k] - largest - logTotal;
  },
  vjp: (ct, y, axes) => sub(ct, mul(exp(y), rowSums(ct, axes))),
  jvp: (t, y, axes) => sub(t, rowSums(mul(exp(y), t), axes)),
});
