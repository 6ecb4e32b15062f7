/** Evaluates ∂y/∂x, for matrices and for entries. */

import { mul } from "../ops/arithmetic.ts";
import { reshape, transpose } from "../ops/reshape.ts";
import { ShapeError } from "../tensor/errors.ts";
import { onesLike } from "../tensor/make.ts";
import { createRandom } from "../tensor/random.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Operation, solid } from "./arithmetic.ts";
import { type Context, type Entry, type Expr, FormulaError, type Point } from "./grammar.ts";
import { placesOf } from "./indexed.ts";
import { roundingOf } from "./rounding.ts";
import { type Cells, type Matrix, matrix, pick, type Slope, type Value } from "./value.ts";
import { formulaText } from "./write.ts";

type Derivative = Extract<Expr, { kind: "derivative" }>;

/** ∂y/∂x: a gradient, a matrix of slopes, or the slopes of entries. */
export function derivative(expr: Derivative, context: Context, evaluate: (part: Expr) => Value): Value {
  const { of, by } = expr;
  const { point } = context;
  if (by.kind !== "tensor" && !(by.kind === "entry" && by.of.kind === "tensor")) {
    const why = "a derivative is taken by a tensor or by one of its entries, as in ∂J/∂X and ∂y_ij/∂x_ij";
    throw new FormulaError(`Cannot differentiate by ${formulaText(by)}: ${why}`, context.source, by.at);
  }
  const variable = by.kind === "entry" ? by.of.tensor : by.tensor;
  const whole = by.kind === "tensor";
  const isObjective =
    of.kind === "objective" || (of.kind === "tensor" && point.isObjective(of.tensor, variable));
  if (isObjective) {
    const gradient = point.gradient(variable);
    return whole ? matrix(gradient) : pick(gradient, placesOf(by, context));
  }
  const x = point.value(variable);
  const y = solid(evaluate(of), formulaText(of));
  if (!whole) return slopes(y, x, by, expr, context);
  if (y.kind === "cells") {
    throw new FormulaError(
      `${formulaText(expr)} has a matrix for every entry: write it by entries too, as in ∂y_ij/∂x_kl`,
      context.source,
      expr.at,
    );
  }
  if (y.tensor.rank === 0) return matrix(point.jacobian(y.tensor, x));
  return {
    kind: "slope",
    y: y.tensor,
    x,
    diagonal: diagonalOf(y.tensor, x, point),
    whole: wholeOf(y.tensor, x, context),
    label: formulaText(expr),
  };
}

/** The Jacobian of two vectors; `null` when one is a matrix. */
function wholeOf(y: Tensor, x: Tensor, { point, layout }: Context): Tensor | null {
  if (!isVector(y) || !isVector(x)) return null;
  const slopes = reshape(point.jacobian(y, x), y.size, x.size);
  return layout === "numerator" ? slopes : transpose(slopes);
}

function isVector({ rank, shape }: Tensor): boolean {
  return rank === 1 || (rank === 2 && shape[1] === 1);
}

function slopes(y: Matrix | Cells, x: Tensor, by: Entry, expr: Derivative, context: Context): Value {
  if (y.kind === "matrix" && y.tensor.rank > 0) {
    throw new FormulaError(
      `${formulaText(expr)} mixes a matrix and an entry: write ∂Y/∂X or ∂y_ij/∂x_ij`,
      context.source,
      expr.at,
    );
  }
  const indices = y.kind === "cells" ? y.indices : [];
  return pick(context.point.jacobian(y.tensor, x), [...indices, ...placesOf(by, context)]);
}

/** dY ∂Y/∂X: the sum over all entries of Y, which for an op that acts entry by entry is dY ⊙ ∂Y/∂X. */
export function pulledBack(dY: Matrix, slope: Slope, { operands }: Operation, { point }: Context): Matrix {
  const { y, x } = slope;
  if (sameShape(dY.tensor.shape, y.shape)) return matrix(point.pull(y, x, dY.tensor));
  throw new ShapeError(
    `Cannot multiply ${operands[0]} of shape ${formatShape(dY.tensor.shape)} and ${slope.label}: ` +
      `what is above the fraction has shape ${formatShape(y.shape)}`,
    [dY.tensor.shape, y.shape],
  );
}

// Whether an op acts entry by entry, and its slope at each entry.

/**
 * The matrix of ∂y_ij/∂x_ij; `null` when some y_ij depends on another entry of X. All of them at once are the
 * gradient for dY = 𝟏, if the Jacobian D is diagonal; and it is when Dᵀv = v ⊙ Dᵀ𝟏 for a random v too.
 */
export function diagonalOf(y: Tensor, x: Tensor, point: Point): Tensor | null {
  if (!sameShape(y.shape, x.shape)) return null;
  const diagonal = point.pull(y, x, onesLike(y));
  const { normal } = createRandom(7);
  const v = new Tensor([...y.shape], y.data.map(normal));
  const pulled = point.pull(y, x, v);
  const expected = mul(v, diagonal);
  const roundings = [roundingOf(pulled), roundingOf(expected)];
  const isDiagonal = pulled.data.every((dx, k) => {
    const off = Math.abs(dx - expected.data[k]);
    return off <= roundings[0][k] + roundings[1][k] || !Number.isFinite(expected.data[k]);
  });
  return isDiagonal ? diagonal : null;
}
