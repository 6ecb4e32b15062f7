/** Layers: functions of rows that know their parameters, and how these are initialised. */

import { add, matmul, mul, sub, tanh } from "../ops/index.ts";
import { shownAs } from "../print/display.ts";
import type { Dtype } from "../tensor/dtype.ts";
import { ValueError } from "../tensor/errors.ts";
import { within } from "../tensor/host.ts";
import { zeros } from "../tensor/make.ts";
import { checkedOptions, checkNumbers, FUNCTION, kindOf, oneOf } from "../tensor/options.ts";
import { rand } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Matmul, MatmulCheck, ShapeOf } from "../tensor/typed-shapes.ts";

/** A function from rows of `In` numbers to rows of `Out` numbers; a row is a sample. */
export interface Layer<In extends number = number, Out extends number = number> {
  <X extends Tensor>(x: X & MatmulCheck<ShapeOf<X>, [In, Out]>): Tensor<Matmul<ShapeOf<X>, [In, Out]>>;
  /** What training changes, in the order of the layers: W1, b1, W2, b2, … */
  readonly parameters: readonly Tensor[];
}

/** A layer's line: its kind, its size, its parameters. */
export function lineOf(kind: string, parameters: readonly Tensor[]): string {
  const count = parameters.reduce((total, { size }) => total + size, 0);
  const list = parameters.map(({ name, shape }) => `${name} ${shape.join(" × ")}`).join(", ");
  return `${kind}, ${count} parameters: ${list}`;
}

// Where the training of a weight matrix starts.

/**
 * Weights drawn uniformly from (−a, a) with a = √(6/(in + out)), so that neither the values on the way forward nor the
 * gradients on the way back grow or shrink from layer to layer (Glorot and Bengio 2010, "Understanding the difficulty
 * of training deep feedforward neural networks", equation 16).
 */
export function glorot<In extends number, Out extends number>(
  inputs: In,
  outputs: Out,
  dtype: Dtype,
): Tensor<[In, Out]> {
  const a = Math.sqrt(6 / (inputs + outputs));
  const uniform: Tensor = rand(inputs, outputs);
  const W = mul(2 * a, sub(uniform, 0.5)).cast(dtype);
  return W.detach() as Tensor<[In, Out]>; // rand made it of this shape, and the steps since are elementwise
}

// The linear layer Z = X W + 1bᵀ.

/** Options of `Linear`. */
export interface LinearOptions {
  /** The number type of the parameters (default float64). */
  readonly dtype?: Dtype;
}

/** A linear layer: call it with a matrix whose rows are samples. */
export interface Linear<In extends number = number, Out extends number = number> extends Layer<In, Out> {
  /** The weights: a row per input, a column per output. */
  readonly W: Tensor<[In, Out]>;
  /** The bias: a number per output, added to every row. */
  readonly b: Tensor<[Out]>;
  readonly parameters: readonly [Tensor<[In, Out]>, Tensor<[Out]>];
}

/**
 * A linear layer Z = X W + 1bᵀ: z_nk = Σ_i x_ni w_ik + b_k. It is a function, called with X of shape [N, inputs].
 *
 * W is drawn uniformly from ±√(6/(inputs + outputs)) (Glorot), from the stream of `seed`; b starts at 0.
 *
 * @throws ShapeError when a length is not a whole number, or X has another number of columns.
 * @example
 * Linear(3, 5)(ones(4, 3)).shape // [4, 5]
 * Linear(3, 5).W.shape // [3, 5]
 */
export function Linear<In extends number, Out extends number>(
  inputs: In,
  outputs: Out,
  options?: LinearOptions,
): Linear<In, Out> {
  checkNumbers("Linear", "Linear(3, 5)", { inputs, outputs });
  const { dtype = "float64" } = checkedOptions(options, {
    of: "Linear",
    example: 'Linear(3, 5, { dtype: "float32" })',
    known: { dtype: oneOf("float64", "float32") },
  });
  const W = glorot(inputs, outputs, dtype).as("W");
  const b = zeros(outputs).cast(dtype).detach().as("b") as Tensor<[Out]>; // zeros gave it this shape, cast keeps it
  const parameters = [W, b] as const;
  const forward = (X: Tensor): Tensor =>
    within(`Linear ${inputs} → ${outputs}`, () => add(matmul(X, W as Tensor), b as Tensor));
  const layer = Object.assign(forward, {
    W,
    b,
    parameters,
    ...shownAs(() => lineOf(`Linear ${inputs} → ${outputs}`, parameters)),
  });
  return layer as unknown as Linear<In, Out>; // the interface says about shapes what matmul and add return
}

// The multilayer perceptron: linear layers with an activation between them.

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
 * Its parameters start like those of `Linear`, and are named after their layer, counted from 1.
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
