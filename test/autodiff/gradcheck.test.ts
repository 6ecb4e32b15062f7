import { describe, expect, test } from "vitest";
import {
  DtypeError,
  GradientError,
  gradcheck,
  matmul,
  mul,
  randn,
  ShapeError,
  seed,
  sigmoid,
  sub,
  sum,
  tanh,
  tensor,
} from "../../src/index.ts";

seed(3);
const X = randn(2, 3).as("X");
const W = randn(3, 2).as("W");
const B = randn(3, 3);

test("the library's own gradients pass, to second order", () => {
  expect(gradcheck((x, w) => sigmoid(matmul(x, w)), [X, W])).toBe(true);
  expect(gradcheck((x) => sum(tanh(x)), X)).toBe(true);
});

test("a right derivative written by hand passes", () => {
  expect(
    gradcheck(sigmoid, X, {
      gradient: (dY, x) => {
        const y = sigmoid(x);
        return mul(dY, mul(y, sub(1, y)));
      },
    }),
  ).toBe(true);
  expect(gradcheck(matmul, [X, W], { gradient: (dZ, x, w) => [matmul(dZ, w.T), matmul(x.T, dZ)] })).toBe(
    true,
  );
});

describe("a wrong derivative is answered with the entry, both values and the likely mistake", () => {
  const square = (x: typeof X) => mul(x, x);

  test.each([
    ["its sign is wrong", () => gradcheck(square, X, { gradient: (dY, x) => mul(dY, mul(-2, x)) })],
    [
      "it is 0.5 times the right one everywhere",
      () => gradcheck(square, X, { gradient: (dY, x) => mul(dY, x) }),
    ],
    ["the upstream gradient dY is missing", () => gradcheck(square, X, { gradient: (_dY, x) => mul(2, x) })],
    [
      "it is dY itself: the local derivative is missing",
      () => gradcheck(square, X, { gradient: (dY) => dY }),
    ],
    [
      "it is transposed",
      () => gradcheck((a) => matmul(a, B), randn(3, 3), { gradient: (dY) => matmul(dY, B.T).T }),
    ],
  ])("%s", (mistake, check) => {
    expect(check).toThrow(GradientError);
    expect(check).toThrow(mistake);
  });

  test("in one sentence, counting from 1", () => {
    const x = tensor([[1, 2, 4]]).as("X");
    expect(() =>
      gradcheck((a) => mul(a, a), x, { gradient: (dY, a) => mul(dY, mul(a, tensor([[2, 2, 3]]))) }),
    ).toThrow(
      /^Gradient check of X failed at entry \(1, 3\): the gradient is \S+, the central difference \S+$/,
    );
  });

  test("a gradient of the wrong shape is named as such", () => {
    expect(() =>
      gradcheck(matmul, [X, W], { gradient: (dZ, x, w) => [matmul(dZ, w.T).T, matmul(x.T, dZ)] }),
    ).toThrow(
      new ShapeError(
        "Gradient check of X failed: the gradient has shape [3, 2], X has [2, 3]; it looks transposed",
        [],
      ).message,
    );
    expect(() => gradcheck(matmul, [X, W], { gradient: (dZ, _x, w) => matmul(dZ, w.T) })).toThrow(
      "Gradient check of W failed: no gradient was given for it",
    );
  });
});

test("float32 is refused, as it is too coarse for differences", () => {
  expect(() => gradcheck(sigmoid, X.cast("float32"))).toThrow(DtypeError);
});
