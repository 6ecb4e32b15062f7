import { expect, test } from "vitest";
import { exp, tensor, zeros } from "../../src/index.ts";
import { TENSOR_MIME } from "../../src/print/display.ts";

const printed = (x: { toString(): string }): string => `\n${x}\n`;

test("a matrix prints in drawn parentheses under its name, points below points", () => {
  expect(
    printed(
      tensor([
        [1, -2, 0],
        [3, 0.5, -1],
      ]).as("X"),
    ),
  ).toBe(`
X = ⎛1  -2     0⎞
    ⎝3   0.5  -1⎠
`);
  expect(printed(exp(tensor([[1], [-2], [0]])).as("Y"))).toBe(`
    ⎛2.7183⎞
Y = ⎜0.1353⎟
    ⎝1     ⎠
`);
});

test("a scalar prints as one line, without a name as the bare number", () => {
  expect(tensor(1.5).as("J").toString()).toBe("J = 1.5");
  expect(tensor(1.5).toString()).toBe("1.5");
  expect(Number(tensor(2e-7).toString())).toBe(2e-7);
});

test("one row prints in plain parentheses, and 1×1 as a matrix", () => {
  expect(tensor([[1, 2]]).toString()).toBe("(1  2)");
  expect(
    tensor([[1]])
      .as("A")
      .toString(),
  ).toBe("A = (1)");
});

test("NaN and ∞ are visible, and −0 is 0", () => {
  expect(tensor([[Number.NaN, Number.NEGATIVE_INFINITY, -0]]).toString()).toBe("(NaN  -∞  0)");
});

test("large tensors are shown in part, with their dimensions", () => {
  const lines = zeros(20, 30).as("A").toString().split("\n");
  expect(lines).toHaveLength(9);
  expect(lines[6]).toBe("    ⎜⋮  ⋮  ⋮  ⋮  ⋮  ⋮  ⋱  ⋮⎟");
  expect(lines[8]).toBe("20 × 30");
});

test("rank 3 and more print as labelled matrices", () => {
  expect(printed(tensor([[[1, 2]], [[3, 4]]]).as("T"))).toBe(`
T 2 × 1 × 2
T[1] = (1  2)
T[2] = (3  4)
`);
  expect(zeros(1, 2, 1, 1).toString()).toBe("1 × 2 × 1 × 1\n[1, 1] = (0)\n[1, 2] = (0)");
  expect(zeros(9, 1, 1).toString().split("\n")).toEqual([
    "9 × 1 × 1",
    "[1] = (0)",
    "[2] = (0)",
    "⋮",
    "[9] = (0)",
  ]);
});

test("a tensor without entries says its shape", () => {
  expect(zeros(0, 3).as("E").toString()).toBe("E = () of shape 0 × 3");
});

test("a tensor offers a notebook its own form, LaTeX and text, and never HTML", () => {
  const x = tensor([[1, 2]]).as("X");
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's method is no part of the type
  const bundle = (x as any)[Symbol.for("Jupyter.display")]();
  expect(bundle).toEqual({
    [TENSOR_MIME]: {
      v: 1,
      name: "X",
      tex: "X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}",
      text: "X = (1  2)",
      shape: [1, 2],
      dtype: "float64",
      data: [1, 2],
    },
    "text/latex": "$\\displaystyle X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}$",
    "text/plain": "X = (1  2)",
  });
});
