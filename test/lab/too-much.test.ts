/** Outputs that are too much for a page: it says so, and goes on answering. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { describe, expect, it } from "vitest";
import { derivationMimeType } from "../../extension/src/derivation/derivation-mime-type.ts";
import { rand } from "../../src/index.ts";
import { changedDerivation } from "../extension/derivations.ts";
import { changedOutput, outputOf } from "../extension/tensor-output.ts";
import { longestTask } from "./cost.ts";
import { graphOutput } from "./graph-outputs.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import { savedNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

const matrix = (rows: number, columns: number): string =>
  `\\begin{matrix}${Array(rows).fill(Array(columns).fill("1").join("&")).join("\\\\")}\\end{matrix}`;

const node = (k: number, inputs?: number[]) => ({
  name: `x_${k}`,
  shape: [],
  value: { data: [1] },
  gradient: { data: [1] },
  ...(inputs && { op: { name: "add", inputs } }),
});
const numbers = Array.from({ length: 5900 }, (_, k) => k);
const graphOf = (nodes: unknown[]) =>
  graphOutput({ v: 1, id: null, title: "J", nodes, groups: [], failure: null, omitted: 0 });

const [part] = (changedDerivation({})[derivationMimeType] as { parts: unknown[] }).parts;
const parts = Array(500).fill(part);
const long = {
  ...(part as object),
  steps: [{ kind: "closed", label: "closed form", members: Array(16).fill("\\sqrt x".repeat(280)) }],
};

/** What is shown, and a word that it has to say. */
const CASES: readonly (readonly [string, IMimeBundle, RegExp])[] = [
  ["16,000 columns", changedOutput({ tex: matrix(1, 16_000) }), /too large to be typeset/],
  ["10,000 rows", changedOutput({ tex: matrix(10_000, 1) }), /too large to be typeset/],
  ["32,000 letters", changedOutput({ tex: "x".repeat(32_000) }), /too large to be typeset/],
  ["4,500 roots", changedOutput({ tex: "\\sqrt x".repeat(4500) }), /too large to be typeset/],
  [
    "a short formula that becomes a long one",
    changedOutput({ tex: `\\def\\a{${"x".repeat(20_000)}}${"\\a".repeat(1000)}` }),
    /cannot define commands/,
  ],
  [
    "a star of 5,900 leaves",
    graphOf([...numbers.map((k) => node(k)), node(5900, numbers)]),
    /too many to be drawn/,
  ],
  [
    "a star of 5,900 results",
    graphOf([node(0), ...numbers.map((k) => node(k + 1, [0]))]),
    /too many to be drawn/,
  ],
  [
    "a derivation of 10,000 parts",
    changedDerivation({ parts: Array(10_000).fill(part) }),
    /instead of a list of 1 to 500 objects/,
  ],
  [
    "a derivation of 500 parts",
    { ...changedDerivation({ parts }), "text/plain": "dX = dY\n".repeat(400_000) },
    /Show more of the 4\d\d gradients/,
  ],
  [
    "derivations that are long",
    changedDerivation({ parts: Array(20).fill(long) }),
    /Show more of the 19 gradients/,
  ],
];

/** What an output costs: elements, and ms of the processor in which the page answers nobody. */
interface Cost {
  readonly elements: number;
  readonly ms: number;
}

/** How much longer than the largest matrix, which takes some 100 ms, an output may keep the page: 4 is the most seen. */
const MOST = 8;

/** The most that is shown of its kind. */
const LARGEST: readonly (readonly [string, IMimeBundle])[] = [
  ["1,100 columns", changedOutput({ tex: matrix(1, 1100) })],
  ["5,900 letters", changedOutput({ tex: "x".repeat(5900) })],
  ["540 roots", changedOutput({ tex: "\\sqrt x".repeat(540) })],
];

const star = graphOf([...numbers.map((k) => node(k)), node(5900, numbers)]);

const notebooks = {
  "too-much.ipynb": savedNotebook([{ "text/plain": "nothing yet" }]),
  "parts.ipynb": savedNotebook([star, outputOf(rand(40, 40).as("R"))]),
};

describe("an output that is too much", () => {
  const lab = useLab({ notebooks });

  it("says so, and keeps the page no busier than the largest matrix that is shown", async () => {
    const { page } = await lab().open("too-much.ipynb");
    /** Shows an output in place of the one before; counts the elements that it has become, and the ms at a stretch. */
    const costOf = async (output: IMimeBundle, says: RegExp | null): Promise<Cost> => {
      await page.evaluate((data) => Object.assign(window, { output: data }), output);
      const area = page.locator(".jp-OutputArea").first();
      const ms = await longestTask(page, async () => {
        await page.evaluate(show);
        await (says === null ? area.locator(".katex") : area.getByText(says)).first().waitFor();
      });
      return { ms, elements: await area.evaluate((node) => node.querySelectorAll("*").length) };
    };
    await costOf(changedOutput({}), null); // loads KaTeX
    await costOf(star, /too many to be drawn/); // and Graphviz
    const allowed = await costOf(tall(30), null);
    expect(allowed.elements).toBeGreaterThan(5000);
    for (const [what, output, says] of CASES) {
      const { elements, ms } = await costOf(output, says);
      if (!what.includes("derivation")) expect.soft(elements, what).toBeLessThan(allowed.elements);
      // JupyterLab copies an output of 11 MB several times before anybody else sees it.
      if (!what.includes("10,000 parts")) expect.soft(ms, what).toBeLessThan(MOST * allowed.ms);
    }
    for (const [what, output] of LARGEST) {
      expect.soft((await costOf(output, null)).ms, what).toBeLessThan(MOST * allowed.ms);
    }
    await keepScreenshot(page, "too-much");
  });

  it("shows a part: of a graph a table of 400 rows, of a matrix its corners", async () => {
    const notebook = await lab().open("parts.ipynb");
    const graph = await notebook.cell(0);
    await graph.getByRole("button", { name: "Show as a table" }).click();
    await graph.getByText("; the first 400 of 5901").waitFor();
    expect(await graph.getByRole("row").count()).toBe(401);
    const matrix = await notebook.cell(1);
    await matrix.getByRole("button", { name: "Show all 40 × 40 entries" }).click();
    await matrix.getByText("1600 entries are too many for a page, which shows 900").waitFor();
  });
});

/** Shows the output that the page was given in place of the one before; runs in the page. */
function show(): void {
  const { output, jupyterapp } = window as unknown as Window & { output: IMimeBundle };
  const model = jupyterapp.shell.currentWidget.content.model as unknown as {
    readonly cells: { get(k: number): { readonly outputs: { fromJSON(outputs: unknown[]): void } } };
  };
  const result = { output_type: "execute_result", execution_count: 1, metadata: {}, data: output };
  model.cells.get(0).outputs.fromJSON([result]);
}

/** A matrix as large as is shown. */
function tall(length: number): IMimeBundle {
  const rows = Array.from({ length }, () => Array(length).fill("-1.2345").join("&"));
  return changedOutput({ tex: `\\begin{pmatrix}${rows.join("\\\\")}\\end{pmatrix}` });
}
