/**
 * The engines our LaTeX must please: KaTeX at its strictest, MathJax 3 as JupyterLab configures it, and MathJax 4. And
 * the commands it may use, so that what other readers know less of stays out.
 */
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

const fail = (_jax: unknown, error: Error): never => {
  throw error;
};

const mathjax3 = mathjax.document("", {
  InputJax: new TeX({
    packages: AllPackages.filter((name) => !unwanted.includes(name)),
    formatError: fail,
  }),
});

// Both versions keep themselves in one global, so the fourth gets an empty one to begin in.
const realm = globalThis as { MathJax?: unknown };
const kept = realm.MathJax;
realm.MathJax = undefined;
const { default: mathjax4 } = await import("mathjax");
await mathjax4.init({
  loader: { load: ["input/tex", "[tex]/color"] },
  tex: { packages: { "[+]": ["color"] }, formatError: fail },
});
realm.MathJax = kept;

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega " +
  "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";

/** What every reader of notebooks knows, code hosts, old exports and printed pages included. */
const PORTABLE: ReadonlySet<string> = new Set(
  `${GREEK} begin end left right lvert rvert frac sqrt sum prod partial infty mathbb mathbf mathrm text operatorname
  odot cdot times otimes in implies to longrightarrow leftarrow rightarrow uparrow downarrow top
  geq leq neq nabla emptyset ell backslash sim wedge cdots vdots ddots quad qquad displaystyle small boxed phantom vec overrightarrow checkmark textcolor
  lfloor rfloor varphi log exp sin cos tanh sinh cosh arcsin arccos arctan max min det`.split(/\s+/),
);

const ENVIRONMENTS: ReadonlySet<string> = new Set(["pmatrix", "array", "cases", "aligned"]);

/** Fails when an engine refuses `latex` or only half understands it, or when it uses what is not portable. */
export function expectLatex(latex: string): void {
  // Readers of Markdown end a formula there.
  expect(latex.replaceAll("\\$", ""), latex).not.toMatch(/\$|\n\s*\n/);
  for (const [, command] of latex.matchAll(/\\([a-zA-Z]+)/g)) {
    expect(PORTABLE.has(command), `\\${command} is not portable: ${latex}`).toBe(true);
  }
  for (const [, environment] of latex.matchAll(/\\begin\{(\w+\*?)\}/g)) {
    expect(ENVIRONMENTS.has(environment), `${environment} is not portable: ${latex}`).toBe(true);
  }
  expect(
    () => katex.renderToString(latex, { strict: "error", throwOnError: true, maxExpand: 200 }),
    latex,
  ).not.toThrow();
  expect(() => mathjax3.convert(latex, { display: true, end: 20 }), latex).not.toThrow();
  // An unknown command is red there.
  expect(mathjax4.tex2mml(latex).replaceAll(/\\textcolor/g, ""), latex).not.toMatch(/<mtext mathcolor="red"/);
}
