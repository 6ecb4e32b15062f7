/** Who may import whom: ARCHITECTURE.md says why. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

interface Room {
  readonly folder: string;
  /** What it may import beside its own files. */
  readonly mayImport: RegExp;
  readonly because: string;
}

const rooms: readonly Room[] = [
  {
    folder: "src",
    mayImport: /^@hpcc-js\/wasm-graphviz$/,
    because:
      "src/ runs in Node, a browser and a worker, and knows only itself and the engine that lays graphs out",
  },
  {
    folder: "src/ops",
    mayImport: /^\.\.\/(?!autodiff|methods|index|session)/,
    because: "an op knows the rule makers and other ops, not who uses it",
  },
  {
    folder: "kernel/src",
    mayImport: /^(node:.*|gradbook|gradbook\/session|tslab\/dist\/.*|@tslab\/typescript-for-tslab|zeromq)$/,
    because: "kernel/ knows the library by its name, tslab, zeromq and Node",
  },
  {
    folder: "extension/src",
    mayImport:
      /^(@jupyterlab\/.*|@lumino\/.*|@codemirror\/.*|@hpcc-js\/wasm-graphviz|katex|katex\/.*|gradbook\/(graph|replay))$/,
    because: "extension/ knows JupyterLab, KaTeX and the library by its name",
  },
  {
    folder: "docs",
    mayImport: /^(node:.*|typedoc|katex|(\.\.\/)+src\/.*)$/,
    because: "docs/ reads the library and writes pages",
  },
  { folder: "scripts", mayImport: /^node:/, because: "scripts/ run before any package is installed" },
];

const importPattern =
  /^(?:import|export)\b[^"']*?\bfrom\s+["']([^"']+)["']|^import\s+["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;

function importsOf(file: string): string[] {
  const code = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(importPattern)].map(([, a, b, c]) => a ?? b ?? c);
}

test.each(rooms)("$folder imports what it may: $because", ({ folder, mayImport, because }) => {
  const files = globSync("**/*.{ts,mjs}", { cwd: join(root, folder) });
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const path = join(folder, file);
    if (path.includes("node_modules")) continue;
    for (const name of importsOf(path)) {
      const isOwn = name.startsWith(".") && !relative(folder, join(dirname(path), name)).startsWith("..");
      expect(isOwn || mayImport.test(name), `${path} imports ${name}: ${because}`).toBe(true);
    }
  }
});

test("nothing in the repository reads files from beside it", () => {
  for (const { folder } of rooms) {
    for (const file of globSync("**/*.ts", { cwd: join(root, folder) })) {
      if (file.includes("node_modules")) continue;
      expect(readFileSync(join(root, folder, file), "utf8"), file).not.toMatch(/\.\.\/shared\b/);
    }
  }
});
