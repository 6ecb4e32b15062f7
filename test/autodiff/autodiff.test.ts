import { describe, expect, test } from "vitest";
import {
  add,
  exp,
  GradientError,
  grad,
  jvp,
  log,
  matmul,
  mul,
  relu,
  sigmoid,
  sum,
  tensor,
} from "../../src/index.ts";

const X = () =>
  tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]);

describe("backward", () => {
  test("gives every tensor on the way its gradient, leaf or not", () => {
    const x = X();
    const y = exp(x);
    const j = y.sum();
    j.backward();
    expect(j.grad.item()).toBe(1);
    expect(y.grad.toArray()).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(x.grad.toArray()).toEqual(y.toArray());
  });

  test("starts from an upstream gradient when the result is not a single number", () => {
    const m = tensor([1, 2]);
    const n = tensor([3, 4]);
    mul(m, n).backward(tensor([10, 100]));
    expect(m.grad.toArray()).toEqual([30, 400]);
    expect(n.grad.toArray()).toEqual([10, 200]);
  });

  test("takes a number as cotangent of a scalar", () => {
    const x = tensor([1, 2]);
    x.sum().backward(5);
    expect(x.grad.toArray()).toEqual([5, 5]);
  });

  test("sums over the paths of a tensor used more than once", () => {
    const x = tensor([1, 2]);
    add(mul(x, x), x).sum().backward();
    expect(x.grad.toArray()).toEqual([3, 5]);
  });

  test("replaces the gradients of the time before", () => {
    const x = tensor([1, 2]);
    const j = x.sum();
    j.backward();
    j.backward();
    expect(x.grad.toArray()).toEqual([1, 1]);
    x.mul(3).sum().backward();
    expect(x.grad.toArray()).toEqual([3, 3]);
  });

  test("gives operands of one add gradients of their own names", () => {
    const [m, n] = [tensor([1]).as("M"), tensor([2]).as("N")];
    add(m, n)
      .as("Y")
      .backward(tensor([7]).as("G"));
    expect([m.grad.name, n.grad.name]).toEqual(["dM", "dN"]);
  });

  test("a comparison lets no gradient through", () => {
    const x = tensor([1, 2]);
    x.gt(1).sum().backward();
    expect(() => x.grad).toThrow(GradientError);
  });

  test("does not overflow on a chain of 100,000 ops", () => {
    const x = tensor(1);
    let y = x.mul(1);
    for (let i = 1; i < 100_000; i++) y = y.add(1);
    y.backward();
    expect(x.grad.item()).toBe(1);
  });

  test("says what to do when a cotangent is missing or has the wrong shape", () => {
    expect(() => X().as("Y").backward()).toThrow(
      "Cannot call backward on Y of shape [2, 3] without a cotangent: only a single number has one gradient; " +
        "give dY of shape [2, 3], or reduce first, as in sum(Y)",
    );
    expect(() => X().backward(tensor([1]))).toThrow(
      "Cannot call backward on Y of shape [2, 3] with a cotangent of shape [1]: the two shapes must be equal",
    );
  });

  test("reading a gradient that was never computed says how to compute it", () => {
    expect(() => X().as("W").grad).toThrow(
      "Cannot read the gradient of W: no backward has reached it; call J.backward() on a J that is computed from W",
    );
  });
});

describe("grad", () => {
  test("answers in the arrangement of xs, and leaves .grad alone", () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    const j = sum(mul(a, b));
    expect(grad(j, a).toArray()).toEqual([3, 4]);
    expect(grad(j, [b, a]).map((g) => g.toArray())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => a.grad).toThrow(GradientError);
  });

  test("is zero where y does not depend on x", () => {
    expect(grad(sum(tensor([1])), X()).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("with createGraph can be differentiated again, and again", () => {
    const x = tensor(2);
    const [first] = grad(mul(mul(x, x), mul(x, x)), [x], { createGraph: true });
    const second = grad(first, x, { createGraph: true });
    expect([first.item(), second.item(), grad(second, x).item()]).toEqual([32, 48, 48]);
  });

  test("without createGraph holds on to nothing", () => {
    const x = tensor(2);
    const first = grad(mul(x, x), x);
    expect(grad(first, x).item()).toBe(0);
  });

  test("two equal gradients are two tensors, so that each can have a name", () => {
    const [m, n] = [tensor([1]), tensor([2])];
    const [dM, dN] = grad(sum(add(m, n)), [m, n]);
    expect(dM).not.toBe(dN);
  });
});

test("jvp pushes tangents forward, and wants them in shape", () => {
  const x = tensor([1, 2]);
  expect(jvp(mul(x, x), x, tensor([1, 10])).toArray()).toEqual([2, 40]);
  expect(jvp(sum(x), X(), X()).item()).toBe(0);
  expect(() => jvp(sum(x), x.as("x"), tensor([1]))).toThrow(
    "Cannot push a tangent of x forward: it must have shape [2], and it has shape [1]",
  );
});

describe("kinks and extremes", () => {
  test("relu has derivative 0 at 0, and 1 when told so", () => {
    for (const at0 of [0, 1] as const) {
      const x = tensor([-1, 0, 2]);
      relu(x, { at0 }).sum().backward();
      expect(x.grad.toArray()).toEqual([0, at0, 1]);
    }
  });

  test("sigmoid and its derivative neither overflow nor lose their value at ±800", () => {
    const x = tensor([-800, 800, -30]);
    const y = sigmoid(x);
    y.sum().backward();
    expect(y.data[0]).toBe(0);
    expect(y.data[1]).toBe(1);
    expect(y.data[2]).toBeCloseTo(9.3576229688393e-14, 27);
    expect(x.grad.data.every(Number.isFinite)).toBe(true);
  });

  test("log is −∞ at 0 and NaN below, and NaN stays NaN", () => {
    expect(log(tensor([0, -1])).toArray()).toEqual([Number.NEGATIVE_INFINITY, Number.NaN]);
    expect(relu(tensor([Number.NaN])).toArray()).toEqual([Number.NaN]);
  });
});

test("the gradients of a linear layer are XᵀdZ and dZWᵀ", () => {
  const x = X();
  const w = tensor([
    [1, 0],
    [2, -1],
    [0, 1],
  ]);
  const z = matmul(x, w);
  const dz = tensor([
    [1, -1],
    [2, 0],
  ]);
  z.backward(dz);
  expect(w.grad.toArray()).toEqual(matmul(x.T, dz).toArray());
  expect(x.grad.toArray()).toEqual(matmul(dz, w.T).toArray());
});
