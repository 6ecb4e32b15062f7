/** `nudge`: what moves when one entry does. */

import { dependsOn } from "../autodiff/tape.ts";
import { tensorsAt } from "../explain/situation.ts";
import { sub } from "../ops/arithmetic.ts";
import { isSymbolic } from "../print/expression.ts";
import { ValueError } from "../tensor/errors.ts";
import { withoutRecording } from "../tensor/op.ts";
import { checkTensor, nameVariables } from "../tensor/operands.ts";
import { stridesOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { entryOf, nameTex } from "../tex/name.ts";
import { plainTex } from "../tex/plain.ts";

/** By how much an entry is moved: a power of two, so that sums and products with it are exact. */
const STEP = 2 ** -10;

/**
 * Moves one entry of `x`, counted from 0, by about 0.001 and answers by how much each entry of `y` moves, per unit: ΔY/Δx.
 * Where it is 0, nothing moves; where it is not, it is close to the derivative. An index beyond the last is the last.
 *
 * @throws ValueError when `y` is not computed from `x`, or has no numbers.
 * @example
 * const X = tensor([[1, 2, 3]]).as("X");
 * allclose(nudge(square(X).as("Y"), X, 0, 1), [[0, 4 + 2 ** -10, 0]]) // true
 */
export function nudge(y: Tensor, x: Tensor, ...at: number[]): Tensor {
  checkTensor("nudge and watch", y, "nudge(Y, X, 0, 1)");
  checkTensor("nudge", x, "nudge(Y, X, 0, 1)");
  nameVariables();
  if (isSymbolic(y)) throw new ValueError("Cannot nudge a symbol: it has no numbers");
  const place = x.shape.map((length, axis) => Math.max(0, Math.min(Math.trunc(at[axis] ?? 0), length - 1)));
  const position = stridesOf([...x.shape]).reduce((sum, stride, axis) => sum + stride * place[axis], 0);
  const moved = new Tensor(
    [...x.shape],
    x.data.map((entry, k) => (k === position ? entry + STEP : entry)),
  );
  const change = withoutRecording(() => {
    const after = tensorsAt(new Map([[x, moved]]))(y);
    if (y !== x && !dependsOn(y, x)) {
      throw new ValueError(
        `Cannot nudge ${x.name ?? "that tensor"}: ${y.name ?? "the result"} is not computed from it`,
      );
    }
    return sub(after, y).div(STEP);
  });
  const entry = entryOf(
    x.name ?? "X",
    place.map((index) => `${index + 1}`),
  );
  const name = y.name ?? "Y";
  internals.setLabel(change, {
    tex: `\\frac{\\Delta ${nameTex(name, y.rank)}}{\\Delta ${entry}}`,
    text: `Δ${plainTex(nameTex(name, 0))}/Δ${plainTex(entry)}`,
  });
  return change;
}
