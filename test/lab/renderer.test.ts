import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { latex, rand, tensor } from "../../src/index.ts";
import { gallery } from "../extension/gallery.ts";
import { changedOutput, outputOf } from "../extension/tensor-output.ts";
import { findViolations } from "./find-violations.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { Lab } from "./lab.ts";
import { freshNotebook, savedNotebook } from "./notebooks.ts";
import { type Formula, readFormula } from "./read-formula.ts";
import { matrixCell, readLinks } from "./read-links.ts";
import { useLab } from "./use-lab.ts";

const attack = '<img src="nowhere" onerror="window.wasRun = true"><script>window.wasRun = true</script>';

const notebooks = {
  "plain.ipynb": savedNotebook([{ "text/plain": "no tensor here" }]),
  "gallery.ipynb": savedNotebook(gallery.map(({ x }) => outputOf(x))),
  "wide.ipynb": savedNotebook([
    changedOutput({ tex: `W = \\begin{pmatrix} ${Array(8).fill("-12345.6789").join(" & ")} \\end{pmatrix}` }),
  ]),
  "hostile.ipynb": savedNotebook([
    changedOutput({ v: attack }),
    changedOutput({ tex: attack, text: attack, name: attack }),
    changedOutput({ tex: "\\href{javascript:window.wasRun=true}{X}" }),
    changedOutput({ tex: "X = \\newmatrix{1}" }),
    changedOutput({ tex: "{".repeat(30_000) }),
  ]),
  "digits.ipynb": savedNotebook([
    outputOf(tensor([[1 / 3, -2 / 3], [0.5, 100]]).as("A")), // biome-ignore format: a matrix
    outputOf(rand(20, 20).as("R")),
    changedOutput({ data: [1, -2, 3, 0.7] }),
  ]),
  "live.ipynb": freshNotebook([
    "const R = rand(30, 30); R",
    "const X = tensor([[1, -2, 0], [3, 0.5, -1]]), Y = sigmoid(X); Y.backward(ones(2, 3)); display(X); display(Y); X.grad",
  ]),
  "play.ipynb": freshNotebook([
    "const X = live(tensor([[1, 2], [3, 4]]), { from: -9, to: 9, step: 0.5 })\nX",
    'const eta = slider("η", 0, 1, { value: 0.25 })',
    "const Z = X.mul(eta), J = sum(Z)\nJ.backward()\ndisplay(Z)\ndisplay(X.grad)\ngraph(J)",
    "display(plot({ x: [0, 1], y: [0, 2], curve: (x) => eta.item() * x }))\nexplain(Z, { wrt: X })",
  ]),
  "update.ipynb": freshNotebook([
    'display(tensor([[1]]).as("S"), { id: "live" })',
    'display(tensor([[2]]).as("S"), { id: "live" })',
  ]),
};

describe("the tensor renderer", () => {
  const lab = useLab({ notebooks });

  typesetsEveryTensor(lab, "KaTeX");

  it("waits with KaTeX for the first tensor, and starts with at most 60 kB", async () => {
    const { page } = await lab().open("plain.ipynb");
    const loaded = await page.evaluate(async () => {
      const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
      const ours = addresses.filter((address) => address.includes("/@gradbook/jupyterlab/"));
      return Promise.all(ours.map(async (address) => (await fetch(address)).text()));
    });
    const size = loaded.reduce((sum, text) => sum + gzipSync(text).length, 0);
    expect(size).toBeGreaterThan(1_000);
    expect(size).toBeLessThan(60_000);
  });

  it("takes nothing but text from a hostile notebook", async () => {
    const notebook = await lab().turnTo("hostile.ipynb");
    const shows = async (index: number, text: string) => {
      const cell = await notebook.cell(index);
      await cell.locator(".gb-Tensor", { hasText: text }).waitFor();
    };
    await shows(0, "Cannot show this tensor: the version of its data is");
    await shows(0, "⎝3   0.5⎠");
    // HTML is typeset like any row of letters, a link as no more than its name.
    await shows(1, attack);
    await shows(2, "\\href");
    // What KaTeX refuses stands there in its text form.
    await shows(3, "⎝3   0.5⎠");
    await shows(4, "⎝3   0.5⎠");

    const outputs = notebook.page.locator(".gb-Tensor");
    expect(await outputs.count()).toBe(5);
    expect(await outputs.locator("img, script, a, [onerror]").count()).toBe(0);
    expect(await notebook.page.evaluate(() => "wasRun" in window)).toBe(false);
    await keepScreenshot(notebook.page, "hostile");
  });

  it("scrolls a wide matrix by itself in a small window", async () => {
    const notebook = await lab().turnTo("wide.ipynb", { width: 800, height: 600 });
    const cell = await notebook.cell(0);
    await readFormula(cell);
    const math = cell.locator(".gb-Tensor-math");
    const { scrolled, height, inner } = await math.evaluate((node) => {
      node.scrollLeft = 10_000;
      return { scrolled: node.scrollLeft, height: node.clientHeight, inner: node.scrollHeight };
    });
    expect(scrolled).toBeGreaterThan(100);
    expect(inner).toBe(height);
    await math.hover();
    const button = await cell.locator(".gb-CopyButton").boundingBox();
    const area = await cell.locator(".jp-OutputArea").boundingBox();
    expect(button && area && button.x + button.width <= area.x + area.width).toBe(true);
    await keepScreenshot(notebook.page, "wide");
  });

  it("copies its LaTeX by the keyboard alone and says so", async () => {
    const notebook = await lab().turnTo("gallery.ipynb");
    const cell = await notebook.cell(0);
    await readFormula(cell);
    const button = cell.getByRole("button", { name: "Copy X as LaTeX" });
    const answer = button.getByText("Copied", { exact: true });
    const opacity = () => button.evaluate((node) => getComputedStyle(node).opacity);
    const isFocused = () => button.evaluate((node) => node === document.activeElement);
    expect(await opacity()).toBe("0");

    await notebook.page.evaluate(() => navigator.clipboard.writeText("something else"));
    for (let tabs = 0; tabs < 40 && !(await isFocused()); tabs++) await notebook.page.keyboard.press("Tab");
    expect(await isFocused()).toBe(true);
    expect(await opacity()).toBe("1");
    await notebook.page.keyboard.press("Enter");

    await answer.waitFor();
    await keepScreenshot(notebook.page, "copied");
    expect(await notebook.page.evaluate(() => navigator.clipboard.readText())).toBe(latex(gallery[0].x));
    await answer.waitFor({ state: "detached" });
  });

  it("shows fewer digits and more, and copies what it shows", async () => {
    const notebook = await lab().turnTo("digits.ipynb");
    const cell = await notebook.cell(0);
    const rows = async () => (await readFormula(cell)).rows;
    const button = (name: string) => cell.getByRole("button", { name });
    expect(await rows()).toEqual([["0.3333", "-0.6667"], ["0.5", "100"]]); // biome-ignore format: a matrix
    await button("Fewer digits").click();
    await button("Fewer digits").click();
    expect(await rows()).toEqual([["0.33", "-0.67"], ["0.5", "100"]]); // biome-ignore format: a matrix
    await button("Copy A as LaTeX").click();
    await cell.getByText("Copied", { exact: true }).waitFor();
    const copied = await notebook.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^A = \\begin\{pmatrix\} 0\.33 & .*0\.67 \\\\ 0\.5/);
    await button("Fewer digits").click();
    expect(await button("Fewer digits").getAttribute("aria-disabled")).toBe("true");
    for (let digits = 2; digits <= 15; digits++) await button("More digits").click();
    expect((await rows())[0]).toEqual(["0.333333333333333", "-0.666666666666667"]);
    expect(await button("More digits").getAttribute("aria-disabled")).toBe("true");
    await keepScreenshot(notebook.page, "digits");
    expect(await findViolations(cell.locator(".gb-Tensor"))).toEqual([]);
    // Numbers that are not those of the LaTeX are not believed.
    expect(await (await notebook.cell(2)).getByRole("button", { name: /digits/ }).count()).toBe(0);
  });

  it("shows all entries of a matrix in a box of its own, and a part again", async () => {
    const notebook = await lab().turnTo("digits.ipynb");
    const cell = await notebook.cell(1);
    expect((await readFormula(cell)).rows).toHaveLength(8);
    await cell.getByRole("button", { name: "Show all 20 × 20 entries" }).click();
    const { rows } = await readFormula(cell);
    expect(rows.map((row) => row.length)).toEqual(Array(20).fill(20));
    await cell.getByRole("button", { name: "Fewer digits" }).click();
    expect((await readFormula(cell)).rows[19][19]).toMatch(/^0\.\d{3}$/);
    const { height, inner, width, room } = await cell.locator(".gb-Tensor-math").evaluate((node) => ({
      height: node.clientHeight,
      inner: node.scrollWidth,
      width: node.clientWidth,
      room: window.innerHeight,
    }));
    expect(height).toBeLessThanOrEqual(0.6 * room);
    expect(inner).toBeGreaterThan(width);
    await keepScreenshot(notebook.page, "whole");
    await cell.getByRole("button", { name: "Show a part of 20 × 20" }).click();
    expect((await readFormula(cell)).rows).toHaveLength(8);
  });

  it("asks the kernel for entries that the output does not have", async () => {
    const notebook = await lab().turnTo("live.ipynb");
    await notebook.runAll();
    const cell = await notebook.cell(0);
    const button = cell.getByRole("button", { name: "Show all 30 × 30 entries" });
    await button.click();
    await cell.locator(".gb-mod-whole").waitFor();
    expect((await readFormula(cell)).rows.flat()).toHaveLength(900);
    await cell.getByRole("button", { name: "Show a part of 30 × 30" }).click();

    // The command ends with the restart, and waits for a person to confirm it.
    const restarted = notebook.page.evaluate(() => window.jupyterapp.commands.execute("kernelmenu:restart"));
    await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
    await restarted;
    await button.click();
    await cell.getByText("Cannot find this tensor any more: run its cell again").waitFor();
    expect((await readFormula(cell)).rows).toHaveLength(8);
  });

  it("outlines the same entry of X, Y and dX in the outputs of a cell", async () => {
    const notebook = await lab().turnTo("live.ipynb");
    await notebook.runAll();
    const cell = await notebook.cell(1);
    const math = cell.locator(".gb-Tensor-math");
    await math.nth(2).waitFor();
    await matrixCell(math.nth(1), 0, 2, 1).hover();
    expect(await readLinks(cell)).toEqual({ current: ["0.9526"], linked: ["3", "0.9526", "0.0452"] });
    await keepScreenshot(notebook.page, "entries");
    await notebook.page.mouse.move(0, 0);
    expect((await readLinks(cell)).linked).toEqual([]);

    await math.nth(0).focus();
    await notebook.page.keyboard.press("Shift+Tab");
    await notebook.page.keyboard.press("Tab");
    await notebook.page.keyboard.press("ArrowDown");
    await notebook.page.keyboard.press("ArrowRight");
    expect(await readLinks(cell)).toEqual({ current: ["0.5"], linked: ["0.5", "0.6225", "0.2350"] });
    await notebook.page.keyboard.press("Escape");
    expect((await readLinks(cell)).linked).toEqual([]);
  });

  it("has all that was shown follow when entries are dragged, typed and slid, and says why a number is what it is", async () => {
    const notebook = await lab().turnTo("play.ipynb");
    const { page } = notebook;
    await notebook.runAll();
    const [matrix, slider, results] = [0, 1, 2].map((k) => page.locator(".jp-Notebook .jp-Cell").nth(k));
    const [Z, dX] = [0, 1].map((k) => results.locator(".gb-Tensor").nth(k));
    const entryOf = (where: typeof Z, text: string) =>
      where
        .locator(".gb-Tensor-math .mtable .mord")
        .filter({ hasText: new RegExp(`^${text}$`) })
        .first();
    const shows = (where: typeof Z, text: string) =>
      where
        .locator(".gb-Tensor-math annotation")
        .filter({ hasText: new RegExp(`(= |matrix} |& |\\\\\\\\ )${text}\\b`) })
        .first()
        .waitFor({ state: "attached" });
    await shows(Z, "0.25");
    const drawn = page.locator(".jp-Notebook .jp-Cell").nth(3);
    const line = drawn.locator(".gb-Figure img");
    const first = await line.getAttribute("src");

    await entryOf(matrix, "2").hover();
    await page.mouse.down();
    const { x, y } = (await entryOf(matrix, "2").boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 4 + 16, y + 9, { steps: 4 });
    await page.mouse.up();
    await shows(matrix, "4"); // four steps of 0.5
    await entryOf(matrix, "3").dblclick();
    await page.keyboard.type("-8");
    await shows(Z, "-2");
    await page.keyboard.press("Enter");
    await slider.getByRole("slider").fill("0.5");
    await shows(Z, "-4");
    await shows(dX, "0.5");
    // The graph computes along, whoever computes it.
    await results.locator(".gb-Bar-result").getByText("0.5", { exact: true }).first().waitFor();

    // So do the plot of a function that reads η, and the numbers of the derivation.
    await expect.poll(() => line.getAttribute("src")).not.toBe(first);
    await drawn.scrollIntoViewIfNeeded();
    await drawn
      .locator(".gb-Derivation annotation", { hasText: /0\.5 & 0\.5/ })
      .first()
      .waitFor({ state: "attached" });
    await keepScreenshot(page, "play-drawn");
    await slider.getByRole("slider").fill("0.25");
    await expect.poll(() => line.getAttribute("src")).toBe(first);
    await slider.getByRole("slider").fill("0.5");

    await entryOf(Z, "4").click();
    const why = Z.locator(".gb-Why");
    await why.getByText("entry of Z, 2 × 2").waitFor();
    await why.getByText("Depends on").waitFor();
    expect(await findViolations(page.locator(".gb-Tensor"))).toEqual([]);
    await why.getByRole("button", { name: "The whole computation" }).click();
    await why.locator(".gb-Picture .gb-Card").first().waitFor();
    await keepScreenshot(page, "play");
    await page.keyboard.press("Escape");

    await matrix.getByRole("button", { name: "The numbers that the kernel has" }).click();
    await shows(matrix, "3");
    await shows(Z, "1.5"); // 3 η, where the slider is

    await page.evaluate(() => window.jupyterapp.commands.execute("gradbook:variables"));
    await page.getByRole("button", { name: "Show the gradient of X" }).click();
    await page.locator(".jp-Cell.jp-mod-active .gb-Tensor-math", { hasText: "dX" }).waitFor();
    await page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-right-area"));
  });

  it("shows a later tensor of the same id in the same place", async () => {
    const notebook = await lab().turnTo("update.ipynb");
    await notebook.runAll();
    const formulas = notebook.page.locator(".gb-Tensor-math");
    await formulas.getByText("2").first().waitFor();
    expect(await formulas.count()).toBe(1);
    expect(await readFormula(await notebook.cell(0))).toMatchObject({ name: "S", rows: [["2"]] });
  });
});

describe("JupyterLab without our extension", () => {
  typesetsEveryTensor(useLab({ notebooks, extension: false }), "MathJax");
});

/** The same test for both: what a reader sees must not depend on the extension. */
function typesetsEveryTensor(lab: () => Lab, engine: Formula["engine"]): void {
  it(`typesets every tensor under its name by ${engine}, in both themes`, async () => {
    const notebook = await lab().turnTo("gallery.ipynb", { width: 1100, height: 1500 });
    for (const theme of ["light", "dark"] as const) {
      await notebook.setTheme(theme);
      for (const [index, { title, name, rows }] of gallery.entries()) {
        const formula = await readFormula(await notebook.cell(index));
        expect(formula, title).toMatchObject({ engine, rows });
        expect(formula.name, title).toMatch(name);
        expect(formula.contrast, title).toBeGreaterThan(7);
      }
      await keepScreenshot(notebook.page, `gallery-${engine}-${theme}`);
    }
  });
}
