import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cellsOf, homework, sourceOf } from "../exercise/notebooks.ts";
import { findViolations } from "./find-violations.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

/** The cell that declares an exercise in the first homework. */
function declarationOf(id: string): string {
  const cell = cellsOf(homework[0]).find(
    ({ metadata }) => metadata.gradbook?.exercise === id && metadata.gradbook.role === "declaration",
  );
  if (cell === undefined) throw new Error(`There is no declaration of ${id}`);
  return sourceOf(cell);
}

const WRONG = "function sigmoidBackward(dY: Tensor, X: Tensor): Tensor {\n  return dY.mul(sigmoid(X))\n}";
const RIGHT = WRONG.replace("sigmoid(X))", "sigmoid(X)).mul(sigmoid(X.neg()))");

const notebooks = {
  "homework.ipynb": freshNotebook([
    'student("ada")',
    `${declarationOf("1a")}\n${declarationOf("1b")}`,
    WRONG,
    'exercise("1b")',
    'exercise("2z", { points: 1, title: "twice", inputs: { X: [2, 3] } }).value("Y", ({ X }) => X.mul(2))\nconst { X } = exercise("2z").inputs\nconst Y = X.mul(2)',
    'student("bob")',
    'exercise("2z")',
  ]),
};

describe("homework in a browser", () => {
  const lab = useLab({ notebooks });

  /** The report below a cell, once it says this. */
  async function report(notebook: NotebookPage, index: number, says: string): Promise<Locator> {
    const output = (await notebook.cell(index)).locator(".jp-RenderedMarkdown");
    await output.filter({ hasText: says }).waitFor();
    return output;
  }

  it("a student fails an exercise, reads the hint, and solves it", async () => {
    const notebook = await lab().turnTo("homework.ipynb", { width: 1000, height: 900 });
    await notebook.runAll();
    const failed = await report(notebook, 3, "0 of 2 points");
    expect(await failed.innerText()).toMatch(
      /public checks · 0 of 2 points\s+Hint\. The derivative of σ is not σ itself[\s\S]*✗ dX has the shape of X, as it should; entry \(1, 1\) is wrong, as are all others/,
    );
    await failed.locator("mjx-container").first().waitFor();
    expect(await findViolations(failed)).toEqual([]);
    for (const theme of ["dark", "light"] as const) {
      await notebook.setTheme(theme);
      await keepScreenshot(notebook.page, `homework-hint-${theme}`);
    }

    const editor = (await notebook.cell(2)).locator(".cm-content");
    await editor.click();
    await notebook.page.keyboard.press("Control+A");
    await notebook.page.keyboard.insertText(RIGHT);
    await notebook.runAll();
    const solved = await report(notebook, 3, "2 of 2 points");
    const told = await solved.innerText();
    expect(told).toMatch(/✓ sigmoidBackward agrees with the derivative/);
    expect(told).not.toMatch(/Hint/);
    expect(told).toMatch(/Public checks passed in \d of 3 exercises: · 1a, ✓ 1b, . 2z/);
    await keepScreenshot(notebook.page, "homework-solved");
  });

  it("says so where the inputs were drawn for somebody else", async () => {
    const notebook = await lab().turnTo("homework.ipynb", { width: 1000, height: 900 });
    await notebook.runAll();
    const output = await report(notebook, 6, "drawn for ada");
    expect(await output.innerText()).toMatch(/The inputs here were drawn for ada[\s\S]*✗/);
    await keepScreenshot(notebook.page, "homework-owner");
  });
});
