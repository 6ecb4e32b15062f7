/** The side panel of graphs as a person sees and uses it, in JupyterLab and in Notebook 7. */
import type { Locator, Page } from "playwright-core";

/** The panel. */
export function panel(page: Page): Locator {
  return page.locator("#gradbook-graph");
}

/** Its button in the toolbar of the notebook at hand. */
export function button(page: Page): Locator {
  return page
    .locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Toolbar")
    .getByRole("button", { name: "Show the graph of the backward pass" });
}

/** Waits until the panel shows the graph of `title`. */
export async function shows(page: Page, title: string): Promise<void> {
  await panel(page)
    .getByRole("application", { name: `Graph of ${title}:` })
    .waitFor();
}

/** Selects a tensor in the panel. */
export async function select(page: Page, name: string): Promise<void> {
  await panel(page).locator(`.gb-Card[aria-label^="${name},"] text`).first().click();
}
