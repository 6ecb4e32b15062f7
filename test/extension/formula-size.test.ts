import { describe, expect, it } from "vitest";
import { parseDerivation } from "../../extension/src/derivation/derivation-data.ts";
import { derivationMimeType } from "../../extension/src/derivation/derivation-mime-type.ts";
import { checkSize, FormulaSizeError, mostWeight, weightOf } from "../../extension/src/formula-size.ts";
import { mostEntries } from "../../extension/src/tensor/tensor-data.ts";
import { jacobian, latex, linspace, rand, tanh } from "../../src/index.ts";
import { rewritten } from "../../src/picture/index.ts";
import { elementwiseDerivation, productDerivation, wholeDerivation } from "./derivations.ts";
import { gallery } from "./gallery.ts";

const derivations = [elementwiseDerivation(), productDerivation(), wholeDerivation()].map((bundle) =>
  parseDerivation(bundle[derivationMimeType]),
);

const matrix = (rows: number, columns: number): string =>
  `\\begin{pmatrix}${Array(rows).fill(Array(columns).fill("1").join("&")).join("\\\\")}\\end{pmatrix}`;

describe("checkSize", () => {
  it.each([
    ["16,000 columns", matrix(1, 16_000)],
    ["10,000 rows", matrix(10_000, 1)],
    ["100×100 entries", matrix(100, 100)],
    ["a line of 32,000 letters", "x".repeat(32_000)],
    ["4,500 fractions", "\\frac12".repeat(4500)],
    ["4,500 roots", "\\sqrt x".repeat(4500)],
    ["6,500 scripts", "x_1".repeat(6500)],
    ["1,500 matrices", "\\begin{matrix}1\\end{matrix}".repeat(1500)],
    ["32,000 signs", "+".repeat(32_000)],
  ])("refuses %s", (_what, tex) => {
    expect(() => checkSize(tex)).toThrow(FormulaSizeError);
    expect(() => checkSize(tex)).toThrow(/^This formula is too large to be typeset: it has some \d+ parts$/);
  });

  it.each([
    "\\def\\a{x}\\a",
    "\\gdef\\a{x}",
    "\\edef\\a{x}",
    "\\xdef\\a{x}",
    "\\newcommand{\\a}{x}",
    "\\renewcommand\\alpha{x}",
    "\\providecommand\\a{x}",
    "\\let\\a=x",
    "\\futurelet\\a\\b x",
    "\\global\\def\\a{x}",
    "\\long\\def\\a{x}",
  ])("refuses the definition %s: called often, a short formula would be a long one", (tex) => {
    expect(() => checkSize(tex)).toThrow(/^A formula cannot define commands, as by \\[a-z]+$/);
  });

  it("takes commands that only begin like one that defines", () => {
    expect(() => checkSize("\\left(\\leftarrow\\longrightarrow\\lfloor x\\rfloor\\right)")).not.toThrow();
  });

  it("takes the largest matrix that a page shows, with all of its digits", () => {
    const length = Math.sqrt(mostEntries);
    const x = rand(length, length).as("R");
    const whole = {
      shape: x.shape,
      data: x.toArray().flat(),
      name: "R",
      dtype: "float64",
      tex: latex(x),
    } as const;
    const tex = rewritten({ ...whole, text: "" } as never, { decimals: 15, most: Number.POSITIVE_INFINITY });
    expect(weightOf(tex as string)).toBeGreaterThan(mostWeight / 2);
    expect(() => checkSize(tex as string)).not.toThrow();
  });

  it("takes what the library prints, and twice as much", () => {
    const X = linspace(-1, 1, 100).reshape(10, 10).as("X");
    const texts = [
      ...gallery.map(({ x }) => latex(x)),
      latex(jacobian(tanh(X), X)),
      ...derivations.flatMap(({ parts }) =>
        parts.flatMap(({ steps }) => steps.flatMap(({ members }) => members)),
      ),
    ];
    for (const tex of texts) expect(weightOf(tex), tex).toBeLessThan(mostWeight / 2);
  });
});
