/** A small homework that has all there is in one: what is given, solutions, tests open and hidden, prose. */

import { cell, notebook, type RawNotebook } from "./course.ts";

export const GOOD: Readonly<Record<string, string>> = {
  backward: `function sigmoidBackward(X: Tensor, dY: Tensor): Tensor {
  const Y = sigmoid(X);
  return dY.mul(Y).mul(sub(1, Y));
}`,
  count: "const answer: number = 42;",
  slope: `function slope(f: (x: number) => number, x: number): number {
  return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
}`,
};

export const homework: RawNotebook = notebook([
  cell(
    "text",
    "intro",
    "# Homework\n\nThe gradient of $Y = \\sigma(X)$ is $dX = dY \\odot Y \\odot (1 - Y)$.",
  ),
  cell("given", "data", "const X0 = tensor([[1, 2], [3, 4]]);\nconst rate = 0.1;"),
  cell(
    "solution",
    "backward",
    `function sigmoidBackward(X: Tensor, dY: Tensor): Tensor {
  /// BEGIN SOLUTION
  const Y = sigmoid(X);
  return dY.mul(Y).mul(sub(1, Y));
  /// END SOLUTION
}`,
  ),
  cell(
    "test",
    "test-backward",
    `if (sigmoidBackward(X0, X0).shape.join() !== "2,2") throw new Error("dX must have the shape of X");
/// BEGIN HIDDEN TESTS
for (const [n, m] of [[3, 4], [1, 5], [4, 1]]) {
  const X = randn([n, m]), dY = randn([n, m]);
  const secret = vjp(sigmoid(X), X, dY);
  if (!allclose(sigmoidBackward(X, dY), secret, { rtol: 1e-6, atol: 1e-9 })) throw new Error("dX is not right yet");
}
/// END HIDDEN TESTS`,
    2,
  ),
  cell("solution", "count", "/// BEGIN SOLUTION\nconst answer: number = 42;\n/// END SOLUTION"),
  cell("test", "test-count", "answer === 42 ? 1 : answer > 40 ? 0.5 : 0", 1),
  cell(
    "solution",
    "slope",
    `function slope(f: (x: number) => number, x: number): number {
  /// BEGIN SOLUTION
  return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
  /// END SOLUTION
}`,
  ),
  cell(
    "test",
    "test-slope",
    'if (Math.abs(slope((x) => x * x, 3) - 6) > 1e-6) throw new Error("not 2 x")',
    2,
  ),
  cell("manual", "prose", "Because of the chain rule.", 3),
]);
