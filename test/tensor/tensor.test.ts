import { describe, expect, test } from "vitest";
import {
  allclose,
  exp,
  matmul,
  mul,
  ones,
  ShapeError,
  Tensor,
  tensor,
  transpose,
  ValueError,
  zeros,
} from "../../src/index.ts";
import type { Data } from "../../src/tensor/typed-shapes.ts";

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]);

test("a tensor has the shape of its nested arrays", () => {
  expect(tensor(3).shape).toEqual([]);
  expect(tensor([1, 2]).shape).toEqual([2]);
  expect(X.shape).toEqual([2, 3]);
  expect(tensor([[[1], [2]]]).shape).toEqual([1, 2, 1]);
  expect(tensor(Float64Array.of(1, 2, 3)).shape).toEqual([3]);
  expect(tensor([[], []]).shape).toEqual([2, 0]);
});

test("toArray gives the nested arrays back", () => {
  for (const data of [3, [1, 2], [[1, 2]], [[[1], [2]]], [[], []]] as Data[]) {
    expect(tensor(data).toArray()).toEqual(data);
  }
});

test("a tensor tells its rank, size, dtype and single item", () => {
  expect([X.rank, X.size, X.dtype]).toEqual([2, 6, "float64"]);
  expect(tensor([[7]]).item()).toBe(7);
  expect(() => X.item()).toThrow(
    "Cannot take item of shape [2, 3]: it has 6 entries, not 1; toArray() gives all of them",
  );
});

test("changing the array it was made from does not change a tensor", () => {
  const data = Float64Array.of(1, 2);
  const x = tensor(data);
  data[0] = 9;
  expect(x.toArray()).toEqual([1, 2]);
});

test("zeros and ones take a shape as numbers or as an array", () => {
  expect(zeros(2, 3).shape).toEqual([2, 3]);
  expect(zeros(X.shape).data.every((entry) => entry === 0)).toBe(true);
  expect(ones([2]).toArray()).toEqual([1, 1]);
  expect(zeros().item()).toBe(0);
  expect(() => zeros(2, -1)).toThrow(
    "Cannot make zeros of shape [2, -1]: a length is a whole number from 0 on",
  );
});

describe("names", () => {
  test("as names a tensor and returns it", () => {
    const x = tensor([1]);
    expect(x.name).toBe(null);
    expect(x.as("b")).toBe(x);
    expect(x.name).toBe("b");
  });

  test("the gradient of X is called dX, also when X is named later", () => {
    const x = tensor([1, 2]);
    x.sum().backward();
    expect(x.grad.name).toBe(null);
    x.as("X");
    expect(x.grad.name).toBe("dX");
  });
});

describe("broadcasting", () => {
  test("a row, a column, a number and a scalar tensor stretch over a matrix", () => {
    expect(X.add(tensor([10, 20, 30])).toArray()).toEqual([
      [11, 18, 30],
      [13, 20.5, 29],
    ]);
    expect(X.add(tensor([[1], [2]])).toArray()).toEqual([
      [2, -1, 1],
      [5, 2.5, 1],
    ]);
    expect(mul(2, X).toArray()).toEqual(mul(tensor(2), X).toArray());
  });

  test("two stretched operands meet in the middle", () => {
    expect(mul(tensor([[1], [2]]), tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(zeros(2, 1, 3).add(zeros(4, 1)).shape).toEqual([2, 4, 3]);
  });

  test("an empty axis stays empty", () => {
    expect(zeros(0, 3).add(1).shape).toEqual([0, 3]);
    expect(zeros(0, 3).sum({ axis: 0 }).toArray()).toEqual([0, 0, 0]);
  });
});

describe("matmul", () => {
  const A = tensor([
    [1, 2],
    [3, 4],
  ]);

  test("a vector is a row on the left and a column on the right", () => {
    const v = tensor([10, 100]);
    expect(matmul(A, v).toArray()).toEqual([210, 430]);
    expect(matmul(v, A).toArray()).toEqual([310, 420]);
    expect(matmul(v, v).item()).toBe(10100);
  });

  test("axes before the last two are a batch, and broadcast", () => {
    const batch = tensor([[A.toArray()], [A.mul(2).toArray()]]);
    expect(matmul(batch, tensor([A.toArray(), zeros(2, 2).toArray(), A.toArray()])).shape).toEqual([
      2, 3, 2, 2,
    ]);
    expect(matmul(batch.reshape(2, 2, 2), A).toArray()).toEqual([
      matmul(A, A).toArray(),
      matmul(A, A).mul(2).toArray(),
    ]);
  });
});

test("transpose reverses the axes, or puts them in the order given", () => {
  expect(X.T.toArray()).toEqual([
    [1, 3],
    [-2, 0.5],
    [0, -1],
  ]);
  expect(transpose(zeros(2, 3, 4)).shape).toEqual([4, 3, 2]);
  expect(transpose(zeros(2, 3, 4), [1, 0, -1]).shape).toEqual([3, 2, 4]);
});

test("reductions take axes, also negative ones and several", () => {
  expect(X.sum().item()).toBe(1.5);
  expect(X.mean({ axis: 1 }).toArray()).toEqual([-1 / 3, 2.5 / 3]);
  expect(X.sum({ axis: -2, keepdims: true }).toArray()).toEqual([[4, -1.5, -1]]);
  expect(zeros(2, 3, 4).sum({ axis: [0, -1] }).shape).toEqual([3]);
});

test("functions and methods mirror each other", () => {
  expect(X.exp().toArray()).toEqual(exp(X).toArray());
  expect(X.matmul(X.T).toArray()).toEqual(matmul(X, X.T).toArray());
});

describe("allclose", () => {
  test("compares within a tolerance", () => {
    expect(allclose(tensor([1, 2]), [1, 2.00001])).toBe(true);
    expect(allclose(tensor([1, 2]), [1, 2.001])).toBe(false);
    expect(allclose(1, 1.1, { atol: 0.2 })).toBe(true);
  });

  test("holds equal infinities equal, and NaN unequal to all", () => {
    expect(allclose([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY])).toBe(true);
    expect(allclose([Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY])).toBe(false);
    expect(allclose([Number.POSITIVE_INFINITY], [1])).toBe(false);
    expect(allclose([Number.NaN], [Number.NaN])).toBe(false);
  });

  test("refuses unequal shapes", () => {
    expect(() => allclose(X, X.T)).toThrow(
      "Cannot compare shapes [2, 3] and [3, 2]: allclose wants them equal",
    );
  });
});

// Calls that the types refuse, and what they are answered with when the cell runs.
// biome-ignore lint/suspicious/noExplicitAny: the point is to get past the types
const untyped = X as any;

test.each<[() => unknown, abstract new (...args: never[]) => Error, string]>([
  [() => untyped.add(zeros(2)), ShapeError, "Cannot add shapes [2, 3] and [2]: axis 1 has lengths 3 and 2"],
  [
    () => untyped.matmul(X),
    ShapeError,
    "Cannot matmul shapes [2, 3] and [2, 3]: the inner lengths 3 and 2 differ; the transpose of the second, .T, would fit",
  ],
  [
    () => untyped.matmul(zeros(4, 2)),
    ShapeError,
    "Cannot matmul shapes [2, 3] and [4, 2]: the inner lengths 3 and 4 differ",
  ],
  [
    () => untyped.matmul(tensor(2)),
    ShapeError,
    "Cannot matmul shapes [2, 3] and []: a scalar is no matrix; mul scales by it",
  ],
  [
    () => tensor([[1, 2], [3]] as Data),
    ShapeError,
    "Cannot make a tensor of uneven rows: along axis 1 the first has 2 entries and another has 1",
  ],
  [
    () => tensor([[1, 2], 3] as Data),
    ShapeError,
    "Cannot make a tensor of uneven rows: along axis 1 the first has 2 entries and one is 3",
  ],
  [
    () => tensor([1, [2]] as Data),
    ShapeError,
    "Cannot make a tensor of shape [2]: an array stands where a number should",
  ],
  [() => tensor(["1"] as never), ValueError, 'Cannot make a tensor of "1": its entries are numbers'],
  [() => tensor(null as never), ValueError, "Cannot make a tensor of null: its entries are numbers"],
  [() => X.sum({ axis: 2 }), ShapeError, "Cannot sum shape [2, 3] along axis 2: choose one from -2 to 1"],
  [() => tensor(1).sum({ axis: 0 }), ShapeError, "Cannot sum shape [] along axis 0: a scalar has no axes"],
  [() => X.sum({ axis: [0, -2] }), ShapeError, "Cannot sum along axes [0, -2]: an axis is named twice"],
  [() => zeros(0, 2).mean(), ValueError, "Cannot take the mean of no entries: the shape is [0, 2]"],
  [
    () => tensor([1, 2]).T,
    ShapeError,
    "Cannot take T of shape [2]: only a matrix has a transpose; " +
      "transpose(x, axes) reorders the axes of any tensor, reshape(n, 1) makes a column",
  ],
  [
    () => X.transpose([0, "1"] as never),
    ValueError,
    "Cannot transpose by an array: the axes stand in one array, as in transpose(X, [1, 0])",
  ],
  [
    () => X.transpose([0, 0]),
    ShapeError,
    "Cannot transpose shape [2, 3] by axes [0, 0]: name each of its 2 axes once",
  ],
  [() => X.reshape(4, 2), ShapeError, "Cannot reshape [2, 3] to [4, 2]: 6 entries do not fill it"],
  [() => X.reshape(-1, -1), ShapeError, "Cannot reshape [2, 3] to [-1, -1]: only one length may be -1"],
  [() => X.relu({ at0: 2 as never }), ValueError, "Cannot relu with at0 = 2: the derivative at 0 is 0 or 1"],
  [
    () => untyped.mul("2"),
    ValueError,
    "Cannot mul a value of type string: give a tensor, as tensor([[1, 2]]) makes one, or a number",
  ],
])("%s is refused in one sentence", (call, kind, message) => {
  const error = thrownBy(call);
  expect(error).toBeInstanceOf(kind);
  expect((error as Error).message).toBe(message);
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
}

test("an error carries the shapes as a field, and its class as a name", () => {
  expect(thrownBy(() => untyped.add(zeros(2)))).toMatchObject({ name: "ShapeError", shapes: [[2, 3], [2]] });
});

test("tensors are of the class Tensor", () => {
  expect(X).toBeInstanceOf(Tensor);
});
