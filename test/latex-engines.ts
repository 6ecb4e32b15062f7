/** The engines our LaTeX must please: KaTeX at its strictest, and MathJax 3 as JupyterLab configures it. */
import katex from "katex";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { AllPackages } from "mathjax-full/js/input/tex/AllPackages.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { expect } from "vitest";

RegisterHTMLHandler(liteAdaptor());

// The first two would show an unknown command in red and carry on; the third wants an output to measure in.
const unwanted = ["noerrors", "noundefined", "bussproofs"];

const document = mathjax.document("", {
  InputJax: new TeX({
    packages: AllPackages.filter((name) => !unwanted.includes(name)),
    formatError: (_jax: unknown, error: Error) => {
      throw error;
    },
  }),
});

/** Fails when an engine refuses `latex`, or only half understands it. */
export function expectLatex(latex: string): void {
  expect(() => katex.renderToString(latex, { strict: "error", throwOnError: true }), latex).not.toThrow();
  expect(() => document.convert(latex, { display: true, end: 20 }), latex).not.toThrow();
}
