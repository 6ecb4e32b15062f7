/** The graph of J = sum(sigmoid(X W)), as the sketch of the view has it, with its true numbers. */
import type { GraphEntries, GraphInput, GraphJson } from "../src/graph/index.ts";
import { jacobian, matmul, sigmoid, sum, type Tensor, tensor } from "../src/index.ts";

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]);
const W = tensor([
  [1, 0],
  [0.5, -1],
  [0, 2],
]);
const Z = matmul(X, W);
const Y = sigmoid(Z);
const J = sum(Y);
J.backward();

const entries = (x: Tensor): GraphEntries => ({ data: Array.from(x.data) });

const edge = (from: number, x: Tensor, y: Tensor, rule: string): GraphInput => ({
  from,
  rule,
  share: entries(x.grad),
  jacobian: Array.from(jacobian(y, x).data),
});

const node = (name: string, x: Tensor, op: GraphJson["nodes"][number]["op"], line: number) => ({
  name,
  tex: name,
  label: name,
  shape: x.shape,
  dtype: x.dtype,
  op,
  value: entries(x),
  gradient: entries(x.grad),
  place: { cell: 4, line },
});

/** The sketch after its backward pass. */
export const sketch: GraphJson = {
  v: 1,
  id: "graph-1",
  session: "session-1",
  title: "J",
  nodes: [
    node("X", X, null, 1),
    node("W", W, null, 1),
    node(
      "Z",
      Z,
      {
        name: "matmul",
        tex: "X \\, W",
        label: "X W",
        indices: "ik,kj->ij",
        inputs: [edge(0, X, Z, "dZ \\, W^{\\top}"), edge(1, W, Z, "X^{\\top} \\, dZ")],
      },
      2,
    ),
    node(
      "Y",
      Y,
      {
        name: "sigmoid",
        tex: "\\sigma(Z)",
        label: "σ",
        inputs: [edge(2, Z, Y, "dY \\odot (Y \\odot (1 - Y))")],
      },
      3,
    ),
    node(
      "J",
      J,
      { name: "sum", tex: "\\sum Y", label: "Σ", indices: "ij->", inputs: [edge(3, Y, J, "dJ")] },
      4,
    ),
  ],
  groups: [],
  steps: [
    { node: 4, input: 0 },
    { node: 3, input: 0 },
    { node: 2, input: 1 },
    { node: 2, input: 0 },
  ],
  failure: null,
  omitted: 0,
};
