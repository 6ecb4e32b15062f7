/** The wheel in empty environments with a JupyterLab of each age, from PyPI, in a real browser for the oldest and newest. */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ICodeCell } from "@jupyterlab/nbformat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/setup/paths.ts";
import { startLab } from "../lab/lab.ts";
import { freshNotebook } from "../lab/notebooks.ts";
import { makeEnvironment, quietly, started, wheelIn } from "./people.ts";

const versions = (process.env.GRADBOOK_LABS ?? "4.0 4.2 4.4 4.6").split(" ");
const browsed = [versions[0], versions[versions.length - 1]];
const folder = mkdtempSync(join(tmpdir(), "gradbook-labs-"));
let wheel = "";

/** The command of the entry that a kernel has in the menu of help. */
const HELP = "help-menu-gradbook:Gradbook Documentation";
const shapes = "const X = tensor([[1, 2, 3], [4, 5, 6]]);\nX";
const picture = "const J = X.exp().sum();\nJ.backward();\ngraph(J)";

beforeAll(async () => {
  wheel = await wheelIn(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }), 600_000);

describe.each(versions)("the wheel beside JupyterLab %s", (version) => {
  const environment = join(folder, version);
  const python = join(environment, "bin", "python");
  const run = (program: string, ...args: string[]) =>
    started(folder, join(environment, "bin", program), ...args);

  beforeAll(async () => {
    await makeEnvironment(environment, `jupyterlab==${version}.*`, wheel);
  }, 900_000);

  it("is well", async () => {
    const told = await run("gradbook", "doctor");
    expect(told.match(/^✓/gm)).toHaveLength(7);
    expect(told).toContain(`JupyterLab ${version}.`);
  });

  it("runs the three notebooks", async () => {
    const notebooks = ["lectures/09-jacobians", "lectures/09b-linear-layers", "explore/gradients"];
    for (const name of notebooks) {
      const file = join(folder, `${version}-${name.replace("/", "-")}.ipynb`);
      cpSync(join(root, "notebooks", `${name}.ipynb`), file);
      await run("python", "-m", "jupyter", "execute", "--inplace", file);
      const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: ICodeCell[] };
      expect(
        cells.filter(({ cell_type, execution_count }) => cell_type === "code" && !execution_count),
      ).toEqual([]);
    }
  }, 600_000);

  it.runIf(browsed.includes(version))(
    "typesets a tensor, draws a graph, marks an error of shapes, and has help in its menu, in a browser",
    async () => {
      const lab = await startLab({ python, notebooks: { "trial.ipynb": freshNotebook([shapes, picture]) } });
      try {
        const notebook = await lab.open("trial.ipynb");
        const { page } = notebook;
        await notebook.runAll();
        await page.locator(".jp-OutputArea .katex-html").first().waitFor();
        const view = page.locator(".gb-GraphView");
        await view.locator(".gb-Picture .gb-Card").first().waitFor();
        const count = view.locator(".gb-Bar-count");
        await view.getByRole("button", { name: "To the start" }).click();
        const before = await count.innerText();
        await view.getByRole("button", { name: /^One step forward/ }).click();
        await expect.poll(() => count.innerText()).not.toBe(before);
        await notebook.type("X.matmul(X)");
        await page.locator(".jp-mod-active .gb-Problem").first().waitFor();
        const [help] = await Promise.all([
          page.context().waitForEvent("page"),
          page.evaluate((command) => window.jupyterapp.commands.execute(command), HELP),
        ]);
        await help.waitForLoadState();
        expect(await help.title()).toBe("Gradbook");
      } finally {
        await lab.stop();
      }
    },
  );

  it("leaves nothing behind", async () => {
    await run("python", "-m", "pip", "uninstall", ...quietly, "--yes", "gradbook");
    const { kernelspecs } = JSON.parse(await run("python", "-m", "jupyter", "kernelspec", "list", "--json"));
    expect(Object.keys(kernelspecs)).toContain("python3");
    expect(Object.keys(kernelspecs)).not.toContain("gradbook");
    const files = globSync("**/*", { cwd: environment, withFileTypes: true }).filter((file) => file.isFile());
    const left = files
      .map((file) => join(file.parentPath, file.name))
      .filter((file) => /gradbook/i.test(file.slice(environment.length)));
    expect(left).toEqual([]);
    rmSync(environment, { recursive: true });
  });
});
