import katex from "katex";
import { expect, test } from "vitest";
import { changesBetween } from "../../extension/src/graph-view/changes.ts";
import { adjointSum, entrySum } from "../../extension/src/graph-view/contraction.ts";
import { listedPaths, pathsFrom } from "../../extension/src/graph-view/entry-paths-sections.ts";
import { graphLatex, stepFormula } from "../../extension/src/graph-view/formulas.ts";
import { inspect } from "../../extension/src/graph-view/inspect.ts";
import type { Content, Inspected, Inspection } from "../../extension/src/graph-view/inspection.ts";
import { digitsTex, literalOf, roughly } from "../../extension/src/graph-view/number-text.ts";
import { katexOptions } from "../../extension/src/katex-options.ts";
import { untranslated } from "../../extension/src/translation.ts";
import { graph, mean, sigmoid, sum, symbol, type Tensor, tensor } from "../../src/index.ts";
import { firstView, type GraphJson, type Selection } from "../../src/picture/index.ts";
import { branching, made, nodeOf, sketch } from "./graph-view-graphs.ts";

const J = sketch();
const [X, W, Z] = ["X", "W", "Z"].map((label) => nodeOf(J, label));

function page(json: GraphJson, selection: Selection | null, more: Partial<Inspected> = {}): Inspection {
  const view = { ...firstView(json), selection };
  return inspect({
    graph: json,
    view,
    reference: null,
    canAsk: false,
    prune: 0,
    digits: 4,
    trans: untranslated,
    ...more,
  });
}

function contentsOf({ rows, sections }: Inspection): readonly Content[] {
  return [...rows.map(({ content }) => content), ...sections.flatMap(({ contents }) => contents)];
}

function formulasOf(inspection: Inspection): readonly string[] {
  return contentsOf(inspection).flatMap((content) => {
    if (content.kind === "tex") return [content.tex];
    if (content.kind !== "table") return [];
    return [
      content.caption,
      ...content.columns,
      ...content.rows.flatMap(({ label, cells }) => [label, ...cells]),
    ];
  });
}

const wordsOf = (inspection: Inspection) =>
  contentsOf(inspection).flatMap((content) => (content.kind === "text" ? [content.text] : []));

test("an entry of a product is the sum that made it", () => {
  expect(entrySum(J, Z, 1)).toEqual({
    formula: "\\sum_{k} x_{1k} \\, w_{k2}",
    terms: "1 \\cdot 0 + (-2) \\cdot (-1) + 0 \\cdot 2",
  });
});

test("a mean is not written as the sum that it divides", () => {
  const m = made(graph(mean(tensor([[1, 2]]).as("A")).as("m")));
  expect(entrySum(m, 1, 0)).toBe(null);
});

test("the transpose follows from the indices", () => {
  expect(adjointSum(J, Z, 1)).toEqual({
    left: "dw_{kj}",
    definition: "\\sum_{i} dz_{ij} \\, \\frac{\\partial z_{ij}}{\\partial w_{kj}}",
    result: "\\sum_{i} x_{ik} \\, dz_{ij}",
  });
});

test.each([
  ["a function of each entry", sigmoid],
  ["a sum of two", (x: Tensor) => x.add(tensor([[3, 4]]).as("B"))],
  ["a mean", (x: Tensor) => mean(x)],
])("the gradient of %s is not derived as if it were a sum of products", (_, f) => {
  const json = made(graph(f(tensor([[1, 2]]).as("A"))));
  expect(adjointSum(json, json.nodes.length - 1, 0)).toBe(null);
});

test("the page of a tensor answers what it is, whether it is right, and why the transpose", () => {
  const inspection = page(J, { kind: "node", node: Z });
  expect(inspection.rows.map(({ label }) => label)).toEqual(["formula", "value", "gradient", "check"]);
  expect(wordsOf(inspection)[0]).toMatch(/^✓ differences agree to \d·10⁻/);
  expect(inspection.sections[0].title).toBe("Why the transpose?");
});

test("a gradient is not shown before the backward pass has reached it", () => {
  const view = { ...firstView(J), step: 2, selection: { kind: "node", node: W } as const };
  const inspection = page(J, null, { view });
  expect(wordsOf(inspection)).toContain("arrives with step 4");
  expect(formulasOf(inspection).some((tex) => tex.startsWith("dW ="))).toBe(false);
});

test("the page of an edge has its rule, its local derivative and the numbers of its Jacobian", () => {
  const inspection = page(J, { kind: "edge", node: Z, input: 1 });
  const table = contentsOf(inspection).find((content) => content.kind === "table");
  expect(table?.columns).toEqual(["w_{11}", "w_{12}", "w_{21}", "w_{22}", "w_{31}", "w_{32}"]);
  expect(table?.rows[1]).toEqual({ label: "z_{12}", cells: ["0", "1", "0", "-2", "0", "0"] });
  expect(formulasOf(inspection)).toContain("dW = X^{\\top} \\, dZ");
});

test("an entry reaches the result on paths whose products add up to its gradient", () => {
  const json = branching();
  const inspection = page(json, { kind: "entry", node: 0, entry: 0 });
  expect(inspection.sections.at(-1)?.title).toBe("5 paths to J");
  expect(inspection.canPrune).toBe(true);
  expect(wordsOf(inspection)).toContain("✓ equal to the gradient");
});

test("a gradient that is not the sum of its paths is called out", () => {
  const json = branching();
  const wrong = {
    ...json,
    nodes: json.nodes.map((node, i) => (i === 0 ? { ...node, gradient: { data: [1, 2] } } : node)),
  };
  expect(wordsOf(page(wrong, { kind: "entry", node: 0, entry: 0 }))).toContain(
    "✗ not equal to the gradient, which is 1",
  );
});

test("pruning leaves out paths that contribute little, and what is left out stays in the sum", () => {
  const json = branching();
  const paths = pathsFrom(json, 0, 0);
  if (paths === null) throw new Error("There are paths");
  const counts = [0, 0.8, 1].map((prune) => listedPaths(paths, prune).length);
  expect(counts[0]).toBe(5);
  expect(counts[1]).toBeLessThan(5);
  expect(counts[2]).toBeGreaterThan(0);
  const pruned = formulasOf(page(json, { kind: "entry", node: 0, entry: 0 }, { prune: 0.8 }));
  expect(pruned.some((tex) => tex.includes(`the other ${5 - counts[1]}`))).toBe(true);
});

test("everything that any page says is LaTeX that KaTeX accepts", () => {
  const S = made(graph(sum(sigmoid(symbol("S", "alpha", "beta")).as("T")).as("J")));
  const odd = made(graph(sum(tensor([[Number.NaN, 1e9, Number.NEGATIVE_INFINITY, 1e-9]]).as("A")).as("s")));
  for (const json of [J, branching(), S, odd]) {
    const selections: (Selection | null)[] = [null];
    for (const [node, { op, shape }] of json.nodes.entries()) {
      selections.push({ kind: "node", node }, { kind: "entry", node, entry: 0 });
      for (const input of op?.inputs.keys() ?? []) selections.push({ kind: "edge", node, input });
      expect(shape).toBeDefined();
    }
    for (const selection of selections) {
      for (const tex of formulasOf(
        page(json, selection, { view: { ...firstView(json), selection, differences: true } }),
      )) {
        expect(() => katex.renderToString(tex, katexOptions), tex).not.toThrow();
      }
    }
    expect(() => katex.renderToString(graphLatex(json, json.steps.length), katexOptions)).not.toThrow();
  }
});

test("a step that adds to a gradient says so", () => {
  const json = branching();
  const texts = json.steps.map((_, i) => stepFormula(json, i + 1)?.text ?? "");
  expect(texts.filter((text) => text.includes("+=")).length).toBeGreaterThan(0);
  expect(stepFormula(J, 0)).toBe(null);
  expect(stepFormula(J, 4)).toEqual({ tex: "dW = X^{\\top} \\, dZ", text: "dW = Xᵀ dZ" });
});

test("a large graph, whose data leave formulas out, is still read", () => {
  const bare = {
    ...J,
    nodes: J.nodes.map((node) => ({
      ...node,
      op: node.op && {
        ...node.op,
        tex: "",
        inputs: node.op.inputs.map((input) => ("from" in input ? { ...input, rule: "" } : input)),
      },
    })),
  };
  expect(stepFormula(bare, 4)).toEqual({ tex: "dW \\leftarrow dZ", text: "dW ← dZ" });
  expect(formulasOf(page(bare, { kind: "node", node: Z }))).toContain("Z = \\operatorname{matmul}(X, W)");
});

test("what changed is listed by node and entry, the largest change first", () => {
  const changes = changesBetween(J, sketch(1.5));
  expect(changes[0]).toMatchObject({ node: Z, value: 1.5, valueEntries: [0, 2] });
  expect(changes.find(({ node }) => node === X)).toMatchObject({
    value: null,
    gradientEntries: expect.arrayContaining([0]),
  });
  expect(changesBetween(J, J)).toEqual([]);
  expect(changesBetween(J, branching())).toEqual([]);
});

test("a matrix is copied as TypeScript that makes it again", () => {
  expect(literalOf([1, -2, 0, 3, 0.5, -1], [2, 3])).toBe("[[1, -2, 0], [3, 0.5, -1]]");
  expect(literalOf([Number.NaN, Number.POSITIVE_INFINITY], [2])).toBe("[NaN, Infinity]");
  expect(literalOf([4], [])).toBe("4");
});

test.each([
  [2, 4, "2"],
  [0.10499358540350652, 4, "0.1050"],
  [0.5, 4, "0.5"],
  [-0.00001234, 2, "-1.23 \\times 10^{-5}"],
  [1e21, 4, "1 \\times 10^{21}"],
  [Number.NaN, 4, "\\mathrm{NaN}"],
  [Number.NEGATIVE_INFINITY, 4, "-\\infty"],
] as const)("%d with %d digits is %s", (value, digits, tex) => {
  expect(digitsTex(value, digits)).toBe(tex);
});

test.each([
  [4e-11, "4·10⁻¹¹"],
  [0, "0"],
  [0.123, "0.12"],
  [1500, "2·10³"],
] as const)("%d is roughly %s", (value, text) => {
  expect(roughly(value)).toBe(text);
});
