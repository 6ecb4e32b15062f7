/** A function of two operands: one gradient comes in, and one goes back to each. */

import { type Label, quotient } from "../typeset/label.ts";
import { type Drawing, disc } from "./drawing.ts";

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
