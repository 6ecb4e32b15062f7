/** Training holds on to nothing, however long it goes on. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import {
  adam,
  crossEntropy,
  MLP,
  matmul,
  mul,
  type Optimiser,
  seed,
  sgd,
  sum,
  type Tensor,
  tensor,
  twoMoons,
} from "../../src/index.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes in use after a collection. */
function liveHeap(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes that a stretch between two measurements leaves behind, in the middle: what else the process does, it does once. */
function growth(heapAt: readonly number[]): number {
  const left = heapAt.slice(1).map((bytes, k) => bytes - heapAt[k]);
  return left.toSorted((a, b) => a - b)[left.length >> 1];
}

test("a training loop of 100,000 steps with assign keeps no history", () => {
  const w = tensor([[0.5, -0.5]]);
  const x = tensor([[1], [2]]);
  const losses: number[] = [];
  const heapAt: number[] = [];
  for (let step = 0; step < 100_000; step++) {
    const error = matmul(w, x).sub(1);
    const j = sum(mul(error, error));
    j.backward();
    w.assign(w.sub(w.grad.mul(0.01)));
    losses.push(j.item());
    if (step % 25_000 === 24_999) heapAt.push(liveHeap());
  }
  expect(losses.at(-1)).toBeLessThan(1e-20);
  expect(growth(heapAt)).toBeLessThan(1e6);
});

test.each<[string, (parameters: readonly Tensor[]) => Optimiser]>([
  ["sgd", (p) => sgd(p, { learningRate: 0.1, momentum: 0.9 })],
  ["adam", (p) => adam(p, { learningRate: 0.1 })],
])("memory is flat over 10,000 steps of %s", (_name, make) => {
  seed(1);
  const { X, labels } = twoMoons(8);
  const model = MLP([2, 3, 2]);
  const optimiser = make(model.parameters);
  const heapAt: number[] = [];
  for (let step = 0; step < 10_000; step++) {
    optimiser.step(crossEntropy(model(X), labels));
    if (step % 2_500 === 2_499) heapAt.push(liveHeap());
  }
  expect(growth(heapAt)).toBeLessThan(1e6);
});
