/** What users of other libraries reported of inputs, in our own words, with the answer it has here. */
import { describe, expect, test } from "vitest";
import {
  argmax,
  exp,
  grad,
  jvp,
  logSoftmax,
  matmul,
  mul,
  ones,
  reshape,
  sgd,
  sigmoid,
  softmax,
  square,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  vjp,
  zeros,
} from "../../src/index.ts";

/** The library as JavaScript sees it: without types. */
const untyped = (f: unknown): ((...given: unknown[]) => unknown) => f as (...given: unknown[]) => unknown;

describe("writing into a result whose own values its rule uses", () => {
  test.each([sigmoid, exp, tanh])("stops the backward pass through %o", (f) => {
    const a = tensor([1, 2, 3]);
    const b: Tensor = f(a);
    b.data[1] = 2;
    expect(() => sum(b).backward()).toThrow("of its data was written to");
  });
});

test("an operand changed between a product and its backward pass, seen through a view", () => {
  const X = tensor([[1, 2]]).as("X");
  const W = tensor([[3], [4]]);
  const Y = matmul(X, W);
  X.reshape(2, 1).data[0] = 50; // of another tensor: X stays
  expect(grad(sum(Y), W).toArray()).toEqual([[1], [2]]);
  X.assign([[5, 6]]);
  expect(() => grad(sum(Y), W)).toThrow("X was assigned since");
});

test("a vjp is taken at the point at which the function was computed, or not at all", () => {
  const x = tensor([1.2]).as("x");
  const y = square(x);
  expect(vjp(y, x, tensor([1])).item()).toBe(2.4);
  x.assign([5]);
  expect(() => vjp(y, x, tensor([1]))).toThrow("x was assigned since");
  expect(() => jvp(y, x, tensor([1]))).toThrow("x was assigned since");
});

describe("deeplearning4j/deeplearning4j 6476: gathering one index keeps the axis", () => {
  test.each<[number[], number[]]>([
    [
      [0, 1],
      [2, 4],
    ],
    [[0], [1, 4]],
    [[], [0, 4]],
  ])("take(3×4, %j) has shape %j", (indices, shape) => {
    expect(take(ones(3, 4), indices).shape).toEqual(shape);
  });
});

test("the gradient of gathering with a column of indices has the operand's shape", () => {
  const X = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const picked = take(X, [[2], [0], [2]]);
  expect(picked.shape).toEqual([3, 1, 2]);
  expect(grad(sum(picked), X).toArray()).toEqual([
    [1, 1],
    [0, 0],
    [2, 2],
  ]);
});

describe("gathering along each axis, as a function and as a method", () => {
  const X = zeros(2, 4, 6);
  test.each([0, 1, 2])("axis %i", (axis) => {
    const shape = X.shape.with(axis, 2);
    expect(take(X, [0, 1], { axis }).shape).toEqual(shape);
    expect(X.take([0, 1], { axis }).shape).toEqual(shape);
  });
});

describe("softmax along an axis", () => {
  const X = tensor([
    [1, 2, 4],
    [1, 1, 1],
  ]);

  test("the last axis by its number is the last axis", () => {
    expect(softmax(X, { axis: 1 }).toArray()).toEqual(softmax(X, { axis: -1 }).toArray());
    expect(softmax(X.T, { axis: 0 }).T.toArray()).toEqual(softmax(X).toArray());
  });

  test("any negative axis counts from the end", () => {
    expect(softmax(X, { axis: -2 }).toArray()).toEqual(softmax(X, { axis: 0 }).toArray());
    expect(() => softmax(X, { axis: -3 })).toThrow("along axis -3: choose one from -2 to 1");
  });

  test("an axis beyond the rank is refused", () => {
    expect(() => softmax(ones(2, 3), { axis: 2 })).toThrow("along axis 2: choose one from -2 to 1");
  });

  test("a middle axis is transposed there and back", () => {
    const Y = tensor([
      [
        [1, 2],
        [3, 5],
        [8, 13],
      ],
    ]);
    const moved = softmax(Y.transpose([0, 2, 1])).transpose([0, 2, 1]);
    expect(softmax(Y, { axis: 1 }).toArray()).toEqual(moved.toArray());
    expect(logSoftmax(Y, { axis: 1 }).shape).toEqual([1, 3, 2]);
  });
});

describe("arguments", () => {
  test("an array where a tensor belongs, and + between two tensors", () => {
    expect(() => untyped(tanh)([0.3, -0.4])).toThrow("Cannot tanh an array: give a tensor");
    const [X, Y] = [tensor([1]), tensor([2])] as unknown as [string, string];
    expect(() => untyped(tanh)(X + Y)).toThrow("Cannot tanh a value of type string: give a tensor");
  });

  test("no data and no shape are named, not counted", () => {
    expect(() => untyped(tensor)(null)).toThrow("Cannot make a tensor of null: its entries are numbers");
    expect(() => untyped(tensor)()).toThrow("Cannot make a tensor of nothing: its entries are numbers");
    expect(() => untyped(zeros)(null)).toThrow("Cannot make zeros with null as a length");
  });

  test("an axis is a number or a list, and named once", () => {
    const X = tensor([1, 2, 3]);
    expect(argmax(X, { axis: 0 }).item()).toBe(2);
    expect(argmax(X, { axis: [0] }).item()).toBe(2);
    expect(() => argmax(X, { axis: [0, 0] })).toThrow("an axis is named twice");
    expect(() => untyped(argmax)(X, 0)).toThrow("as in argmax(X, { axis: 0 })");
  });

  test("the axis of a sum as a second argument, or under another word", () => {
    expect(() => untyped(sum)(ones(2, 3), 1)).toThrow("as in sum(X, { axis: 0 })");
    expect(() => untyped(sum)(ones(2, 3), { reduction_indices: 1 })).toThrow(
      "its options are axis, keepdims",
    );
  });

  test("a shape one by one, or in one array", () => {
    const X = ones(12);
    expect(reshape(X, 3, 4).shape).toEqual([3, 4]);
    expect(X.reshape([3, 4]).shape).toEqual([3, 4]);
    expect(X.reshape([3, -1]).shape).toEqual([3, 4]);
  });

  test("a shape in parentheses is its last number, which is said", () => {
    expect(() => untyped(reshape)(ones(6), 3)).toThrow("Cannot reshape [6] to [3]: 6 entries do not fill it");
  });
});

describe("a step of an optimiser", () => {
  test("a parameter that the loss does not use stays, and the others move", () => {
    const [used, unused] = [tensor([1]), tensor([1])];
    sgd([used, unused], { learningRate: 0.5 }).step(sum(used));
    expect([used.item(), unused.item()]).toEqual([0.5, 1]);
  });

  test("a loss of none of the parameters is not a silent step of nothing", () => {
    const W = tensor([1]).as("W");
    const J = sum(mul(2, W.detach())).as("J");
    expect(() => sgd([W], { learningRate: 1 }).step(J)).toThrow("J does not depend on W");
  });
});

test("jupyterlab/jupyterlab-hdf5 97: NaN and both infinities stay apart in JSON", () => {
  const json = JSON.stringify(tensor([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));
  expect(JSON.parse(json).data.map(Number)).toEqual([Number.NaN, Infinity, -Infinity]);
});
