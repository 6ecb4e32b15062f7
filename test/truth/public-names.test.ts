/**
 * What people met with names in libraries like this one and reported in public: a name may hold any sign, and what is
 * made of it is typeset by every engine, and drawn as XML that every reader takes.
 */
import { describe, expect, test } from "vitest";
import {
  type Data,
  div,
  explain,
  graph,
  latex,
  mean,
  mul,
  plot,
  square,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { expectLatex } from "../latex-engines.ts";

/** A tensor whose shape the types know nothing of. */
const t = (data: Data): Tensor => tensor(data);

/** All LaTeX in which a tensor's name stands: alone, in a gradient, in a graph and in a derivation. */
function latexWith(name: string): Set<string> {
  const x = t([
    [1, 2],
    [3, 4],
  ]).as(name);
  const j = mean(mul(square(x), div(1, x))).as("J");
  const { nodes } = graph(j).toJSON();
  j.backward();
  return new Set([
    ...[x, t([1, 2]).as(name), t(1).as(name), x.grad, symbol(name, 2, "n")].map((one) => latex(one)),
    ...nodes.flatMap(({ tex, op }) => [
      tex,
      ...(op === null
        ? []
        : [
            op.tex,
            ...op.inputs.flatMap((edge) => ("from" in edge ? [edge.rule ?? "", edge.local ?? ""] : [])),
          ]),
    ]),
    ...explain(square(x).as("Y")).latex(),
    ...explain(sum(x).as("J")).latex(),
  ]);
}

/** The text of an SVG, without its tags. */
function textOf(svg: string): string {
  return svg
    .replace(/<[^>]*>/g, "\n")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

/** Fails when an `&` or a `<` stands where XML has none. */
function expectXml(svg: string): void {
  expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/);
  expect(svg).not.toMatch(/<(?![\w/])/);
  const open: string[] = [];
  for (const [, end, tag, , single] of svg.matchAll(/<(\/?)(\w+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (end !== "") expect(open.pop()).toBe(tag);
    else if (single === "") open.push(tag);
  }
  expect(open).toEqual([]);
}

describe("a name may hold any sign, and is typeset", () => {
  test.each<[title: string, name: string, visible: readonly string[]]>([
    ["words joined by an underscore", "under_score", ["under", "score"]],
    ["an underscore in front", "_hidden", ["\\_hidden"]],
    ["an underscore at the end", "class_", ["class"]],
    ["two underscores in a row", "x__y", ["x", "y"]],
    ["several underscores: scripts that do not stack", "out_A_B", ["A", "B"]],
    ["scripts of both kinds, twice", "out_A_B^X^Y", ["A", "B", "X", "Y"]],
    ["scripts in braces, both kinds", "a_{j}^{+}", ["j", "+"]],
    ["a superscript, which an op raises again", "x^{1}", ["1"]],
    ["a star above", "x^*", ["*"]],
    ["parentheses that are part of the name", "(x_1)^a", ["1", "a"]],
    ["a percent sign, which begins a comment", "50% of it", ["50\\%"]],
    ["a percent sign at the end", "loss%", ["loss\\%"]],
    ["a hash, which is a macro's argument", "# new cases", ["\\# new cases"]],
    ["an ampersand, which ends a cell of a matrix", "R&D", ["R\\&D"]],
    ["one dollar, which ends the formula", "cost$", ["cost\\$"]],
    ["two dollars", "Ba$$in", ["Ba\\$\\$in"]],
    ["a price range", "$0 - $10", ["\\$0 - \\$"]],
    ["an open brace", "a{b", ["a", "b"]],
    ["a closed brace", "a}b", ["a", "b"]],
    ["braces the wrong way round", "}{", []],
    ["a brace left open in a script", "x_{", ["x"]],
    ["a caret", "2^n", ["2", "n"]],
    ["a caret alone", "^", []],
    ["a tilde, which is a space", "a~b", ["a", "b"]],
    ["a backslash", "C:\\Users\\me", ["Users", "me"]],
    ["a backslash at the end", "path\\", ["path"]],
    ["two backslashes, which end a row", "a\\\\b", ["a", "b"]],
    ["a command", "\\frac", ["frac"]],
    ["an environment that is not closed", "\\begin{matrix}", ["begin", "matrix"]],
    ["spaces, at the ends too", " my first weights ", ["my first weights"]],
    ["quotes and angles", '"<b>"', ["b"]],
    ["an apostrophe", "x'", ["x"]],
    ["an accent", "Bézier", []],
    ["Chinese", "測試", []],
    ["Hebrew, written from the right", "עוצמה", []],
    ["Arabic, written from the right", "سرعة", []],
    ["a letter of mathematics beyond 16 bits", "𝜋", []],
    ["an emoji", "🙂", []],
    ["an emoji as a script", "W_🙂", ["W"]],
    ["half an emoji", "W\ud83d", ["W"]],
    ["a sign for an empty set", "∅", []],
    ["the sharp S that is seldom met", "ẞ", []],
    ["a dash that looks like minus", "x – m", ["x", "m"]],
  ])("%s in a name", (_title, name, visible) => {
    const formulas = latexWith(name);
    for (const formula of formulas) expectLatex(formula);
    // Two dollars would be read as mathematics between them, without a complaint.
    if (/[%#$&]/.test(name))
      for (const formula of formulas) expect(formula.replaceAll(`\\${name}`, "")).not.toContain(name);
    const alone = latex(t(1).as(name));
    for (const part of visible) expect(alone).toContain(part);
  });

  test.each([
    "profits $",
    "$0 - $10",
    "x_1 & x_2",
    "50% <= Ov <= 100%",
    "C:\\Users\\me #1",
    "{a}^~",
    '"quoted" <b>',
    "עוצמה",
    "Data 📊 🙂",
  ])("%s is the title and the labels of a plot as it stands", (title) => {
    const { svg, text } = plot({ curve: [3, 1, 2], title, xLabel: title, yLabel: title });
    expectXml(svg);
    expect(
      textOf(svg)
        .split("\n")
        .filter((line) => line === title).length,
    ).toBeGreaterThanOrEqual(4);
    expect(text.split(title)).toHaveLength(4);
  });

  test("half an emoji in a title leaves a picture that can be read", () => {
    const { svg } = plot({ curve: [1, 2], title: "Data \ud83d" });
    expectXml(svg);
    expect(svg).not.toMatch(/\p{Surrogate}/u);
  });

  test.each(["R&D <b>", '"', "50% #1 $", "a{b}~^\\", "עוצמה", "🙂", "W\ud83d", "]]>"])(
    "%s is the name in a drawing of a graph, which stays XML",
    async (name) => {
      const svg = await graph(sum(square(t([1, 2]).as(name)))).svg();
      expectXml(svg);
      expect(svg).not.toMatch(/\p{Surrogate}/u);
    },
  );
});
