import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { log, MLP, mse, ones, seed, sum, tensor } from "../../src/index.ts";
import { GRAPH_MIME, type GraphNode } from "../../src/picture/index.ts";
import { findViolations } from "./find-violations.ts";
import { branchingOutput, failedOutput, graphOutput, outputOf, sketchOutput } from "./graph-outputs.ts";
import { GraphOnPage } from "./graph-view-page.ts";
import { keepScreenshot } from "./keep-screenshot.ts";
import type { NotebookPage } from "./notebook-page.ts";
import { freshNotebook, savedNotebook } from "./notebooks.ts";
import { useLab } from "./use-lab.ts";

const attack = '<img src="nowhere" onerror="window.wasRun = true"><script>window.wasRun = true</script>';

seed(1);
const layers = await outputOf(mse(MLP([3, 4, 4, 2])(ones(2, 3).as("X")), ones(2, 2)).as("L"));
const sketch = await sketchOutput();
const data = JSON.parse(JSON.stringify(sketch[GRAPH_MIME]));

/** The data with every text in it replaced. */
function poisoned(value: unknown): unknown {
  if (typeof value === "string") return attack;
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poisoned(inner)]));
}

const notebooks = {
  "saved.ipynb": savedNotebook([sketch, await branchingOutput(), layers]),
  "checked.ipynb": savedNotebook([
    graphOutput({
      ...data,
      nodes: data.nodes.map((node: GraphNode) =>
        node.name === "W" ? { ...node, check: { ...node.check, error: 0.5, ok: false } } : node,
      ),
    }),
    await failedOutput(),
    await outputOf(sum(log(tensor([[0, -1, 1e12]]).as("x")).as("y")).as("J")),
  ]),
  "hostile.ipynb": savedNotebook([
    graphOutput({
      ...data,
      title: attack,
      nodes: data.nodes.map((node: object) => ({ ...node, tex: attack, label: attack, name: attack })),
    }),
    graphOutput(poisoned(data)),
    graphOutput({ ...data, nodes: data.nodes.toReversed() }),
    graphOutput({ ...data, nodes: undefined }),
    graphOutput({ ...data, nodes: Array(10_000).fill(data.nodes[0]) }),
    graphOutput({ ...data, nodes: data.nodes.map((node: object) => ({ ...node, shape: [1e9, 1e9] })) }),
    graphOutput(attack),
  ]),
  "live.ipynb": freshNotebook([
    "const X = tensor([[1, -2, 0], [3, 0.5, -1]]), W = tensor([[1, 0], [0.5, -1], [0, 2]])\nconst Z = matmul(X, W), Y = sigmoid(Z), J = sum(Y)\nJ.backward()\ngraph(J)",
    "X.toArray()[0][0]",
  ]),
  "loop.ipynb": freshNotebook([
    `for (let step = 1; step <= 16; step++) {
  const V = full([2, 2], step).as("V")
  const L = sum(square(V)).as("L")
  L.backward()
  display(graph(L), { id: "loop" })
  await new Promise((done) => setTimeout(done, 250))
}`,
  ]),
};

async function graphIn(notebook: NotebookPage, index: number): Promise<GraphOnPage> {
  return new GraphOnPage(await notebook.cell(index)).drawn();
}

describe("the view of a graph", () => {
  const lab = useLab({ notebooks });

  it("steps through the backward pass, back and forth, and plays it", async () => {
    const notebook = await lab().turnTo("saved.ipynb");
    const view = await graphIn(notebook, 0);
    await view.step.getByText("4 / 4").waitFor();
    expect(await view.button("One step forward").isDisabled()).toBe(true);

    await view.button("To the start").click();
    await view.step.getByText("0 / 4").waitFor();
    expect(
      await view.picture
        .locator(".gb-mod-waiting .gb-Card-gradient, .gb-Card-gradient.gb-mod-waiting")
        .count(),
    ).toBe(4);
    await view.button("One step forward").click();
    await view.button("One step forward").click();
    await view.step.getByText("2 / 4").waitFor();
    // The gradient of Z is there, those of X and W still wait; the formula is typeset.
    expect(await view.entry(2, 0, "gradient").count()).toBe(1);
    expect(await view.entry(0, 0, "gradient").count()).toBe(0);
    await view.node.locator(".gb-Bar-formula .katex").waitFor();
    await view.button("One step back").click();
    await view.step.getByText("1 / 4").waitFor();
    expect(await view.entry(2, 0, "gradient").count()).toBe(0);

    // On the whole screen the arrows of a lecturer's remote step, and on the way there, which may take a while.
    await notebook.page.evaluate(() => {
      const { requestFullscreen } = Element.prototype;
      Element.prototype.requestFullscreen = async function (options) {
        Element.prototype.requestFullscreen = requestFullscreen;
        await new Promise((resolve) => setTimeout(resolve, 500));
        return this.requestFullscreen(options);
      };
    });
    await view.picture.press("f");
    await view.node.locator(".gb-Pane.gb-mod-presented").waitFor();
    await notebook.page.keyboard.press("PageDown");
    await view.step.getByText("2 / 4").waitFor();
    await notebook.page.keyboard.press("ArrowLeft");
    await view.step.getByText("1 / 4").waitFor();
    await notebook.page.waitForFunction(() => document.fullscreenElement !== null);
    await notebook.page.keyboard.press("f");
    await notebook.page.waitForFunction(() => document.fullscreenElement === null);
    await view.node.locator(".gb-Pane:not(.gb-mod-presented)").waitFor();

    const slider = view.node.getByRole("slider", { name: "Step of the backward pass" });
    await slider.fill("3");
    await view.step.getByText("3 / 4").waitFor();
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^Step 3 of 4: d[XW] = /);

    const places = async () => Promise.all([0, 1, 2, 3, 4].map((node) => view.card(node).boundingBox()));
    const before = await places();
    await view.button("To the start").click();
    await view.button("Play the backward pass").click();
    await view.button("Pause").waitFor();
    await view.step.getByText("4 / 4").waitFor();
    await view.button("Play the backward pass").waitFor();
    // Nothing has moved while values and gradients came.
    expect(await places()).toEqual(before);
  });

  it("is walked through by the keyboard alone, and says where it is", async () => {
    const notebook = await lab().turnTo("saved.ipynb");
    const view = await graphIn(notebook, 0);
    const active = () =>
      view.picture.evaluate((node) => {
        const id = node.getAttribute("aria-activedescendant");
        return id === null ? null : (document.getElementById(id)?.getAttribute("aria-label") ?? "");
      });
    const says = (text: string | RegExp) => view.spoken.getByText(text).waitFor();

    await view.button("More").focus();
    await view.page.keyboard.press("Tab");
    expect(await view.picture.evaluate((node) => node === document.activeElement)).toBe(true);
    await view.page.keyboard.press("ArrowRight");
    await says(/^J, sum, scalar/);
    expect(await active()).toMatch(/^J, sum, scalar, gradient norm 1/);
    await view.page.keyboard.press("ArrowLeft");
    await view.page.keyboard.press("ArrowLeft");
    await says("Z, matmul, 2 by 2");
    await view.page.keyboard.press("Enter");
    await view.page.keyboard.press("ArrowRight");
    await says("z_12 = 2");
    await view.page.keyboard.press("Escape");
    await says("Z, matmul, 2 by 2");
    await view.page.keyboard.press("p");
    await says(/^Step 3 of 4: d[XW] = /);
    await view.page.keyboard.press("n");
    await says(/^Step 4 of 4/);
    await view.page.keyboard.press("e");
    await says(/^edge from X to Z: dX = dZ Wᵀ/);
    await view.page.keyboard.press("?");
    await view.node.getByRole("dialog", { name: "Keys" }).waitFor();
    await view.page.keyboard.press("Escape");
    await view.node.getByRole("dialog").waitFor({ state: "detached" });
    await view.page.keyboard.press("t");
    const table = view.node.getByRole("table", { name: "The computation of J" });
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(6);
    // Its formulas and matrices are typeset, and all of it is in sight.
    const product = table
      .getByRole("row")
      .filter({ has: view.page.getByRole("button", { name: "Z", exact: true }) });
    await product.locator("td").nth(0).locator(".katex").waitFor();
    for (const column of [2, 3]) await product.locator("td").nth(column).locator(".katex .mtable").waitFor();
    const room = await view.node
      .locator(".gb-TableView")
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(room).toBe(0);
    await keepScreenshot(view.page, "graph-table-light");
    await view.page.keyboard.press("t");
    await table.waitFor({ state: "hidden" });
  });

  it("answers what an entry depends on, what it influences, and by which paths", async () => {
    const notebook = await lab().turnTo("saved.ipynb");
    const view = await graphIn(notebook, 0);
    await view.entry(2, 1).click();
    await view.inspector.getByText("entry of Z, 2 × 2").waitFor();
    const depends = await view.lit("depends");
    expect(depends.filter((name) => name.endsWith("value"))).toEqual(
      ["0:0", "0:1", "0:2", "1:1", "1:3", "1:5"].map((name) => `${name} value`),
    );
    expect((await view.lit("influences")).filter((name) => name.endsWith("value"))).toEqual([
      "3:1 value",
      "4:0 value",
    ]);
    await view.inspector.getByText("✓ equal to the gradient").waitFor();
    for (const theme of ["dark", "light"] as const) {
      await notebook.setTheme(theme);
      await keepScreenshot(notebook.page, `graph-entry-${theme}`);
    }

    const many = await graphIn(notebook, 1);
    await many.entry(0, 0).click();
    await many.inspector.getByText("5 paths to J").waitFor();
    await many.inspector.getByText("✓ equal to the gradient").waitFor();
    await many.inspector.getByRole("slider").fill("0.9");
    await many.inspector.getByText("paths of at least 90 % of the largest").waitFor();
    expect(await many.picture.locator(".gb-Link.gb-mod-dim").count()).toBeGreaterThan(0);
  });

  it("shows the local Jacobian of an edge", async () => {
    const view = await graphIn(await lab().turnTo("saved.ipynb"), 0);
    await view.picture.locator('[data-edge="2:1"]').first().click({ force: true });
    await view.inspector.getByText("Local Jacobian").waitFor();
    expect(await view.inspector.getByRole("table").getByRole("row").count()).toBe(5);
    await view.inspector.getByText("Why the transpose?").waitFor();
  });

  it("opens and closes groups where they stand, and shows a tensor by its entries", async () => {
    const notebook = await lab().turnTo("saved.ipynb");
    const view = await graphIn(notebook, 2);
    await view.choose("Open all groups");
    await view.picture.locator(".gb-Frame").first().waitFor();
    await view.choose("Close all groups");
    const group = view.picture.locator(".gb-Group").first();
    await group.waitFor();
    const name = await group.getAttribute("data-group");
    const middle = async () => {
      const box = await view.picture.locator(`[data-group="${name}"]`).boundingBox();
      return box === null
        ? null
        : { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    };
    const cards = await view.picture.locator(".gb-Card").count();
    await group.dblclick();
    await view.picture.locator(`.gb-Frame[data-group="${name}"]`).waitFor();
    expect(await view.picture.locator(".gb-Card").count()).toBeGreaterThan(cards);
    const open = await middle();
    await view.press("Enter");
    await view.picture.locator(`.gb-Group[data-group="${name}"]`).waitFor();
    expect(open).not.toBe(null);

    const small = await graphIn(notebook, 0);
    await small.card(2).locator(".gb-Card-name").click();
    await small.inspector.getByRole("button", { name: "Show entries" }).click();
    await small.picture.locator(".gb-EntryCard").nth(3).waitFor();
    await keepScreenshot(notebook.page, "graph-entries");
    await small.press("x");
    await small.card(2).waitFor();
  });

  it("computes an edited number in the page when the kernel knows nothing of the graph", async () => {
    const view = await graphIn(await lab().turnTo("saved.ipynb"), 0);
    await view.entry(0, 0).dblclick();
    const field = view.node.getByRole("spinbutton", { name: "New number for x_11" });
    await field.fill("5");
    await view.node.getByText("Numbers edited: 1. Computed in this page").waitFor();
    await view.page.keyboard.press("Enter");
    await view.entry(3, 0).getByText("0.9820", { exact: true }).waitFor();
    expect(await view.picture.locator(".gb-Entry.gb-mod-changed").count()).toBeGreaterThan(5);
    expect(await view.button("Give to the variable").isDisabled()).toBe(true);
    await view.button("Undo edits").click();
    await view.entry(3, 0).getByText("0.5", { exact: true }).waitFor();
  });

  it("shows central differences beside the gradients, and marks where they disagree", async () => {
    const notebook = await lab().turnTo("checked.ipynb");
    const view = await graphIn(notebook, 0);
    const differences = view.picture.locator(".gb-Card-differences");
    expect(await differences.count()).toBe(0);
    expect(await view.picture.locator(".gb-Card-frame.gb-mod-disagrees").count()).toBe(1);
    await view.button("Central differences beside the gradients").click();
    await differences.nth(4).waitFor();
    expect(await differences.count()).toBe(5);
    expect(await view.picture.locator(".gb-Card-differences.gb-mod-disagrees").count()).toBe(1);
    await view.card(1).locator(".gb-Card-name").click();
    await view.inspector.getByText("✗ differences disagree by").waitFor();
    await keepScreenshot(notebook.page, "graph-differences");
  });

  it("draws the op that failed in its place, with its sentence, and NaN and infinity as they are", async () => {
    const notebook = await lab().turnTo("checked.ipynb");
    const failed = await graphIn(notebook, 1);
    await failed.picture.locator(".gb-Card-frame.gb-mod-failed").waitFor();
    expect(await failed.picture.textContent()).toContain("the inner lengths 3 and 1 differ");
    await failed.inspector.getByText("failed", { exact: true }).waitFor();
    await keepScreenshot(notebook.page, "graph-failed");
    const strange = await graphIn(notebook, 2);
    expect(await strange.card(1).textContent()).toMatch(/−∞.*NaN/);
    await keepScreenshot(notebook.page, "graph-nan");
  });

  it("is taken away as SVG, PNG, LaTeX and TypeScript", async () => {
    const view = await graphIn(await lab().turnTo("saved.ipynb"), 0);
    const svg = await download(view, "Save as SVG");
    expect(svg.toString()).toMatch(/^<svg xmlns=/);
    expect(svg.toString()).not.toMatch(/class=|data-/);
    const png = await download(view, "Save as PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect((await download(view, "Save as LaTeX")).toString()).toContain("\\begin{aligned}");
    await view.card(0).locator(".gb-Card-name").click();
    await view.choose("Copy X as TypeScript");
    await view.node.getByText("Copied").waitFor();
    expect(await clipboard(view.page)).toBe("[[1, -2, 0], [3, 0.5, -1]]");
    await view.card(2).locator(".gb-Card-name").click();
    await view.choose("Copy formula Z = X W");
    await expect.poll(() => clipboard(view.page)).toBe("Z = X \\, W");
  });

  it("shows a hostile notebook as text or not at all, runs nothing and stops nothing", async () => {
    const notebook = await lab().turnTo("hostile.ipynb");
    const { page } = notebook;
    const start = Date.now();
    const first = await graphIn(notebook, 0);
    await first.card(4).locator(".gb-Card-name").click();
    await first.inspector.getByText("scalar float64").waitFor();
    for (const index of [1, 2, 3, 4, 5, 6]) {
      const cell = await notebook.cell(index);
      await cell.locator(".gb-ErrorCard, .gb-Picture .gb-Card").first().waitFor();
    }
    expect(Date.now() - start).toBeLessThan(15_000);
    const cells = page.locator(".gb-GraphView");
    expect(await cells.locator("img, script, a[href], [onerror], foreignObject").count()).toBe(0);
    expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
    expect(await page.locator(".gb-ErrorCard").count()).toBeGreaterThan(3);
    await keepScreenshot(page, "graph-hostile");
  });

  it("has no serious accessibility problem, in no theme", async () => {
    const notebook = await lab().turnTo("saved.ipynb");
    const view = await graphIn(notebook, 0);
    await view.entry(2, 1).click();
    await view.inspector.getByText("✓ equal to the gradient").waitFor();
    for (const theme of ["light", "dark", "contrast"] as const) {
      await notebook.setTheme(theme);
      await keepScreenshot(notebook.page, `graph-theme-${theme}`);
      expect(await findViolations(notebook.page.locator(".gb-GraphView")), theme).toEqual([]);
    }
    await view.press("t");
    await view.node.getByRole("table", { name: "The computation of J" }).waitFor();
    await notebook.setTheme("dark");
    await keepScreenshot(notebook.page, "graph-table-dark");
    expect(await findViolations(notebook.page.locator(".gb-GraphView"))).toEqual([]);
  });

  it("asks an idle kernel, writes when told to, and notices a kernel that has started again", async () => {
    const notebook = await lab().turnTo("live.ipynb");
    await notebook.runAll();
    const view = await graphIn(notebook, 0);
    await view.entry(0, 0).dblclick();
    await view.node.getByRole("spinbutton").fill("5");
    await view.node.getByText("Computed by the kernel").waitFor();
    await view.page.keyboard.press("Enter");
    await view.button("Give to the variable").click();
    await view.node.getByText("X: the variable has the new numbers now.").waitFor();
    const reader = await notebook.cell(1);
    await reader.locator(".jp-OutputArea-output", { hasText: "1" }).waitFor();
    await reader.locator(".cm-content").click();
    await notebook.page.keyboard.press("Control+Enter");
    await reader.locator(".jp-OutputArea-output", { hasText: "5" }).waitFor();
    // The command ends when its question is answered, so it is not waited for.
    await notebook.page.evaluate(() => void window.jupyterapp.commands.execute("kernelmenu:restart"));
    await notebook.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await view.node.getByText("The kernel was restarted").waitFor();
  });

  it("renews itself in place while a loop runs, with zoom, step and selection kept, and compares", async () => {
    const notebook = await lab().turnTo("loop.ipynb");
    const end = notebook.runAll();
    const view = await graphIn(notebook, 0);
    await view.entry(0, 0).click();
    await view.button("To the start").click();
    await view.button("Zoom in").click();
    await view.step.getByText("0 / 2").waitFor();
    const place = () => view.picture.locator(".gb-Picture-svg > g").getAttribute("transform");
    const before = await place();
    const first = await view.entry(0, 0).textContent();
    await end;
    await view.entry(0, 0).getByText("16", { exact: true }).waitFor();
    expect(first).not.toContain("16");
    expect(await place()).toBe(before);
    expect(await view.step.textContent()).toBe("0 / 2");
    await view.inspector.getByText("entry of V, 2 × 2").waitFor();

    await view.button("Compare two updates").click();
    await view.node.getByRole("combobox", { name: "Update to compare with" }).selectOption("update 2");
    await view.picture.locator(".gb-Entry.gb-mod-changed").nth(4).waitFor();
    await keepScreenshot(notebook.page, "graph-compare");
  });
});

async function download(view: GraphOnPage, line: string): Promise<Buffer> {
  const [file] = await Promise.all([view.page.waitForEvent("download"), view.choose(line)]);
  return readFile(await file.path());
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
