/** What a student would do with a faulty line: ask whether it holds. */
import { expect, test } from "vitest";
import { add, check, exp, mean, mul, relu, sub, sum, type Tensor, tensor } from "../../src/index.ts";
import { errata } from "./slides.ts";

const [x, m, n, dY] = [
  [
    [1, -2, 0.5],
    [3, 0.5, -1],
  ],
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  [
    [2, 0, -1],
    [1, -2, 3],
  ],
  [
    [1, 0.5, -1],
    [2, -0.25, 4],
  ],
].map((data) => tensor(data));

type Scope = Readonly<Record<string, Tensor>>;

const reduced = (f: (x: Tensor) => Tensor): Scope => {
  const X = x.detach();
  const J = f(X);
  J.backward();
  return { X, J };
};
const unary = (f: (x: Tensor) => Tensor): Scope => {
  const X = x.detach();
  const Y = f(X);
  Y.backward(dY);
  return { X, Y, dY };
};
const binary = (f: (m: Tensor, n: Tensor) => Tensor): Scope => {
  const [M, N] = [m.detach(), n.detach()];
  const Y = f(M, N);
  Y.backward(dY);
  return { M, N, Y, dY };
};

/** The variables of a slide's cells. */
const scopes: Readonly<Record<string, () => Scope>> = {
  S12: () => reduced(sum),
  S13: () => reduced(mean),
  S19: () => unary(exp),
  S23: () => unary((z) => relu(z, { at0: 1 })),
  S26: () => binary(add),
  S27: () => binary(sub),
  S28: () => binary(mul),
};

const ask = (formula: string, latex: string): unknown =>
  check.with(scopes[formula.slice(0, 3)]())(Object.assign([latex], { raw: [latex] }));

test.each(errata)(
  "$formula is refuted as it stands on the slide, for the right reason",
  ({ formula, slide, finding }) => {
    expect(() => ask(formula, slide)).toThrow(finding);
  },
);

test.each(errata)("$formula holds as it is corrected", ({ formula, corrected }) => {
  expect(() => ask(formula, corrected)).not.toThrow();
});
