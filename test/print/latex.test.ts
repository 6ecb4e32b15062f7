import { describe, expect, test } from "vitest";
import {
  add,
  div,
  exp,
  latex,
  matmul,
  mean,
  mul,
  neg,
  ones,
  relu,
  sigmoid,
  sub,
  sum,
  Tensor,
  tensor,
  zeros,
} from "../../src/index.ts";
import { formula } from "../../src/print/expression.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { nameTex } from "../../src/tex/name.ts";
import { expectLatex } from "../latex-engines.ts";

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]).as("X");

describe("a matrix", () => {
  test("stands under its name", () => {
    expect(latex(tensor([[1, 2]]).as("X"))).toBe("X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}");
    expect(latex(tensor([[1, 2]]))).toBe("\\begin{pmatrix} 1 & 2 \\end{pmatrix}");
  });

  test("has its decimal points below each other", () => {
    expect(latex(tensor([[1], [-0.25], [10]]))).toBe(
      "\\begin{pmatrix} \\phantom{-0}1\\phantom{.00} \\\\ \\phantom{0}{-}0.25 \\\\ \\phantom{-}10\\phantom{.00} " +
        "\\end{pmatrix}",
    );
  });

  test("shows at most 8 rows and columns, and then its dimensions", () => {
    expect(latex(zeros(1, 9))).toBe(
      "\\begin{pmatrix} 0 & 0 & 0 & 0 & 0 & 0 & \\cdots & 0 \\end{pmatrix} \\in \\mathbb{R}^{1 \\times 9}",
    );
    expect(latex(zeros(1, 8))).toBe("\\begin{pmatrix} 0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 \\end{pmatrix}");
    expect(latex(zeros(9, 9))).toMatch(/\\vdots & \\ddots & \\vdots \\\\ 0 & .* & \\cdots & 0 \\end/);
  });

  test.each([
    [10, /^A = \\begin\{pmatrix\} 1 & .* & 1 \\end\{pmatrix\}$/],
    [11, /^A = \\left\(\\begin\{array\}\{r{11}\} 1 & .* & 1 \\end\{array\}\\right\)$/],
  ])(
    "of %i columns is written in full on demand, in an array where pmatrix has no room",
    (columns, whole) => {
      const tex = latex(ones(9, columns).as("A"), { full: true });
      expect(tex).toMatch(whole);
      expect(tex.split("&").length - 1).toBe(9 * (columns - 1));
      expect(tex.split("\\\\").length).toBe(9);
      expectLatex(tex);
    },
  );

  test("of a million entries is 10 kB at most", () => {
    expect(
      latex(tensor(Float64Array.from({ length: 1e6 }, (_, i) => -i / 7)).reshape(1000, 1000)).length,
    ).toBeLessThan(10_000);
  });
});

test.each([
  [0, "J = 1.5", tensor(1.5).as("J")],
  [1, "\\vec{b} = \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", tensor([1, 2]).as("b")],
  [
    3,
    "T = \\begin{pmatrix} \\begin{pmatrix} 1 & 2 \\end{pmatrix} \\\\[4pt] \\begin{pmatrix} 3 & 4 \\end{pmatrix} \\end{pmatrix}",
    tensor([[[1, 2]], [[3, 4]]]).as("T"),
  ],
  [
    4,
    "\\begin{pmatrix} \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} & \\begin{pmatrix} 3 \\\\ 4 \\end{pmatrix} \\end{pmatrix}",
    tensor([
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ]),
  ],
  [5, "A \\in \\mathbb{R}^{1 \\times 2 \\times 1 \\times 2 \\times 1}", zeros(1, 2, 1, 2, 1).as("A")],
  [2, "E \\in \\mathbb{R}^{0 \\times 3}", zeros(0, 3).as("E")],
])("rank %i prints as %s", (_rank, expected, x) => {
  expect(latex(x)).toBe(expected);
  expectLatex(latex(x));
});

test.each([
  [0, "0"],
  [-0, "0"],
  [7, "7"],
  [-1.5, "-1.5"],
  [0.1 + 0.2, "0.3"],
  [1 / 3, "0.3333"],
  [0.10499, "0.1050"],
  [123456.789, "123456.789"],
  [999_999_999, "999999999"],
  [1e9, "1 \\times 10^{9}"],
  [1234567.5, "1.2346 \\times 10^{6}"],
  [0.0012, "0.0012"],
  [0.00012345678, "1.2346 \\times 10^{-4}"],
  [5e-324, "4.9407 \\times 10^{-324}"],
  [Number.NaN, "\\mathrm{NaN}"],
  [Number.POSITIVE_INFINITY, "\\infty"],
  [Number.NEGATIVE_INFINITY, "-\\infty"],
])("the number %d is written %s", (value, expected) => {
  expect(latex(tensor(value))).toBe(expected);
  expectLatex(latex(tensor([[value, 1.25, -3]])));
});

test.each([
  ["X", 2, "X"],
  ["W1", 2, "W_{1}"],
  ["x12", 2, "x_{12}"],
  ["W₁", 2, "W_{1}"],
  ["alpha", 0, "\\alpha"],
  ["α", 0, "\\alpha"],
  ["Sigma2", 2, "\\Sigma_{2}"],
  ["dX", 2, "dX"],
  ["ddX", 2, "ddX"],
  ["dW1", 2, "dW_{1}"],
  ["dalpha", 0, "d\\alpha"],
  ["d", 0, "d"],
  ["data", 2, "\\mathrm{data}"],
  ["b", 1, "\\vec{b}"],
  ["db2", 1, "d\\vec{b}_{2}"],
  ["loss", 1, "\\overrightarrow{\\mathrm{loss}}"],
  ["x_train", 2, "x_{\\mathrm{train}}"],
  ["W_ij", 2, "W_{\\mathrm{ij}}"],
  ["Z^[O]", 2, "Z^{[O]}"],
  ["dZ^[O]", 2, "dZ^{[O]}"],
  ["z_k^[O](n)", 0, "z_{k}^{[O](n)}"],
  ["W1_h", 2, "W_{1,h}"],
  ["W^{[O-1]}", 2, "W^{[O-1]}"],
  ["_", 2, "\\mathrm{\\_}"],
  ["$x", 2, "\\mathrm{\\$x}"],
  ["größe", 0, "\\text{größe}"],
  ["100%", 0, "\\text{100\\%}"],
])("the name %s of rank %i is typeset %s", (name, rank, expected) => {
  expect(nameTex(name, rank)).toBe(expected);
  expectLatex(nameTex(name, rank));
});

test.each(["a\\b", "{", "a^b^c", "a__b", "}{", "~", "a'", "x^", "^", "数", "\\", "#&"])(
  "the odd name %s breaks nothing",
  (name) => {
    expectLatex(nameTex(name, 2));
  },
);

describe("a formula", () => {
  const Y = tensor([[1, 2, 3]]).as("Y");
  const s = tensor(2).as("s");

  test.each([
    [mul(Y, sub(1, Y)), "Y \\odot (1 - Y)"],
    [mul(mul(X, Y), Y), "X \\odot Y \\odot Y"],
    [mul(X, mul(Y, Y)), "X \\odot (Y \\odot Y)"],
    [sub(X, sub(Y, 1)), "X - (Y - 1)"],
    [sub(X, add(Y, 1)), "X - (Y + 1)"],
    [add(X, neg(Y)), "X + (-Y)"],
    [neg(add(X, Y)), "-(X + Y)"],
    [neg(mul(X, Y)), "-X \\odot Y"],
    [mul(2, X), "2 \\, X"],
    [mul(s, X), "s \\, X"],
    [mul(s, -1), "-s"],
    [mul(1, X), "X"],
    [mul(s, 3), "s \\cdot 3"],
    [mul(X, -1), "-X"],
    [exp(neg(X)), "e^{-X}"],
    [div(1, add(1, exp(X))), "\\frac{1}{1 + e^{X}}"],
    [sigmoid(add(X, 1)), "\\sigma(X + 1)"],
    [sigmoid(div(1, X)), "\\sigma\\left(\\frac{1}{X}\\right)"],
    [relu(X), "\\operatorname{ReLU}(X)"],
    [X.gt(0), "\\mathbf{1}_{X > 0}"],
    [matmul(X, X.T), "X \\, X^{\\top}"],
    [matmul(add(X, Y), X.T), "(X + Y) \\, X^{\\top}"],
    [add(X, Y).T, "(X + Y)^{\\top}"],
    [sum(X), "\\sum_{ij} X_{ij}"],
    [sum(mul(X, Y)), "\\sum_{ij} (X \\odot Y)_{ij}"],
    [mean(X), "\\frac{1}{6} \\sum_{ij} X_{ij}"],
    [add(X, tensor([[1, 2, 3]])), "X + \\begin{pmatrix} 1 & 2 & 3 \\end{pmatrix}"],
  ])("of an unnamed result is made of what has a name", (y, expected) => {
    expect(formula(y).latex).toBe(expected);
    expectLatex(formula(y).latex);
  });
});

test("every rank and size prints LaTeX that KaTeX and MathJax accept", () => {
  for (const shape of [
    [],
    [1],
    [9],
    [1, 1],
    [9, 12],
    [2, 3, 4],
    [5, 6, 7],
    [2, 2, 2, 2],
    [5, 5, 5, 5],
    [0],
    [2, 0],
  ]) {
    const x = new Tensor(
      shape,
      Float64Array.from({ length: sizeOf(shape) }, (_, i) => (i % 7) / 3 - 1),
    );
    expectLatex(latex(x));
    expectLatex(latex(x.as("W1")));
  }
});
