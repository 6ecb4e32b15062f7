import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  changedDerivation,
  elementwiseDerivation,
  productDerivation,
  wholeDerivation,
  wrongDerivation,
} from "../extension/derivations.ts";
import { findViolations } from "./find-violations.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook, savedNotebook } from "./notebooks.ts";
import { matrixCell, readLinks } from "./read-links.ts";
import { useLab } from "./use-lab.ts";

const attack = '<img src="nowhere" onerror="window.wasRun = true"><script>window.wasRun = true</script>';
const attackedStep = {
  kind: "closed",
  label: attack,
  members: [attack, "\\href{javascript:x}{X}"],
  note: attack,
};
const verdict = { ok: false, trials: 1, error: null, counterexample: attack, step: "closed" };

const notebooks = {
  "derivations.ipynb": savedNotebook([elementwiseDerivation(), productDerivation(), wrongDerivation()]),
  "predict.ipynb": freshNotebook([
    "const X = tensor([[1, 2, 3]])\nconst Y = exp(X)\nY.backward(tensor([[2, -1, 1]]))\nexplain(Y)",
  ]),
  "whole.ipynb": savedNotebook([wholeDerivation()]),
  "hostile.ipynb": savedNotebook([
    changedDerivation({ v: attack }),
    changedDerivation({ parts: [{ title: attack, steps: [attackedStep], verdict }] }),
    changedDerivation({ parts: Array(500).fill({ title: "dX", steps: [], verdict }) }),
    changedDerivation({
      parts: Array(30).fill({
        title: "dX",
        verdict,
        steps: Array(60).fill({ ...attackedStep, members: ["x".repeat(500)] }),
      }),
    }),
    changedDerivation({
      parts: [
        { title: "dX", steps: [{ ...attackedStep, members: ["\\frac{1}", "{".repeat(30_000)] }], verdict },
      ],
    }),
  ]),
};

/** The lines of an output that are to be seen, as label and remark. */
function linesOf(output: Locator): Promise<string[]> {
  return output
    .locator(".gb-Line:visible .gb-Line-label")
    .evaluateAll((labels) => labels.map((label) => label.textContent ?? ""));
}

const elementwiseLines = ["shapes", "definition", "Y", "local derivative", "∂Y/∂X", "chain rule", "closed form", "numbers", "check"]; // biome-ignore format: one list

describe("the derivation renderer", () => {
  const lab = useLab({ notebooks });

  /** The derivation of a cell, once it is typeset. */
  async function derivation(notebook: NotebookPage, index: number): Promise<Locator> {
    const output = (await notebook.cell(index)).locator(".gb-Derivation");
    await output.locator(".katex-html").first().waitFor();
    return output;
  }

  it("shows one line per thought, the result boxed and the check last, in both themes", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    for (const theme of ["light", "dark"] as const) {
      await notebook.setTheme(theme);
      const output = await derivation(notebook, 0);
      expect(await linesOf(output)).toEqual(elementwiseLines);
      const boxes = output
        .locator(".gb-Line-math")
        .evaluateAll((all) =>
          all
            .filter((math) => getComputedStyle(math).borderStyle === "solid")
            .map((math) => math.querySelector("annotation")?.textContent),
        );
      expect(await boxes).toEqual(["\\displaystyle dX"]);
      expect(await output.locator(".gb-Line").last().innerText()).toMatch(
        /^check\s+✓ every line holds at 8 random points; differences agree to \d·10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/,
      );
      expect(await output.locator("math").count()).toBe(await output.locator(".katex-html").count());
      expect(await findViolations(output)).toEqual([]);
      await keepScreenshot(notebook.page, `derivation-${theme}`);
    }
  });

  it("hides a derivative until the reader has predicted it, and the kernel has judged the prediction", async () => {
    const notebook = await lab().turnTo("predict.ipynb", { width: 1100, height: 860 });
    await notebook.runAll();
    const output = await derivation(notebook, 0);
    await output.getByRole("button", { name: "predict" }).click();
    const on = output.getByRole("button", { name: "Show the next line (n)" });
    const question = output.locator(".gb-Question");
    while ((await question.count()) === 0) await on.click();
    expect(await linesOf(output)).toEqual(["shapes", "definition", "Y", "local derivative"]);
    const [input, answer] = [question.locator("input"), question.locator(".gb-Question-answer")];
    await input.fill("x_ij");
    await input.press("Enter");
    await answer.filter({ hasText: /^✗ .* does not hold/ }).waitFor();
    await keepScreenshot(notebook.page, "derivation-predict-light");
    await input.fill("e^{x_ij}");
    await input.press("Enter");
    await answer.filter({ hasText: "✓ it holds" }).waitFor();
    await notebook.setTheme("dark");
    await keepScreenshot(notebook.page, "derivation-predict-dark");
    expect(await findViolations(output)).toEqual([]);
    await question.getByRole("button", { name: "show" }).click();
    await question.waitFor({ state: "detached" });
    expect(await linesOf(output)).toEqual(["shapes", "definition", "Y", "local derivative"]);
    await output.getByRole("button", { name: "predict" }).click();
    expect(await linesOf(output)).toContain("check");
    await notebook.setTheme("light");
  });

  it("outlines the entries at the same place, general ones and numbers", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const output = await derivation(notebook, 0);
    const numbers = output.locator(".gb-mod-numbers .gb-Member").last();
    await matrixCell(numbers, 0, 1, 2).hover();
    const outlined = await readLinks(output);
    expect(outlined.current).toEqual(["0.0525"]);
    expect(outlined.linked).toHaveLength(5);
    expect(outlined.linked).toEqual(
      expect.arrayContaining(["y12", "y12(1-y12)", "dy12⋅y12(1-y12)", "0.0525"]),
    );
    await keepScreenshot(notebook.page, "derivation-entries");

    // The last row is α as well as the second, the third column β.
    await matrixCell(numbers, 0, 2, 3).hover();
    const { linked } = await readLinks(output);
    expect(linked).toEqual(expect.arrayContaining(["y2β", "yαβ", "0.7864"]));
    expect(linked).not.toContain("y22");

    await output.locator(".gb-Line-label").first().hover();
    expect(await readLinks(output)).toEqual({ current: [], linked: [] });
  });

  it("outlines the indices that are the same in a formula", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const output = await derivation(notebook, 1);
    const definition = output.locator(".gb-Line", { hasText: "definition" }).first();
    await definition.locator(".gb-Member").first().locator(".mord:has(> .msupsub)").hover();
    const { current, linked } = await readLinks(output);
    expect(current).toEqual(["zij"]);
    expect(new Set(linked)).toEqual(new Set(["zij"]));
    expect(linked.length).toBeGreaterThan(2);
  });

  it("outlines the row and the column whose product an entry is", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const output = await derivation(notebook, 1);
    const [factors, result] = [1, 2].map((k) =>
      output.locator(".gb-mod-numbers").first().locator(".gb-Member").nth(k),
    );
    await matrixCell(result, 0, 1, 2).hover();
    // dX = dZ Wᵀ: row 1 of dZ, and column 2 of Wᵀ, which is row 2 of W.
    expect((await readLinks(output)).linked.toSorted()).toEqual(["-1", "0.0200", "0.1050", "0.25", "0.5"]);
    await matrixCell(factors, 1, 3, 1).hover();
    // Entry (3, 1) of W is met by column 1 of dZ, and goes into column 3 of dX.
    expect((await readLinks(output)).linked.toSorted()).toEqual(["0", "0.0359", "0.1402", "0.2100", "0.25"]);
    await keepScreenshot(notebook.page, "derivation-product");
  });

  it("can be walked through by the keyboard, entry by entry", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const { page } = notebook;
    const output = await derivation(notebook, 0);
    const box = output.locator(".gb-Derivation-lines");
    await output.getByRole("button", { name: "Copy as LaTeX" }).focus();
    await page.keyboard.press("Tab");
    expect(await box.evaluate((node) => node === document.activeElement)).toBe(true);
    const { cells } = await notebook.content();
    // JupyterLab's own key for a new cell rests meanwhile.
    await page.keyboard.press("b");
    const seen: string[] = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight"]) {
      await page.keyboard.press(key);
      seen.push((await readLinks(output)).current.join());
    }
    expect(seen).toEqual(["xij", "xij", "yij", "y11", "y21", "y22"]);
    expect(await output.locator(".gb-Derivation-lines [aria-live]").textContent()).toMatch(
      /^Entry 2, 2: y_22; \d others/,
    );
    await page.keyboard.press("Escape");
    expect(await readLinks(output)).toEqual({ current: [], linked: [] });
    expect((await notebook.content()).cells).toEqual(cells);
  });

  it("hides what comes after, step by step, by mouse and by keys", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const { page } = notebook;
    const output = await derivation(notebook, 0);
    const button = (name: string) => output.getByRole("button", { name, exact: true });
    await button("Show the first line only").click();
    expect(await linesOf(output)).toEqual(["shapes"]);
    await button("Show the next line (n)").click();
    expect(await linesOf(output)).toEqual(["shapes", "definition"]);
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    expect(await output.locator(".gb-Derivation-count").textContent()).toBe("4 / 9");
    await keepScreenshot(page, "derivation-step");
    await page.keyboard.press("p");
    expect(await linesOf(output)).toEqual(["shapes", "definition", "Y"]);
    // Who walks by the arrows does not walk into what is hidden.
    await output.getByRole("button", { name: "Copy as LaTeX" }).focus();
    await page.keyboard.press("Tab");
    for (let walked = 0; walked < 12; walked++) await page.keyboard.press("ArrowDown");
    expect((await readLinks(output)).current).toEqual(["yα1"]);
    await button("Show all lines").click();
    expect(await linesOf(output)).toEqual(elementwiseLines);
    expect(await button("Show the next line (n)").getAttribute("aria-disabled")).toBe("true");
  });

  it("switches between general form and numbers without running the cell", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const { cells } = await notebook.content();
    const output = await derivation(notebook, 0);
    await output.getByRole("button", { name: "numbers" }).click();
    expect(await linesOf(output)).toEqual(["closed form", "numbers", "check"]);
    await output.getByRole("button", { name: "generic" }).click();
    expect(await linesOf(output)).toEqual(elementwiseLines.filter((label) => label !== "numbers"));
    expect(await output.getByRole("button", { pressed: true }).innerText()).toBe("generic");
    await output.getByRole("button", { name: "both" }).click();
    expect(await linesOf(output)).toEqual(elementwiseLines);
    expect((await notebook.content()).cells).toEqual(cells);
  });

  it("shows a failing line in red, with its counterexample", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 1100, height: 860 });
    const output = await derivation(notebook, 2);
    const wrong = output.locator(".gb-mod-wrong");
    expect(await wrong.locator(".gb-Line-label").allTextContents()).toEqual(["chain rule", "check"]);
    expect(await wrong.locator(".gb-Line-note").textContent()).toMatch(
      /^✗ at entry \(1, 1\) the formula gives/,
    );
    expect(await wrong.last().innerText()).toMatch(/✗ failed in the line marked ✗$/);
    for (const theme of ["light", "dark"] as const) {
      await notebook.setTheme(theme);
      await output.locator(".gb-Line").last().scrollIntoViewIfNeeded();
      expect(await findViolations(output)).toEqual([]);
      await keepScreenshot(notebook.page, `derivation-wrong-${theme}`);
    }
  });

  it("shows several gradients one below the other, their formulas in one column", async () => {
    const notebook = await lab().turnTo("whole.ipynb", { width: 1100, height: 1400 });
    const output = await derivation(notebook, 0);
    expect(await output.locator(".gb-Derivation-title .katex-html").allTextContents()).toEqual([
      "dY",
      "dZ",
      "dX",
      "dW",
    ]);
    const lefts = await output
      .locator(".gb-Line:not(.gb-mod-result) .gb-Line-math")
      .evaluateAll((all) => all.map((math) => math.getBoundingClientRect().left));
    expect(new Set(lefts).size).toBe(1);
    await keepScreenshot(notebook.page, "derivation-whole");
  });

  it("fits a small window, where only what is too wide scrolls", async () => {
    const notebook = await lab().turnTo("derivations.ipynb", { width: 620, height: 900 });
    await notebook.page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-left-area"));
    const output = await derivation(notebook, 0);
    const { width, inner, tooWide } = await output.evaluate((node) => ({
      width: node.clientWidth,
      inner: node.scrollWidth,
      tooWide: Array.from(node.querySelectorAll(".gb-Member")).filter(
        (m) => m.scrollWidth > m.clientWidth + 1,
      ).length,
    }));
    expect(inner).toBe(width);
    expect(tooWide).toBeLessThan(3);
    await keepScreenshot(notebook.page, "derivation-small");
  });

  it("copies its LaTeX", async () => {
    const notebook = await lab().turnTo("derivations.ipynb");
    const output = await derivation(notebook, 0);
    await output.getByRole("button", { name: "Copy as LaTeX" }).click();
    await output.getByText("Copied", { exact: true }).waitFor();
    const copied = await notebook.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(elementwiseDerivation()["text/latex"]);
  });

  it("takes nothing but text from a hostile notebook, and stays responsive", async () => {
    const notebook = await lab().turnTo("hostile.ipynb");
    const outputs = notebook.page.locator(".gb-Derivation");
    const shows = async (index: number, text: string) => {
      await (await notebook.cell(index)).locator(".gb-Derivation", { hasText: text }).waitFor();
    };
    await shows(0, "Cannot show this derivation: the version of its data is");
    await shows(0, "closed form");
    await shows(1, attack);
    await shows(2, "Show more of the 480 gradients that follow");
    await shows(3, "failed in the line marked ✗");
    await shows(4, "\\frac{1}");
    expect(await outputs.locator("img, script, a, [onerror]").count()).toBe(0);
    expect(await notebook.page.evaluate(() => "wasRun" in window)).toBe(false);
    const start = Date.now();
    await (await notebook.cell(2)).getByRole("button", { name: /^Show more/ }).click();
    await shows(2, "Show more of the 460 gradients that follow");
    expect(Date.now() - start).toBeLessThan(3000);
  });
});
