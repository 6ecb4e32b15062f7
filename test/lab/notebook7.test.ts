import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { button, panel, select, shows } from "./graph-panel-page.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import { savedNotebook } from "./notebooks.ts";
import { savedGraph } from "./saved-graph.ts";
import { useLab } from "./use-lab.ts";

const notebooks = { "two.ipynb": savedNotebook([savedGraph("J", 1), savedGraph("L", 2)]) };

describe("graphs in Notebook 7", () => {
  const lab = useLab({ notebooks });
  let page: Page;
  beforeAll(async () => {
    page = await lab().openNotebook7("two.ipynb");
  });

  it("are drawn in the outputs of a notebook that nobody has trusted", async () => {
    await page.getByText("Not Trusted").waitFor();
    for (const title of ["J", "L"]) {
      await page
        .locator(".jp-OutputArea")
        .getByRole("application", { name: `Graph of ${title}:` })
        .waitFor();
    }
  });

  it("have their panel at the side, opened and closed by the toolbar button", async () => {
    await button(page).click();
    await shows(page, "L");
    await keepScreenshot(page, "notebook7");
    await button(page).click();
    await panel(page).waitFor({ state: "hidden" });
  });

  it("have it in the menu", async () => {
    await page.getByRole("menuitem", { name: "View", exact: true }).click();
    await page.locator(".lm-Menu-item", { hasText: "Gradbook Graph" }).click();
    await shows(page, "L");
    expect(await button(page).getAttribute("aria-pressed")).toBe("true");
  });

  it("open in the panel from the output, and lead back to their cell", async () => {
    await page
      .locator(".jp-OutputArea")
      .first()
      .getByRole("button", { name: "Open in the side panel" })
      .click();
    await shows(page, "J");
    await select(page, "Z");
    await panel(page).getByRole("button", { name: "cell [1], line 2" }).click();
    await page.locator(".jp-Cell.jp-mod-active .cm-content:focus", { hasText: "outputs[0]" }).waitFor();
  });
});
