import { expect, test } from "vitest";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

test("a formula in a cell speaks of the session's variables", async () => {
  await kernel().run("const X = tensor([[1, -2, 0], [3, 0.5, -1]])\nconst Y = sigmoid(X)");
  expect(resultOf(await kernel().run("check`dX = dY ⊙ Y ⊙ (1 − Y)`"))).toMatch(/^✓ dX = .* \(6 points/);
  const ran = await kernel().run(
    "Y.backward(ones(2, 3))\ncheck`\\frac{\\partial J}{\\partial X} = dY \\odot Y \\odot (1 - Y)`",
  );
  expect(ran.first("execute_result")?.data["text/latex"]).toContain("\\frac{\\partial J}{\\partial X}");
});

test("a variable of the same cell is known, under the name it will print by", async () => {
  const ran = await kernel().run("const Q = X.mul(2)\nconst R = math`S = Q ⊙ Q`\nR");
  expect(resultOf(ran)).toMatch(/S = /);
});

test("a wrong formula fails the cell with its counterexample, an unreadable one with a caret", async () => {
  const wrong = await kernel().run("check`dX = dY ⊙ Y`");
  expect(wrong.reply).toMatchObject({ status: "error", ename: "CheckError" });
  expect(wrong.reply.evalue).toContain("the factor (1 − Y) is missing");
  const unread = await kernel().run("check`dX = y`");
  expect(unread.reply.ename).toBe("FormulaError");
  expect(tracebackOf(unread)).toContain("y is not a name here; did you mean Y or X?\n  dX = y\n       ^");
});
