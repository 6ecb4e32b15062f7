/** Outputs that are too much for a page: it says so, and goes on answering. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { describe, expect, it } from "vitest";
import { derivationMimeType } from "../../extension/src/derivation/derivation-mime-type.ts";
import { rand } from "../../src/index.ts";
import { changedDerivation } from "../extension/derivations.ts";
import { changedOutput, outputOf } from "../extension/tensor-output.ts";
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
const parts = Array(10_000).fill(part);
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
    { ...changedDerivation({ parts }), "text/plain": "dX = dY\n".repeat(400_000) },
    /Show more of the 99\d\d gradients/,
  ],
  [
    "derivations that are long",
    changedDerivation({ parts: Array(20).fill(long) }),
    /Show more of the 19 gradients/,
  ],
];

/** A page that measures how long it was kept from running anything else. */
interface Pulsing {
  readonly pulse: { longest: number };
  /** The output to be shown. */
  readonly data: IMimeBundle;
}

const star = graphOf([...numbers.map((k) => node(k)), node(5900, numbers)]);

const notebooks = {
  "too-much.ipynb": savedNotebook([{ "text/plain": "nothing yet" }]),
  "parts.ipynb": savedNotebook([star, outputOf(rand(40, 40).as("R"))]),
};

describe("an output that is too much", () => {
  const lab = useLab({ notebooks });

  it("says so, and keeps the page no busier than the largest matrix that is shown", async () => {
    const { page } = await lab().open("too-much.ipynb");
    await page.evaluate(() => {
      const pulse = { longest: 0 };
      Object.assign(window, { pulse });
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        pulse.longest = Math.max(pulse.longest, now - last);
        last = now;
      }, 5);
    });
    /** Shows an output in place of the one before; the longest time, in ms, that nothing else could run meanwhile. */
    const longestWait = async (output: IMimeBundle, says: RegExp | null): Promise<number> => {
      // On its way to the page it has kept it busy, too.
      await page.evaluate((data) => Object.assign(window, { data }) && undefined, output);
      await page.waitForTimeout(100);
      await page.evaluate(() => {
        const { content } = window.jupyterapp.shell.currentWidget;
        const model = content.model as unknown as { cells: { get(k: number): { outputs: Outputs } } };
        interface Outputs {
          fromJSON(outputs: unknown[]): void;
        }
        const { data, pulse } = window as unknown as Pulsing;
        pulse.longest = 0;
        model.cells
          .get(0)
          .outputs.fromJSON([{ output_type: "execute_result", execution_count: 1, metadata: {}, data }]);
      });
      if (says !== null) await page.locator(".jp-OutputArea", { hasText: says }).first().waitFor();
      await page.waitForTimeout(1000);
      return page.evaluate(() => (window as unknown as Pulsing).pulse.longest);
    };
    // The typesetter, the engine and the view of derivations and graphs are on their way with the first of each.
    for (const output of [tall(8), graphOf([node(0), node(1, [0])]), changedDerivation({})])
      await longestWait(output, null);
    const allowed = Math.max(await longestWait(tall(30), null), await longestWait(tall(30), null));
    console.log(`30×30 entries keep the page busy for ${Math.round(allowed)} ms`);
    for (const [what, output, says] of CASES) {
      const time = await longestWait(output, says);
      console.log(`${what}: ${Math.round(time)} ms`);
      await keepScreenshot(page, `too-much-${what.replaceAll(/\W+/g, "-")}`);
      expect.soft(time, what).toBeLessThan(2 * allowed);
    }
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

/** A matrix as large as is shown. */
function tall(length: number): IMimeBundle {
  const rows = Array.from({ length }, () => Array(length).fill("-1.2345").join("&"));
  return changedOutput({ tex: `\\begin{pmatrix}${rows.join("\\\\")}\\end{pmatrix}` });
}
