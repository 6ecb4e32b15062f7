/** math`Z = X W + 𝟏bᵀ`: a formula as a tensor on the tape. */

import { vjp } from "../autodiff/grad.ts";
import { jacobian } from "../autodiff/jacobian.ts";
import { ShapeError } from "../tensor/errors.ts";
import { variables } from "../tensor/host.ts";
import { withLetters } from "../tensor/symbol.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { wholeOf } from "./arithmetic.ts";
import { evaluate } from "./evaluate.ts";
import { type Expr, FormulaError, type Point } from "./grammar.ts";
import { lettersOf } from "./letters.ts";
import { Names } from "./names.ts";
import { parse } from "./parse.ts";
import { type Interpolated, scopeOf, sourceOf } from "./reader.ts";
import { shapeText } from "./value.ts";
import { formulaText } from "./write.ts";

/** The type of `math`. */
export interface MathTag {
  (formula: TemplateStringsArray, ...values: Interpolated[]): Tensor;
  /** A `math` for tensors that are not variables of a notebook, under the names given here. */
  with(names: Readonly<{ [name: string]: Tensor | number }>): MathTag;
}

/**
 * Evaluates a formula, in the grammar of `check`, to a tensor that remembers how it was computed; `Z = …` names it.
 * dX is `X.grad`, and derivatives are constants.
 *
 * @throws FormulaError when it cannot be read; ShapeError when shapes do not fit.
 * @example
 * const [X, b] = [tensor([[1, 2], [3, 4]]), tensor([10, 20])];
 * math.with({ X, b })`Z = X + 𝟏bᵀ`.toArray() // [[11, 22], [13, 24]]
 */
export const math: MathTag = mathIn(() => new Names(variables()));

function mathIn(names: () => Names): MathTag {
  const run = (strings: TemplateStringsArray, ...values: Interpolated[]): Tensor => {
    const { source, exprs } = sourceOf(strings, values);
    const known = names();
    return withLetters([...known.labels.keys(), ...values], () =>
      internals.withWitnesses(() => compute(source, known, exprs)),
    );
  };
  return Object.assign(run, {
    with: (given: Readonly<{ [name: string]: Tensor | number }>) =>
      mathIn(() => new Names(Object.entries(scopeOf("math", given)))),
  });
}

/** The session as it is: every tensor has its own value and its own gradient. */
const here: Point = {
  value: (x) => x,
  gradient: (x) => x.grad,
  jacobian,
  pull: vjp,
  isObjective: (j, x) => internals.originOf(x)?.y === j,
};

function compute(source: string, names: Names, values: readonly Expr[]): Tensor {
  const [definition, name] = /^\s*([\p{L}][\p{L}\d_^[\]{}()₀-₉]*)\s*=(?!=)/u.exec(source) ?? ["", null];
  const { claims } = parse(source, names, values, definition.length);
  const [[{ expr }, ...others], second] = claims;
  const surplus = others[0] ?? second?.[0];
  if (surplus !== undefined) {
    throw new FormulaError(
      "math computes one formula: check compares two sides with =",
      source,
      surplus.expr.at,
    );
  }
  const value = wholeOf(
    evaluate(expr, { point: here, letters: lettersOf([expr], source), source, layout: "numerator" }),
    formulaText(expr),
  );
  if (value.fit !== undefined) {
    throw new ShapeError(
      `Cannot compute ${formulaText(expr)} of shape ${shapeText(value)}: nothing says how long 𝟏 is`,
      [],
    );
  }
  const { tensor } = value;
  const isNew = tensor.name === null && !internals.isLiteral(tensor);
  return name === null || !isNew ? tensor : tensor.as(name);
}
