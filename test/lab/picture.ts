/** Takes the pictures of the README from running notebooks: `node test/lab/picture.ts`, after `npm test`. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { root } from "../../scripts/setup/paths.ts";
import { GraphOnPage } from "./graph-view-page.ts";
import { type Lab, startLab } from "./lab.ts";
import type { Theme } from "./notebook-page.ts";
import { readFormula } from "./read-formula.ts";

/** What is taken, of letters large enough to be read where the README shows them smaller. */
interface Shot {
  readonly name: string;
  readonly notebook: string;
  readonly width: number;
  readonly height: number;
  readonly theme?: Theme;
  /** A text in the cell that is looked at, and how far below the top of the window it stands. */
  readonly cell: string;
  readonly below: number;
  /** What a person does before the picture is taken. */
  readonly prepare: (cell: Locator) => Promise<void>;
}

/** The backward pass at its third step, with an entry of Z selected. */
const graph: Shot = {
  name: "graph",
  notebook: "explore/gradients.ipynb",
  width: 1240,
  height: 640,
  cell: "const Z = matmul(X, W), Y",
  below: 30,
  prepare: async (cell) => {
    const view = await new GraphOnPage(cell).drawn();
    await view.entry(2, 1).click();
    await view.press("p");
    await view.step.getByText("3 / 4").waitFor();
  },
};

const shots: readonly Shot[] = [
  {
    // Y = exp(X) with the formula above it and the gradient below.
    name: "notebook",
    notebook: "lectures/09-jacobians.ipynb",
    width: 1000,
    height: 682,
    cell: "const Y = exp(X)",
    below: 186,
    prepare: async (cell) => {
      await readFormula(cell);
    },
  },
  graph,
  { ...graph, name: "graph-dark", theme: "dark" },
];

const lab = await startLab({ extension: true }); // one of its own, which ends with it
try {
  for (const shot of shots) await take(lab, shot);
} finally {
  await lab.stop();
}

async function take(
  lab: Lab,
  { name, notebook: file, width, height, theme = "light", cell: text, below, prepare }: Shot,
): Promise<void> {
  const path = join(root, "docs", `${name}.png`);
  const notebook = await lab.open(file, { width, height, scale: 1400 / width });
  const { page } = notebook;
  await notebook.setTheme(theme);
  await page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-left-area"));
  await notebook.runAll();
  // Without the dot of an unsaved file.
  await page.evaluate(() => window.jupyterapp.commands.execute("docmanager:save"));
  const cell = page.locator(".jp-CodeCell", { hasText: text }).first();
  const scroll = () =>
    cell.evaluate((node, margin) => {
      node.style.scrollMarginTop = `${margin}px`;
      node.scrollIntoView({ block: "start" });
    }, below);
  await scroll();
  await prepare(cell);
  // Cells get their true heights as they are first drawn, which moves those after them: so the second scroll counts.
  await scroll();
  await page.waitForTimeout(1000);
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: "disabled" });
  console.log(`Took ${path}: ${Math.round((await stat(path)).size / 1000)} kB`);
}
