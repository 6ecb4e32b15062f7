/** Optimisers: each step against numbers that were computed elsewhere. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  adam,
  allclose,
  grad,
  MLP,
  mse,
  type Optimiser,
  sgd,
  sigmoid,
  square,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.ts";

const goldenFile = join(import.meta.dirname, "../data/golden.json");
const golden: Record<string, number | number[][]> = JSON.parse(readFileSync(goldenFile, "utf8"))["A3 MLP"];

/** The lecture's network of two layers, with its data. */
function lectureNetwork() {
  const [X, T] = [tensor(golden.X), tensor(golden.T)];
  const parameters = ["W1", "b1", "W2", "b2"].map((name) => tensor(golden[name]).as(name));
  const model = MLP([3, 5, 2], { activation: sigmoid });
  model.parameters.forEach((p, i) => {
    p.assign(parameters[i]);
  });
  return { model, J: () => mse(model(X as Tensor<[number, number]>), T) };
}

describe("sgd", () => {
  test("makes the lecture's step on the lecture's network", () => {
    const { model, J } = lectureNetwork();
    expect(J().item()).toBeCloseTo(golden.J as number, 11);
    sgd(model.parameters, { learningRate: 0.1 }).step(J());
    // PyTorch, float64, η = 0.1.
    const after: Record<string, number[] | number[][]> = {
      b1: [-0.017575066311, 0.088938090476, -0.075262890779, 0.200447381219, -0.235046850363],
      W2: [
        [0.950620495419, -0.959560007665],
        [0.450856646956, 0.011470934127],
        [-0.586323013214, 2.018097669572],
        [-0.070639701348, 0.295038429781],
        [1.423015791024, -0.981132667984],
      ],
      b2: [0.187025015713, -0.263365885142],
    };
    for (const p of model.parameters.slice(1)) {
      expect(allclose(p, after[p.name as string], { rtol: 1e-11, atol: 1e-11 }), `${p}`).toBe(true);
    }
    expect(model.layers[0].W.data[0]).toBeCloseTo(0.488544722003, 11);
    expect(J().item()).toBeCloseTo(0.529786119039, 11);
  });

  test("adds up the steps with momentum: V := μ V + dW, W := W − η V", () => {
    const w = tensor([1, -2]);
    const optimiser = sgd([w], { learningRate: 0.25, momentum: 0.5 });
    // J = w², dW = 2w. w = 1: V = 2, w = ½. Then V = 1 + 1 = 2, w = 0. Then V = 1 + 0 = 1, w = −¼.
    for (const expected of [
      [0.5, -1],
      [0, 0],
      [-0.25, 0.5],
    ]) {
      optimiser.step(sum(square(w)));
      expect(w.toArray()).toEqual(expected);
    }
  });
});

describe("adam", () => {
  test("follows the algorithm of its paper, written out for one number", () => {
    const gradientOf = (w: number): number => 4 * w ** 3 - 1;
    const options = { learningRate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 };
    const x = tensor([2]);
    const optimiser = adam([x], options);
    let [w, m, v] = [2, 0, 0];
    for (let t = 1; t <= 50; t++) {
      optimiser.step(sum(x.pow(4).sub(x)));
      m = options.beta1 * m + (1 - options.beta1) * gradientOf(w);
      v = options.beta2 * v + (1 - options.beta2) * gradientOf(w) ** 2;
      w -=
        (options.learningRate * (m / (1 - options.beta1 ** t))) /
        (Math.sqrt(v / (1 - options.beta2 ** t)) + options.epsilon);
      expect(x.item()).toBeCloseTo(w, 12);
    }
    expect(w).not.toBeCloseTo(2, 0);
  });

  test("moves every entry by the learning rate at first, however steep it is", () => {
    const w = tensor([1, 1, 1]);
    adam([w]).step(sum(w.mul(tensor([1000, -0.1, 3]))));
    expect(allclose(w, [0.999, 1.001, 0.999])).toBe(true);
  });
});

const makers: [string, (parameters: readonly Tensor[]) => Optimiser][] = [
  ["sgd", (p) => sgd(p, { learningRate: 0.1, momentum: 0.9 })],
  ["adam", (p) => adam(p, { learningRate: 0.1 })],
];

describe.each(makers)("%s", (_name, make) => {
  test("needs no backward, and leaves the .grad of every tensor alone", () => {
    const [w, c] = [tensor([3]).as("w"), tensor([2]).as("c")];
    const optimiser = make([w]);
    optimiser.step(sum(square(w.mul(c))));
    expect(w.item()).toBeLessThan(3);
    expect(c.item()).toBe(2);
    expect(() => w.grad).toThrow("no backward has reached it");
  });

  test("takes all gradients before it assigns anything", () => {
    const [a, b] = [tensor([2]), tensor([5])];
    const [da, db] = grad(sum(a.mul(b)), [a, b]);
    expect([da.item(), db.item()]).toEqual([5, 2]);
    make([a, b]).step(sum(a.mul(b)));
    expect(a.item()).toBeLessThan(2);
    expect(b.item()).toBeLessThan(5);
  });

  test("works on float32 parameters, in which its memory is float32 too", () => {
    const w = tensor([3], { dtype: "float32" });
    const optimiser = make([w]);
    for (let i = 0; i < 3; i++) optimiser.step(sum(square(w)));
    expect(w.dtype).toBe("float32");
    expect(w.item()).toBeLessThan(3);
  });

  test("refuses a step on a loss of many numbers, or on none", () => {
    const w = tensor([1, 2]).as("w");
    const optimiser = make([w]);
    expect(() => optimiser.step(square(w).as("J"))).toThrow(
      "Cannot take grad of J of shape [2] without a cotangent",
    );
    expect(() => (optimiser.step as () => void)()).toThrow(
      "Cannot step without a loss: give it, as in step(J); the gradients are computed there",
    );
  });

  test("refuses a parameter that was computed from others", () => {
    const w = tensor([1]);
    const twice = w.mul(2).as("V");
    expect(() => make([twice]).step(sum(twice))).toThrow(
      "Cannot assign to V: it was computed from other tensors",
    );
  });
});

test("numbers out of their range are refused, each by its name", () => {
  const p = [tensor([1])];
  expect(() => sgd(p, {} as never)).toThrow(
    "Cannot make sgd with learningRate = undefined: give a number from 0 on",
  );
  expect(() => sgd(p, { learningRate: Number.NaN })).toThrow("learningRate = NaN");
  expect(() => sgd(p, { learningRate: 0.1, momentum: 1 })).toThrow("momentum = 1: give a number in [0, 1)");
  expect(() => adam(p, { beta2: 1 })).toThrow("Cannot make adam with beta2 = 1: give a number in [0, 1)");
  expect(() => adam(p, { learningRate: -1 })).toThrow("learningRate = -1");
  expect(() => adam([])).toThrow(
    "Cannot make adam without parameters: give a list of tensors, as in adam(model.parameters)",
  );
});

test.each([
  ["sgd", (p: readonly Tensor[]) => sgd(p, { learningRate: 0.1 })],
  ["adam", (p: readonly Tensor[]) => adam(p, { learningRate: 0.1 })],
] as const)("the learning rate of %s may be set, and counts from the next step on", (name, make) => {
  const [a, b] = [tensor([4]), tensor([4])];
  const [slow, fast] = [make([a]), make([b])];
  fast.learningRate = 0.2;
  expect([slow.learningRate, fast.learningRate]).toEqual([0.1, 0.2]);
  slow.step(sum(square(a)));
  fast.step(sum(square(b)));
  expect((4 - b.item()) / (4 - a.item())).toBeCloseTo(2, 6);
  expect(() => {
    fast.learningRate = -1;
  }).toThrow(`Cannot make ${name} with learningRate = -1: give a number from 0 on`);
  expect(fast.learningRate).toBe(0.2);
});
