import type { IMimeBundle } from "@jupyterlab/nbformat";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { exp, explain, tensor } from "../../src/index.ts";
import { outputOf } from "../extension/tensor-output.ts";
import { button, panel, select, shows } from "./graph-panel-page.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import { savedNotebook } from "./notebooks.ts";
import { savedGraph } from "./saved-graph.ts";
import { useLab } from "./use-lab.ts";

const X = tensor([[1, -2], [3, 0.5]], { name: "X" }); // biome-ignore format: a matrix
const notebooks = {
  "two.ipynb": savedNotebook([savedGraph("J", 1), savedGraph("L", 2)]),
  "typeset.ipynb": savedNotebook([outputOf(X), { ...explain(exp(X).as("Y")).toMimeBundle() } as IMimeBundle]),
};

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

// The server remembers files by their names, and both front ends have files of the same name.
describe("Notebook 7 after JupyterLab, on one server", () => {
  const lab = useLab({ notebooks });

  it("has tensors and derivations typeset by our renderer, in its fonts", async () => {
    const first = await lab().open("typeset.ipynb");
    await first.page.locator(".gb-Tensor .katex").waitFor();
    const page = await lab().openNotebook7("typeset.ipynb");
    const failed: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400 && /font|katex|gradbook/i.test(response.url()))
        failed.push(response.url());
    });
    await page.locator(".gb-Tensor .katex").first().waitFor();
    await page.locator(".gb-Derivation .katex").last().waitFor();
    const fonts = await page.evaluate(async () => {
      await document.fonts.ready;
      return Array.from(document.fonts, ({ family, status }) => ({ family, status }));
    });
    const statusOf = (family: string) =>
      fonts.filter((font) => font.family === family).map((font) => font.status);
    for (const family of ["KaTeX_Main", "KaTeX_Math"]) expect(statusOf(family), family).toContain("loaded");
    expect(fonts.filter(({ status }) => status === "error")).toEqual([]);
    expect(await page.locator(".jp-OutputArea mjx-container").count()).toBe(0);
    expect(failed).toEqual([]);
    await keepScreenshot(page, "notebook7-typeset");
  });
});
