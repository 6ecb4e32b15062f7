/** The length behind a letter is nobody's business: it stands in no formula, no text, no picture and no message. */
import { expect, test } from "vitest";
import {
  check,
  explain,
  grad,
  graph,
  latex,
  math,
  matmul,
  mean,
  mse,
  paths,
  reshape,
  slice,
  sum,
  symbol,
  type Tensor,
  take,
  tensor,
} from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { witness } from "../../src/tensor/symbol.ts";

// The first letters of a session have lengths such as 11, which the indices of entries look like.
for (const letter of "abcde") symbol("Q", letter);
const LETTERS: Readonly<Record<number, string>> = { 2: "α", 3: "β", 4: "γ" };
const lengths = Object.values(LETTERS).map(witness);

/** The lengths, what two of them come to, and what they are the divisors of. */
const HIDDEN = new Set(
  lengths.flatMap((a) => [
    a,
    a - 1,
    ...lengths.flatMap((b) => [a * b, a * b - 1, ...lengths.map((c) => a * b * c)]),
  ]),
);

function expectHidden(output: string, of: string): void {
  // Where a counterexample lies is a place like others.
  const numbers = output.replace(/entry \([\d, ]+\)/g, "").matchAll(/(?<![\d.])\d+(?![\d.]*\d)/g);
  for (const [number] of numbers)
    expect(HIDDEN.has(Number(number)), `${number} in ${of}: ${output}`).toBe(false);
  for (const length of lengths) expect(output).not.toContain((1 / length).toFixed(4));
}

/** All text in a value of JSON that somebody reads. */
function textsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return key === "id" || key === "indices" ? [] : [value];
  if (typeof value !== "object" || value === null || key === "recipe") return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    textsIn(inner, Number.isNaN(Number(name)) ? name : key),
  );
}

const cases = Object.entries(ops).flatMap(([name, { samples }]) =>
  samples
    .filter(({ shapes }) =>
      shapes.every((shape) => shape.filter((n) => n !== 1).length <= 2 && !shape.includes(0)),
    )
    .slice(0, 4)
    .map((sample) => [name, sample] as const),
);

test("what is made of symbols by any op is shown with letters alone", () => {
  let count = 0;
  for (const [name, { shapes, call }] of cases) {
    const operands = shapes.map((shape, k) => symbol("XYZ"[k], ...shape.map((n) => LETTERS[n] ?? n)));
    let J: Tensor;
    let derivation: ReturnType<typeof explain>;
    let way: ReturnType<typeof paths>;
    try {
      const y = call(...operands);
      J = (y.rank === 0 ? y : mean(y)).as("J");
      J.backward();
      derivation = explain(J, { whole: true });
      way = paths(J, operands[0]);
      if (operands.length === 0) continue;
      if (/pmatrix/.test(latex(y))) continue; // a sample with numbers of its own, of the length of a symbol
    } catch (error) {
      expect(String(error), name).not.toContain("Cannot take data"); // a rule that reads what a symbol lacks
      continue; // lengths that the sample fixes, or no gradient
    }
    count += 1;
    const gradients = grad(J, operands);
    const shown = [J, ...gradients].flatMap((x) => [latex(x), String(x)]);
    const picture = graph(J);
    for (const output of [
      ...shown,
      String(derivation),
      ...derivation.latex(),
      String(picture),
      ...textsIn(picture.toJSON()),
      String(way),
    ])
      expectHidden(output, name);
  }
  expect(count).toBeGreaterThan(60);
});

test("a message about symbols has their letters", () => {
  const [X, V] = [symbol("X", "α", "β"), symbol("V", "γ")];
  const Y = sum(X, { axis: 0 }).as("Y");
  const read = (tag: typeof check | typeof math, source: string): unknown =>
    tag.with({ X, V, Y })(Object.assign([source], { raw: [source] }));
  const wrong: (() => unknown)[] = [
    () => matmul(X, X),
    () => mse(X, V),
    () => reshape(X, 5),
    () => slice(X, [0, 99]),
    () => take(V, [99]),
    () => sum(X, { axis: 5 }),
    () => X.assign(1),
    () => X.assign(tensor([[1, 2]])),
    () => grad(X, V),
    () => read(math, "X X"),
    () => read(math, "X + V"),
    () => read(check, "X = 2 Y"),
    () => read(check, "Y = 2 X"),
    () => read(check, "X = 2 X"),
  ];
  for (const one of wrong) {
    let message: string | null = null;
    try {
      one();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message, `${one} throws`).not.toBeNull();
    expectHidden(message ?? "", `${one}`);
  }
  expect(() => X.assign(1)).toThrow("Cannot assign shape [] to X of shape [α, β]");
  expect(() => read(math, "29 X X")).toThrow(/29 X of shape \[α, β\]/);
});

test("a graph of numbers has numbers for lengths in every formula, one of symbols letters", () => {
  const X = tensor([[1, 2, 3]]).as("X");
  expect(String(graph(mean(X).as("J")))).toMatch(/dX = 1\/3 .*\n.*1\/3 Σ/s);
  expect(String(graph(mean(symbol("X", "α", "β")).as("J")))).toMatch(/dX = 1\/\(α β\).*\n.*1\/\(α β\) Σ/s);
});
