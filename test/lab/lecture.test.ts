import type { ICodeCell, IOutput } from "@jupyterlab/nbformat";
import { beforeAll, describe, expect, it } from "vitest";
import { parseTensor, type TensorData, tensorMimeType } from "../../extension/src/tensor/tensor-data.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { Lab } from "./lab.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { type Formula, readFormula } from "./read-formula.ts";
import { useLab } from "./use-lab.ts";

describe("the lecture in JupyterLab", () => {
  const lab = useLab();
  const notebook = useRunLecture(lab);

  runsAndTypesets(notebook, "KaTeX");

  it("explains exp at Shift-Tab by its type, its formula and an example", async () => {
    const { page } = notebook();
    await notebook().type("exp(X)");
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
    const { page } = notebook();
    const completer = page.locator(".jp-Completer");
    await notebook().type("X.");
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
    for (const opened of [page, notebook().page]) {
      expect(await opened.locator(".Toastify__toast").count()).toBe(0);
    }
    await keepScreenshot(page, "launcher");
  });
});

describe("the lecture in JupyterLab without our extension", () => {
  runsAndTypesets(useRunLecture(useLab({ extension: false })), "MathJax");
});

/** Opens the lecture before the tests of this block and runs all its cells; call the result to get it. */
function useRunLecture(lab: () => Lab): () => NotebookPage {
  let notebook: NotebookPage;
  beforeAll(async () => {
    notebook = await lab().open("lectures/09-jacobians.ipynb");
    await notebook.runAll();
  });
  return () => notebook;
}

function runsAndTypesets(notebook: () => NotebookPage, engine: Formula["engine"]): void {
  it("runs every cell to its end, without an error or a warning", async () => {
    const cells = await codeCells(notebook());
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.map(({ cell }) => cell.execution_count)).not.toContain(null);
    const outputs = cells.flatMap(({ cell }) => cell.outputs);
    expect(outputs.filter(isTrouble)).toEqual([]);
  });

  it(`shows X, Y and dX as matrices under their names by ${engine}, in both themes`, async () => {
    for (const theme of ["light", "dark"] as const) {
      await notebook().setTheme(theme);
      const names = new Set<string>();
      // The other theme has the same formulas in other colours: one screen of them shows these.
      const most = theme === "light" ? Number.POSITIVE_INFINITY : SOME;
      for (const { tensor, formula } of await tensorsOnPage(notebook(), most)) {
        expect(formula.engine).toBe(engine);
        expect(formula.contrast).toBeGreaterThan(7);
        const [rows = 1, columns = 1] = tensor.shape;
        expect(formula.rows.map((row) => row.length)).toEqual(Array(rows).fill(columns));
        names.add(formula.name);
      }
      if (theme === "light") expect([...names]).toEqual(expect.arrayContaining(["X", "Y", "dX"]));
      else expect(names.size).toBeGreaterThan(2);
      await keepScreenshot(notebook().page, `lecture-${engine}-${theme}`);
    }
  });
}

/** The code cells of a notebook with their places among all cells. */
async function codeCells(notebook: NotebookPage): Promise<{ cell: ICodeCell; index: number }[]> {
  const { cells } = await notebook.content();
  return cells.flatMap((cell, index) =>
    cell.cell_type === "code" ? [{ cell: cell as ICodeCell, index }] : [],
  );
}

const SOME = 8;

/** The first tensors among the outputs, with the formulas that stand on the page for them. */
async function tensorsOnPage(
  notebook: NotebookPage,
  most: number,
): Promise<{ tensor: TensorData; formula: Formula }[]> {
  const found: { tensor: TensorData; formula: Formula }[] = [];
  for (const { cell, index } of await codeCells(notebook)) {
    if (found.length >= most) break;
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
