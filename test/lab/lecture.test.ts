import type { ICodeCell, IOutput } from "@jupyterlab/nbformat";
import { beforeAll, describe, expect, it } from "vitest";
import { parseTensor, type TensorData, tensorMimeType } from "../../extension/src/tensor/tensor-data.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import { lookAtCells } from "./look-at-cells.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { savedNotebook } from "./notebooks.ts";
import { type Formula, readFormula } from "./read-formula.ts";
import { useLab } from "./use-lab.ts";

/** One cell for each thing that must not be overlooked, after one in which all is well. */
const faulty = savedNotebook([
  { "text/latex": String.raw`$\displaystyle \frac{1}{2}$` },
  { "text/latex": String.raw`$\displaystyle \frac{1}$` },
  { "text/latex": `$\\displaystyle ${"x + ".repeat(100)}x$` },
  { "text/markdown": String.raw`A half is \frac{1}{2}.` },
  { "image/png": "bm8gcGljdHVyZQ==" },
]);

describe("the lecture's notebooks in JupyterLab", () => {
  const lab = useLab({ notebooks: { "faulty.ipynb": faulty } });
  const turnTo = (name: string) => lab().turnTo(`lectures/${name}.ipynb`);

  it("would be noticed if they were wrong, cut off, raw or missing", async () => {
    const { faults } = await lookAtCells(await lab().turnTo("faulty.ipynb"));
    expect(faults.map((fault) => fault.replaceAll(/\d+ (pixels|fit)/g, "… $1"))).toEqual([
      "cell-1 has a formula that is an error",
      "cell-2 is … pixels wide where … fit",
      String.raw`cell-3 shows raw LaTeX: A half is \frac{1}{2}.`,
      "cell-4 has a picture that does not show",
    ]);
  });

  let notebook: NotebookPage;

  describe.each([
    ["09b-linear-layers", 50],
    ["10-softmax-cross-entropy", 30],
    ["11-convolution", 30],
    ["12-attention", 30],
    ["09-jacobians", 50],
  ] as const)("%s", (name, formulas) => {
    beforeAll(async () => {
      notebook = await turnTo(name);
      await notebook.runAll();
    });

    runsToItsEnd(() => notebook);

    it("is typeset and whole", async () => {
      const seen = await lookAtCells(notebook);
      await keepScreenshot(notebook.page, `every-cell-${name}-light`);
      expect(seen.faults).toEqual([]);
      expect(seen.formulas).toBeGreaterThan(formulas);
    });

    showsMatrices(() => notebook, "KaTeX");
  });

  it("explains exp at Shift-Tab by its type, its formula and an example", async () => {
    const { page } = notebook;
    await notebook.type("exp(X)");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+Tab");
    const tooltip = page.locator(".jp-Tooltip");
    await tooltip.waitFor();
    await keepScreenshot(page, "tooltip");
    const text = await tooltip.innerText();
    expect(text).toMatch(/exp.*Tensor/);
    expect(text).toMatch(/eˣ|e\^/);
    expect(text).toMatch(/exp\(.*\).*\/\/ /);
    await page.keyboard.press("Escape");
  });

  it("completes X. with the methods of a tensor, at Tab and while typing", async () => {
    const { page } = notebook;
    const completer = page.locator(".jp-Completer");
    await notebook.type("X.");
    await page.keyboard.press("Tab");
    await completer.getByText("matmul", { exact: true }).waitFor();
    await keepScreenshot(page, "completion");
    const offered = await completer.locator(".jp-Completer-match").allInnerTexts();
    expect(offered).toEqual(expect.arrayContaining(["backward", "exp", "grad", "matmul", "shape", "T"]));
    await page.keyboard.press("Escape");

    await page.keyboard.type("mat");
    await completer.locator(".jp-Completer-item", { hasText: "matmul" }).waitFor();
    expect(await completer.getByText("backward", { exact: true }).count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.locator(".jp-Cell.jp-mod-active .cm-content", { hasText: /^X\.matmul$/ }).waitFor();
  });

  it("starts from a launcher with the kernel's logo, and asks for no news", async () => {
    const page = await lab().openLauncher();
    const logo = page.locator('.jp-LauncherCard[title*="TypeScript (Gradbook)"] img').first();
    await logo.waitFor();
    const width = await logo.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    });
    expect(width).toBeGreaterThan(0);
    // The question would pop up soon after the start; the lecture's page has been open for a while by now.
    for (const opened of [page, notebook.page]) {
      expect(await opened.locator(".Toastify__toast").count()).toBe(0);
    }
    await keepScreenshot(page, "launcher");
    await page.locator(".jp-LauncherCard", { hasText: "Gradbook: start here" }).click();
    await page.locator(".lm-TabBar-tabLabel", { hasText: "09-jacobians.ipynb" }).waitFor();
  });
});

describe("the lecture in JupyterLab without our extension", () => {
  const lab = useLab({ extension: false });
  let notebook: NotebookPage;
  beforeAll(async () => {
    notebook = await lab().turnTo("lectures/10-softmax-cross-entropy.ipynb");
    await notebook.runAll();
  });

  runsToItsEnd(() => notebook);
  showsMatrices(() => notebook, "MathJax");
});

function runsToItsEnd(notebook: () => NotebookPage): void {
  it("runs every cell to its end, without an error or a warning", async () => {
    const cells = await codeCells(notebook());
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter(({ cell }) => cell.execution_count === null)).toEqual([]);
    const outputs = cells.flatMap(({ cell }) => cell.outputs);
    expect(outputs.filter(isTrouble)).toEqual([]);
  });
}

function showsMatrices(notebook: () => NotebookPage, engine: Formula["engine"]): void {
  it(`shows tensors as matrices under their names by ${engine}, in both themes`, async () => {
    for (const theme of ["dark", "light"] as const) {
      await notebook().setTheme(theme);
      const shown = await tensorsOnPage(notebook());
      expect(shown.filter(({ tensor }) => isPlain(tensor.name)).length).toBeGreaterThan(2);
      for (const { tensor, formula } of shown) {
        expect(formula.engine).toBe(engine);
        expect(formula.contrast).toBeGreaterThan(7);
        if (isPlain(tensor.name)) expect(formula.name.replace(ARROW, "")).toBe(tensor.name);
        const [rows = 1, columns = 1] = tensor.shape;
        expect(formula.rows.map((row) => row.length)).toEqual(Array(rows).fill(columns));
      }
      await keepScreenshot(notebook().page, `lecture-${engine}-${theme}`);
    }
  });
}

/** Whether a name reads on the page as it is written, without indices or fractions. */
function isPlain(name: string | null): boolean {
  return name !== null && /^d?[A-Z]$/.test(name);
}

/** The code cells of a notebook with their places among all cells. */
async function codeCells(notebook: NotebookPage): Promise<{ cell: ICodeCell; index: number }[]> {
  const { cells } = await notebook.content();
  return cells.flatMap((cell, index) =>
    cell.cell_type === "code" ? [{ cell: cell as ICodeCell, index }] : [],
  );
}

const SOME = 10;

/** What vec writes over a name. */
const ARROW = "\u20d7";

/** The first tensors among the outputs, with the formulas that stand on the page for them. */
async function tensorsOnPage(notebook: NotebookPage): Promise<{ tensor: TensorData; formula: Formula }[]> {
  const found: { tensor: TensorData; formula: Formula }[] = [];
  for (const { cell, index } of await codeCells(notebook)) {
    if (found.length >= SOME) break;
    for (const [place, output] of cell.outputs.entries()) {
      const json = Object(output.data)[tensorMimeType];
      if (json === undefined) continue;
      const area = (await notebook.cell(index)).locator(".jp-OutputArea-child").nth(place);
      found.push({ tensor: parseTensor(json), formula: await readFormula(area) });
    }
  }
  return found;
}

/** Whether a reader would see red: an error, or something on stderr. */
function isTrouble(output: IOutput): boolean {
  return output.output_type === "error" || (output.output_type === "stream" && output.name === "stderr");
}
