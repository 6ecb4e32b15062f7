/** The lecture's worked examples, against numbers that PyTorch computed in float64. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  add,
  allclose,
  exp,
  log,
  matmul,
  mean,
  mul,
  relu,
  sigmoid,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../src/index.ts";

type Numbers = Record<string, number | number[][]>;

const golden: Record<string, Numbers> = JSON.parse(
  readFileSync(join(import.meta.dirname, "data/golden.json"), "utf8"),
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
