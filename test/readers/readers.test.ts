/** Every output of every notebook, by the converters of those who read notebooks elsewhere. */
import markdownKatex from "@vscode/markdown-it-katex";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { sentenceTex } from "../../src/tex/signs.ts";
import { expectLatex } from "../latex-engines.ts";
import { storedOutputs } from "./stored-outputs.ts";

/** VS Code shows LaTeX as it shows Markdown. The plug-in's types are of another build of the same parser. */
const vscode = MarkdownIt({ html: true, linkify: true }).use(
  (markdownKatex.default ?? markdownKatex) as never,
  { globalGroup: true, enableBareBlocks: true, enableFencedBlocks: true },
);

/** How many formulas VS Code makes of an output, and whether it makes anything else of it. */
function inVSCode(text: string): { formulas: number; rest: string } {
  const html = vscode.render(text);
  const formulas = html.match(/<math\b/g)?.length ?? 0;
  // Beside the formulas nothing but the paragraphs that they stand in.
  const rest = html
    .replace(/<span class="katex.*?<\/math><\/span>/gs, "")
    .replace(/<span class="katex-html".*?(?=<\/p>|<p\b|$)/gs, "")
    .replace(/<\/?(p|span|eq|eqn|section)\b[^>]*>/g, "")
    .trim();
  return { formulas, rest: html.includes("katex-error") ? `an error in ${text}` : rest };
}

describe("the LaTeX of every stored output", () => {
  const outputs = storedOutputs("text/latex");

  it("is there", () => {
    expect(outputs.length).toBeGreaterThan(100);
  });

  it("is formulas between dollars, with no dollar and no empty line in them, for strict KaTeX and MathJax 3 and 4", () => {
    for (const { text, place } of outputs) {
      const formulas = text.startsWith("$$")
        ? text.split("\n").map((line) => /^\$\$(\S.*\S)\$\$$/.exec(line)?.[1])
        : [/^\$\\displaystyle (\S.*\S)\$$/.exec(text)?.[1]];
      for (const formula of formulas) {
        expect(formula, `${place}: ${text}`).toBeDefined();
        expectLatex(formula as string);
      }
    }
  }, 60_000);

  it("is nothing but formulas in VS Code", () => {
    for (const { text, place } of outputs) {
      const count = text.startsWith("$$") ? text.split("\n").length : 1;
      expect({ place, ...inVSCode(text) }).toEqual({ place, formulas: count, rest: "" });
    }
  });
});

describe("a sentence in a formula", () => {
  it.each([
    ["local derivative ∂y/∂x", "\\text{local derivative }\\partial \\text{y/}\\partial \\text{x}"],
    ["to 1.5e-7 at most", "\\text{to 1.5} \\cdot 10^{-7}\\text{ at most}"],
    ["X^(2) and y₁₂", "\\text{X}^{\\text{(2)}}\\text{ and y}_{12}"],
    ["50 % of $2", "\\text{50 \\% of \\$2}"],
    ["^2 first", "{}^{\\text{2}}\\text{ first}"],
    ["", ""],
  ])("%s has no dollars in it but those that somebody wrote", (sentence, latex) => {
    expect(sentenceTex(sentence)).toBe(latex);
    expectLatex(latex || "x");
  });
});

describe("the picture of every stored output", () => {
  const pictures = storedOutputs("image/svg+xml");

  it("is there", () => {
    expect(pictures.length).toBeGreaterThan(10);
  });

  it("says what it shows, paints its own ground, and fits into a column", () => {
    for (const { text, place } of pictures) {
      const [tag] = /^<svg[^>]*>/.exec(text) ?? [""];
      expect(tag, place).toMatch(/ viewBox="0 0 [\d.]+ [\d.]+"/);
      expect(tag, place).toMatch(/ role="(img|graphics-document)"/);
      expect(text, place).toMatch(/^<svg[^>]*><title>[^<]+<\/title>/);
      const width = / width="([^"]+)"/.exec(tag)?.[1];
      expect(width === "100%" || Number(width) <= 640, `${place}: ${width}`).toBe(true);
      expect(text, place).not.toMatch(/<(script|style|link|image|foreignObject)\b|url\(|href=/);
    }
  });
});
