/** The multilayer perceptron of the lecture: its tensors and their shapes, and the same with every gradient. */

import { type Arrow, type Box, type Drawing, disc, dots, tensorBox } from "./drawing.ts";

/** The model, forwards. */
export function network(): Drawing {
  return {
    title: "The model and its tensors",
    description:
      "A batch X of N samples passes through the layers 1 to O. Each layer has a matrix W and a vector b, and makes " +
      "Z = A W + 𝟏 bᵀ of what comes in, then A = σ(Z). The last Z and the loss give the number J.",
    ...layers(false),
  };
}

/** The model, and beside every tensor the gradient that the backward pass gives it. */
export function networkWithGradients(): Drawing {
  return {
    title: "Every tensor and its gradient",
    description:
      "The same network. J is a single number, so that ∂J/∂W = dW has the shape of W, and so with every tensor. " +
      "Values flow from left to right, gradients from right to left.",
    ...layers(true),
  };
}

function layers(withGradients: boolean): Pick<Drawing, "width" | "height" | "boxes" | "arrows"> {
  const [top, middle] = withGradients ? [92, 226] : [80, 190];
  const box = (x: number, y: number, name: string, shape: string): Box =>
    tensorBox(x, y, name, shape, withGradients ? `d${name}` : undefined);
  const X = box(64, middle, "X", "N × l_0");
  const W1 = box(164, top, "W^[1]", "l_0 × l_1");
  const b1 = box(264, top, "b⃗^[1]", "l_1");
  const Z1 = box(214, middle, "Z^[1]", "N × l_1");
  const A1 = box(364, middle, "A^[1]", "N × l_1");
  const more = dots(463, middle);
  const A = box(562, middle, "A^{[O−1]}", "N × l_{O−1}");
  const W = box(662, top, "W^[O]", "l_{O−1} × K");
  const b = box(762, top, "b⃗^[O]", "K");
  const Z = box(712, middle, "Z^[O]", "N × K");
  const J = disc(838, middle, "J");
  const steps: [Box, Box, string?][] = [
    [X, Z1],
    [W1, Z1],
    [b1, Z1],
    [Z1, A1, "σ"],
    [A1, more],
    [more, A],
    [A, Z],
    [W, Z],
    [b, Z],
    [Z, J, "loss"],
  ];
  const shift = withGradients ? 9 : 0;
  const arrows = steps.flatMap(([from, to, label]): Arrow[] => [
    { from, to, shift, ...(label !== undefined && !withGradients && { label }) },
    ...(withGradients ? [{ from: to, to: from, shift, isBackward: true }] : []),
  ]);
  return { width: 880, height: middle + 64, boxes: [X, W1, b1, Z1, A1, more, A, W, b, Z, J], arrows };
}
