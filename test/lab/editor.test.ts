import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { breakAt, goOn, startDebugger, stoppedLine, unfold, variable } from "./debugger-page.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

const notebooks = {
  "typing.ipynb": freshNotebook([
    "const X = tensor([[1, 2, 3], [4, 5, 6]]);\nconst W = tensor([[1, 2], [3, 4]]);",
    "for (const start = Date.now(); Date.now() - start < 6000; );",
  ]),
  "stopping.ipynb": freshNotebook([
    "const X = tensor([[1, 2], [3, 4]]);\nconst Y = X.matmul(X);\nconst s = Y.sum();\ns.item()",
  ]),
  "unrun.ipynb": freshNotebook(["const V = tensor([[1, 2]]);", ""]),
};

const sentence = "Cannot matmul shapes [2, 3] and [2, 2]: the inner lengths 3 and 2 differ";

describe("writing a cell in JupyterLab", () => {
  const lab = useLab({ notebooks });

  describe("with a shape error in it", () => {
    const notebook = useNotebook("typing.ipynb");

    it("marks the error before the cell runs, with the sentence that running it gives", async () => {
      const { page } = notebook();
      await notebook().type("const Y = X.matmul(W);");
      const problem = problems(page);
      await problem.waitFor();
      expect(await problem.innerText()).toBe("W");
      await problem.hover();
      const tooltip = page.locator(".cm-tooltip-lint");
      await tooltip.waitFor();
      expect(await tooltip.innerText()).toBe(sentence);
      await keepScreenshot(page, "editor-squiggle-light");
      await page.mouse.move(0, 0);
      await tooltip.waitFor({ state: "detached" });

      await runActiveCell(page);
      const output = page.locator(".jp-mod-active .jp-OutputArea-output");
      expect(await output.innerText()).toContain(sentence);
      await problem.waitFor();
    });

    it("goes to the error at F8, and shows its sentence", async () => {
      const { page } = notebook();
      await notebook().setTheme("dark");
      await enterEditMode(page);
      await page.keyboard.press("F8");
      await page.locator(".cm-tooltip-lint", { hasText: sentence }).waitFor();
      expect(await page.evaluate(() => document.getSelection()?.toString())).toBe("W");
      await keepScreenshot(page, "editor-squiggle-dark");
      await notebook().setTheme("light");
    });

    it("marks nothing once it is mended, and nothing in an empty cell", async () => {
      const { page } = notebook();
      await page.keyboard.type("X.T");
      await problems(page).waitFor({ state: "detached" });
      await page.keyboard.press("Backspace");
      await page.keyboard.type("Q");
      await problems(page).waitFor();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await problems(page).waitFor({ state: "detached" });
    });

    it("takes a way out that the problem offers", async () => {
      const { page } = notebook();
      await notebook().type("-X");
      const problem = problems(page);
      await problem.hover();
      const way = page.locator(".cm-tooltip-lint .cm-diagnosticAction");
      await way.waitFor();
      expect(await way.innerText()).toBe("Write X.neg()");
      await keepScreenshot(page, "editor-way-out");
      await way.click();
      await page.locator(".jp-mod-active .cm-content", { hasText: /^X\.neg\(\)$/ }).waitFor();
      await problem.waitFor({ state: "detached" });
    });

    it("marks the error while another cell runs", async () => {
      const { page } = notebook();
      const isBusy = page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]');
      await page.evaluate(() => {
        window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
        void window.jupyterapp.commands.execute("notebook:run-cell");
      });
      await isBusy.waitFor();
      await notebook().type("W.add(X)");
      await problems(page).waitFor();
      expect(await isBusy.count()).toBe(1);
      await keepScreenshot(page, "editor-busy");
    });

    it("marks nothing when the kernel is shut down", async () => {
      const { page } = notebook();
      await page.evaluate(() => window.jupyterapp.commands.execute("kernelmenu:shutdown"));
      await problems(page).waitFor({ state: "detached" });
    });
  });

  it("tells what only waits for another cell from a mistake, until that cell ran", async () => {
    const notebook = await lab().open("unrun.ipynb");
    const { page } = notebook;
    await notebook.type("exp(V).add(exp(U))");
    await page.locator(".gb-Problem.gb-mod-error", { hasText: "U" }).waitFor();
    const hint = page.locator(".gb-Problem.gb-mod-hint", { hasText: "V" });
    await hint.hover();
    const tooltip = page.locator(".cm-tooltip-lint");
    await tooltip.waitFor();
    expect(await tooltip.innerText()).toMatch(/^Cannot find name 'V'\n+Run the cell that declares it first$/);
    await keepScreenshot(page, "editor-hint");
    await page.evaluate(async () => {
      window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
      await window.jupyterapp.commands.execute("notebook:run-cell");
    });
    await hint.waitFor({ state: "detached" });
  });

  describe("with a call in it", () => {
    const notebook = useNotebook("typing.ipynb");

    it("shows the signature from the opening parenthesis on, with the active parameter", async () => {
      const { page } = notebook();
      await notebook().type("const J = sum(");
      const card = page.locator(".gb-Signature");
      await card.waitFor();
      expect(await card.locator("code").innerText()).toMatch(/^sum\(x: .+, options\?: .+\): Tensor/);
      expect(await card.locator("strong").innerText()).toMatch(/^x: /);
      expect(await card.locator("p").innerText()).toMatch(/^The sum .*\.$/);
      await keepScreenshot(page, "editor-signature-light");

      const [box, line] = await Promise.all([card.boundingBox(), activeLine(page).boundingBox()]);
      if (!box || !line) throw new Error("The card or the line is not on the page");
      expect(box.y + box.height).toBeLessThanOrEqual(line.y + 1);
      expect(line.y - box.y - box.height).toBeLessThan(10);

      await page.keyboard.type("X, ");
      await card.locator("strong", { hasText: "options" }).waitFor();
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      await card.locator("strong", { hasText: "x: " }).waitFor();
      await page.keyboard.press("End");
      await page.keyboard.type("{ axis: 0 })");
      await card.waitFor({ state: "detached" });
      await problems(page).waitFor({ state: "detached" });
    });

    it("closes the card at Escape, with the cursor left where it is, and asks for it by a key", async () => {
      const { page } = notebook();
      await notebook().setTheme("dark");
      await page.keyboard.press("Enter");
      await page.keyboard.type("tensor([[1, ");
      const card = page.locator(".gb-Signature");
      await card.waitFor();
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "detached" });
      await page.keyboard.type("2], [");
      expect(await activeLine(page).innerText()).toContain("tensor([[1, 2], [");
      expect(await card.count()).toBe(0);
      await page.keyboard.press("Control+Shift+Space");
      await card.waitFor();
      await keepScreenshot(page, "editor-signature-dark");
    });

    it("leaves the keys of the completer to it", async () => {
      const { page } = notebook();
      const [card, completer] = [page.locator(".gb-Signature"), page.locator(".jp-Completer")];
      await page.keyboard.type("X.ma");
      await completer.waitFor();
      await card.waitFor();
      await keepScreenshot(page, "editor-completer");
      await page.keyboard.press("Escape");
      await completer.waitFor({ state: "hidden" });
      expect(await card.count()).toBe(1);
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "detached" });
      expect(await page.locator(".jp-Notebook.jp-mod-editMode").count()).toBe(1);
    });

    it("makes room for the completer where that has to come above the line", async () => {
      const { page } = notebook();
      await page.setViewportSize({ width: 1000, height: 420 });
      await notebook().type("exp(X");
      const [card, completer] = [page.locator(".gb-Signature"), page.locator(".jp-Completer")];
      await card.waitFor();
      await completer.waitFor();
      await keepScreenshot(page, "editor-small");
      const [upper, lower] = [await completer.boundingBox(), await card.boundingBox()];
      if (!upper || !lower) throw new Error("The card or the completer is not on the page");
      expect(upper.y + upper.height).toBeLessThanOrEqual(lower.y);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
    });

    it("proposes what a tensor has at the dot, and shows the tooltip at Shift + Tab all the same", async () => {
      const { page } = notebook();
      const [tooltip, completer] = [page.locator(".jp-Tooltip"), page.locator(".jp-Completer")];
      await page.setViewportSize({ width: 1280, height: 900 });
      await notebook().type("X.");
      await completer.locator(".jp-Completer-match", { hasText: /^matmul$/ }).waitFor();
      const offered = await completer.locator(".jp-Completer-match").allInnerTexts();
      expect(offered.slice(0, 5)).toEqual(["shape", "T", "matmul", "sum", "mean"]);
      await keepScreenshot(page, "editor-dot");
      await page.keyboard.type("sigm");
      await completer.locator(".jp-Completer-match", { hasText: /^sigmoid$/ }).waitFor();
      await page.keyboard.type("oid");
      await page.keyboard.press("Shift+Tab");
      await tooltip.getByText("sigmoid(").first().waitFor();
      expect(await completer.isHidden()).toBe(true);
      expect(await activeLine(page).innerText()).toBe("X.sigmoid");
      await keepScreenshot(page, "editor-tooltip-dark");
      await page.keyboard.press("Escape");
      await notebook().type("const half = 1.");
      await page.waitForTimeout(500);
      expect(await completer.isHidden()).toBe(true);
    });

    it("shows no card in Markdown", async () => {
      const { page } = notebook();
      await notebook().type("");
      await page.evaluate(() => window.jupyterapp.commands.execute("notebook:change-cell-to-markdown"));
      await enterEditMode(page);
      await page.keyboard.type("softmax(X, ");
      // As long as the help takes in a cell of code, and longer.
      await page.waitForTimeout(1000);
      expect(await page.locator(".gb-Signature, .jp-mod-active .gb-Problem").count()).toBe(0);
    });
  });

  it("does the same in Notebook 7", async () => {
    const { page } = await lab().open("unrun.ipynb");
    await page.goto(page.url().replace("/lab/tree/", "/notebooks/"));
    await page.locator(".jp-NotebookPanel-toolbar", { hasText: "TypeScript (Gradbook)" }).waitFor();
    await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
    await page.locator(".jp-CodeCell .cm-content").nth(1).click();
    await page.keyboard.type("softmax(U, ");
    await page.locator(".gb-Problem").waitFor();
    await page.locator(".gb-Signature").waitFor();
    await keepScreenshot(page, "editor-notebook");
    await page.keyboard.press("Escape");
    await page.locator(".gb-Signature").waitFor({ state: "detached" });
    expect(await page.locator(".jp-Notebook.jp-mod-editMode").count()).toBe(1);
  });

  it("says nothing where the settings say so", async () => {
    const notebook = await lab().open("unrun.ipynb");
    const { page } = notebook;
    await notebook.type("exp(U");
    await problems(page).waitFor();
    await page.locator(".gb-Signature").waitFor();
    await page.evaluate(() =>
      window.jupyterapp.commands.execute("settingeditor:open", { query: "Gradbook while typing" }),
    );
    for (const label of ["Squiggles", "Signatures", "Members"])
      await page.getByRole("checkbox", { name: label }).uncheck();
    await keepScreenshot(page, "editor-settings");
    await page.getByRole("tab", { name: "unrun.ipynb" }).click();
    await problems(page).waitFor({ state: "detached" });
    await enterEditMode(page);
    await page.keyboard.type("; exp(");
    await page.waitForTimeout(1000);
    expect(await page.locator(".gb-Signature, .gb-Problem").count()).toBe(0);
  });

  it("stops at a breakpoint, shows a tensor by its rows, steps, and goes on", async () => {
    const notebook = await lab().open("stopping.ipynb");
    const { page } = notebook;
    await startDebugger(page);
    await breakAt(page, 3);
    await page.evaluate(() => {
      window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
      void window.jupyterapp.commands.execute("notebook:run-cell");
    });
    await stoppedLine(page).waitFor();
    expect(await stoppedLine(page).innerText()).toBe("const s = Y.sum();");
    await unfold(page, "Y", "[0]");
    const rows = await Promise.all(["[0]", "[1]"].map((row) => variable(page, row).innerText()));
    expect(rows.map((row) => row.replace(/\s+/g, " "))).toEqual(["[0] [7, 10]", "[1] [15, 22]"]);
    await keepScreenshot(page, "debugger-light");
    await goOn(page, "next");
    await page.locator(".jp-DebuggerEditor-highlight", { hasText: "s.item()" }).waitFor();
    await notebook.setTheme("dark");
    await keepScreenshot(page, "debugger-dark");
    await goOn(page, "continue");
    const output = page.locator(".jp-OutputArea-output").first();
    await output.waitFor();
    expect(await output.innerText()).toBe("54");
  });

  /** A notebook whose first cell has run, for the tests of one block. */
  function useNotebook(path: string): () => NotebookPage {
    let notebook: NotebookPage;
    beforeAll(async () => {
      notebook = await lab().open(path);
      await notebook.page.evaluate(async () => {
        window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
        await window.jupyterapp.commands.execute("notebook:run-cell");
      });
    });
    return () => notebook;
  }
});

/** What is marked in the cell at hand. */
function problems(page: Page): Locator {
  return page.locator(".jp-mod-active .gb-Problem").first();
}

function activeLine(page: Page): Locator {
  return page.locator(".jp-mod-active .cm-activeLine, .jp-mod-active .cm-line").last();
}

async function runActiveCell(page: Page): Promise<void> {
  await page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-cell"));
}

async function enterEditMode(page: Page): Promise<void> {
  await page.evaluate(() => window.jupyterapp.commands.execute("notebook:enter-edit-mode"));
  await page.locator(".jp-mod-active .cm-content:focus").waitFor();
}
