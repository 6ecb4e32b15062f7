import { describe, expect, test } from "vitest";
import {
  allclose,
  eye,
  hessian,
  jacobian,
  kron,
  latex,
  matmul,
  mul,
  randn,
  seed,
  sigmoid,
  sum,
  tensor,
} from "../../src/index.ts";
import { expectLatex } from "../latex-engines.ts";

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]).as("X");

describe("jacobian", () => {
  test("has the shape of Y followed by that of X", () => {
    expect(jacobian(matmul(X, randn(3, 4)), X).shape).toEqual([2, 4, 2, 3]);
    expect(jacobian(sum(X), X).shape).toEqual([2, 3]);
    expect(jacobian(X.sum({ axis: 0 }), X).shape).toEqual([3, 2, 3]);
  });

  test("of an elementwise function is diagonal, and its diagonal is the lecture's ∂Y/∂X", () => {
    const J = jacobian(sigmoid(X), X);
    expect(J.at(0, 1, 0, 1)).toBeCloseTo(0.104993585404, 11);
    expect(J.at(0, 1, 1, 0)).toBe(0);
    const diagonal = J.matrix().diag();
    const expected = [0.196611933241, 0.045176659731, 0.104993585404, 0.235003712202, 0.25, 0.196611933241];
    diagonal.data.forEach((entry, k) => {
      expect(entry).toBeCloseTo(expected[k], 11);
    });
    expect(J.matrix().sum().item()).toBeCloseTo(diagonal.sum().item(), 14);
  });

  test("of X W by W is I ⊗ X in the order of vec", () => {
    seed(5);
    const W = randn(3, 2);
    expect(allclose(jacobian(matmul(X, W), W).matrix(), kron(eye(2), X))).toBe(true);
  });

  test("is zero where Y does not depend on X", () => {
    expect(
      jacobian(tensor([1, 2]), X)
        .sum()
        .item(),
    ).toBe(0);
  });

  test("prints as blocks under ∂Y/∂X", () => {
    const Y = X.sum({ axis: 1, keepdims: true }).as("Y");
    const tex = latex(jacobian(Y, X).blocks());
    expect(tex).toBe(
      "\\frac{\\partial Y}{\\partial X} = \\begin{pmatrix} " +
        "\\begin{pmatrix} 1 & 1 & 1 \\\\ 0 & 0 & 0 \\end{pmatrix} \\\\[4pt] " +
        "\\begin{pmatrix} 0 & 0 & 0 \\\\ 1 & 1 & 1 \\end{pmatrix} \\end{pmatrix}",
    );
    expectLatex(tex);
    expectLatex(latex(jacobian(Y, X).matrix()));
    expect(String(jacobian(Y, X).matrix())).toContain("∂vec Y/∂vec X = ");
    expect(latex(jacobian(Y, X).as("D"))).toContain("D = \\frac{\\partial Y}{\\partial X} = ");
  });

  test("an index outside is refused", () => {
    expect(() => jacobian(X, X).at(0, 1, 2, 0)).toThrow(
      "Cannot read entry [0, 1, 2, 0] of a Jacobian of shape [2, 3, 2, 3]: it wants 4 indices, " +
        "each from 0 to its axis' length less 1",
    );
  });
});

test("the Hessian of a quadratic form xᵀA x is A + Aᵀ", () => {
  seed(6);
  const A = randn(3, 3);
  const x = randn(3).as("x");
  const H = hessian(x.matmul(A).matmul(x), x);
  const expected = A.add(A.T);
  H.data.forEach((entry, k) => {
    expect(entry).toBeCloseTo(expected.data[k], 12);
  });
  expect(() => hessian(mul(x, x), x)).toThrow("without a cotangent");
});
