import { describe, expect, test } from "vitest";
import {
  ask,
  exp,
  filled,
  gradcheck,
  log,
  matmul,
  nudge,
  ones,
  reference,
  relu,
  square,
  sum,
  symbol,
  type Tensor,
  tensor,
  zeros,
} from "../../src/index.ts";
import { TENSOR_MIME } from "../../src/print/display.ts";
import { expectLatex } from "../latex-engines.ts";

const data = [
  [1, -2, 0],
  [3, 0.5, -1],
];
const matrix = (): Tensor => tensor(data).as("X");
const bundleOf = (shown: object): Record<string, unknown> =>
  (shown as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for("Jupyter.display")]();

describe("ask", () => {
  const X = matrix();
  const Y = exp(X).as("Y");
  Y.backward(ones(2, 3));
  const here = ask.with({ X, Y });

  test("says what check says of a formula that holds, and shows it in the same way", () => {
    const answer = here`dX = dY ⊙ Y`;
    expect([answer.verdict, answer.holds]).toEqual(["holds", true]);
    expect(`${answer}`).toMatch(/^✓ dX = dY ⊙ Y \(\d points/);
    expectLatex(`${bundleOf(answer)["text/latex"]}`.slice(1, -1));
  });

  test.each([
    ["fails", "dX = dY ⊙ X", /does not hold.*with Y in place of X it would hold/],
    [
      "fails",
      "dJ = dX",
      /left side is a single number, the right side a matrix; the gradient of a matrix X is dX/,
    ],
    ["unsaid", "dX = dQ", /dQ is not a name here/],
    ["unsaid", "dX = …", /^put your formula in the place of …$/],
    ["unsaid", "dX = dY ⊙ ___", /^put your formula in the place of …$/],
  ])("answers where check throws: it %s that %s", (verdict, formula, message) => {
    const answer = here(Object.assign([formula], { raw: [formula] }));
    expect(answer.verdict).toBe(verdict);
    expect(answer.message).toMatch(message);
    expect(bundleOf(answer)).toEqual({
      "text/plain": `${verdict === "fails" ? "✗" : "?"} ${answer.message}`,
    });
  });

  test("answers for a gradcheck, and for anything else that may fail at its numbers", () => {
    const wrong = ask(() => gradcheck(square, X, { gradient: (dY, x) => dY.mul(x) }));
    expect(`${wrong}`).toMatch(/^✗ Gradient check .* 0\.5 times the right one/);
    expect(`${ask(() => gradcheck(square, X))}`).toBe("✓ the gradient agrees with central differences");
    expect(`${ask(() => matmul(X as Tensor, X as Tensor))}`).toMatch(/^✗ Cannot matmul/);
    expect(ask(() => undefined).verdict).toBe("unsaid");
  });

  test("does not hide a mistake in the code itself", () => {
    expect(() => ask(() => (undefined as unknown as Tensor).shape)).toThrow(TypeError);
  });
});

describe("reference", () => {
  const gradient = (X: Tensor, f: (x: Tensor) => Tensor = square): Tensor => {
    sum(f(X)).backward();
    return X.grad;
  };
  const twice = data.map((row) => row.map((entry) => 2 * entry));

  test("compares a result with its number while the data are the lesson's", () => {
    const found = reference({ X: data })(gradient(matrix()), twice);
    expect([found.by, found.ok, found.message]).toEqual(["reference", true, "as in the reference"]);
  });

  test("compares a gradient with central differences when the data have changed", () => {
    const found = reference({ X: [[7, 7, 7]] })(gradient(matrix()), [[0]]);
    expect([found.by, found.ok]).toEqual(["differences", true]);
    expect(found.message).toBe("X changed; central differences agree");
  });

  test("does so as well when another function is taken, and never throws", () => {
    const found = reference({ X: data })(gradient(matrix(), exp), twice);
    expect([found.by, found.ok]).toEqual(["differences", true]);
    const value = reference({ X: data })(exp(matrix()).as("Y"), twice);
    expect([value.by, value.ok]).toEqual(["none", null]);
    const atKink = reference({ X: [[1]] })(gradient(matrix(), relu), [[0]]);
    expect([atKink.by, atKink.ok]).toEqual(["differences", null]);
    const outside = reference({ X: [[1]] })(gradient(matrix(), log), [[0]]);
    expect(outside.ok).not.toBe(true);
  });

  test("says that differences disagree with a gradient that is wrong", () => {
    const X = matrix();
    sum(square(X)).backward();
    const right = X.grad;
    X.assign(X.mul(3)); // the gradient is that of before
    const found = reference({ X: [[1]] })(right, [[0]]);
    expect([found.by, found.ok]).toEqual(["differences", false]);
  });

  test("shows the tensor with what speaks for it, as data, LaTeX and text", () => {
    const bundle = bundleOf(reference({ X: data })(gradient(matrix()), twice));
    expect(bundle[TENSOR_MIME]).toMatchObject({ name: "dX", shape: [2, 3], data: twice.flat() });
    expect(bundle["text/plain"]).toMatch(/^dX = [\s\S]*\n✓ as in the reference$/);
    expectLatex(`${bundle["text/latex"]}`.slice(1, -1));
  });

  test("looks only at what the result comes from", () => {
    const verify = reference({ X: data, Q: [1, 2] });
    expect(verify(gradient(matrix()), twice).by).toBe("reference");
  });
});

describe("nudge", () => {
  test("moves one entry and says how fast each entry of the result moves", () => {
    const X = matrix();
    const moved = nudge(square(X).as("Y"), X, 0, 1);
    expect(moved.toArray()).toEqual([
      [0, -4 + 2 ** -10, 0],
      [0, 0, 0],
    ]);
    expect(`${moved}`).toMatch(/^ΔY\/Δx_12 = /);
  });

  test("takes the last entry where there is none so far, and the first where none is given", () => {
    const X = matrix();
    const J = sum(X).as("J");
    expect(`${nudge(J, X, 9, 9)}`).toBe("ΔJ/Δx_23 = 1");
    expect(`${nudge(J, X)}`).toBe("ΔJ/Δx_11 = 1");
  });

  test("changes nothing", () => {
    const X = matrix();
    nudge(exp(X), X);
    expect(X.toArray()).toEqual(data);
  });

  test("refuses what has no numbers, and what is not computed from it", () => {
    expect(() => nudge(exp(symbol("S", 2)), symbol("S", 2))).toThrow(
      "Cannot nudge a symbol: it has no numbers",
    );
    expect(() => nudge(exp(matrix()).as("Y"), ones(2).as("Q"))).toThrow(
      "Cannot nudge Q: Y is not computed from it",
    );
  });
});

test("filled repeats numbers, or cuts them, to the shape of something", () => {
  expect(filled(zeros(2, 2), [1, 2, 3]).toArray()).toEqual([
    [1, 2],
    [3, 1],
  ]);
  expect(filled(zeros(1, 2), [1, 2, 3]).toArray()).toEqual([[1, 2]]);
  expect(() => filled(zeros(2), [])).toThrow("Cannot fill a tensor with");
});
