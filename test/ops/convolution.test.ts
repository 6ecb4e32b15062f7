/** Windows, convolution, pooling: what no test of all ops says of them. */
import { describe, expect, test } from "vitest";
import { describe as describeGraph } from "../../src/graph/describe.ts";
import { foldsOf } from "../../src/graph/folds.ts";
import { recordOf } from "../../src/graph/record.ts";
import { replay } from "../../src/graph/replay.ts";
import {
  conv2d,
  einsum,
  explain,
  flip,
  grad,
  jacobian,
  maxPool2d,
  meanPool2d,
  ones,
  overlapAdd,
  randn,
  type Tensor,
  tensor,
  windows,
} from "../../src/index.ts";
import { makers } from "../../src/ops/makers.ts";

const expectSame = (x: Tensor, y: Tensor): void => {
  expect(x.shape).toEqual(y.shape);
  for (let k = 0; k < x.size; k++) expect(x.data[k]).toBeCloseTo(y.data[k], 10);
};

describe("what the lecture derives", () => {
  const [X, W] = [randn(5, 6), randn(2, 3)];
  const Y = conv2d(X, W);
  const dY = randn(...Y.shape);
  const [dX, dW] = grad(Y, [X, W], { cotangent: dY });

  test("dW = X ⋆ dY", () => expectSame(dW, conv2d(X, dY)));

  test("dX is the full convolution of dY with the kernel turned round", () =>
    expectSame(dX, conv2d(dY, flip(W), { padding: [1, 2] })));

  test("dX adds up what windows say", () => expectSame(dX, overlapAdd(einsum("ij,kl->ijkl", dY, W), [5, 6])));

  test("y_ij = Σ_k Σ_l x_{i+k−1, j+l−1} w_kl", () => {
    const sum = (i: number, j: number): number => {
      let total = 0;
      for (let k = 0; k < 2; k++) {
        for (let l = 0; l < 3; l++) total += X.at(i + k, j + l).item() * W.at(k, l).item();
      }
      return total;
    };
    expect(Y.at(2, 3).item()).toBeCloseTo(sum(2, 3), 12);
  });

  test("a channel is summed over, and an image of the batch knows nothing of the others", () => {
    const [images, kernels] = [randn(2, 3, 4, 4), randn(5, 3, 2, 2)];
    const y = conv2d(images, kernels, { padding: 1 });
    const one = [0, 1, 2]
      .map((c) => conv2d(images.at(1, c), kernels.at(4, c), { padding: 1 }))
      .reduce((total, share) => total.add(share));
    expectSame(y.at(1, 4), one);
  });
});

describe("windows", () => {
  test("have their stride, and zeros around the matrix", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(windows(x, [2, 1], { stride: [1, 2] }).toArray()).toEqual([
      [
        [[1], [4]],
        [[3], [6]],
      ],
    ]);
    expect(windows(x, 2, { stride: 3, padding: 1 }).toArray()).toEqual([
      [
        [
          [0, 0],
          [0, 1],
        ],
        [
          [0, 0],
          [3, 0],
        ],
      ],
    ]);
  });

  test("keep the number type, a NaN, and an infinity", () => {
    const x = tensor([[Number.NaN, Number.POSITIVE_INFINITY]], { dtype: "float32" });
    expect(windows(x, 1).dtype).toBe("float32");
    expect(windows(x, 1).toArray()).toEqual([[[[Number.NaN]], [[Number.POSITIVE_INFINITY]]]]);
  });

  test("and their sum count how many windows see an entry", () => {
    expect(overlapAdd(windows(ones(3, 3), 2), 3).toArray()).toEqual([
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ]);
  });

  test("of no images are none", () => {
    expect(conv2d(ones(0, 1, 3, 3), ones(2, 1, 2, 2)).shape).toEqual([0, 2, 2, 2]);
  });

  test("have a Jacobian, all rows of which are pulled back at once", () => {
    const x = randn(3, 3);
    const J = jacobian(conv2d(x, tensor([[1, 2]])), x);
    expect(J.at(2, 0, 2, 1)).toBe(2);
    expect(J.at(2, 0, 1, 1)).toBe(0);
  });
});

test("pooling drops what is left at the end, and equal entries share the gradient", () => {
  const x = tensor([
    [1, 3, 9],
    [3, 0, 9],
  ]);
  expect(maxPool2d(x, 2).toArray()).toEqual([[3]]);
  expect(meanPool2d(x, 2, { stride: 1 }).toArray()).toEqual([[1.75, 5.25]]);
  expect(grad(maxPool2d(x, 2).sum(), x).toArray()).toEqual([
    [0, 0.5, 0],
    [0.5, 0, 0],
  ]);
});

const X = ones(3, 4);
test.each<[sentence: string, call: () => unknown]>([
  [
    "Cannot conv2d shapes [3, 4] and [5, 2]: along axis 0 the window has 5, and there are 3; a smaller one fits",
    () => conv2d(X, ones(5, 2) as Tensor),
  ],
  [
    "Cannot conv2d shapes [2, 3, 4] and [2, 1, 2, 2]: the image has 2 channels, along axis 0, and each kernel is for 1",
    () => conv2d(ones(2, 3, 4), ones(2, 1, 2, 2)),
  ],
  [
    "Cannot conv2d shapes [2, 3, 4] and [2, 2]: give two matrices, or images [n, c, h, w] and kernels [o, c, k, l], as " +
      "conv2d(X, W) for X of [1, 28, 28] and W of [8, 1, 3, 3]; reshape adds axes of length 1",
    () => conv2d(ones(2, 3, 4), ones(2, 2)),
  ],
  [
    "Cannot take windows of shape [3, 4]: along axis 1 the window has 9, and there are 4 and 2 of padding; a smaller one fits",
    () => windows(X, [2, 9], { padding: 1 }),
  ],
  [
    "Cannot take windows of shape [3]: it has one axis, and windows lie along two",
    () => windows(ones(3) as Tensor, 2),
  ],
  [
    "Cannot pool shape [3, 4]: along axis 0 the window has 4, and there are 3; a smaller one fits",
    () => maxPool2d(X as Tensor, 4),
  ],
  [
    "Cannot call windows with size = 0: the least is 1, as in windows(X, [2, 2], { stride: 1, padding: 0 })",
    () => windows(X, 0),
  ],
  [
    'Cannot call windows with the string "a" as its size: give a whole number, or two of them in a list, as in ' +
      "windows(X, [2, 2], { stride: 1, padding: 0 })",
    () => windows(X, "a" as unknown as number),
  ],
  [
    "Cannot call conv2d with padding = -1: the least is 0, as in conv2d(X, W, { stride: 1, padding: 0 })",
    () => conv2d(X, ones(2, 2), { padding: -1 }),
  ],
  [
    "Cannot call maxPool2d with stride = 1.5: stride is a whole number, or two of them in a list, as in " +
      "maxPool2d(X, 2, { stride: 2 })",
    () => maxPool2d(X, 2, { stride: 1.5 }),
  ],
  [
    "Cannot add overlapping windows of shape [2, 2, 2, 2] to [4, 4]: 3×3 windows lie in it, and there are 2×2",
    () => overlapAdd(ones(2, 2, 2, 2), 4),
  ],
  [
    "Cannot add overlapping windows of shape [2, 2] to [4, 4]: it has no four axes, which say which window it is and " +
      "which place in it",
    () => overlapAdd(ones(2, 2), 4),
  ],
])("%s", (sentence, call) => {
  expect(call).toThrow(sentence);
});

describe("explain", () => {
  const whole = (options: object): string => {
    const [x, w] = [randn(4, 5).as("X"), randn(2, 2).as("W")];
    const y = conv2d(x, w, options).as("Y");
    y.backward(randn(...y.shape));
    return String(explain(y, { whole: true }));
  };

  test("writes a window by sums of indices, and solves them for the sum that comes back", () => {
    const text = whole({});
    expect(text).toContain("H_1 = windows_(2×2)(X), (h_1)_ijpq = x_(i+p-1,j+q-1)");
    expect(text).toContain("∂(h_1)_ijpq/∂x_kl = δ_(k,i+p-1) δ_(l,j+q-1)");
    expect(text).toContain("= Σ_p Σ_q (dh_1)_(k+1-p,l+1-q,p,q)");
    expect(text.match(/✓ every line holds/g)).toHaveLength(3);
  });

  test("knows strides and padding", () => {
    const text = whole({ stride: [2, 1], padding: [0, 2] });
    expect(text).toContain("(h_1)_ijpq = x_(2i+p-2,j+q-3)");
    expect(text).toContain("= Σ_i Σ_q (dh_1)_(i,l+3-q,k+2-2i,q)");
    expect(text.match(/✓ every line holds/g)).toHaveLength(3);
  });
});

test("a graph says what each op is, reads a convolution as one where it is large, and computes it again", () => {
  const [x, w] = [randn(3, 3).as("X"), randn(2, 2).as("W")];
  const J = maxPool2d(conv2d(x, w).as("Y"), 2).sum().as("J");
  J.backward();
  const record = recordOf(J);
  const described = describeGraph(record);
  const { nodes } = described;
  expect(nodes.flatMap(({ op }) => op?.label ?? [])).toEqual([
    "windows",
    "conv2d",
    "windows",
    "max_(3,4)",
    "Σ",
  ]);
  const folds = foldsOf(nodes, record.order, () => "");
  expect(folds.map(({ label }) => label)).toEqual(["convolution", "max pooling"]);
  const edited = replay(described, [
    { node: described.nodes.findIndex(({ label }) => label === "W"), entry: 3, value: 9 },
  ]);
  const moved = w.toArray().with(1, [w.at(1, 0).item(), 9]);
  const again = edited.nodes[edited.nodes.length - 1].value as { data: readonly number[] };
  expect(again.data[0]).toBeCloseTo(
    maxPool2d(conv2d(x, tensor(moved) as Tensor), 2)
      .sum()
      .item(),
    5,
  );
});

test("a stranger's recipe asks for no more than fits", () => {
  const again = (recipe: object, shape: number[], x: Tensor): Tensor =>
    makers[(recipe as { maker: string }).maker].remake(recipe as never, shape)(x);
  const recipe = { maker: "windows", size: [2, 2], stride: [1, 1], padding: [0, 0] };
  expectSame(again(recipe, [2, 3, 2, 2], X), windows(X, 2));
  expect(() => again({ ...recipe, padding: [9999, 9999] }, [2, 3, 2, 2], X)).toThrow("was asked for");
  const back = { maker: "overlapAdd", to: [3, 4], stride: [1, 1], padding: [0, 0] };
  expectSame(again(back, [3, 4], windows(X, 2)), overlapAdd(windows(X, 2), [3, 4]));
  expect(() => again({ ...back, to: [9999, 4] }, [3, 4], windows(X, 2))).toThrow("was asked for");
});
