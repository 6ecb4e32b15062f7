import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterFolder } from "./jupyter.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = new JupyterFolder();

/** The Python package as pip would install it, as far as papermill looks at it: what it says of engines. */
function installPackage(): string {
  const [, engines] = /^\[project\.entry-points\."papermill\.engine"\]\n((?:\w.*\n)+)/m.exec(
    readFileSync(join(ROOT, "pyproject.toml"), "utf8"),
  ) as RegExpExecArray; // else no papermill hears of us
  const info = join(folder.path, "packages", "gradbook-0.dist-info");
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, "METADATA"), "Metadata-Version: 2.1\nName: gradbook\nVersion: 0\n");
  writeFileSync(join(info, "entry_points.txt"), `[papermill.engine]\n${engines.replaceAll('"', "")}`);
  return [join(folder.path, "packages"), join(ROOT, "python")].join(process.platform === "win32" ? ";" : ":");
}

const notebook = {
  cells: [
    "const rate = 0.1; // how far a step goes\nlet sizes: number[] = [1, 2];",
    "console.log(JSON.stringify([rate * 2, sizes, name, nested, flag, none]))",
  ].map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    execution_count: null,
    metadata: i === 0 ? { tags: ["parameters"] } : {},
    outputs: [],
    source,
  })),
  metadata: {
    kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

beforeAll(async () => {
  await folder.gradbook("install", "--prefix", folder.path);
  folder.env.PYTHONPATH = installPackage();
  writeFileSync(join(folder.path, "in.ipynb"), JSON.stringify(notebook));
});
afterAll(() => folder.remove());

test("papermill runs a notebook with other parameters, written in TypeScript", async () => {
  const parameters =
    'sizes: [3, 4]\nname: "é\\"q\\\\n"\nnested: { a: [1, { b: x }] }\nflag: true\nnone: null';
  const papermill = ["-m", "papermill", "in.ipynb", "out.ipynb"];
  const { code, signal, stderr } = await folder.python(...papermill, "-p", "rate", "0.5", "-y", parameters);
  expect({ code, signal }, stderr).toEqual({ code: 0, signal: null });
  const { cells } = JSON.parse(readFileSync(join(folder.path, "out.ipynb"), "utf8"));
  expect([cells[1].source].flat().join("")).toContain("let rate = 0.5;\n");
  expect([cells[2].outputs[0].text].flat().join("")).toBe(
    `${JSON.stringify([1, [3, 4], 'é"q\\n', { a: [1, { b: "x" }] }, true, null])}\n`,
  );
});

test("papermill lists the parameters of a notebook", async () => {
  const { stdout } = await folder.python("-m", "papermill", "--help-notebook", "in.ipynb");
  expect(stdout).toMatch(
    /rate: Unknown type \(default 0\.1\)\s+how far a step goes\s+sizes: number\[\] \(default \[1, 2\]\)/,
  );
});
