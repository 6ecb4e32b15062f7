/** The lecture's worked examples, against numbers that PyTorch computed in float64. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  add,
  allclose,
  conv2d,
  diag,
  exp,
  jacobian,
  log,
  matmul,
  maxPool2d,
  mean,
  meanPool2d,
  mse,
  mul,
  relu,
  reshape,
  sigmoid,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.ts";

type Numbers = Record<string, number | number[] | number[][]>;

const golden: Record<string, Numbers> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../data/golden.json"), "utf8"),
);

const input = (name: string): Tensor => tensor(golden.data[name]);

function expectGolden(actual: Tensor, example: string, name: string): void {
  expect(golden[example]).toHaveProperty(name);
  expect(
    allclose(actual, golden[example][name], { rtol: 1e-11, atol: 1e-11 }),
    `${example} ${name}: ${actual}`,
  ).toBe(true);
}

test.each([
  ["S12 sum", sum],
  ["S13 mean", mean],
] as const)("%s", (example, f) => {
  const X = input("X");
  const J = f(X);
  J.backward();
  expectGolden(J, example, "J");
  expectGolden(X.grad, example, "dX");
});

test.each<[string, string, (x: Tensor) => Tensor, string]>([
  ["S19 exp", "X", exp, "dX"],
  ["S20 log", "P", log, "dX"],
  ["S21 sigmoid", "X", sigmoid, "dX"],
  ["S22 tanh", "X", tanh, "dX"],
  ["S23 relu", "X", (x) => relu(x), "dX_at0_0"],
  ["S23 relu", "X", (x) => relu(x, { at0: 1 }), "dX_at0_1"],
])("%s of %s", (example, name, f, gradient) => {
  const X = input(name);
  const Y = f(X);
  Y.backward(input("dY"));
  expectGolden(Y, example, "Y");
  expectGolden(X.grad, example, gradient);
});

test.each<[string, (m: Tensor, n: Tensor) => Tensor]>([
  ["S26 add", add],
  ["S27 sub", sub],
  ["S28 mul", mul],
])("%s", (example, f) => {
  const [M, N] = [input("M"), input("N")];
  const Y = f(M, N);
  Y.backward(input("dY"));
  expectGolden(Y, example, "Y");
  expectGolden(M.grad, example, "dM");
  expectGolden(N.grad, example, "dN");
});

test("A1: the linear layer Z = X W + 1 bᵀ", () => {
  const example = "A1 Z = X W + 1 bᵀ";
  const [X, W, b, dZ] = ["X", "W", "b", "dZ"].map((name) => tensor(golden[example][name]));
  const Z = matmul(X, W).add(b);
  Z.backward(dZ);
  expectGolden(Z, example, "Z");
  expectGolden(W.grad, example, "dW");
  expectGolden(b.grad, example, "db");
  expectGolden(X.grad, example, "dX");
});

test("A3: a network of two layers with a mean squared error", () => {
  const example = "A3 MLP";
  const [X, W1, b1, W2, b2, T] = ["X", "W1", "b1", "W2", "b2", "T"].map((name) =>
    tensor(golden[example][name]),
  );
  const Z1 = X.matmul(W1).add(b1);
  const A1 = sigmoid(Z1);
  const Z2 = A1.matmul(W2).add(b2);
  const error = Z2.sub(T);
  const J = mean(error.mul(error));
  J.backward();
  for (const [name, value] of Object.entries({ J, Z1, A1, Z2 })) expectGolden(value, example, name);
  for (const [name, value] of Object.entries({ W1, b1, W2, b2, X, Z1, Z2, A1 })) {
    expectGolden(value.grad, example, `d${name}`);
  }
});

test("S03: J = sum(M ⊙ M)", () => {
  const M = input("M");
  sum(mul(M, M)).backward();
  expectGolden(M.grad, "S03 dM of J = sum(M ⊙ M)", "dM");
});

test("S07: one step of gradient descent", () => {
  const { X, W1, b1, W2, b2, T } = Object.fromEntries(
    Object.entries(golden["A3 MLP"]).map(([name, value]) => [name, tensor(value)]),
  );
  const loss = (): Tensor => mse(sigmoid(X.matmul(W1).add(b1)).matmul(W2).add(b2), T);
  const example = "S07 one step";
  const eta = golden[example].eta as number;
  loss().backward();
  const parameters = { W1, b1, W2, b2 };
  for (const parameter of Object.values(parameters)) {
    parameter.assign(parameter.sub(parameter.grad.mul(eta)));
  }
  for (const [name, parameter] of Object.entries(parameters)) expectGolden(parameter, example, name);
  expectGolden(loss(), example, "J_after");
});

test("S08: the Jacobian of the sigmoid is diagonal", () => {
  const example = "S08 Jacobian of sigmoid";
  const X = input("X");
  const J = jacobian(sigmoid(X), X);
  expect(J.shape).toEqual(golden[example].shape);
  expectGolden(J.matrix().diag(), example, "diagonal_of_matrix_column_major_vec");
  expectGolden(tensor(J.at(0, 1, 0, 1)), example, "entry_1_2_1_2");
  expect(allclose(J.matrix(), diag(J.matrix().diag()))).toBe(golden[example].off_diagonal_all_zero);
});

test("S10: the paths of the total derivative", () => {
  const example = "S10 paths";
  const x = (golden[example].x as number[]).map((value, i) => tensor(value).as(`x${i + 1}`));
  const [x1, x2, x3] = x;
  const y = [mul(3, x1), mul(x1, x2), add(x1, square(x2)), square(x3)];
  const J = y[0].add(mul(2, y[1])).add(mul(y[2], y[3]));
  J.backward();
  expectGolden(stack(y), example, "y");
  expectGolden(J, example, "J");
  expectGolden(stack(y.map((yi) => yi.grad)), example, "dJ_dy");
  expectGolden(stack(x.map((xi) => xi.grad)), example, "dJ_dx");
});

test("S15 to S18: the general case, with f = sigmoid", () => {
  const example = "S15-S18 unary, f = sigmoid";
  const X = input("X");
  const Y = sigmoid(X);
  Y.backward(input("dY"));
  expectGolden(Y, example, "Y");
  expectGolden(Y.mul(sub(1, Y)), example, "local");
  expectGolden(X.grad, example, "dX");
});

test("A2: ∂Z/∂W is I ⊗ X in the order of vec", () => {
  const [X, W, dZ] = ["X", "W", "dZ"].map((name) => tensor(golden["A1 Z = X W + 1 bᵀ"][name]));
  const example = "A2 dZ/dW";
  const J = jacobian(matmul(X, W), W);
  expect(J.shape).toEqual(golden[example].shape);
  expectGolden(J.matrix(), example, "matrix_column_major_vec");
  const vec = (x: Tensor): Tensor => reshape(transpose(x), -1);
  expectGolden(matmul(transpose(J.matrix()), vec(dZ)), example, "vec_dW");
});

test.each([
  ["A4 column sums", (x: Tensor) => sum(x, { axis: 0 })],
  ["A4 row means", (x: Tensor) => mean(x, { axis: 1 })],
] as const)("%s", (example, f) => {
  const X = tensor(golden["A1 Z = X W + 1 bᵀ"].X);
  const Y = f(X);
  Y.backward(tensor(golden[example].dY));
  expectGolden(Y, example, "Y");
  expectGolden(X.grad, example, "dX");
});

test.each([
  ["C1 Y = X ⋆ W", {}],
  ["C2 stride 2, padding 1", { stride: 2, padding: 1 }],
] as const)("%s", (example, options) => {
  const X = tensor([
    [1, 2, 0, 1, 3],
    [0, 1, 3, 1, 0],
    [2, -1, 1, 0, 1],
    [1, 0, 2, 1, -2],
  ]);
  const W = tensor([
    [1, -1],
    [2, 0.5],
  ]);
  const Y = conv2d(X, W, options);
  Y.backward(tensor(golden[example].dY));
  expectGolden(Y, example, "Y");
  expectGolden(X.grad, example, "dX");
  expectGolden(W.grad, example, "dW");
});

test.each([
  ["C3 max pooling", maxPool2d],
  ["C4 mean pooling", meanPool2d],
] as const)("%s", (example, pool) => {
  const X = tensor(golden[example].X);
  const Y = pool(X, 2);
  Y.backward(tensor(golden[example].dY));
  expectGolden(Y, example, "Y");
  expectGolden(X.grad, example, "dX");
});
