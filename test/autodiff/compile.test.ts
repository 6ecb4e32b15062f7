/** A compiled step is the step itself, bit for bit, or a refusal. */
import { describe, expect, test } from "vitest";
import {
  adam,
  add,
  compile,
  crossEntropy,
  type Dtype,
  exp,
  grad,
  MLP,
  matmul,
  mse,
  mul,
  neg,
  ones,
  rand,
  randn,
  relu,
  reshape,
  seed,
  sgd,
  sigmoid,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  fit as train,
} from "../../src/index.ts";
import { withPlainLoops } from "../../src/numeric/machine.ts";

function expectSame(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  actual.forEach((x, i) => {
    expect(x.shape).toEqual(expected[i].shape);
    expect(x.dtype).toBe(expected[i].dtype);
    expect(x.data.findIndex((entry, k) => !Object.is(entry, expected[i].data[k]))).toBe(-1);
  });
}

const activations = { tanh, relu };

describe("compile", () => {
  test.each(
    (["float64", "float32"] as const).flatMap((dtype) =>
      [0, 0.9].flatMap((momentum) =>
        (["tanh", "relu"] as const).map((name) => [dtype, momentum, name] as const),
      ),
    ),
  )(
    "trains a network of %s with momentum %d and %s as the step itself does",
    (dtype: Dtype, momentum, name) => {
      const training = () => {
        seed(1);
        const model = MLP([7, 5, 3], { dtype, activation: activations[name] });
        const optimiser = sgd(model.parameters, { learningRate: 0.1, momentum });
        const step = (X: Tensor, labels: Tensor): Tensor => {
          const J = crossEntropy(model(X as Tensor<[number, 7]>), labels);
          optimiser.step(J);
          return J;
        };
        return { model, step };
      };
      const [one, other] = [training(), training()];
      const quick = compile(other.step);
      for (let k = 0; k < 8; k++) {
        seed(k + 5);
        const X = randn(4, 7).cast(dtype);
        const labels = tensor([k % 3, (k + 1) % 3, 2, 0], { dtype });
        expectSame([quick(X, labels)], [one.step(X, labels)]);
        expectSame(other.model.parameters, one.model.parameters);
      }
    },
  );

  test("follows adam, and a learning rate that is changed between the calls", () => {
    const training = () => {
      const W = tensor([1, -20, 3]);
      const optimiser = adam([W], { learningRate: 0.5 });
      const step = (x: Tensor): Tensor => {
        const J = sum(mul(W, mul(W, x))) as Tensor;
        optimiser.step(J);
        return J;
      };
      return { W, optimiser, step };
    };
    const [one, other] = [training(), training()];
    const quick = compile(other.step);
    for (let k = 0; k < 7; k++) {
      if (k > 3) for (const { optimiser } of [one, other]) optimiser.learningRate = 0.1 * k;
      expectSame([quick(tensor([1, k, 2]))], [one.step(tensor([1, k, 2]))]);
      expectSame([other.W], [one.W]);
    }
  });

  test.each([1, 2, 3, 4, 5, 9, 47, 48, 100, 2048, 2049])(
    "runs formulas of %d entries one after the other, whatever else is between them",
    (n) => {
      const [A, scale] = [randn(n), tensor([0.7])];
      const step = (X: Tensor, T: Tensor): Tensor[] => {
        const Y = tanh(add(mul(X, A), scale));
        const Z = exp(mul(sub(Y, 1), reshape(T, n)));
        const J = sum(mul(mul(Z, sigmoid(add(sum(Y), X))), 2));
        return [J, ...grad(J, [X, T, A]), add(Z, Y)] as Tensor[];
      };
      const quick = compile(step);
      for (let k = 0; k < 4; k++) {
        const given: [Tensor, Tensor] = [randn(n), randn(n, 1)];
        const expected = step(...given);
        expectSame(quick(...given), expected);
        expectSame(
          withPlainLoops(() => quick(...given)),
          expected,
        );
      }
    },
  );

  test("answers lists, gradients and other shapes of the same entries", () => {
    const W = randn(3, 2);
    const step = (X: Tensor): Tensor[] => {
      const Y = tanh(matmul(X, W) as Tensor);
      const dX = grad(sum(mul(Y, Y)), X);
      return [Y, dX, reshape(dX, 6), add(reshape(Y, 4), 1)];
    };
    const quick = compile(step);
    for (let k = 0; k < 5; k++) {
      const X = randn(2, 3);
      expectSame(quick(X), step(X));
    }
  });

  test("sees parameters that are changed from outside, and leaves earlier results as they were", () => {
    const W = tensor([1, 2]);
    const quick = compile((x: Tensor) => mul(W, x) as Tensor);
    const results = [1, 2, 3, 4].map((k) => quick(tensor([k, k])));
    const before = W.detach();
    W.assign([10, 20]);
    results.push(quick(tensor([1, 1])));
    expect(results.map((y) => y.toArray())).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
      [4, 8],
      [10, 20],
    ]);
    expect(before.toArray()).toEqual([1, 2]);
  });

  test("keeps what a parameter was, also where it has been replaced since in the same step", () => {
    const step = () => {
      const W = tensor([1, 2]);
      return {
        W,
        run: (x: Tensor): Tensor => {
          const old = W.detach();
          W.assign(add(W, x) as Tensor);
          return mul(old, W) as Tensor;
        },
      };
    };
    const [one, other] = [step(), step()];
    const quick = compile(other.run);
    for (let k = 1; k < 6; k++) expectSame([quick(tensor([k, 1]))], [one.run(tensor([k, 1]))]);
    expectSame([other.W], [one.W]);
  });

  const called = (step: (x: Tensor) => Tensor) => () => {
    const quick = compile(step);
    for (let k = 0; k < 3; k++) quick(ones(2));
  };
  let count = 0;
  test.each([
    ["looks at a number", (x: Tensor) => (sum(x).item() > 0 ? x : neg(x)), "were read"],
    ["draws numbers", (x: Tensor) => mul(x, rand(2)) as Tensor, "a number that stands in it"],
    ["counts its calls", (x: Tensor) => mul(x, ++count) as Tensor, "a number that stands in it, 1 and 2,"],
    ["does more each time", (x: Tensor) => (++count % 2 === 0 ? neg(x) : neg(neg(x))), "the number of ops"],
    [
      "leaves gradients behind",
      (x: Tensor) => {
        sum(x).backward();
        return x;
      },
      "grad(J, X)",
    ],
    ["assigns what it is given", (x: Tensor) => x.assign([1, 2]), "assigns to a tensor it is given"],
  ])("refuses a step that %s", (_title, step, message) => {
    count = 0;
    expect(called(step)).toThrow(message);
  });

  test("refuses other shapes and number types than those of the first calls", () => {
    const quick = compile((x: Tensor) => mul(x, 2) as Tensor);
    for (let k = 0; k < 3; k++) quick(ones(2));
    expect(() => quick(ones(3))).toThrow(
      "Cannot replay a step that was compiled for [2] with [3]: compile another one for these",
    );
    expect(() => quick(ones(2).cast("float32"))).toThrow("Cannot replay");
  });

  test("replays a training of fit, whose last batch is smaller", () => {
    const trained = (isCompiled: boolean) => {
      seed(3);
      const model = MLP([2, 4, 1]);
      const [X, T] = [randn(10, 2), randn(10, 1)];
      const loss = (X: Tensor, T: Tensor): Tensor => mse(model(X as Tensor<[number, 2]>), T);
      const optimiser = sgd(model.parameters, { learningRate: 0.05, momentum: 0.5 });
      const history = train(loss, [X, T], optimiser, { epochs: 4, batchSize: 3, compile: isCompiled });
      return { losses: history.losses, model };
    };
    const [slow, quick] = [trained(false), trained(true)];
    expect(quick.losses).toEqual(slow.losses);
    expectSame(quick.model.parameters, slow.model.parameters);
  });
});
