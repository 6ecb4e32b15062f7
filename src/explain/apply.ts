/** An abstract function, of which nothing is known but its name: the general case of the lecture. */

import { elementwise } from "../elementwise.ts";
import { ValueError } from "../errors.ts";
import { functionNamed } from "../latex/tex.ts";
import type { Described } from "../op.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { cos } from "../ops/sin.ts";
import { checkText } from "../options.ts";
import { createRandom } from "../random.ts";
import * as scalar from "../scalar.ts";
import { Tensor } from "../tensor.ts";

type Function = Described & ((...x: Tensor[]) => Tensor);

const functions = new Map<string, Function>();

/**
 * Y = f(X), or Z = f(X, Y), entry by entry, for a function that has only a name. Its derivatives stay ∂y/∂x.
 *
 * @throws ValueError for another number of operands than one or two.
 * @example
 * explain(apply("f", symbol("X", "α", "β")).as("Y")).step("closed") // "dX = dY \\odot \\frac{\\partial Y}{\\partial X}"
 */
export function apply(name: string, ...operands: Tensor[]): Tensor {
  checkText("apply", name, 'apply("f", X)');
  if (name === "")
    throw new ValueError('Cannot apply a function without a name: give one, as in apply("f", X)');
  if (operands.length < 1 || operands.length > 2 || !operands.every((x) => x instanceof Tensor)) {
    throw new ValueError(`Cannot apply ${name} to ${operands.length} operands: give one tensor or two`);
  }
  const key = `${name}/${operands.length}`;
  const f = functions.get(key) ?? abstract(name, operands.length);
  functions.set(key, f);
  return f(...operands);
}

/**
 * To have something to evaluate and to check, an abstract function is a smooth one behind the scenes,
 * sin(c + Σ aᵢ xᵢ), with numbers that belong to its name. No formula shows it.
 */
function abstract(name: string, arity: number): Function {
  const random = createRandom(
    Array.from(name).reduce((hash, sign) => hash * 31 + (sign.codePointAt(0) ?? 0), arity),
  );
  const shift = random.uniform();
  const weights = Array.from({ length: arity }, () => 0.5 + random.uniform());
  const inside = (x: readonly Tensor[]): Tensor =>
    x
      .map((xi, i) => mul(weights[i], xi))
      .reduce((sum, term) => add(sum, term))
      .add(shift);
  return elementwise<Function>({
    name,
    tex: functionNamed(name),
    isAbstract: true,
    kernel: (...x) => scalar.sin(x.reduce((sum, xi, i) => sum + weights[i] * xi, shift)),
    partials: weights.map(
      (weight) =>
        (_y: Tensor, ...x: Tensor[]) =>
          mul(weight, cos(inside(x))),
    ),
  });
}
