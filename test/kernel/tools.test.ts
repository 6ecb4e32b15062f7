/** Jupyter's own command-line tools. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterFolder } from "./jupyter.ts";

const folder = new JupyterFolder();
beforeAll(() => folder.gradbook("install", "--prefix", folder.path));
afterAll(() => folder.remove());

test("jupyter run runs a file of TypeScript, and fails where it fails", async () => {
  writeFileSync(join(folder.path, "right.ts"), "const X = tensor([[1, 2]]);\nconsole.log(X.sum().item());\n");
  writeFileSync(join(folder.path, "wrong.ts"), 'const x: number = "one";\n');
  const run = (file: string) => folder.python("-m", "jupyter_client.runapp", "--kernel", "gradbook", file);
  const right = await run("right.ts");
  expect(right, right.stderr).toMatchObject({ code: 0, stdout: "3\n" });
  const wrong = await run("wrong.ts");
  expect(wrong.code).not.toBe(0);
  expect(wrong.stdout + wrong.stderr).toContain("Type 'string' is not assignable to type 'number'");
});

test("nbconvert makes a script of a notebook, which is TypeScript and has its cells", async () => {
  const source = 'import { join } from "node:path";\nconst half = (x: number): number => x / 2;\nhalf(3)';
  const notebook = {
    cells: [
      { cell_type: "markdown", id: "words", metadata: {}, source: "# Half" },
      { cell_type: "code", id: "half", execution_count: null, metadata: {}, outputs: [], source },
    ],
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(folder.path, "half.ipynb"), JSON.stringify(notebook));
  // A notebook that has run says by which language, as one that JupyterLab has saved does.
  const args = ["--to", "notebook", "--execute", "--inplace", "half.ipynb"];
  const executed = await folder.python("-m", "nbconvert", ...args);
  expect(executed.code, executed.stderr).toBe(0);
  const converted = await folder.python("-m", "nbconvert", "--to", "script", "half.ipynb");
  expect(converted.code, converted.stderr).toBe(0);
  expect(readFileSync(join(folder.path, "half.ts"), "utf8")).toContain(source);
});
