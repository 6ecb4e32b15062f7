import type { ICodeCell } from "@jupyterlab/nbformat";
import { beforeAll, describe, expect, it } from "vitest";
import { keepScreenshot } from "./keep-screenshot.ts";
import { lookAtCells } from "./look-at-cells.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { savedNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

/** One cell for each thing that must not be overlooked, after one in which all is well. */
const faulty = savedNotebook([
  { "text/latex": String.raw`$\displaystyle \frac{1}{2}$` },
  { "text/latex": String.raw`$\displaystyle \frac{1}$` },
  { "text/latex": `$\\displaystyle ${"x + ".repeat(100)}x$` },
  { "text/markdown": String.raw`A half is \frac{1}{2}.` },
  { "image/png": "bm8gcGljdHVyZQ==" },
]);

describe("every cell of the lecture's notebooks in JupyterLab", () => {
  const lab = useLab({ notebooks: { "faulty.ipynb": faulty } });

  describe.each([
    ["09-jacobians", 50],
    ["09b-linear-layers", 50],
    ["10-softmax-cross-entropy", 30],
  ] as const)("%s", (name, formulas) => {
    let notebook: NotebookPage;
    beforeAll(async () => {
      notebook = await lab().open(`lectures/${name}.ipynb`);
      await notebook.runAll();
    });

    it("runs to its end without an error", async () => {
      const { cells } = await notebook.content();
      const code = cells.filter((cell): cell is ICodeCell => cell.cell_type === "code");
      expect(code.length).toBeGreaterThan(0);
      expect(code.filter((cell) => cell.execution_count === null).map((cell) => cell.id)).toEqual([]);
      const errors = code.flatMap((cell) => cell.outputs.filter((output) => output.output_type === "error"));
      expect(errors).toEqual([]);
    });

    it.each(["light", "dark"] as const)("is typeset and whole in the %s theme", async (theme) => {
      await notebook.setTheme(theme);
      const seen = await lookAtCells(notebook);
      await keepScreenshot(notebook.page, `every-cell-${name}-${theme}`);
      expect(seen.faults).toEqual([]);
      expect(seen.formulas).toBeGreaterThan(formulas);
    });
  });

  it("would be noticed if it were wrong, cut off, raw or missing", async () => {
    const { faults } = await lookAtCells(await lab().open("faulty.ipynb"));
    expect(faults.map((fault) => fault.replaceAll(/\d+ (pixels|fit)/g, "… $1"))).toEqual([
      "cell-1 has a formula that is an error",
      "cell-2 is … pixels wide where … fit",
      String.raw`cell-3 shows raw LaTeX: A half is \frac{1}{2}.`,
      "cell-4 has a picture that does not show",
    ]);
  });
});
