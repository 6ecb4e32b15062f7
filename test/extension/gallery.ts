/** Tensors that are hard to typeset, and what a reader should see of each. */
import { type Tensor, tensor, zeros } from "../../src/index.ts";

/** A tensor with the name and the entries that it prints. */
export interface Exhibit {
  readonly title: string;
  readonly x: Tensor;
  readonly name: string | RegExp;
  readonly rows: readonly (readonly string[])[];
}

const dots = ["⋮", "⋮", "⋮", "⋮", "⋮", "⋮", "⋱", "⋮"];
const zeroRow = ["0", "0", "0", "0", "0", "0", "⋯", "0"];

/** From the plainest to the largest. */
export const gallery: readonly Exhibit[] = [
  {
    title: "a matrix",
    x: tensor([[1, -2, 0], [3, 0.5, -1]], { name: "X" }), // biome-ignore format: a matrix
    name: "X",
    rows: [["1", "-2", "0"], ["3", "0.5", "-1"]], // biome-ignore format: a matrix
  },
  { title: "a scalar", x: tensor(1.5, { name: "J" }), name: "J", rows: [["1.5"]] },
  { title: "a scalar without a name", x: tensor(-0.25), name: "", rows: [["-0.25"]] },
  { title: "a single entry", x: tensor([[7]], { name: "W1" }), name: "W1", rows: [["7"]] },
  {
    title: "a row",
    x: tensor([[1, 2, 3, 4]], { name: "r" }),
    name: "r",
    rows: [["1", "2", "3", "4"]],
  },
  {
    title: "a vector",
    x: tensor([1, -2, 3], { name: "b" }),
    name: /^b./, // and its arrow, for which each engine has a character of its own
    rows: [["1"], ["-2"], ["3"]],
  },
  {
    title: "numbers at the ends of their range",
    x: tensor([[1e12, -9.8765e-9, Number.NaN], [Infinity, -Infinity, -0]], { name: "H" }), // biome-ignore format: a matrix
    name: "H",
    rows: [["1×1012", "-9.8765×10-9", "NaN"], ["∞", "-∞", "0"]], // biome-ignore format: a matrix
  },
  {
    title: "a large matrix",
    x: zeros(1000, 1000).as("Z"),
    name: "Z",
    rows: [...Array(6).fill(zeroRow), dots, zeroRow],
  },
];
