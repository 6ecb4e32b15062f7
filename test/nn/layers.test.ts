/** Layers: shapes, parameters, names, and where training starts. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  allclose,
  gradcheck,
  Linear,
  MLP,
  matmul,
  ones,
  randn,
  relu,
  seed,
  type Tensor,
  tanh,
} from "../../src/index.ts";

describe("Linear", () => {
  test("is Z = X W + 1bᵀ, with the shapes in its type", () => {
    const layer = Linear(3, 5);
    const W: Tensor<[3, 5]> = layer.W;
    const b: Tensor<[5]> = layer.b.assign([1, 2, 3, 4, 5]);
    const X = randn(4, 3);
    const Z: Tensor<[4, 5]> = layer(X);
    expect(Z.shape).toEqual([4, 5]);
    expect(allclose(Z, matmul(X, W).add(b))).toBe(true);
    expect(layer.parameters).toEqual([W, b]);
  });

  test("refuses X of another width, in the types and when it runs", () => {
    const layer = Linear(3, 5);
    const X = ones(4, 2);
    // @ts-expect-error: the inner lengths 2 and 3 differ
    const call = () => layer(X);
    expect(call).toThrow("Cannot matmul shapes [4, 2] and [3, 5]: the inner lengths 2 and 3 differ");
  });

  test("starts at weights from (−a, a), a = √(6/(in + out)), that fill the interval, and a bias of 0", () => {
    seed(3);
    const { W, b } = Linear(40, 60);
    const a = Math.sqrt(6 / 100);
    const sizes = [...W.data].map(Math.abs);
    expect(Math.max(...sizes)).toBeLessThan(a);
    expect(Math.max(...sizes)).toBeGreaterThan(0.99 * a);
    expect(Math.abs(W.mean().item())).toBeLessThan(0.02 * a);
    expect(W.variance().item()).toBeCloseTo((a * a) / 3, 3); // of a uniform distribution
    expect(b.toArray()).toEqual(Array(60).fill(0));
  });

  test("the seed decides the weights, and two layers differ", () => {
    seed(7);
    const [first, second] = [Linear(2, 2), Linear(2, 2)];
    seed(7);
    expect(Linear(2, 2).W.toArray()).toEqual(first.W.toArray());
    expect(second.W.toArray()).not.toEqual(first.W.toArray());
  });

  test("has parameters that can be assigned and trained in float32 as well", () => {
    const layer = Linear(2, 3, { dtype: "float32" });
    expect(layer.parameters.map(({ dtype }) => dtype)).toEqual(["float32", "float32"]);
    const Z = layer(ones(1, 2).cast("float32"));
    Z.sum().backward();
    expect(layer.W.grad.dtype).toBe("float32");
  });

  test("a length that is not a whole number is rejected", () => {
    expect(() => Linear(2.5, 3)).toThrow("a length is a whole number");
  });
});

describe("MLP", () => {
  test("names its parameters after their layers, as the slides do", () => {
    const model = MLP([3, 5, 4, 2]);
    expect(model.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ["W1", [3, 5]],
      ["b1", [5]],
      ["W2", [5, 4]],
      ["b2", [4]],
      ["W3", [4, 2]],
      ["b3", [2]],
    ]);
    model(ones(1, 3)).sum().backward();
    expect(model.layers[0].W.grad.name).toBe("dW1");
  });

  test("puts the activation between layers, and none after the last", () => {
    const X = randn(4, 3);
    for (const activation of [tanh, relu, (z: Tensor) => z.mul(2)]) {
      const model = MLP([3, 5, 2], { activation });
      const [W1, b1, W2, b2] = model.parameters;
      const expected = matmul(activation(matmul(X, W1).add(b1)), W2).add(b2);
      const Z: Tensor<[4, 2]> = model(X);
      expect(Z.toArray()).toEqual(expected.toArray());
    }
    const [W1, b1, W2, b2] = MLP([3, 5, 2]).parameters;
    expect(gradcheck((...p) => tanh(X.matmul(p[0]).add(p[1])).matmul(p[2]).add(p[3]), [W1, b1, W2, b2])).toBe(
      true,
    );
  });

  test("of two widths is a linear layer; fewer are refused", () => {
    const model = MLP([3, 2]);
    expect(model(ones(1, 3)).toArray()).toEqual(model.layers[0](ones(1, 3)).toArray());
    expect(() => MLP([3])).toThrow(
      "Cannot make an MLP of the widths [3]: give at least those of the inputs and the outputs, as in MLP([3, 5, 2])",
    );
  });

  test("knows its width of input in its type", () => {
    const model = MLP([3, 5, 2]);
    const X = ones(1, 4);
    // @ts-expect-error: the inner lengths 4 and 3 differ
    expect(() => model(X)).toThrow("the inner lengths 4 and 3 differ");
  });
});

test("a layer is shown as one line", () => {
  const line = "MLP 3 → 5 → 2, 32 parameters: W1 3 × 5, b1 5, W2 5 × 2, b2 2";
  const model = MLP([3, 5, 2]);
  expect(inspect(model)).toBe(line);
  expect(String(model)).toBe(line);
  expect(inspect(Linear(2, 1))).toBe("Linear 2 → 1, 3 parameters: W 2 × 1, b 1");
  const display = (model as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")];
  expect(display()).toEqual({ "text/plain": line });
});
