import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./find-violations.ts";
import { button, panel, select, shows } from "./graph-panel-page.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook, savedNotebook } from "./notebooks.ts";
import { savedGraph } from "./saved-graph.ts";
import { useLab } from "./use-lab.ts";

const notebooks = {
  "two.ipynb": savedNotebook([savedGraph("J", 1), savedGraph("L", 2), { "text/plain": "no graph" }]),
  "other.ipynb": savedNotebook([savedGraph("M", 1)]),
  "lost.ipynb": savedNotebook([savedGraph("K", 9)]),
  "none.ipynb": savedNotebook([{ "text/plain": "no graph" }]),
  "live.ipynb": freshNotebook([
    "const X = tensor([[1, -2, 0], [3, 0.5, -1]])\nconst W = tensor([[1, 0], [0.5, -1], [0, 2]])",
    "const Z = matmul(X, W)\nconst Y = sigmoid(Z)\nconst J = sum(Y)\nJ.backward()\ngraph(J)",
    "for (;;);",
    "X.toArray()[0][0]",
    `for (let k = 1; k <= 20; k++) {
      const L = sum(mul(X, k))
      L.backward()
      display(graph(L), { id: "live" })
      await new Promise((go) => setTimeout(go, 200))
    }`,
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
  let notebook: NotebookPage;
  let page: Page;
  beforeAll(async () => {
    notebook = await lab().open("two.ipynb");
    page = notebook.page;
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
    const { x = 0, y = 0 } = (await panel(page).boundingBox()) ?? {};
    await page.mouse.move(x - 4, y + 300);
    await page.mouse.down();
    await page.mouse.move(x + 86, y + 300, { steps: 4 });
    await page.mouse.up();
    const chosen = await width();
    expect(chosen).toBeLessThan(400);
    await button(page).click();
    await button(page).click();
    await shows(page, "L");
    expect(await width()).toBeCloseTo(chosen, 0);
  });

  it("has nothing serious in the way of people who listen to it, in both themes", async () => {
    for (const theme of ["dark", "light"] as const) {
      await notebook.setTheme(theme);
      await keepScreenshot(page, `graph-panel-${theme}`);
      expect(await findViolations(page.locator("#gradbook-graph"))).toEqual([]);
    }
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

  it("says that a cell is gone when it is asked for one that was deleted", async () => {
    await openFile(page, "lost.ipynb");
    await shows(page, "K");
    await select(page, "Z");
    await panel(page).getByRole("button", { name: "cell [9], line 2" }).click();
    await page.getByText("Cell [9] is no longer in this notebook").waitFor();
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

  it("shows graphs as the settings say", async () => {
    const inspector = panel(page).locator(".gb-Inspector");
    expect(await inspector.isVisible()).toBe(true);
    await page.evaluate(() =>
      window.jupyterapp.commands.execute("settingeditor:open", { query: "Gradbook" }),
    );
    const setting = page.getByRole("checkbox", { name: "Show the inspector" });
    await setting.uncheck();
    await page.getByRole("tab", { name: "other.ipynb" }).click();
    await shows(page, "M");
    await expect.poll(() => inspector.isVisible()).toBe(false);
    await page.getByRole("tab", { name: "Settings" }).click();
    await setting.check();
    await page.getByRole("tab", { name: "two.ipynb" }).click();
    await shows(page, "J");
    await inspector.waitFor();
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
    await panel(page).getByRole("button", { name: "Show all of it" }).click();
  });

  it("leads from a tensor to the line that computed it", async () => {
    await select(page, "Y");
    await panel(page).getByRole("button", { name: "cell [2], line 2" }).click();
    await keepScreenshot(page, "graph-reveal");
    await page.locator("#jp-main-statusbar").getByText("Ln 2, Col 1").waitFor();
    await page.locator(".jp-Cell.jp-mod-active .cm-content:focus", { hasText: "sigmoid(Z)" }).waitFor();
  });

  it("recomputes an edited graph in the kernel, and leaves the notebook's variables alone", async () => {
    await edit(page, "7");
    await status(page).getByText("computed by the kernel").waitFor();
    await expect.poll(() => total(page)).toBe("2.9169");
    expect(await valueOfX(page)).toBe("1");
  });

  it("recomputes it in the page while a cell runs", async () => {
    void run(page, 2);
    await page.locator(".jp-InputPrompt", { hasText: "[*]" }).waitFor();
    await edit(page, "-7");
    await status(page).getByText("computed in this page").waitFor();
    await expect.poll(() => total(page)).toBe("1.9197");
    await page.evaluate(() => window.jupyterapp.commands.execute("notebook:interrupt-kernel"));
    await isFree(page);
  });

  it("changes the notebook's variables when told so", async () => {
    await isFree(page);
    await edit(page, "7");
    await status(page).getByText("computed by the kernel").waitFor();
    await panel(page).getByRole("button", { name: "Give to the variable" }).click();
    await status(page).getByText("X: the variable has the new numbers now.").waitFor();
    expect(await valueOfX(page)).toBe("7");
  });

  it("is followed while a loop renews it, at the step where a person has stopped", async () => {
    const running = run(page, 4);
    await panel(page)
      .locator(".gb-Pill", { hasText: /X · [1-9]\b/ })
      .waitFor();
    await panel(page).getByRole("button", { name: "One step back" }).click();
    await running;
    await panel(page).locator(".gb-Pill", { hasText: "X · 20" }).waitFor();
    expect(await panel(page).locator(".gb-Bar-count").innerText()).toBe("1 / 2");
    await panel(page).getByRole("combobox").selectOption("J, cell [2]");
  });

  it("says when the kernel was restarted, and computes in the page from then on", async () => {
    await page.getByRole("menuitem", { name: "Kernel", exact: true }).click();
    await page.locator(".lm-Menu-item", { hasText: /^Restart Kernel…/ }).click();
    await page.locator(".jp-Dialog").getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await status(page).getByText("The kernel was restarted and knows nothing of this graph").waitFor();
    await keepScreenshot(page, "graph-restarted");
    await edit(page, "-7");
    await status(page).getByText("computed in this page").waitFor();
    await expect.poll(() => total(page)).toBe("1.9197");
  });
});

describe("a graph in JupyterLab without our extension", () => {
  const lab = useLab({ notebooks, extension: false });

  it("is a text until the notebook is trusted, and then a picture", async () => {
    const { page } = await lab().open("other.ipynb");
    const output = page.locator(".jp-OutputArea-output");
    await output.getByText("M = sum(Z), Z = X W").waitFor();
    expect(await output.locator("img, svg").count()).toBe(0);
    const trusting = page.evaluate(() => window.jupyterapp.commands.execute("notebook:trust"));
    await page.locator(".jp-Dialog").getByRole("button", { name: "Trust" }).click();
    await trusting;
    await output.locator("img, svg").waitFor();
  });
});

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

/** Gives the first entry of X another number. */
async function edit(page: Page, value: string): Promise<void> {
  await panel(page).locator('[data-entry="0:0"][data-part="value"]').dblclick();
  const input = panel(page).getByRole("spinbutton");
  await input.fill(value);
  await input.press("Enter");
}

/** Waits until no cell runs. */
async function isFree(page: Page): Promise<void> {
  await page.locator(".jp-InputPrompt", { hasText: "[*]" }).waitFor({ state: "detached" });
}

/** What the panel says of the edits. */
function status(page: Page): Locator {
  return panel(page).getByRole("status");
}

/** The value of J as the panel shows it. */
async function total(page: Page): Promise<string | null> {
  return panel(page).locator('[data-entry="4:0"][data-part="value"] text').first().textContent();
}

/** The first entry of X as the notebook has it. */
async function valueOfX(page: Page): Promise<string> {
  await run(page, 3);
  return page.locator(".jp-Cell").nth(3).locator(".jp-OutputArea-output").innerText();
}
