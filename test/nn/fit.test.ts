/** Training without a notebook: it learns, it is silent, and it gives the same digits every time. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  crossEntropy,
  digits,
  gb,
  lastHistory,
  MLP,
  mse,
  oneHot,
  ones,
  relu,
  ShapeError,
  seed,
  sgd,
  spirals,
  type Tensor,
  tensor,
  twoMoons,
} from "../../src/index.ts";

test("what a training has come to is there when it breaks off", () => {
  const w = tensor([[1]]).as("w");
  let steps = 0;
  const J = (rows: Tensor): Tensor => {
    steps += 1;
    if (steps > 5) throw new Error("stopped");
    return mse(rows.matmul(w), ones(4, 1).mul(3));
  };
  expect(() => gb.fit(J, [ones(4, 1)], sgd([w], { learningRate: 0.1 }), { epochs: 9 })).toThrow("stopped");
  const { losses } = lastHistory();
  expect(losses).toHaveLength(5);
  expect(losses[4]).toBeLessThan(losses[0]);
});

describe("fit", () => {
  test("separates two moons", () => {
    seed(0);
    const { X, labels } = twoMoons(200, { noise: 0.15 });
    const model = MLP([2, 16, 2]);
    const J = (rows: Tensor<[number, 2]>, classes: Tensor) => crossEntropy(model(rows), classes);
    gb.fit(J, [X, labels], adam(model.parameters, { learningRate: 0.05 }), { epochs: 60 });
    expect(accuracy(model(X), labels)).toBeGreaterThanOrEqual(0.95);
  });

  test("reads digits, also those it has not seen", () => {
    seed(0);
    const { X, labels } = digits();
    const [seen, unseen] = [X.slice([0, 400], null), X.slice([400, 500], null)];
    const model = MLP([64, 32, 10], { activation: relu });
    const optimiser = adam(model.parameters, { learningRate: 0.01 });
    const J = (rows: Tensor, classes: Tensor) => crossEntropy(model(rows), classes);
    gb.fit(J, [seen, labels.slice([0, 400])], optimiser, { epochs: 10 });
    expect(accuracy(model(seen), labels.slice([0, 400]))).toBeGreaterThanOrEqual(0.95);
    expect(accuracy(model(unseen), labels.slice([400, 500]))).toBeGreaterThanOrEqual(0.85);
  });

  test("separates spirals", () => {
    seed(0);
    const { X, labels } = spirals(300, { classes: 3 });
    const model = MLP([2, 32, 32, 3], { activation: relu });
    gb.fit(
      (rows, classes) => crossEntropy(model(rows), classes),
      [X, labels],
      adam(model.parameters, { learningRate: 0.01 }),
      {
        epochs: 60,
      },
    );
    expect(accuracy(model(X), labels)).toBeGreaterThanOrEqual(0.95);
  });

  test("gives the same digits every time for the same seed", () => {
    const train = (): readonly number[] => {
      seed(42);
      const { X, labels } = twoMoons(60, { noise: 0.1 });
      const model = MLP([2, 8, 2]);
      const J = (rows: Tensor<[number, 2]>, classes: Tensor) => crossEntropy(model(rows), classes);
      return gb.fit(J, [X, labels], sgd(model.parameters, { learningRate: 0.5, momentum: 0.9 }), {
        epochs: 5,
      }).losses;
    };
    expect(train()).toEqual(train());
    expect(train()).toMatchInlineSnapshot(`
      [
        0.7359749408017914,
        0.4820716804371511,
        0.49622398170505827,
        0.420340265550673,
        0.4659400512324871,
      ]
    `);
  });

  test("shows every row once an epoch, in an order that changes", () => {
    seed(1);
    const X = tensor(Array.from({ length: 10 }, (_, i) => [i]));
    const w = tensor([0]);
    const seen: number[][] = [];
    const J = (rows: Tensor) => {
      seen.push([...rows.data]);
      return mse(rows.mul(w), 0);
    };
    gb.fit(J, [X], sgd([w], { learningRate: 0.01 }), { epochs: 3, batchSize: 4 });
    expect(seen.map((batch) => batch.length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4, 2]);
    const epochs = [0, 3, 6].map((start) => seen.slice(start, start + 3).flat());
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual([...Array(10).keys()]);
    expect(new Set(epochs.map(String)).size).toBe(3);
  });

  test("keeps rows together with what belongs to them", () => {
    const X = tensor([[1], [2], [3], [4], [5]]);
    const w = tensor([0]);
    const J = (rows: Tensor, labels: Tensor) => {
      expect(labels.toArray()).toEqual(rows.mul(10).reshape(rows.size).toArray());
      return mse(rows.mul(w), 0);
    };
    const { losses } = gb.fit(J, [X, tensor([10, 20, 30, 40, 50])], sgd([w], { learningRate: 0 }), {
      batchSize: 2,
    });
    expect(losses.length).toBe(100);
  });

  test("answers the mean over the samples, a smaller last batch counted as what it is", () => {
    const X = tensor([[1], [2], [6]]);
    const w = tensor([1]);
    const J = (rows: Tensor) => rows.mul(w).mean();
    const history = gb.fit(J, [X], sgd([w], { learningRate: 0 }), { epochs: 2, batchSize: 2 });
    expect(history.losses[0]).toBeCloseTo(3, 12);
    expect(inspect(history)).toBe("2 epochs, loss 3 → 3");
  });

  test("rejects data whose rows do not match, and numbers that are not counts", () => {
    const w = tensor([1]);
    const train = (options: object, ...data: [Tensor, ...Tensor[]]) =>
      gb.fit((rows) => rows.mul(w).mean(), data, sgd([w], { learningRate: 0 }), options);
    expect(() => train({}, ones(3, 2), ones(4))).toThrow(
      "Cannot train on data of shapes [3, 2] and [4]: each has a row per sample, so they have as many rows as each other",
    );
    expect(() => train({}, ones(0, 2))).toThrow("and at least one");
    expect(() => train({ epochs: 0 }, ones(3, 2))).toThrow("Cannot make a training of 0 epochs");
    expect(() => train({ batchSize: 0.5 }, ones(3, 2))).toThrow(
      "Cannot make a training of 0.5 samples per batch",
    );
  });

  test("stops when the loss is no longer a number, and says what helps", () => {
    const w = tensor([1]);
    const J = (rows: Tensor) => rows.mul(w).square().sum();
    expect(() => gb.fit(J, [ones(4, 1)], sgd([w], { learningRate: 1e200 }), { epochs: 9 })).toThrow(
      "Cannot go on training: the loss is Infinity in epoch 2 of 9; a smaller learningRate often helps",
    );
  });
});

test("accuracy counts the rows whose largest score is that of their label, or of the 1 in their target", () => {
  const scores = tensor([
    [2, 1, 0],
    [0, 3, 1],
    [5, 4, 6],
  ]);
  expect(accuracy(scores, tensor([0, 1, 1]))).toBeCloseTo(2 / 3, 12);
  expect(accuracy(scores, oneHot([0, 1, 2], 3))).toBe(1);
  expect(() => accuracy(scores, tensor([0, 1]))).toThrow(ShapeError);
  expect(() => accuracy(tensor([1, 2]), tensor([0, 1]))).toThrow(
    "give a row of scores and a label for each sample",
  );
});
