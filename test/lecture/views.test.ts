import { describe, expect, test } from "vitest";
import {
  boxed,
  columns,
  entries,
  entry,
  exp,
  generic,
  rows,
  space,
  symbol,
  tensor,
  update,
  type View,
} from "../../src/index.ts";
import { expectLatex } from "../latex-engines.ts";

const shown = (view: View): Record<string, unknown> =>
  Object(view)[Symbol.for("Jupyter.display")]() as Record<string, unknown>;

describe("a view", () => {
  test("is shown as LaTeX that stands alone, a line for each matrix of a chain, and as text", () => {
    const { "text/latex": latex, "text/plain": text } = shown(
      generic(symbol("X", "α", "β"), { gradient: true }),
    );
    expect(`${latex}`.split("\\\\[6pt]")).toHaveLength(4);
    expectLatex(`${latex}`.slice(1, -1));
    expect(text).toMatch(/^dX = ∂J\/∂X = \(dx_ij\) = \( dx_11, dx_12, ⋯, dx_1β ;/);
  });

  test("has signs for its arrows in the text form", () => {
    expect(String(rows(symbol("Z", "N", "K")))).toMatch(/^Z = \( ← \(z\^\(\(1\)\)\)ᵀ → ;/);
    expect(String(columns(symbol("W", "N", "K")))).toContain(
      "( ↑, ↑, ⋯, ↑ ; w_1, w_2, ⋯, w_K ; ↓, ↓, ⋯, ↓ )",
    );
  });

  test("of numbers has the letters α and β, and a length of its own where a symbol was given one", () => {
    expect(space(tensor([[1, 2]]).as("X")).latex()).toBe("X \\in \\mathbb{R}^{1 \\times \\alpha}");
    expect(space(symbol("X", 2, "N"), symbol("b", "N")).latex()).toBe(
      "X \\in \\mathbb{R}^{2 \\times N}, \\vec{b} \\in \\mathbb{R}^{N}",
    );
  });

  test("has a comma in every entry when one length is not a single sign", () => {
    expect(entries(symbol("b", "N")).latex()).toContain("b_{1} \\\\ b_{2}");
    expect(boxed(symbol("W", "l_{O-1}", "K"), [["l_{O-1}", 1]]).latex()).toContain(
      "\\boxed{w_{l_{O-1},1}} & w_{l_{O-1},2}",
    );
  });

  test("of a tensor without a name, or of another rank, says what to do", () => {
    expect(() => generic(tensor([[1]]))).toThrow(
      'Cannot show a generic matrix: the tensor has no name; give it one, as in x.as("X")',
    );
    expect(() => rows(symbol("b", "K"))).toThrow("Cannot show the rows of b: its rank is 1, not 2");
    expect(() => generic(symbol("J"))).toThrow(
      "Cannot show a generic matrix of J: its rank is 0, not 1 or 2",
    );
    expect(() => entry(exp(symbol("X", "N", "K")).as("Y"), 1)).toThrow(
      "Cannot show entry (1) of a tensor of rank 2: give one index per axis",
    );
  });

  test("of a name with a subscript, or of a single column, is LaTeX that both engines accept", () => {
    for (const gradient of [false, true]) {
      const [Z, w] = [symbol("Z1", "N", "K"), symbol("w1", "N", 1)];
      for (const view of [rows(Z, { gradient }), columns(Z, { gradient }), generic(Z, { gradient })]) {
        expectLatex(view.latex());
      }
      expect(columns(w, { gradient }).latex()).toMatch(/pmatrix\} \\uparrow \\\\ /);
      expectLatex(columns(w, { gradient }).latex());
    }
  });

  test("of an update takes any letter for the rate", () => {
    expect(update(symbol("b", "K"), "η").latex()).toBe("\\vec{b} := \\vec{b} - \\eta \\cdot d\\vec{b}");
  });
});
