import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { forgetExercises } from "../../src/exercise/index.ts";
import {
  add,
  exercise,
  exp,
  kron,
  matmul,
  mul,
  sigmoid,
  softmax,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { checked } from "./checked.ts";

beforeEach(forgetExercises);
afterAll(forgetExercises);

describe("a Jacobian", () => {
  const declare = (): void => {
    exercise("j", { points: 4 }).jacobian(
      (X, A, B) => matmul(matmul(A, X), B),
      "jacobianOfAXB",
      [
        [
          [2, 3],
          [4, 2],
          [3, 2],
        ],
        [
          [1, 2],
          [2, 1],
          [2, 3],
        ],
      ],
      { names: ["X", "A", "B"] },
    );
  };
  const by = (f: (A: Tensor, B: Tensor) => Tensor) => ({
    jacobianOfAXB: (_: Tensor, A: Tensor, B: Tensor) => f(A, B),
  });

  test("is right in the stated convention", () => {
    declare();
    expect(
      checked(
        "j",
        by((A, B) => kron(B.T, A)),
      ).earned,
    ).toBe(4);
  });

  test.each<[string, (A: Tensor, B: Tensor) => Tensor, RegExp]>([
    ["rows of vec", (A, B) => kron(A, B.T), /row by row, with a row for each entry of Y/],
    ["transposed", (A, B) => kron(B, A.T), /column by column, with a row for each entry of X/],
    ["both", (A, B) => kron(A.T, B), /row by row, with a row for each entry of X/],
  ])("in another convention, %s, is named, and gets a part", (_, f, said) => {
    declare();
    const report = checked("j", by(f));
    expect(report.earned).toBe(2);
    expect(report.checks[0].message).toMatch(said);
    expect(report.checks[0].hint).toMatch(/column by column, with a row for each entry of Y/);
  });

  test("that mixes two conventions is wrong", () => {
    declare();
    const work = by((A, B) => (A.shape[0] === 4 ? kron(B.T, A) : kron(B, A.T)));
    expect(checked("j", work).earned).toBe(0);
  });
});

describe("a formula", () => {
  const declare = (): void => {
    exercise("f", { points: 1 }).formula(
      "dW",
      (draw) => {
        const [X, W] = [draw.tensor(4, 2), draw.tensor(2, 3)];
        return { X, W, Y: sigmoid(matmul(X, W)).as("Y") };
      },
      { using: ["X", "Y", "dY"] },
    );
  };

  test.each<[string, RegExp]>([
    ["dW = Xᵀ dY", /does not hold at random numbers: entry \(\d, \d\) differs/],
    ["dW = X dY", /Cannot multiply|shape/],
    ["dW = dY", /dY has shape \[4, 3\], and dW has shape \[2, 3\]/],
    ["dW = dW", /stands on both sides/],
    ["dW = ∂J/∂W", /is a derivative, which is to be found/],
    ["dW = Xᵀ (dY ⊙ σ(X W) ⊙ (1 − Y))", /W is not to be used; write it with X, Y and dY/],
    ["dX = Xᵀ dY", /The left side must be dW, and is dX/],
    ["dW = Xᵀ dY = Xᵀ dY", /must be one equation/],
    ["dW = Xᵀ (dY", /to close the \(/],
    ["dW = Xᵀ dQ", /dQ|Q/],
  ])("%s is refused, and the right one is not told", (answer, said) => {
    declare();
    const report = checked("f", {}, { answer });
    expect(report).toMatchObject({ earned: 0, gradable: true });
    expect(report.checks[0].message).toMatch(said);
    expect(JSON.stringify(report)).not.toMatch(/would hold|in place of|⊙ \(1 − Y\)\)$/);
  });

  test.each([
    "x".repeat(100_000),
    `dW = ${"(".repeat(900)}X${")".repeat(900)}`,
    `dW = ${"−".repeat(1900)}X`,
    "",
    "=",
    "dW",
  ])("%.20s … does no harm", (answer) => {
    declare();
    expect(checked("f", {}, { answer })).toMatchObject({ earned: 0, gradable: true });
  });

  test.each([3, ["dW = Xᵀ dY"], { dW: 1 }, true])("%j is not a formula", (answer) => {
    declare();
    expect(checked("f", {}, { answer }).checks[0]).toMatchObject({ verdict: "failed", step: "type" });
  });
});

describe("a derivation", () => {
  const declare = (): void => {
    exercise("d", { points: 2 }).derivation(
      "dX",
      (draw) => {
        const [X, W] = [draw.tensor(2, 3), draw.tensor(3, 4)];
        return { X, W, Y: matmul(X, W).as("Y") };
      },
      { from: "dx_ij", using: ["W", "dY"], lines: 2 },
    );
  };

  test.each<[readonly string[], RegExp]>([
    [["dx_ij = Σ_k dy_ik w_jk", "= W dYᵀ"], /^Line 2 is the first/],
    [["dx_ij = Σ_k dy_ik w_kj", "= dY Wᵀ"], /^Line 1 is the first/],
    [["dx_ij = Σ_k dy_ik w_jk", "= Σ_k w_jk dy_ik", "= 2 dY Wᵀ", "= dY Wᵀ"], /^Line 3 is the first/],
    [["dx_ij = dY Wᵀ"], /takes at least 2 lines/],
    [["dx_ij = Σ_k dy_ik w_jk", "= Σ_k w_jk dy_ik"], /speaks of single entries/],
    [["dx_ij = dY Wᵀ", "= dY Wᵀ"], /Line 2 .*says the same/],
    [["dw_ij = Σ_k dy_ik w_jk", "= dY Wᵀ"], /must start from dx_ij/],
    [["dx_ij = Σ_k dy_ik w_jk", "= dY Wᵀ )"], /Line 2/],
  ])("%j is refused at its line", (answer, said) => {
    declare();
    const report = checked("d", {}, { answer });
    expect(report.earned).toBe(0);
    expect(report.checks[0].message).toMatch(said);
  });
});

test("faulty lines are found by halves, mended by halves, and no right line is accused for nothing", () => {
  exercise("c", { points: 2 }).corrections(
    ["dX = dY Y", "dX = dY ⊙ Y", "dX = dY", "y_ij = e^{x_ij}"],
    (draw) => {
      const X = draw.tensor(2, 3);
      return { X, Y: exp(X).as("Y") };
    },
  );
  const of = (answer: unknown) => checked("c", {}, { answer });
  expect(of({ 1: "dX = dY ⊙ Y", 3: "dX = Y ⊙ dY" }).earned).toBe(2);
  expect(of({ 1: "dX = dY ⊙ Y" }).earned).toBe(1);
  expect(of({ 1: "dX = Y", 3: "dX = dX" }).earned).toBe(1);
  expect(of({ 1: "dX = dY ⊙ Y", 2: "dX = dY" }).earned).toBe(0.5);
  expect(of({ 2: "dX = dY" }).earned).toBe(0);
  expect(of({ 1: "dX = dY ⊙ Y", 2: "dX = dY" }).checks[0].message).toMatch(/Line 2 is right as it stands/);
  expect(of(["dX = dY ⊙ Y"]).checks[0].step).toBe("type");
});

describe("a computation", () => {
  const J = ({ X, W }: { readonly [name: string]: Tensor }): Tensor => {
    const A = tanh(matmul(X, W)).as("A");
    return sum(mul(A, square(A))).as("J");
  };
  const inputs = { X: [2, 3], W: [3, 2] };
  const named = {
    X: tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]).as("X"),
    W: tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]).as("W"),
  };

  test.each<[string, (X: Tensor, W: Tensor) => unknown, number, RegExp]>([
    ["the same", (X, W) => J({ X, W }), 1, /in the way/],
    [
      "a factor on the other side",
      (X, W) => {
        const A = tanh(matmul(X, W));
        return sum(mul(square(A), A));
      },
      1,
      /in the way/,
    ],
    [
      "another op",
      (X, W) => {
        const A = sigmoid(matmul(X, W));
        return sum(mul(A, square(A)));
      },
      0,
      /sigmoid/,
    ],
    [
      "a tensor computed twice",
      (X, W) => sum(mul(tanh(matmul(X, W)), square(tanh(matmul(X, W))))),
      0,
      /twice|once/,
    ],
    [
      "another leaf",
      (X, W) => J({ X: tensor(X.toArray() as number[][]).as("V"), W }),
      0,
      /V stands where X belongs/,
    ],
    ["a number", () => 3, 0, /must be a tensor/],
  ])("%s", (_, build, earned, said) => {
    exercise("g", { points: 1, inputs }).builds("J", J);
    const report = checked("g", { J: build(named.X, named.W) });
    expect(report.checks[0].message).toMatch(said);
    expect(report.earned).toBe(earned);
  });

  test("has paths, meetings and edges", () => {
    exercise("p", { inputs }).paths(J, "W");
    exercise("m", { inputs }).meetings(J);
    exercise("e", { inputs }).edge(J, "A", "J");
    expect(checked("p", {}, { answer: ["W -> A -> J", "W → A → J"] }).checks[0].message).toMatch(/twice/);
    expect(checked("m", {}, { answer: ["A"] }).earned).toBe(1);
    expect(checked("m", {}, { answer: ["A", "W"] }).checks[0].message).toMatch(/“W”, which does not belong/);
    expect(() => checked("e", {}, { answer: 1 })).toThrow(/no edge|there is none/);
  });
});

test("softmax over rows is not confused with one over columns", () => {
  exercise("s", { points: 1 }).function("softmaxRows", (Z: Tensor) => softmax(Z), [[2, 3]], { names: ["Z"] });
  expect(checked("s", { softmaxRows: (Z: Tensor) => softmax(Z) }).earned).toBe(1);
  expect(checked("s", { softmaxRows: (Z: Tensor) => softmax(Z.T).T }).checks[0]).toMatchObject({
    step: "value",
  });
  expect(checked("s", { softmaxRows: (Z: Tensor) => add(softmax(Z), 1e-5) }).earned).toBe(0);
});
