import katex from "katex";
import { describe, expect, it } from "vitest";
import { katexOptions } from "../../extension/src/katex-options.ts";

const render = (tex: string) => katex.renderToString(tex, katexOptions);

describe("katexOptions", () => {
  it("say what keeps a stranger's formula in its place, whatever KaTeX does of its own", () => {
    // Some are KaTeX's defaults today, so that nothing would look different without them.
    expect(katexOptions).toMatchObject({ trust: false, strict: "error", maxExpand: 1000, maxSize: 50 });
  });

  it("keep commands that KaTeX itself defines from being called without end", () => {
    expect(render("\\implies".repeat(100))).toContain("⟹");
    expect(() => render("\\implies".repeat(300))).toThrow("Too many expansions");
  });

  it("keep MathML beside the HTML", () => {
    expect(render("X = \\begin{pmatrix} 1 & 2 \\end{pmatrix}")).toContain("<mtable");
  });

  it.each([
    ["\\href{javascript:alert(1)}{X}", "\\href"],
    ["\\url{https://example.org}", "\\url"],
    ["\\includegraphics{https://example.org/x.png}", "\\includegraphics"],
  ])("print %s as its own name, without a link", (tex, name) => {
    const html = render(tex);
    expect(html).toContain(`style="color:var(--jp-error-color1);">${name}<`);
    expect(html).not.toMatch(/<a |<img |href=|src=/);
  });

  it.each([
    "\\htmlClass{jp-mod-selected}{X}",
    "\\htmlStyle{position: fixed}{X}",
    "\\htmlData{commandlinker-command=run}{X}",
    "\\unknown",
    "\\frac{1}",
    "\\def\\x{\\x\\x}\\x",
    "é",
  ])("refuse %s", (tex) => {
    expect(() => render(tex)).toThrow(katex.ParseError);
  });

  it("keep a rule from covering the page", () => {
    expect(render("\\rule{5000em}{5000em}")).toContain("border-top-width:50em");
  });
});
