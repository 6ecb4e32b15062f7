/** What the library writes, it reads: the formula of any computation, as LaTeX and as text, has the value it came from. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as gradbook from "../../src/index.ts";
import { grad, math, pow, sum, type Tensor, tensor } from "../../src/index.ts";
import { formula } from "../../src/print/expression.ts";
import { plainTex } from "../../src/tex/plain.ts";
import { expectLatex } from "../latex-engines.ts";

type Operand = Tensor | number;
const ops = gradbook as unknown as Record<string, (...x: Operand[]) => Tensor>; // of the names below only
const called = (name: string, ...x: Operand[]): Tensor => ops[name](...x);

const X: Tensor = tensor([
  [0.3, 0.7],
  [1.1, 0.9],
]).as("X");
const Y: Tensor = tensor([
  [1.3, 0.4],
  [0.6, 1.7],
]).as("Y");
const s: Tensor = tensor(0.8).as("s");

const UNARY =
  "abs exp expm1 log log1p neg reciprocal relu sigmoid sign sin cos softplus sqrt square tanh".split(" ");
const BINARY = "add sub mul div pow maximum minimum ge gt le lt eq ne".split(" ");
const NUMBERS = [2, 0.5, -3, 1, -1, 1e-7, 2.5e-7, -1e-8, 1e12];
const EXPONENTS = [2, 3, 0.5, -1, -2, 0, 1e-7, 1.5e-7, -1e-7];

/** Any computation with ops that act entry by entry. */
const { computation } = fc.letrec<{ computation: Tensor; operand: Operand }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Operand>(X, Y, s),
    fc.constantFrom<Operand>(...NUMBERS),
    tie("computation"),
  ),
  computation: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(fc.constantFrom("add", "sub"), fc.constantFrom(X, Y, s)).map(([name, x]) => called(name, x, Y)),
    fc.tuple(fc.constantFrom(...UNARY), tie("computation")).map(([name, x]) => called(name, x)),
    fc
      .tuple(fc.constantFrom(...BINARY), tie("computation"), tie("operand"), fc.boolean())
      .map(([name, x, y, isFirst]) => (isFirst ? called(name, x, y) : called(name, y, x))),
    fc.tuple(tie("computation"), tie("operand"), tie("operand")).map((x) => called("where", ...x)),
    fc.tuple(tie("computation")).map(([x]) => called("clamp", x, -0.5, 0.5)),
    fc.tuple(tie("computation"), fc.constantFrom(...EXPONENTS)).map(([x, n]) => pow(x, n)),
  ),
}));

function readAgain(source: string): Tensor {
  return math.with({ X, Y, s })(Object.assign([source], { raw: [source] }));
}

/** Up to rounding: a product may be read in another order than it was computed in. */
function expectSame(found: Tensor, right: Tensor, source: string): void {
  const entries = Array.from(right.data);
  const read = Array.from(entries, (_, k) => found.data[found.size === 1 ? 0 : k]);
  const close = entries.every(
    (entry, k) => Object.is(entry, read[k]) || Math.abs(entry - read[k]) <= 1e-9 * Math.abs(entry),
  );
  expect(close, `${source} is [${read.join(", ")}], and was [${entries.join(", ")}]`).toBe(true);
}

describe("the formula of any computation", () => {
  test.each<[form: string, write: (latex: string) => string]>([
    ["LaTeX", (latex) => latex],
    ["text", plainTex],
  ])("as %s, read by our own grammar, is the same number", (_form, write) => {
    fc.assert(
      fc.property(computation, (y) => {
        const source = write(formula(y).latex);
        expectSame(readAgain(source), y, source);
      }),
      { numRuns: 400, seed: 12 },
    );
  });

  test("and that of its gradient have no number such as 1e-7 in them, and please every engine", () => {
    fc.assert(
      fc.property(computation, (y) => {
        for (const one of [y, grad(sum(y), X, { createGraph: true })]) {
          const { latex } = formula(one);
          expect(latex).not.toMatch(/\de[-+]?\d/);
          expectLatex(latex);
        }
      }),
      { numRuns: 60, seed: 12 },
    );
  });
});

test.each<[y: Tensor, latex: string, text: string]>([
  [called("square", called("sqrt", X)), "\\sqrt{X}^{2}", "(√X)^2"],
  [pow(X, 1e-7), "X^{10^{-7}}", "X^(10^(-7))"],
  [pow(X, -1e-7), "X^{-10^{-7}}", "X^(-10^(-7))"],
  [pow(X, 2.5e-7), "X^{2.5 \\times 10^{-7}}", "X^(2.5×10^(-7))"],
  [pow(X, -1), "\\frac{1}{X}", "1/X"],
  [called("mul", 1e-7, X), "10^{-7} \\, X", "10^(-7) X"],
  [called("div", 1, called("div", 1, X)), "\\frac{1}{\\frac{1}{X}}", "1/(1/X)"],
  [called("div", called("div", X, Y), s), "\\frac{\\frac{X}{Y}}{s}", "(X/Y)/s"],
  [called("div", X, -3), "\\frac{X}{-3}", "X/(-3)"],
  [pow(X, called("mul", s, Y)), "X^{s \\, Y}", "X^(s Y)"],
  [called("square", called("sqrt", X)), "\\sqrt{X}^{2}", "(√X)^2"],
  [called("mul", s, called("div", X, Y)), "s \\, \\frac{X}{Y}", "s (X/Y)"],
  [called("mul", s, called("div", -1, X)), "s \\, \\frac{-1}{X}", "s (-1/X)"],
])("%s is written with the parentheses that it needs", (y, latex, text) => {
  expect(formula(y).latex).toBe(latex);
  expect(plainTex(latex)).toBe(text);
});
