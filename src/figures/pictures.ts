/** What each of the lecture's pictures shows. */

import { type Label, quotient } from "../svg/label.ts";
import { type Arrow, type Box, type Drawing, disc, dots, type Matrix, tensorBox } from "./drawing.ts";

// The backward pass through the network: each gradient from the one before it.

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

// Which x changes which y, and how all of them change J: the picture of the total derivative.

/** An effect of an x on a y, by number, and where on its arrow there is room for a label. */
const EFFECTS: readonly (readonly [x: number, y: number, labelAt: number])[] = [
  [1, 1, 0.5],
  [1, 2, 0.66],
  [1, 3, 0.3],
  [2, 2, 0.3],
  [2, 3, 0.6],
  [3, 4, 0.5],
];

/** The effects, forwards. */
export function effects(): Drawing {
  const { xs, ys, J } = nodes(250);
  const arrows = [
    ...EFFECTS.map(([x, y, labelAt]) => step(xs[x - 1], ys[y - 1], labelAt, [quotient(`y_${y}`, `x_${x}`)])),
    ...ys.map((y, k) => step(y, J, 0.45, [quotient("J", `y_${k + 1}`)])),
  ];
  return {
    title: "Effects",
    description:
      "x_1 has an effect on y_1, y_2 and y_3, x_2 on y_2 and y_3, x_3 on y_4; each y has one on J.",
    width: J.x + 60,
    height: 440,
    boxes: [...xs, ...ys, J],
    arrows,
  };
}

/** The same, backwards: what arrives at an x is summed up. */
export function totalDerivatives(): Drawing {
  const { xs, ys, J } = nodes(330);
  const back = (from: Box, to: Box, labelAt: number, label: Label): Arrow => ({
    ...step(from, to, 1 - labelAt, label),
    isBackward: true,
  });
  const arrows = [
    ...ys.map((y, k) => back(J, y, 0.45, [quotient("J", `y_${k + 1}`)])),
    ...EFFECTS.map(([x, y, labelAt]) =>
      back(ys[y - 1], xs[x - 1], labelAt, [quotient("J", `y_${y}`), quotient(`y_${y}`, `x_${x}`)]),
    ),
  ];
  return {
    title: "Total derivatives",
    description:
      "The arrows of the effects, turned round. Each carries the derivative of J along its path; ∂J/∂x is the sum of " +
      "all that arrive at x: three terms at x_1, two at x_2, one at x_3.",
    width: J.x + 60,
    height: 440,
    boxes: [...xs, ...ys, J],
    arrows,
  };
}

function nodes(room: number): { readonly xs: Box[]; readonly ys: Box[]; readonly J: Box } {
  const [left, middle, right] = [60, 60 + room, 60 + room + 180];
  return {
    xs: [120, 240, 390].map((y, k) => disc(left, y, `x_${k + 1}`)),
    ys: [80, 183, 287, 390].map((y, k) => disc(middle, y, `y_${k + 1}`)),
    J: disc(right, 235, "J"),
  };
}

function step(from: Box, to: Box, labelAt: number, label: Label): Arrow {
  return { from, to, labelAt, label };
}

// An elementwise function, entry by entry: each y_ij comes from its own x_ij, and each gradient goes back there.

/** The rows and columns of the generic matrix. */
const ROWS = ["1", "2", "⋮", "α"];
const COLUMNS = ["1", "2", "⋯", "β"];
/** From the first column to the last. */
const WIDTH = 150;
/** The entries that are followed. */
const FRAMED = [
  [0, 1],
  [1, 3],
  [3, 0],
] as const;

/** Y = f(X). */
export function entries(): Drawing {
  const [left, right] = [70, 470];
  const [X, Y] = [matrix("x", left), matrix("y", right)];
  const middle = (left + WIDTH + right) / 2; // of the room between the two, where the labels are
  const arrows = FRAMED.flatMap(([row, column]): Arrow[] => {
    const [x, y] = [X.rows[row][column], Y.rows[row][column]];
    const labelAt = (middle - x.x) / (y.x - x.x);
    const label = [quotient("J", y.label), quotient(y.label, x.label)];
    return [
      { from: x, to: y, lane: -27, labelAt, label: `${y.label} = f(${x.label})` },
      { from: y, to: x, lane: 27, labelAt: 1 - labelAt, label, isBackward: true },
    ];
  });
  return {
    title: "An elementwise function, entry by entry",
    description:
      "Three entries of X, each with the entry of Y that is computed from it and from nothing else. The gradient of a y " +
      "goes back to its x alone, times ∂y/∂x.",
    width: right + WIDTH + left,
    height: 456,
    boxes: [],
    arrows,
    matrices: [X, Y],
  };
}

function matrix(letter: string, left: number): Matrix {
  const rows = ROWS.map((row, i) =>
    COLUMNS.map((column, j): Box => {
      const isFramed = FRAMED.some(([r, c]) => r === i && c === j);
      const outline = isFramed ? "frame" : "none";
      const [x, y] = [left + (WIDTH / 3) * j, 128 + 86 * i];
      return { x, y, width: 40, height: 28, outline, label: entry(letter, row, column) };
    }),
  );
  return { name: letter.toUpperCase(), rows };
}

function entry(letter: string, row: string, column: string): string {
  if (row === "⋮") return column === "⋯" ? "⋱" : "⋮";
  return column === "⋯" ? "⋯" : `${letter}_{${row}${column}}`;
}

// The multilayer perceptron of the lecture: its tensors and their shapes, and the same with every gradient.

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

// A function of two operands: one gradient comes in, and one goes back to each.

/** z_ij = f(x_ij, y_ij). */
export function twoOperands(): Drawing {
  const x = disc(70, 102, "x_{ij}");
  const y = disc(70, 262, "y_{ij}");
  const f = disc(230, 182, "f");
  const z = disc(380, 182, "z_{ij}");
  const J = disc(560, 182, "J");
  const back = (operand: string): Label => [quotient("J", "z_{ij}"), quotient("z_{ij}", operand)];
  return {
    title: "Two operands",
    description:
      "x_ij and y_ij give z_ij = f(x_ij, y_ij), on which J depends. Going back, each operand gets the gradient of z_ij " +
      "times its own local derivative.",
    width: 620,
    height: 362,
    boxes: [x, y, f, z, J],
    arrows: [
      { from: x, to: f },
      { from: y, to: f },
      { from: f, to: z },
      { from: z, to: J, shift: 9 },
      { from: J, to: z, shift: 9, isBackward: true, label: [quotient("J", "z_{ij}")] },
      { from: z, to: x, bend: -62, label: back("x_{ij}"), isBackward: true },
      { from: z, to: y, bend: 62, label: back("y_{ij}"), isBackward: true },
    ],
  };
}
