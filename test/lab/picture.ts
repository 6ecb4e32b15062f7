/** Takes the picture of the README from the running notebook: `node test/lab/picture.ts`, after `npm test`. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/setup/paths.ts";
import { startLab } from "./lab.ts";
import { readFormula } from "./read-formula.ts";

const path = join(root, "docs", "notebook.png");

// 1400 pixels in width, of letters large enough to be read where the README shows them smaller.
const screen = { width: 1000, height: 682, scale: 1.4 };

const lab = await startLab();
try {
  const notebook = await lab.open("lectures/09-jacobians.ipynb", screen);
  const { page } = notebook;
  await page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-left-area"));
  await notebook.runAll();
  // Without the dot of an unsaved file.
  await page.evaluate(() => window.jupyterapp.commands.execute("docmanager:save"));
  // Y = exp(X) with the formula above it and the gradient below. Cells get their true heights as they are first
  // drawn, which moves those after them: so the second scroll is the one that counts.
  const cell = page.locator(".jp-CodeCell", { hasText: "const Y = exp(X)" });
  for (let scroll = 0; scroll < 2; scroll++) {
    await cell.evaluate((node) => {
      node.style.scrollMarginTop = "186px";
      node.scrollIntoView({ block: "start" });
    });
    await readFormula(cell);
  }
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: "disabled" });
} finally {
  await lab.stop();
}
console.log(`Took ${path}: ${Math.round((await stat(path)).size / 1000)} kB`);
