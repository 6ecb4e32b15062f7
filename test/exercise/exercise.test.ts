import { afterAll, beforeEach, expect, test } from "vitest";
import {
  askThere,
  checking,
  connectGrader,
  find,
  forgetExercises,
  reportText,
  studentIn,
} from "../../src/exercise/index.ts";
import {
  add,
  exercise,
  grad,
  matmul,
  mul,
  relu,
  sigmoid,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../../src/index.ts";
import { checked } from "./checked.ts";

beforeEach(forgetExercises);
afterAll(forgetExercises);

function declareSigmoid(): void {
  exercise("1a", { points: 2, title: "sigmoid" })
    .gradient(sigmoid, "sigmoidBackward", [
      [2, 3],
      [1, 4],
      [3, 1],
    ])
    .mistake("σ only", (dY, X) => dY.mul(sigmoid(X)), "σ′ is σ (1 − σ)")
    .mistake("no upstream", (_, X) => sigmoid(X).mul(sigmoid(X).neg().add(1)), "Where is dY?");
}

const right = (dY: Tensor, X: Tensor): Tensor => {
  const Y = sigmoid(X);
  return dY.mul(Y).mul(Y.neg().add(1));
};

test("a right gradient by hand gets its points", () => {
  declareSigmoid();
  const report = checked("1a", { sigmoidBackward: right });
  expect(report).toMatchObject({ exercise: "1a", points: 2, earned: 2, gradable: true });
  expect(report.checks).toMatchObject([{ verdict: "passed" }]);
});

test.each([
  ["σ only", (dY: Tensor, X: Tensor) => dY.mul(sigmoid(X)), "value", "σ′ is σ (1 − σ)"],
  ["no upstream", (_: Tensor, X: Tensor) => sigmoid(X).mul(sigmoid(X).neg().add(1)), "value", "Where is dY?"],
])("the known mistake %s is told by its hint", (mistake, f, step, hint) => {
  declareSigmoid();
  const report = checked("1a", { sigmoidBackward: f });
  expect(report.earned).toBe(0);
  expect(report.checks).toMatchObject([{ verdict: "failed", step, mistake, hint }]);
  expect(reportText(report, []).split("\n")[1]).toBe(`Hint: ${hint}`);
});

let calls = 0;
test.each<[string, unknown, string]>([
  ["nothing", undefined, "exists"],
  ["a number", 3, "type"],
  [
    "a stub",
    () => {
      throw new Error("Not implemented");
    },
    "exists",
  ],
  [
    "a function that throws",
    () => {
      throw new RangeError("oh");
    },
    "exists",
  ],
  ["no return", () => undefined, "type"],
  ["a text", () => "0.5", "type"],
  ["an object with valueOf", () => ({ valueOf: () => 1 }), "type"],
  ["a promise", async (dY: Tensor, X: Tensor) => right(dY, X), "type"],
  ["the transpose", (dY: Tensor, X: Tensor) => right(dY, X).T, "shape"],
  ["NaN", (dY: Tensor) => dY.mul(Number.NaN), "finite"],
  ["another factor", (dY: Tensor, X: Tensor) => right(dY, X).mul(1.00001), "value"],
  [
    "changed inputs",
    (dY: Tensor, X: Tensor) => {
      const dX = right(dY, X);
      X.assign(X.mul(2));
      return dX;
    },
    "inputs",
  ],
  ["a counter", (dY: Tensor, X: Tensor) => right(dY, X).mul(1 + 1e-9 * calls++), "purity"],
  ["the library's gradient", (dY: Tensor, X: Tensor) => vjp(sigmoid(X), X, dY), "exists"],
])("%s fails at its step", (_, f, step) => {
  declareSigmoid();
  const report = checked("1a", { sigmoidBackward: f });
  expect(report.earned).toBe(0);
  expect(report.checks[0].step, report.checks[0].message).toBe(step);
});

test("work that has not been begun is open, and no failure", () => {
  declareSigmoid();
  expect(checked("1a", {}).checks[0].verdict).toBe("open");
  const stub = (): never => {
    throw new Error("Not implemented");
  };
  expect(checked("1a", { sigmoidBackward: stub }).checks[0].verdict).toBe("open");
});

test("hidden checks decide the points, and tell nothing of their inputs", () => {
  declareSigmoid();
  exercise("1a", { hidden: true }).gradient(sigmoid, "sigmoidBackward", [[3, 4]]);
  const pasted = (dY: Tensor, X: Tensor): Tensor =>
    X.shape[0] === 3 && X.shape[1] === 4 ? dY : right(dY, X);
  expect(checked("1a", { sigmoidBackward: pasted }).earned).toBe(2);
  const report = checked("1a", { sigmoidBackward: pasted }, { audience: "graded", seed: "s" });
  expect(report.earned).toBe(0);
  expect(report.checks[0]).not.toHaveProperty("shows");
  const thrower = (_: Tensor, X: Tensor): never => {
    throw new Error(`${X}`);
  };
  const graded = checked("1a", { sigmoidBackward: thrower }, { audience: "graded" });
  expect(JSON.stringify(graded)).not.toContain("detail");
});

test("a hidden check knows the mistakes that are public", () => {
  declareSigmoid();
  exercise("1a", { hidden: true }).gradient(sigmoid, "sigmoidBackward", [[3, 4]]);
  const work = { sigmoidBackward: (dY: Tensor, X: Tensor) => dY.mul(sigmoid(X)) };
  expect(checked("1a", work, { audience: "graded" }).checks[0].mistake).toBe("σ only");
});

test("a kink that the teacher gives counts under the convention of the function", () => {
  const zero = (draw: { tensor(...shape: number[]): Tensor }): Tensor => mul(draw.tensor(2, 3), 0);
  exercise("1b", { points: 1 }).gradient((X) => relu(X), "reluBackward", [[2, 3], [zero]]);
  const by = (at0: boolean) => ({
    reluBackward: (dY: Tensor, X: Tensor) => dY.mul(at0 ? X.ge(0) : X.gt(0)),
  });
  expect(checked("1b", by(false)).earned).toBe(1);
  expect(checked("1b", by(true)).earned).toBe(0);
});

test("several gradients come as a list, each with the shape of its argument", () => {
  exercise("3a", { points: 4 }).gradient(
    (X, W) => matmul(X, W),
    "matmulBackward",
    [
      [
        [2, 3],
        [3, 4],
      ],
    ],
    {
      names: ["X", "W"],
    },
  );
  const work = { matmulBackward: (dY: Tensor, X: Tensor, W: Tensor) => [dY.matmul(W.T), X.T.matmul(dY)] };
  expect(checked("3a", work).earned).toBe(4);
  const turned = { matmulBackward: (dY: Tensor, X: Tensor, W: Tensor) => [dY.matmul(W.T), dY.T.matmul(X)] };
  expect(checked("3a", turned).checks[0]).toMatchObject({
    step: "shape",
    message: "dW has shape [4, 3], and must have [3, 4], the shape of W",
  });
});

test("values belong to the student and to the exercise", () => {
  exercise("2a", { points: 1, inputs: { X: [2, 3], dY: [2, 3] } }).value("dX", ({ X, dY }) =>
    grad(sum(mul(X, mul(X, dY))), X),
  );
  exercise("2b", { inputs: { X: [2, 3] } });
  const mine = exercise("2a").inputs;
  expect(exercise("2b").inputs.X.toArray()).not.toEqual(mine.X.toArray());
  const dX = mul(2, mul(mine.X, mine.dY));
  expect(checked("2a", { dX }).earned).toBe(1);
  expect(checked("2a", { dX: dX.toArray() }).earned).toBe(1);
  const copied = checked("2a", { dX }, { says: "ada" });
  expect(copied.earned).toBe(0);
  expect(copied.flags).toEqual([expect.stringContaining("were drawn before")]);
  expect(checked("2a", { dX }, { says: "ada", owner: "bob", audience: "graded" }).flags).toEqual([
    "The notebook says it is ada's, and was handed in by bob",
  ]);
});

test("a report in text has no line of more than 83 columns, and no word of passing all tests", () => {
  declareSigmoid();
  exercise("1b", { points: 1, title: "a title" }).gradient((X, W) => add(X, W), "addBackward", [
    [
      [2, 6],
      [2, 6],
    ],
  ]);
  for (const f of [right, (dY: Tensor) => dY, undefined]) {
    const text = reportText(
      checked("1a", { sigmoidBackward: f }),
      [find("1a"), find("1b")].flatMap((x) => x ?? []),
    );
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(83);
    expect(text).toMatch(/public checks/);
    expect(text).not.toMatch(/all tests/i);
  }
});

test("a student elsewhere is asked in JSON, and is believed nothing", async () => {
  declareSigmoid();
  const here = studentIn({ lookup: () => right, answerTo: () => undefined, owner: null });
  const wire = async (question: unknown) =>
    JSON.parse(JSON.stringify(here.answer(JSON.parse(JSON.stringify(question)))));
  const exercise1 = find("1a");
  if (exercise1 === undefined) throw new Error("not declared");
  const report = await askThere(checking(exercise1, { audience: "graded", seed: "x" }), { answer: wire });
  expect(report.earned).toBe(2);
  for (const forged of [
    null,
    3,
    { kind: "value" },
    { kind: "value", value: { kind: "tensor", shape: [2], data: [1] } },
    [],
  ]) {
    const run = checking(exercise1, { audience: "graded" });
    expect((await askThere(run, { answer: async () => forged })).earned).toBe(0);
  }
  connectGrader({ student: { answer: wire }, owner: "ada", seed: "y" });
  await expect(exercise("1a").grade()).resolves.toBe(2);
});

test("several kinks at once, where differences can be misled, do not make a check come to nothing", () => {
  const zeros = tensor([
    [0, -1],
    [3, 0],
  ]);
  exercise("1b", { points: 1 }).gradient((X) => relu(X, { at0: 1 }), "reluBackward", [[zeros]]);
  const work = { reluBackward: (dY: Tensor, X: Tensor) => dY.mul(X.ge(0)) };
  for (let k = 0; k < 300; k++)
    expect(checked("1b", work, { owner: `${k}` })).toMatchObject({ earned: 1, gradable: true });
});
