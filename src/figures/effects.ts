/** Which x changes which y, and how all of them change J: the picture of the total derivative. */

import { type Label, quotient } from "../typeset/label.ts";
import { type Arrow, type Box, type Drawing, disc } from "./drawing.ts";

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
