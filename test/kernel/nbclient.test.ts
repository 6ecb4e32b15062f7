import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Finished, JupyterFolder } from "./jupyter.ts";

const folder = new JupyterFolder();

beforeAll(() => folder.gradbook("install", "--prefix", folder.path));
afterAll(() => folder.remove());

/** Writes a notebook of code cells and runs it with nbclient, in place. */
function execute(name: string, cells: readonly string[], ...options: string[]): Promise<Finished> {
  const notebook = {
    cells: cells.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(folder.path, name), JSON.stringify(notebook));
  return folder.python("-m", "jupyter", "execute", "--inplace", ...options, name);
}

test("nbclient runs a notebook and stores its outputs", async () => {
  const cells = ["const X = tensor([[1, 2], [3, 4]]);\nX", "console.log(X.sum().item())"];
  const { code, stderr } = await execute("good.ipynb", cells);
  expect(code, stderr).toBe(0);
  const { cells: ran } = JSON.parse(readFileSync(join(folder.path, "good.ipynb"), "utf8"));
  expect(ran[0].outputs).toMatchObject([{ output_type: "execute_result", execution_count: 1, metadata: {} }]);
  expect(ran[0].outputs[0].data["text/latex"].toString()).toMatch(/X = /);
  expect(ran[1].outputs).toEqual([{ output_type: "stream", name: "stdout", text: ["10\n"] }]);
});

test.each([
  [
    "an error when it runs",
    "const X = tensor([[1, 2]] as number[][]);\n// next\nX.matmul(X);",
    /ShapeError: Cannot matmul.*\[1, 2\]/,
    /> 3 \| X\.matmul\(X\);/,
  ],
  [
    "an error of types",
    "const a = 1;\nconst b: string = a;",
    /TypeScriptError: Type 'number' is not assignable to type 'string'/,
    /> 2 \| const b: string = a;/,
  ],
])("nbclient fails at %s with its name, its message and its line", async (_, cell, message, line) => {
  const { code, signal, stderr } = await execute("broken.ipynb", ["const fine = 1", cell, "fine"]);
  expect({ code, signal }, stderr).toEqual({ code: 1, signal: null });
  const told = stripVTControlCharacters(stderr);
  expect(told).toMatch(message);
  expect(told).toMatch(line);
});

test("nbconvert writes a notebook whose cells print a character in parts, and half of one", async () => {
  const cells = [
    'const { stdout } = (globalThis as any).process\nstdout.write("a\\ud83d")\nawait new Promise<void>((done) => setTimeout(() => done(), 60))\nvoid stdout.write("\\ude00b")',
    'console.log("😀"[0])',
  ];
  expect((await execute("halves.ipynb", cells)).code).toBe(0);
  const { code, stderr } = await folder.python(
    "-m",
    "jupyter",
    "nbconvert",
    "--to",
    "markdown",
    "halves.ipynb",
  );
  expect(code, stderr).toBe(0);
  const text = readFileSync(join(folder.path, "halves.md"), "utf8");
  expect(text).toContain("    😀b\n");
  expect(text).toContain("    \ufffd\n");
});

test("nbclient and the saved notebook have what comes a moment after a cell, and it fails for it", async () => {
  const cells = [
    "void setTimeout(() => console.log('a moment later'), 20)",
    "const kept = 1\nvoid (async () => { await null; throw new RangeError('too far') })()",
    "kept",
  ];
  const { code, stderr } = await execute("late.ipynb", cells);
  expect(code).not.toBe(0);
  const told = stripVTControlCharacters(stderr);
  expect(told).toMatch(/RangeError: too far/);
  expect(told).toMatch(/> 2 \| void \(async/);
  await execute("late.ipynb", cells, "--allow-errors"); // without it, a failed notebook is not saved
  const { cells: ran } = JSON.parse(readFileSync(join(folder.path, "late.ipynb"), "utf8"));
  expect(ran[0].outputs).toMatchObject([{ output_type: "stream", text: ["a moment later\n"] }]);
  expect(ran[1].outputs).toMatchObject([{ output_type: "error", ename: "RangeError", evalue: "too far" }]);
});
