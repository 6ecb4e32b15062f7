import { stretchTo, sumTo } from "../contraction.ts";
import { pointwiseIndices } from "../indices.ts";
import { cellProduct, hadamard } from "../latex/tex.ts";
import { carry } from "../mask.ts";
import type { Op } from "../op.ts";
import { type Binary, callable, pointwise } from "../pointwise.ts";
import { binarySamples } from "../samples.ts";
import { broadcastShapes } from "../shape.ts";

// Declared by hand, as its partial is just the other operand.
const op: Op = {
  name: "mul",
  tex: hadamard,
  cell: cellProduct,
  indices: pointwiseIndices,
  local: (i, _y, ...x) => x[1 - i],
  shape: (...shapes) => broadcastShapes("mul", shapes),
  primal: (form, ...x) => pointwise((m, n) => m * n, form, ...x),
  vjp: (i, ct, _y, ...x) => sumTo(carry(ct, x[1 - i]), x[i].shape),
  jvp: (i, t, y, ...x) => stretchTo(carry(t, x[1 - i]), y.shape),
};

/**
 * The Hadamard product M ⊙ N, entry by entry: y_ij = m_ij n_ij.
 *
 * ∂y_ij/∂m_ij = n_ij and ∂y_ij/∂n_ij = m_ij, so dM = dY ⊙ N and dN = dY ⊙ M.
 * The shapes broadcast. For the matrix product use `matmul`.
 *
 * @example
 * mul(tensor([1, 2]), tensor([3, 4])).toArray() // [3, 8]
 */
export const mul: Binary<"mul"> = callable(op, 2, binarySamples);
