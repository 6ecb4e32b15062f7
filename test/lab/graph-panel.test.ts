import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook, savedNotebook } from "./notebooks.ts";
import { savedGraph } from "./saved-graph.ts";
import { useLab } from "./use-lab.ts";

const notebooks = {
  "two.ipynb": savedNotebook([savedGraph("J", 1), savedGraph("L", 2), { "text/plain": "no graph" }]),
  "other.ipynb": savedNotebook([savedGraph("M", 1)]),
  "none.ipynb": savedNotebook([{ "text/plain": "no graph" }]),
  "live.ipynb": freshNotebook([
    "const X = tensor([[1, -2, 0], [3, 0.5, -1]])\nconst W = tensor([[1, 0], [0.5, -1], [0, 2]])",
    "const Z = matmul(X, W)\nconst Y = sigmoid(Z)\nconst J = sum(Y)\nJ.backward()\ngraph(J)",
    "let stop = false\nsetTimeout(() => { stop = true }, 20_000)\nwhile (!stop) await new Promise((go) => setTimeout(go, 50))",
    "X.at(0, 0)",
  ]),
};

/** Each way to open the panel, as a person goes it. */
const ways: readonly (readonly [name: string, go: (page: Page) => Promise<void>])[] = [
  ["the toolbar button", (page) => button(page).click()],
  [
    "the menu",
    async (page) => {
      await page.getByRole("menuitem", { name: "View", exact: true }).click();
      await page.locator(".lm-Menu-item", { hasText: "Gradbook Graph" }).click();
    },
  ],
  [
    "the command palette",
    async (page) => {
      await page.keyboard.press("Control+Shift+C");
      await page.locator(".lm-CommandPalette-input").fill("Gradbook Graph");
      await page.locator(".lm-CommandPalette-item", { hasText: "Gradbook Graph" }).click();
    },
  ],
  ["the keyboard", (page) => page.keyboard.press("Control+Alt+G")],
];

describe("the side panel of graphs", () => {
  const lab = useLab({ notebooks });
  let page: Page;
  beforeAll(async () => {
    ({ page } = await lab().open("two.ipynb"));
  });

  it.each(ways)("is opened and closed by %s", async (_, go) => {
    expect(await panel(page).isVisible()).toBe(false);
    await go(page);
    await shows(page, "L");
    expect(await button(page).getAttribute("aria-pressed")).toBe("true");
    await go(page);
    await panel(page).waitFor({ state: "hidden" });
    // Nothing is left that could lay out for nobody.
    expect(await panel(page).locator(".gb-GraphView").count()).toBe(0);
  });

  it("is wide enough to be read, and as wide as a person makes it", async () => {
    await button(page).click();
    await shows(page, "L");
    const width = async () => (await panel(page).boundingBox())?.width ?? 0;
    await expect.poll(width).toBeGreaterThan(400);
    await keepScreenshot(page, "graph-panel");
  });

  it("shows the graph that is chosen, until the latest is wanted again", async () => {
    const chooser = panel(page).getByRole("combobox", { name: "Graph to show" });
    expect(await chooser.locator("option").allInnerTexts()).toEqual([
      "Latest: L, cell [2]",
      "J, cell [1]",
      "L, cell [2]",
    ]);
    await chooser.selectOption("J, cell [1]");
    await shows(page, "J");
    await chooser.selectOption({ index: 0 });
    await shows(page, "L");
    await page
      .locator(".jp-OutputArea")
      .first()
      .getByRole("button", { name: "Open in the side panel" })
      .click();
    await shows(page, "J");
    expect(await chooser.inputValue()).toBe("0");
  });

  it("shares the step with the output in the cell", async () => {
    const count = (view: Locator) => view.locator(".gb-Bar-count").innerText();
    const output = page.locator(".jp-OutputArea .gb-GraphView").first();
    expect(await count(panel(page))).toBe("3 / 3");
    await output.getByRole("button", { name: "One step back" }).click();
    await expect.poll(() => count(panel(page))).toBe("2 / 3");
    await panel(page).getByRole("button", { name: "To the start" }).click();
    await expect.poll(() => count(output)).toBe("0 / 3");
  });

  it("follows the active notebook, and says where there is no graph", async () => {
    await openFile(page, "other.ipynb");
    await shows(page, "M");
    await openFile(page, "none.ipynb");
    await panel(page).getByText("This notebook shows no graph yet").waitFor();
    await keepScreenshot(page, "graph-panel-empty");
    await page.locator(".jp-NotebookPanel").first().waitFor({ state: "attached" });
    await page.getByRole("tab", { name: "two.ipynb" }).click();
    // What was chosen there is still chosen.
    await shows(page, "J");
  });

  it("is there again after a reload", async () => {
    // JupyterLab keeps the layout a moment after it has changed.
    await page.waitForTimeout(2_000);
    await page.goto(page.url().replace(/\?.*/, ""));
    await shows(page, "L");
  });
});

describe("a graph and its notebook", () => {
  const lab = useLab({ notebooks });
  let notebook: NotebookPage;
  let page: Page;
  beforeAll(async () => {
    notebook = await lab().open("live.ipynb", { width: 1500, height: 900 });
    page = notebook.page;
    await run(page, 0);
    await run(page, 1);
    await button(page).click();
    await shows(page, "J");
  });

  it("leads from a tensor to the line that computed it", async () => {
    await select(page, "Y");
    await panel(page).getByRole("button", { name: "cell [2], line 2" }).click();
    await keepScreenshot(page, "graph-reveal");
    const active = page.locator(".jp-Cell.jp-mod-active");
    await active.locator(".cm-activeLine", { hasText: "const Y = sigmoid(Z)" }).waitFor();
    expect(await active.locator(".cm-content:focus").count()).toBe(1);
  });
});

function panel(page: Page): Locator {
  return page.locator("#gradbook-graph");
}

function button(page: Page): Locator {
  return page
    .locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Toolbar")
    .getByRole("button", { name: "Show the graph of the backward pass" });
}

/** Waits until the panel shows the graph of `title`. */
async function shows(page: Page, title: string): Promise<void> {
  await panel(page)
    .getByRole("application", { name: `Graph of ${title}:` })
    .waitFor();
}

async function openFile(page: Page, name: string): Promise<void> {
  await page.locator(".jp-DirListing-item", { hasText: name }).dblclick();
}

/** Runs one cell to its end. */
async function run(page: Page, index: number): Promise<void> {
  await page.evaluate(async (at) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = at;
    await window.jupyterapp.commands.execute("notebook:run-cell");
  }, index);
}

/** Selects a tensor in the panel. */
async function select(page: Page, name: string): Promise<void> {
  await panel(page)
    .locator(`.gb-Card[aria-label^="${name},"]`)
    .click({ position: { x: 10, y: 8 } });
}
