import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./find-violations.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

const notebooks = { "help.ipynb": freshNotebook(["const X = tensor([[1, 2]]);", ""]) };

describe("the panel of help", () => {
  const lab = useLab({ notebooks });
  let notebook: NotebookPage;
  let page: Page;
  beforeAll(async () => {
    notebook = await lab().turnTo("help.ipynb");
    page = notebook.page;
  });

  it("comes from the Help menu, with all names by task", async () => {
    await page.getByRole("menuitem", { name: "Help", exact: true }).click();
    await page.locator(".lm-Menu-item", { hasText: "Gradbook Help" }).click();
    const panel = page.locator(".gb-Help");
    await panel.getByText("sigmoid(x)", { exact: true }).waitFor();
    expect(await panel.locator("h3").allInnerTexts()).toEqual([
      "Build",
      "Compute",
      "Differentiate",
      "Ask why",
      "Look",
      "Play",
      "Train",
      "Exercise",
      "Of a tensor",
    ]);
    expect(await panel.locator("li").count()).toBeGreaterThan(150);
    await keepScreenshot(page, "help-panel-light");
  });

  it("finds a name by the keyboard, and puts its example into the notebook, where it runs", async () => {
    const panel = page.locator(".gb-Help");
    await panel.locator("input:focus").waitFor();
    await page.keyboard.type("softmax");
    await panel.locator("li").nth(2).waitFor();
    expect(await panel.locator("li > code").first().innerText()).toMatch(/^softmax\(/);
    expect(await findViolations(panel)).toEqual([]);
    await notebook.setTheme("dark");
    await keepScreenshot(page, "help-panel-dark");
    expect(await findViolations(panel)).toEqual([]);
    await notebook.setTheme("light");
    await panel.locator("input").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const cell = page.locator(".jp-Cell.jp-mod-active");
    await cell.locator(".cm-content:focus", { hasText: "softmax(" }).waitFor();
    await page.keyboard.press("Shift+Enter");
    const output = page.locator(".jp-OutputArea-output").last();
    await output.waitFor();
    expect(await output.getAttribute("data-mime-type")).not.toContain("error");
    expect(await output.innerText()).toMatch(/0\.\d/);
  });

  it("says so where nothing is called so", async () => {
    const panel = page.locator(".gb-Help");
    await panel.locator("input").fill("qwxz");
    await panel.getByText("Nothing here is called so").waitFor();
  });
});
