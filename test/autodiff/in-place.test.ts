/** Memory that is written over again must be known to nobody else. */
import { expect, test } from "vitest";
import { grad, mul, ones, reshape, sgd, sub, sum, type Tensor, tensor } from "../../src/index.ts";
import { watching } from "../../src/tensor/apply.ts";
import type { Op } from "../../src/tensor/op.ts";
import { internals } from "../../src/tensor/tensor.ts";

const parameter = (): Tensor => {
  const W: Tensor = tensor([[1, 2, 3]]);
  W.assign([[4, 5, 6]]); // from now on the array is its own
  return W;
};

const HOLDERS: Readonly<Record<string, (W: Tensor) => Tensor>> = {
  "a detached copy": (W) => W.detach(),
  "another shape": (W) => reshape(W, [3]),
  "another shape that is never asked for": (W) => reshape(reshape(W, [3, 1]), [1, 3]),
  "a gradient": (W) => {
    const X = tensor([[1, 1, 1]]);
    mul(X, 1).backward(W);
    return X.grad;
  },
  "a gradient that is never named": (W) => {
    const X = tensor([[1, 1, 1]]);
    sub(X, 1).backward(W);
    return X.grad;
  },
  "a gradient as a value": (W) => {
    const X = tensor([[1, 1, 1]]);
    return grad(sub(X, 1), X, { cotangent: W });
  },
  "what was assigned to another": (W) => {
    const V = tensor([[0, 0, 0]]);
    V.assign(W);
    return V;
  },
};

test.each(Object.entries(HOLDERS))("%s keeps its numbers when a parameter is assigned", (_name, hold) => {
  const W = parameter();
  const held = hold(W);
  W.assign([[7, 8, 9]]);
  expect([...held.data]).toEqual([4, 5, 6]);
  W.assign([[10, 11, 12]]);
  expect([...held.data]).toEqual([4, 5, 6]);
  expect(W.toArray()).toEqual([[10, 11, 12]]);
});

test("an assignment writes where nobody else looks, and a step of an optimiser needs no new memory for it", () => {
  const W = parameter();
  const before = internals.entriesOf(W);
  sgd([W], { learningRate: 0.5 }).step(sum(mul(W, ones(1, 3))));
  expect(W.toArray()).toEqual([[3.5, 4.5, 5.5]]);
  expect(internals.entriesOf(W)).toBe(before);
});

test("who watches the ops of an optimiser's step may keep what they compute", () => {
  const W = parameter();
  const descent = sgd([W], { learningRate: 1 });
  const seen: { op: Op; y: Tensor; at: number[] }[] = [];
  const step = (): void => descent.step(sum(mul(W, W)));
  watching((op, y) => seen.push({ op, y, at: [...internals.entriesOf(y)] }), step);
  step();
  step();
  expect(seen.length).toBeGreaterThan(3);
  for (const { y, at } of seen) expect([...internals.entriesOf(y)]).toEqual(at);
});
