/** check`…`: thirty right formulas in all spellings, and as many wrong ones. */
import { describe, expect, test } from "vitest";
import {
  CheckError,
  check,
  crossEntropy,
  exp,
  FormulaError,
  GradientError,
  log,
  matmul,
  mean,
  mul,
  ones,
  randn,
  relu,
  seed,
  sigmoid,
  softmax,
  square,
  sub,
  sum,
  symbol,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { applyOp } from "../../src/tensor/apply.ts";
import type { Op } from "../../src/tensor/op.ts";
import { expectLatex } from "../latex-engines.ts";

type Scope = Readonly<Record<string, Tensor | number>>;

/** Runs check`formula` with the tensors of a scope. */
function checked(scope: Scope, formula: string) {
  return check.with(scope)(Object.assign([formula], { raw: [formula] }));
}

const dY = tensor([
  [1, 0.5, -1],
  [2, -0.25, 4],
]);

/** Y = f(X) for the numbers of the lecture, gone through backward. */
function unary(f: (x: Tensor) => Tensor): Scope {
  const X = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]) as Tensor;
  const Y = f(X);
  Y.backward(dY);
  return { X, Y, dY };
}

/** A layer, its loss, and the loss's gradients: N = 4, K = 2. */
function layer(): Scope {
  seed(5);
  const X = randn(4, 3) as Tensor;
  const W = randn(3, 2) as Tensor;
  const b = randn(2) as Tensor;
  const T = randn(4, 2) as Tensor;
  const Z = matmul(X, W).add(b) as Tensor;
  const A = sigmoid(Z);
  const J = mean(square(sub(A, T))) as Tensor;
  J.backward();
  return { X, W, b, T, Z, A, J };
}

function classifier(): Scope {
  seed(6);
  const Z = randn(4, 3) as Tensor;
  const T = tensor([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 0, 1],
  ]) as Tensor;
  const S = softmax(Z);
  const J = crossEntropy(Z, T) as Tensor;
  J.backward();
  return { Z, S, T, J };
}

function product(): Scope {
  const M = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]) as Tensor;
  const N = tensor([
    [2, 0, -1],
    [1, -2, 3],
  ]) as Tensor;
  const Y = mul(M, N) as Tensor;
  Y.backward(dY);
  return { M, N, Y, dY };
}

function logarithm(): Scope {
  const X = tensor([
    [1, 2, 4],
    [0.5, 5, 10],
  ]) as Tensor;
  const Y = log(X);
  Y.backward(dY);
  return { X, Y, dY };
}

/** The total derivative of the lecture: three numbers, four steps, one J. */
function paths(): Scope {
  const [x1, x2, x3] = [1, 2, 3].map((value) => tensor(value) as Tensor);
  const y1 = x1.mul(3) as Tensor;
  const y2 = x1.mul(x2) as Tensor;
  const y3 = x1.add(square(x2)) as Tensor;
  const y4 = square(x3);
  const J = y1.add(y2.mul(2)).add(y3.mul(y4)) as Tensor;
  J.backward();
  return { x1, x2, x3, y1, y2, y3, y4, J };
}

const EXP = unary(exp);
const SIGMA = unary(sigmoid);
const TANH = unary(tanh);
const RELU = unary((x) => relu(x, { at0: 1 }));
const LOG = logarithm();
const LAYER = layer();
const CLASSES = classifier();
const PRODUCT = product();
const PATHS = paths();

const right: readonly (readonly [scope: Scope, formula: string])[] = [
  [EXP, "Y = e^X"],
  [EXP, "Y = exp(X), dX = dY ⊙ Y"],
  [EXP, "dX = Y .* dY = ∂J/∂Y ∘ Y"],
  [EXP, "dx_ij = dy_ij · e^{x_ij}"],
  [EXP, "dX = dY ∂Y/∂X"],
  [EXP, "∂Y/∂X = (y_ij)"],
  [SIGMA, "dX = dY ⊙ (Y ⊙ (1 − Y))"],
  [SIGMA, "dX = dY ⊙ Y - dY ⊙ Y^2"],
  [SIGMA, "dX = dY .* e^{-X} / (1 + e^{-X})^2"],
  [SIGMA, "dX = (dY ⊙ Y) ⊙ (𝟏 − Y)"],
  [SIGMA, "∂y_12/∂x_12 = y_12 (1 - y_12)"],
  [SIGMA, "∂y_ij/∂x_kl = δ_ik δ_jl y_ij (1 - y_ij)"],
  [TANH, "dX = dY ⊙ (1 + Y) ⊙ (1 - Y) = dY ⊙ (1 - tanh²(X))"],
  [TANH, "\\frac{\\partial y_{ij}}{\\partial x_{ij}} = (1 + y_{ij})(1 - y_{ij})"],
  [RELU, "Y = ReLU(X) = X ⊙ (X > 0), dX = dY ⊙ (X ≥ 0)"],
  [RELU, "dX = dY ⊙ 𝟏_{X ≥ 0}"],
  [LOG, "dX = dY / X"],
  [LOG, "dX = dY \\odot \\frac{1}{X}"],
  [PRODUCT, "dM = dY ⊙ N, dN = dY ⊙ M"],
  [LAYER, "Z = X W + 𝟏bᵀ = X@W + ones b'"],
  [LAYER, "z_ij = Σ_k x_ik w_kj + b_j"],
  [LAYER, "dW = Xᵀ dZ, dX = dZ W^T, db = dZᵀ𝟏"],
  [LAYER, "dw_kj = \\sum_{n=1}^{N} x_nk dz_nj"],
  [LAYER, "db_j = ∑_i dz_ij"],
  [LAYER, "∂z_ij/∂w_kl = x_ik δ_jl"],
  [LAYER, "dA = 2/(NK) (A − T)"],
  [LAYER, "dZ = \\frac{2}{8} (A - T) \\odot A \\odot (1 - A)"],
  [LAYER, "dZ = dA ⊙ σ(XW + 𝟏bᵀ) ⊙ (1 − A)"],
  [CLASSES, "dZ = (S − T)/N"],
  [CLASSES, "dZ = 1/4 (softmax(Z) - T)"],
  [CLASSES, "J = -1/N sum(T ⊙ log(S))"],
  [PATHS, "∂J/∂x_1 = ∂J/∂y_1 ∂y_1/∂x_1 + ∂J/∂y_2 ∂y_2/∂x_1 + ∂J/∂y_3 ∂y_3/∂x_1"],
  [
    PATHS,
    "\\frac{\\partial J}{\\partial x_3} = \\frac{\\partial J}{\\partial y_4} \\frac{\\partial y_4}{\\partial x_3}",
  ],
];

test.each(right)("%#: %s holds: %s", (scope, formula) => {
  const { points, largestError } = checked(scope, formula);
  expect(points).toBe(6);
  expect(largestError).toBeLessThan(1e-9);
});

const wrong: readonly (readonly [scope: Scope, formula: string, message: RegExp])[] = [
  [EXP, "dX = Y", /the factor dY is missing/],
  [EXP, "dX = dY", /the factor Y is missing/],
  [EXP, "dX = -dY ⊙ Y", /its sign is wrong/],
  [EXP, "dX = dY Y", /rows of the second; for a product entry by entry write dY ⊙ Y/],
  [EXP, "dX = dY ⊙ Yᵀ", /shape \[2, 3\] and Yᵀ of shape \[3, 2\]/],
  [EXP, "dX = (dY ⊙ Y)ᵀ", /shape \[2, 3\], the right side \[3, 2\].*transpose/],
  [EXP, "dX = 2 dY ⊙ Y", /it is 2 times the right one everywhere/],
  [EXP, "dX = 1.0001 dY ⊙ Y", /it is 1.0001 times the right one everywhere/],
  [EXP, "dX = dY ⊙ Y ⊙ Y", /the factor Y is one too many/],
  [EXP, "dx_ij = dy_ij y_ji", /j cannot be 3 and 2/],
  [SIGMA, "dX = dY ⊙ Y", /the factor \(1 − Y\) is missing/],
  [SIGMA, "dX = dY ⊙ Y ⊙ (1 − X)", /does not hold at the numbers of this session: entry \(\d, \d\) is/],
  [SIGMA, "dX = dY ⊙ Y ⊙ (1 + Y)", /with − before Y it would hold/],
  [SIGMA, "dX = Y ⊙ (1 − Y)", /the factor dY is missing/],
  [TANH, "dX = dY ⊙ (1 − X^2)", /does not hold/],
  [TANH, "dX = dY ⊙ (1 + Y)", /the factor \(1 − Y\) is missing/],
  [RELU, "dX = dY ⊙ (Y ≥ 0)", /does not hold/],
  [RELU, "dX = dY ⊙ (X > 0)", /at0: 1/],
  [LOG, "dX = dY ⊙ X", /does not hold/],
  [LOG, "dX = 1/X", /the factor dY is missing/],
  [LOG, "dX = dY X^{-1}", /write inv\(X\) for the inverse, 1\/X entry by entry/],
  [PRODUCT, "dM = dY ⊙ M", /with N in place of M|does not hold/],
  [PRODUCT, "dM = dY", /the factor N is missing/],
  [LAYER, "Z = X W + b", /Cannot add X W of shape \[4, 2\] and b of shape \[2\].*write 𝟏bᵀ/],
  [LAYER, "Z = X ⊙ W", /Cannot multiply X of shape \[4, 3\] and W of shape \[3, 2\]/],
  [LAYER, "dW = dZ Xᵀ", /shape \[4, 2\] and Xᵀ of shape \[3, 4\]/],
  [LAYER, "dW = dZᵀ X", /it is transposed/],
  [LAYER, "dW = Xᵀ Z", /with dZ in place of Z it would hold/],
  [LAYER, "dX = dZ W", /dZ Wᵀ would fit/],
  [LAYER, "db = dZ 𝟏", /the left side has shape \[2\], the right side \[4\]/],
  [LAYER, "db = sum(dZ)", /the left side has shape \[2\], the right side \[\]/],
  [LAYER, "dA = 2 (A − T)", /the factor 1\/8 is missing/],
  [LAYER, "dZ = dA ⊙ A", /the factor \(1 − A\) is missing/],
  [LAYER, "z_ij = Σ_k x_ik w_kj", /does not hold/],
  [CLASSES, "dZ = S − T", /the factor 1\/4 is missing/],
  [CLASSES, "dZ = (T − S)/N", /its sign is wrong/],
  [CLASSES, "dZ = (S − T)/12", /the factor 1\/3 is one too many/],
  [PATHS, "∂J/∂x_1 = ∂J/∂y_1 ∂y_1/∂x_1 + ∂J/∂y_2 ∂y_2/∂x_1", /the left side is 16, the right side 7/],
  [EXP, "∂Y/∂X = X", /does not hold/],
];

test.each(wrong)("%#: %s does not hold: %s", (scope, formula, message) => {
  expect(() => checked(scope, formula)).toThrow(message);
});

test("a formula that is right for the numbers at hand only is refuted at others", () => {
  const X = tensor([[0, 0, 0]]) as Tensor;
  const Y = sigmoid(X);
  expect(() => checked({ X, Y }, "Y = 0.5 𝟏")).toThrow(/at random numbers/);
  expect(() => checked({ X, Y }, "dX = dY/4")).toThrow(/at random numbers/);
});

test("before any backward, dY may be anything; after it, dX is the gradient of that J", () => {
  const X = tensor([[1, 2, 3]]) as Tensor;
  const Y = exp(X);
  expect(checked({ X, Y }, "dX = dY ⊙ Y").points).toBe(6);
  expect(() => checked({ X, Y }, "dX = 𝟏")).toThrow("call J.backward()");
  const J = sum(Y.add(X)) as Tensor; // X has a second way to J
  J.backward();
  expect(() => checked({ X, Y, J }, "dX = dY ⊙ Y")).toThrow(CheckError);
  expect(checked({ X, Y, J }, "dX = dY ⊙ Y + 𝟏, dJ = 1, dY = 1 𝟏").points).toBe(6);
});

test("a gradient that central differences do not confirm is not compared with", () => {
  const wrong: Op = {
    name: "wrong",
    recipe: null,
    tex: (x) => x,
    shape: (shape) => shape,
    primal: (_form, x) => x.data.map((value) => value * value),
    vjp: (_i, ct, _y, x) => mul(ct, x) as Tensor, // 2 is missing
    jvp: (_i, t, _y, x) => mul(t, x) as Tensor,
  };
  const X = tensor([[1, 2, 3]]) as Tensor;
  const Y = applyOp(wrong, X);
  expect(() => checked({ X, Y }, "dX = dY ⊙ X")).toThrow(GradientError);
  expect(() => checked({ X, Y }, "dX = dY ⊙ X")).toThrow("The gradient of X is not confirmed");
});

test("the numbers that stand for others stay of their kind: a logarithm gets no negative ones", () => {
  expect(checked(LOG, "e^Y = X").largestError).toBeLessThan(1e-12);
  expect(checked(CLASSES, "T 𝟏 = 𝟏, T ⊙ T = T").points).toBe(6); // the one-hot rows of a cross-entropy
});

test("what a formula of three layers costs is far below a second", () => {
  const start = performance.now();
  checked(LAYER, "dW = Xᵀ ((A ⊙ (1 − A)) ⊙ dA)");
  expect(performance.now() - start).toBeLessThan(500);
});

test("symbols are checked with their letters", () => {
  const X = symbol("X", "α", "β");
  const J = mean(X) as Tensor;
  expect(
    checked({ X, J }, "J = \\frac{1}{\\alpha\\beta} \\sum_{r=1}^{\\alpha} \\sum_{c=1}^{\\beta} x_{rc}")
      .points,
  ).toBe(6);
  expect(checked({ X, J }, "dX = 1/(αβ) 𝟏").points).toBe(6);
  const Q = symbol("Q", "m", "n");
  const L = mean(Q) as Tensor;
  expect(checked({ Q, L }, "∂L/∂Q = 1/(m n) 𝟏, ∂L/∂q_{mn} = ∂L/∂q_11").points).toBe(6);
});

test("x_ij is an entry of x where x has entries, else of X", () => {
  const X = tensor([[1, 2]]) as Tensor;
  const x = tensor([[3, 4]]) as Tensor;
  expect(checked({ X, x }, "x_12 + 0 = x_{12}, x = (x_ij)").points).toBe(6);
  expect(() => checked({ X, x }, "X = (x_ij)")).toThrow(CheckError);
  expect(checked({ X, x: tensor(7) as Tensor }, "X = (x_ij)").points).toBe(6);
});

test("a column of ones is one where it has no name; a name stands for any numbers", () => {
  const { X, W, T } = LAYER as Readonly<Record<string, Tensor>>;
  const one = ones(4, 1) as Tensor;
  const c = randn(2, 1) as Tensor;
  const Z = matmul(X, W).add(matmul(one, c.T)) as Tensor;
  const J = mean(square(sub(Z, T))) as Tensor;
  J.backward();
  expect(checked({ X, W, c, Z, T, J }, "Z = X W + 𝟏cᵀ, dc = dZᵀ𝟏").points).toBe(6);
  expect(checked({ X, W, c, Z, T, one, J }, "Z = X W + one cᵀ, dc = dZᵀ one").points).toBe(6);
  expect(() => checked({ X, W, c, Z, T, one, J }, "Z = X W + 𝟏cᵀ")).toThrow(
    "it holds only while one has the numbers of this session",
  );
});

test("∂J/∂X means the present objective, also where J is an older number", () => {
  const J = sum(tensor([[5, 6]])) as Tensor;
  expect(checked({ ...EXP, J }, "\\frac{\\partial J}{\\partial X} = dY \\odot Y").points).toBe(6);
});

test("a Jacobian of rank 4 is not a matrix, even where the shapes are equal", () => {
  const { Z, S } = CLASSES as Readonly<Record<string, Tensor>>;
  expect(() => checked({ Z, S }, "∂S/∂Z = S ⊙ (1 − S)")).toThrow(/∂S\/∂Z is no matrix/);
  expect(checked({ Z, S }, "∂s_ij/∂z_ik = s_ij (δ_jk - s_ik), dZ = dS ∂S/∂Z").points).toBe(6);
});

test("numbers and tensors stand in a formula as values", () => {
  const X = tensor([[1, 2]]) as Tensor;
  const k = 3;
  expect(check.with({ Y: X.mul(k) as Tensor })`Y = ${k} ${X}`.points).toBe(6);
});

test("a confirmation prints in LaTeX and as text", () => {
  const bundle = checked(LAYER, "dW = X^T dZ, db = dZᵀ𝟏").toMimeBundle();
  expect(bundle["text/plain"]).toMatch(/^✓ dW = Xᵀ dZ, db = dZᵀ 𝟏 \(6 points, largest error .*\)$/);
  expect(bundle["text/latex"]).toContain("dW = X^{\\top} \\, dZ");
  expect(bundle["text/latex"]).toContain(",\\quad d");
});

test.each(right)("%#: %s prints in LaTeX that KaTeX and MathJax accept: %s", (scope, formula) => {
  const latex = checked(scope, formula).toMimeBundle()["text/latex"] as string;
  expectLatex(latex.replace(/^\$|\$$/g, ""));
});

describe("what cannot be read is answered with a caret and a way out", () => {
  test.each([
    ["dX = dY ⊙", "After ⊙ there must come a matrix, as in dY ⊙ Y, not the end\n  dX = dY ⊙\n           ^"],
    ["dJ/dX = Y", "dJ/dX reads as a division: write dX or ∂J/∂X\n  dJ/dX = Y\n  ^"],
    ["dY/dX = Y", "dY/dX reads as a division: write ∂Y/∂X"],
    ["dX = y ⊙ X", "y is not a name here; did you mean Y or X?\n  dX = y ⊙ X\n       ^"],
    ["dX = (dY ⊙ Y", "Before the end there must come ) to close the ( before"],
    ["dX = dY ⊙ Y)", "There is no bracket for ) to close: leave it out"],
    ["Y = sigmod(X)", "sigmod is not a function here; did you mean sigmoid"],
    ["Y = f(X)", "f is not a function here"],
    ["X := X - Y", "An assignment is no equation"],
    ["X \\implies Y", "an implication is no equation"],
    ["Y = x_123", "x_123 has 3, and an entry of shape [2, 3] needs 2 indices"],
    ["y_14 = 0", "y_14 lies outside of shape [2, 3]: indices count from 1 to 3"],
    ["Y", "There is nothing to check about Y"],
    ["", "There is no formula"],
    ["Y = Σ_{k=0} x_ik", "A sum starts at 1"],
    ["Y = X # Z", "Cannot read #"],
    ["Y = \\alph X", "Cannot read \\alph"],
    ["Y = \\begin{pmatrix} 1 & 2 \\\\ 3 \\end{pmatrix}", "rows of a matrix must be equally long"],
  ])("%s", (formula, message) => {
    expect(() => checked(EXP, formula)).toThrow(message);
  });

  test("the error has the formula and the position", () => {
    try {
      checked(EXP, "dX = q ⊙ Y");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormulaError);
      expect(error).toMatchObject({ name: "FormulaError", formula: "dX = q ⊙ Y", position: 5 });
    }
  });
});
