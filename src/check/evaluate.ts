/** Evaluates a formula at a point, where every name has its tensor and every letter its length. */

import * as scalar from "../numeric/scalar.ts";
import { add, div, mul, neg, sub } from "../ops/arithmetic.ts";
import { eq, ge, gt, le, lt, ne } from "../ops/compare.ts";
import { pow } from "../ops/exponential.ts";
import { broadcastTo } from "../ops/reshape.ts";
import { where } from "../ops/where.ts";
import { toTensor } from "../tensor/apply.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { entrywise, type Operation, ones, solid, wholeOf } from "./arithmetic.ts";
import { derivative, pulledBack } from "./differentiate.ts";
import { type Case, type Context, type Entry, type Expr, FormulaError } from "./grammar.ts";
import { deltaValue, grid, letterValue, placesOf, sumOver } from "./indexed.ts";
import { callable, functionOf } from "./names.ts";
import { dotted, matrixProduct, product, transposed } from "./products.ts";
import { fitOf, isScalar, type Matrix, matrix, pick, type Value } from "./value.ts";
import { formulaText } from "./write.ts";

const RELATIONS = { ge, gt, le, lt, ne, eq } as const;

/** What is done to two entries, and what messages call it. */
const ARITHMETIC = {
  add: [add, "add"],
  sub: [sub, "subtract"],
  hadamard: [mul, "multiply"],
  div: [div, "divide"],
} as const;

/** The value of an expression. */
export function evaluate(expr: Expr, context: Context): Value {
  const value = (part: Expr): Value => evaluate(part, context);
  switch (expr.kind) {
    case "number":
      return matrix(toTensor("take", expr.value));
    case "tensor":
      return matrix(context.point.value(expr.tensor));
    case "gradient":
      return matrix(context.point.gradient(expr.tensor));
    case "unit":
      return matrix(toTensor("take", 1)); // dJ = ∂J/∂J
    case "objective":
      throw new FormulaError(
        "J has no value here: only its derivatives are known, as in ∂J/∂Y",
        context.source,
        expr.at,
      );
    case "ones":
      return ones();
    case "letter":
      return letterValue(expr, context);
    case "delta":
      return deltaValue(expr, context);
    case "entry":
      return entry(expr, context);
    case "neg":
      return entrywise((x) => neg(x), operation("negate", expr.a), value(expr.a));
    case "add":
    case "sub":
    case "hadamard":
    case "div": {
      const [f, action] = ARITHMETIC[expr.kind];
      return pairwise(f, action, expr, context);
    }
    case "compare":
      return pairwise(RELATIONS[expr.relation], "compare", expr, context);
    case "juxtapose":
    case "matmul":
    case "dot":
      return productOf(expr, context);
    case "power":
      return power(expr.a, expr.b, context);
    case "transpose":
      return transposed(value(expr.a), formulaText(expr.a));
    case "call":
      return call(expr, context);
    case "sum":
      return sumOver(expr.index, value(expr.a), expr, context);
    case "derivative":
      return derivative(expr, context, value);
    case "cases":
      return cases(expr.cases, value);
    case "grid":
      return grid(expr, context, value);
  }
}

function pairwise(
  f: (x: Tensor, y: Tensor) => Tensor,
  action: string,
  { a, b }: { readonly a: Expr; readonly b: Expr },
  context: Context,
): Value {
  return entrywise((x, y) => f(x, y), operation(action, a, b), evaluate(a, context), evaluate(b, context));
}

function operation(action: string, a: Expr, b: Expr = a): Operation {
  return { action, operands: [formulaText(a), formulaText(b)] };
}

type ProductExpr = { readonly kind: string; readonly a: Expr; readonly b: Expr };

function productOf({ kind, a, b }: ProductExpr, context: Context): Value {
  const [x, y] = [evaluate(a, context), evaluate(b, context)];
  const asked = operation("multiply", a, b);
  if (y.kind === "slope" && !isScalar(x) && kind !== "matmul")
    return pulledBack(wholeOf(x, formulaText(a)), y, asked, context);
  if (kind === "dot") return dotted(asked, x, y);
  if (kind === "juxtapose") return product(asked, x, y);
  return matrixProduct(asked, wholeOf(x, formulaText(a)), wholeOf(y, formulaText(b)));
}

function power(base: Expr, exponent: Expr, context: Context): Value {
  const x = evaluate(base, context);
  const isInverse = formulaText(exponent) === "−1" && x.kind === "matrix" && x.tensor.rank > 0;
  if (isInverse) {
    throw new FormulaError(
      `${formulaText(base)}^−1 could mean two things: write inv(${formulaText(base)}) for the inverse, ` +
        `1/${formulaText(base)} entry by entry`,
      context.source,
      exponent.at,
    );
  }
  const constant = constantOf(exponent); // a constant exponent may have a negative base
  const asked = operation("raise", base, exponent);
  if (constant !== null) return entrywise((a) => pow(a, constant), asked, x);
  return entrywise((a, b) => pow(a, b), asked, x, evaluate(exponent, context));
}

/** The number that an expression of numbers alone is: −2, 1/3, 2 · 10^{−7}. */
function constantOf(expr: Expr): number | null {
  if (expr.kind === "number") return expr.value;
  if (expr.kind === "neg") {
    const a = constantOf(expr.a);
    return a === null ? null : -a;
  }
  if (!Object.hasOwn(OF_NUMBERS, expr.kind) || !("b" in expr)) return null;
  const [a, b] = [constantOf(expr.a), constantOf(expr.b)];
  return a === null || b === null ? null : OF_NUMBERS[expr.kind](a, b);
}

const OF_NUMBERS: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  dot: (a, b) => a * b,
  juxtapose: (a, b) => a * b,
  div: (a, b) => a / b,
  power: scalar.pow,
};

function call({ name, axis, args, at }: Extract<Expr, { kind: "call" }>, context: Context): Value {
  const f = functionOf(name, axis);
  const values = args.map((arg) => evaluate(arg, context));
  const written = args.map(formulaText);
  if (callable(name)?.acts === "entrywise") {
    return entrywise(f, { action: name, operands: [written[0], written[1] ?? written[0]] }, ...values);
  }
  const tensors = values.map((value, i) => {
    const plain = solid(value, written[i]);
    if (plain.kind === "matrix") return sized(plain, name, written[i]);
    throw new FormulaError(
      `${name} works on a matrix, and ${written[i]} is an entry: give it the matrix, or sum entries with Σ`,
      context.source,
      at,
    );
  });
  return matrix(f(...tensors));
}

/** A matrix as an operand of a function that asks for its lengths; those of ones must be known. */
function sized(value: Matrix, name: string, written: string): Tensor {
  const fit = fitOf(value);
  if (fit.every((axis) => axis === "fixed")) return value.tensor;
  const length = value.tensor.shape[fit.indexOf("fixed")];
  // There 𝟏 can only be as wide as it is high.
  if (callable(name)?.acts === "on a square matrix" && length !== undefined)
    return broadcastTo(value.tensor, [length, length]);
  throw new ShapeError(`Cannot take ${name} of ${written}: nothing says how long 𝟏 is there`, [
    value.tensor.shape,
  ]);
}

function entry(expr: Entry, context: Context): Value {
  const { tensor, kind } = expr.of;
  const value = kind === "tensor" ? context.point.value(tensor) : context.point.gradient(tensor);
  return pick(value, placesOf(expr, context));
}

/** The first case whose condition holds; NaN where none does. */
function cases(list: readonly Case[], value: (part: Expr) => Value): Value {
  return list
    .toReversed()
    .reduce<Value>(
      (other, { value: then, condition }) =>
        entrywise(
          (c, x, y) => where(c, x, y),
          operation("choose", then, condition),
          value(condition),
          value(then),
          other,
        ),
      matrix(toTensor("take", Number.NaN)),
    );
}
