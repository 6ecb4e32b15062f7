/** Evaluates products that are not ⊙, by scalars, of vectors and of matrices, and the transpose. */

import { mul } from "../ops/arithmetic.ts";
import { dot, matmul } from "../ops/contractions.ts";
import { sum } from "../ops/reductions.ts";
import { reshape, transpose } from "../ops/reshape.ts";
import { ShapeError } from "../tensor/errors.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { asOperand, entrywise, type Operation, solid } from "./arithmetic.ts";
import { asColumn, fitOf, isScalar, type Matrix, matrix, shapeText, type Value } from "./value.ts";

/** A product that is not ⊙: of a scalar and anything, of entries, or of matrices. */
export function product(operation: Operation, a: Value, b: Value): Value {
  if (isScalar(a) || isScalar(b) || a.kind === "cells" || b.kind === "cells") {
    return entrywise((x, y) => mul(x, y), operation, a, b);
  }
  return matrixProduct(
    operation,
    solid(a, operation.operands[0]) as Matrix,
    solid(b, operation.operands[1]) as Matrix,
  );
}

/** a · b of two values with axes: only vectors have such a product. */
export function dotted(operation: Operation, a: Value, b: Value): Value {
  const areMatrices = a.kind === "matrix" && b.kind === "matrix" && a.tensor.rank > 0 && b.tensor.rank > 0;
  if (!areMatrices) return product(operation, a, b);
  if (a.tensor.rank === 1 && sameShape(a.tensor.shape, b.tensor.shape))
    return matrix(dot(a.tensor, b.tensor));
  const [p, q] = operation.operands.map(asOperand);
  throw new ShapeError(
    `Cannot multiply ${p} of shape ${shapeText(a)} and ${q} of shape ${shapeText(b)} with ·, which is for scalars: ` +
      `write ${p} ⊙ ${q} entry by entry, or ${p} ${q} for the matrix product`,
    [a.tensor.shape, b.tensor.shape],
  );
}

/** The matrix product. A vector is a column, 𝟏 too. */
export function matrixProduct(operation: Operation, a: Matrix, b: Matrix): Matrix {
  const [x, y] = [asColumn(a.tensor), asColumn(b.tensor)];
  const [[rows, inner], [other, columns]] = [fitOf(a), fitOf(b)];
  if (inner === "stretch" && other === "stretch") {
    throw new ShapeError(
      `Cannot multiply ${operation.operands.join(" and ")}: nothing says how long 𝟏 is here`,
      [],
    );
  }
  const left = other === "stretch" ? sum(x, { axis: 1, keepdims: true }) : x;
  const right = inner === "stretch" ? sum(y, { axis: 0, keepdims: true }) : y;
  if (x.rank !== 2 || y.rank !== 2 || left.shape[1] !== right.shape[0]) throw notProduct(operation, a, b);
  const z = matmul(left as Tensor<[number, number]>, right as Tensor<[number, number]>);
  const isColumn = b.tensor.rank === 1 || columns === "loose";
  if (isColumn && rows !== "stretch") return matrix(z.size === 1 ? reshape(z) : reshape(z, z.size));
  const fit = [rows, columns].map((axis) => (axis === "loose" ? "fixed" : axis));
  return fit.includes("stretch") ? { kind: "matrix", tensor: z, fit: [fit[0], fit[1]] } : matrix(z);
}

function notProduct({ operands }: Operation, a: Matrix, b: Matrix): ShapeError {
  const [p, q] = operands.map(asOperand);
  const [x, y] = [a.tensor.shape, b.tensor.shape];
  const hint = sameShape(x, y)
    ? `; for a product entry by entry write ${p} ⊙ ${q}`
    : y.length === 2 && x.at(-1) === y[1]
      ? `; ${p} ${q}ᵀ would fit`
      : x.length === 2 && x[0] === y[0]
        ? `; ${p}ᵀ ${q} would fit`
        : "";
  return new ShapeError(
    `Cannot multiply ${p} of shape ${shapeText(a)} and ${q} of shape ${shapeText(b)}: ` +
      `the columns of the first must be as many as the rows of the second${hint}`,
    [x, y],
  );
}

/** The transpose; that of a vector is a row. */
export function transposed(value: Value, written: string): Value {
  if (value.kind === "cells") {
    throw new ShapeError(`Cannot transpose the entry ${written}: exchange its indices instead`, [
      value.tensor.shape,
    ]);
  }
  const { tensor, fit } = solid(value, written) as Matrix;
  if (tensor.rank > 2) {
    throw new ShapeError(
      `Cannot transpose ${written} of shape ${formatShape(tensor.shape)}: only matrices have a transpose`,
      [tensor.shape],
    );
  }
  const turned =
    tensor.rank === 0 ? tensor : tensor.rank === 1 ? reshape(tensor, 1, tensor.shape[0]) : transpose(tensor);
  return fit === undefined ? matrix(turned) : { kind: "matrix", tensor: turned, fit: [fit[1], fit[0]] };
}
