/** math`…`: formulas as tensors on the tape. */
import { expect, test } from "vitest";
import { FormulaError, math, ShapeError, type Tensor, tensor } from "../../src/index.ts";
import { connectHost } from "../../src/session.ts";

const X: Tensor = tensor([
  [1, 2, 0],
  [-1, 0, 3],
]);
const W: Tensor = tensor([
  [1, 0],
  [2, -1],
  [0, 1],
]);
const b: Tensor = tensor([10, 20]);
const here = math.with({ X, W, b, k: 2 });

test("a formula is evaluated, recorded, and named by its left side", () => {
  const Z = here`Z = X W + 𝟏bᵀ`;
  expect(Z.toArray()).toEqual([
    [15, 18],
    [9, 23],
  ]);
  expect(Z.name).toBe("Z");
  Z.backward(
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  expect(b.grad.toArray()).toEqual([4, 6]);
  expect(
    here`Xᵀ ${tensor([
      [1, 2],
      [3, 4],
    ])}`.toArray(),
  ).toEqual(W.grad.toArray());
});

test.each([
  [
    "k X",
    [
      [2, 4, 0],
      [-2, 0, 6],
    ],
  ],
  [
    "X ⊙ X - 1",
    [
      [0, 3, -1],
      [0, -1, 8],
    ],
  ],
  [
    "Σ_k x_ik w_kj",
    [
      [5, -2],
      [-1, 3],
    ],
  ],
  [
    "(x_ji)",
    [
      [1, -1],
      [2, 0],
      [0, 3],
    ],
  ],
  ["X 𝟏", [3, 2]],
  ["𝟏ᵀ X", [[0, 2, 3]]],
  ["bᵀ b", 500],
  ["b · b", 500],
  ["b_2", 20],
  ["x_{23} + Σ_{i,j} x_ij", 8],
  ["sum_1(X)", [0, 2, 3]],
  [
    "|X|",
    [
      [1, 2, 0],
      [1, 0, 3],
    ],
  ],
  [
    "(X > 0)",
    [
      [1, 1, 0],
      [0, 0, 1],
    ],
  ],
  [
    "√(X ⊙ X)",
    [
      [1, 2, 0],
      [1, 0, 3],
    ],
  ],
  [
    "\\frac12 X",
    [
      [0.5, 1, 0],
      [-0.5, 0, 1.5],
    ],
  ],
  [
    "\\begin{pmatrix} 1 & k \\\\ 0 & 3 \\end{pmatrix} X",
    [
      [-1, 2, 6],
      [-3, 0, 9],
    ],
  ],
  ["1/(αβ) X 𝟏", [0.5, -1 / 6 + 3 * (1 / 6)]],
  ["e^0 + (-1)^2 - 2^-1", 1.5],
])("%s", (formula, value) => {
  expect(here(Object.assign([formula], { raw: [formula] })).toArray()).toEqual(value);
});

test("an alias does not rename", () => {
  const Y: Tensor = tensor([1]).as("Y");
  expect(math.with({ Y })`Q = Y`.name).toBe("Y");
});

test("what does not fit is an error with the way out", () => {
  expect(() => here`X W + b`).toThrow(ShapeError);
  expect(() => here`X W + b`).toThrow("write 𝟏bᵀ to add b to every row");
  expect(() => here`W X W X X`).toThrow("the columns of the first must be as many as the rows of the second");
  expect(() => here`𝟏bᵀ`).toThrow("nothing says how long 𝟏 is");
  expect(() => here`Z = X W = X`).toThrow(FormulaError);
  expect(() => here`Z = X Q`).toThrow("Q is not a name here");
  expect(() => here`sum(X, 2)`).toThrow("sum takes 1 argument, not 2; an axis is written as in sum_1(X)");
  expect(() => here`exp_1(X)`).toThrow("exp has no axis");
  expect(() => here`X · W`).toThrow("write X ⊙ W entry by entry, or X W for the matrix product");
});

test("in a notebook names mean the variables of the session", () => {
  const values: Record<string, unknown> = { A: tensor([[1, 2]]), f: () => 0, title: "text", n: 3 };
  connectHost({
    display: () => {},
    clearOutput: () => {},
    note: () => {},
    variables: { names: () => Object.keys(values), get: (name) => values[name] },
  });
  expect(math`n A`.toArray()).toEqual([[3, 6]]);
  expect(() => math`title A`).toThrow("title is not a name here");
});

test("the trace of a square matrix goes by both of its names", () => {
  const S = tensor([
    [1, 2],
    [3, 4],
  ]);
  const by = math.with({ S, k: 2 });
  expect([by`t = tr(S)`.item(), by`t = trace(k S)`.item()]).toEqual([5, 10]);
  expect(() => by`t = tr(S, S)`).toThrow(FormulaError);
});
