import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { savedNotebook } from "./notebooks.ts";
import { savedGraph } from "./saved-graph.ts";
import { useLab } from "./use-lab.ts";

const notebooks = {
  "two.ipynb": savedNotebook([savedGraph("J", 1), savedGraph("L", 2), { "text/plain": "no graph" }]),
  "other.ipynb": savedNotebook([savedGraph("M", 1)]),
  "none.ipynb": savedNotebook([{ "text/plain": "no graph" }]),
};

/** Each way to open the panel, as a person goes it. */
const ways: readonly (readonly [name: string, (page: Page) => Promise<void>])[] = [
  ["the toolbar button", (page) => button(page).click()],
  [
    "the menu",
    async (page) => {
      await page.getByRole("menuitem", { name: "View", exact: true }).click();
      await page.getByRole("menuitem", { name: "Gradbook Graph" }).click();
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

describe("the side panel", () => {
  const lab = useLab({ notebooks });

  it.each(ways)("is opened and closed by %s", async (_, go) => {
    const { page } = await lab().open("two.ipynb");
    expect(await panel(page).isVisible()).toBe(false);
    await go(page);
    await shows(page, "L");
    expect(await button(page).getAttribute("aria-pressed")).toBe("true");
    await go(page);
    await panel(page).waitFor({ state: "hidden" });
    // Nothing is left that could lay out for nobody.
    expect(await panel(page).locator(".gb-Graph").count()).toBe(0);
  });
});

function panel(page: Page): Locator {
  return page.locator("#gradbook-graph");
}

function button(page: Page): Locator {
  return page
    .locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Toolbar")
    .getByRole("button", { name: "Gradbook Graph" });
}

/** Waits until the panel shows the graph of `title`. */
async function shows(page: Page, title: string): Promise<void> {
  await panel(page).locator(".gb-Graph", { hasText: title }).waitFor();
}
