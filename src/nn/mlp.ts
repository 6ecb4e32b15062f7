/** The multilayer perceptron: linear layers with an activation between them. */

import { shownAs } from "../displayable.ts";
import { ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { tanh } from "../ops/index.ts";
import { checkedOptions, FUNCTION, oneOf } from "../options.ts";
import { within } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { type Layer, lineOf } from "./layer.ts";
import { Linear, type LinearOptions } from "./linear.ts";

/** Options of `MLP`. */
export interface MLPOptions extends LinearOptions {
  /** What stands between two linear layers, entry by entry, such as `relu` (default `tanh`). */
  readonly activation?: (z: Tensor) => Tensor;
}

/** A multilayer perceptron: call it with a matrix whose rows are samples. */
export interface MLP<In extends number = number, Out extends number = number> extends Layer<In, Out> {
  readonly layers: readonly Linear[];
}

/** The first and the last of the widths. */
type InputOf<Widths extends readonly number[]> = Widths extends readonly [
  infer In extends number,
  ...number[],
]
  ? In
  : number;
type OutputOf<Widths extends readonly number[]> = Widths extends readonly [
  ...number[],
  infer Out extends number,
]
  ? Out
  : number;

/**
 * A multilayer perceptron of the given widths, from the inputs to the outputs: `MLP([3, 5, 2])` is
 * Z2 = tanh(X W1 + 1b1ᵀ) W2 + 1b2ᵀ. The last layer has no activation, as the losses take logits.
 *
 * Its parameters start as those of `Linear` do, and are named after their layer, counted from 1.
 *
 * @throws ValueError when there are fewer than two widths.
 * @example
 * MLP([3, 5, 2], { activation: relu })(ones(4, 3)).shape // [4, 2]
 * MLP([3, 5, 2]).parameters.map((p) => p.name) // ["W1", "b1", "W2", "b2"]
 */
export function MLP<const Widths extends readonly number[]>(
  widths: Widths,
  options?: MLPOptions,
): MLP<InputOf<Widths>, OutputOf<Widths>> {
  const { activation = tanh, dtype = "float64" } = checkedOptions(options, {
    of: "MLP",
    example: "MLP([3, 5, 2], { activation: relu })",
    known: { activation: FUNCTION, dtype: oneOf("float64", "float32") },
  });
  const isList = Array.isArray(widths) && widths.every((width) => typeof width === "number");
  if (!isList || widths.length < 2) {
    throw new ValueError(
      `Cannot make an MLP of ${isList ? `the widths [${widths.join(", ")}]` : kindOf(widths)}: ` +
        "give at least those of the inputs and the outputs, as in MLP([3, 5, 2])",
    );
  }
  const layers = widths.slice(1).map((outputs, i) => {
    const layer = Linear(widths[i], outputs, { dtype });
    layer.W.as(`W${i + 1}`);
    layer.b.as(`b${i + 1}`);
    return layer;
  });
  const parameters = layers.flatMap((layer): Tensor[] => [...layer.parameters]);
  const forward = (X: Tensor): Tensor =>
    layers.reduce(
      (input: Tensor, layer, i): Tensor =>
        within(`layer ${i + 1}`, () => (i === layers.length - 1 ? layer(input) : activation(layer(input)))),
      X,
    );
  const mlp = Object.assign(forward, {
    layers,
    parameters,
    ...shownAs(() => lineOf(`MLP ${widths.join(" → ")}`, parameters)),
  });
  return mlp as unknown as MLP<InputOf<Widths>, OutputOf<Widths>>; // from the first width to the last, as typed
}
