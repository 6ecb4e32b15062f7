/** The backward pass through the network: each gradient from the one before it. */

import { type Arrow, type Box, type Drawing, dots } from "./drawing.ts";

/** From dJ = 1 back to the first layer. */
export function backwardChain(): Drawing {
  const [top, bottom] = [92, 200];
  const gradient = (x: number, y: number, label: string, detail: string, width = 118): Box => ({
    x,
    y,
    width,
    height: 50,
    outline: "box",
    label,
    detail,
    isGradient: true,
  });
  const dJ = gradient(842, top, "dJ", "1", 56);
  const dZ = gradient(722, top, "dZ^[O]", "∂J / ∂Z^[O]", 110);
  const dA = gradient(566, top, "dA^{[O−1]}", "dZ^[O] W^[O]ᵀ");
  const dZ2 = gradient(396, top, "dZ^{[O−1]}", "dA^{[O−1]} ⊙ σ′(Z^{[O−1]})", 160);
  const more = dots(266, top);
  const dZ1 = gradient(136, top, "dZ^[1]", "dA^[1] ⊙ σ′(Z^[1])", 136);
  const parameters = (above: Box, layer: string, input: string): [Box, Box] => [
    gradient(above.x - 60, bottom, `dW^{[${layer}]}`, `${input}ᵀ dZ^{[${layer}]}`, 112),
    gradient(above.x + 60, bottom, `db⃗^{[${layer}]}`, `dZ^{[${layer}]}ᵀ 𝟏`, 112),
  ];
  const [dW, db] = parameters(dZ, "O", "A^{[O−1]}");
  const [dW2, db2] = parameters(dZ2, "O−1", "A^{[O−2]}");
  const [dW1, db1] = parameters(dZ1, "1", "X");
  const steps: [Box, Box][] = [
    [dJ, dZ],
    [dZ, dA],
    [dA, dZ2],
    [dZ2, more],
    [more, dZ1],
    [dZ, dW],
    [dZ, db],
    [dZ2, dW2],
    [dZ2, db2],
    [dZ1, dW1],
    [dZ1, db1],
  ];
  return {
    title: "The backward chain",
    description:
      "Each gradient comes from the one to its right: the last dZ from the loss, dW and db of a layer from its dZ, and " +
      "the dA of the layer before from the same dZ, until the first layer is reached.",
    width: 890,
    height: 248,
    boxes: [dJ, dZ, dA, dZ2, more, dZ1, dW, db, dW2, db2, dW1, db1],
    arrows: steps.map(([from, to]): Arrow => ({ from, to, isBackward: true })),
  };
}
