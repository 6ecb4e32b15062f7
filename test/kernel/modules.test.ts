import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-modules-"));
const kernel = useKernel({ folder });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

test("Cells import Node's modules, and the library that they have already", async () => {
  const code = `import { join } from "node:path"
import { tensor as imported } from "gradbook"
const dynamic: any = await import("gradbook");
[join("a", "b"), imported === tensor, dynamic.tensor === tensor]`;
  expect(resultOf(await kernel().run(code))).toBe("[ 'a/b', true, true ]");
});

test("Cells import TypeScript files of the notebook's folder, which share the library", async () => {
  write(
    "helper.ts",
    'import { tensor } from "gradbook";\nexport const same = (f: unknown): boolean => f === tensor;\n',
  );
  expect(resultOf(await kernel().run('import { same } from "./helper.ts"\nsame(tensor)'))).toBe("true");
});

test("A local file that has changed is read anew", async () => {
  write("value.ts", "export const value: number = 1;\n");
  expect(resultOf(await kernel().run('import { value } from "./value"\nvalue'))).toBe("1");
  write("value.ts", "export const value: number = 22;\n");
  expect(resultOf(await kernel().run('import { value } from "./value"\nvalue'))).toBe("22");
});

test("An error in a local file names the file and its own line, and the cell that called it", async () => {
  const text = `interface Nowhere {
  inJavaScript: true;
}

export function fail({ why }: { why: string }): never {
  const reason: string = why;
  throw new RangeError(reason);
}
`;
  for (const name of ["broken.ts", "my broken #1.ts"]) {
    write(name, text);
    const traceback = tracebackOf(
      await kernel().run(`import { fail } from "./${name}"\nfail({ why: "it was asked to" })`),
    );
    expect(traceback).toMatch(/^RangeError: it was asked to/);
    expect(traceback).toContain(`fail, ${name}, line 7`);
    expect(traceback).toMatch(/7 .*throw new RangeError\(reason\)/);
    expect(traceback).toMatch(/called from cell \d+, line 2: fail\(/);
  }
});

test("Cells import packages from beside the notebook, old ones and new ones", async () => {
  write("node_modules/old/package.json", '{ "name": "old", "version": "1.0.0", "main": "old.js" }');
  write("node_modules/old/old.js", "exports.value = 42;");
  write(
    "node_modules/new/package.json",
    '{ "name": "new", "version": "1.0.0", "type": "module", "main": "./new.js", "exports": "./new.js" }',
  );
  write(
    "node_modules/new/new.js",
    'import * as g from "gradbook"; export const mine = g.tensor; export const value = 43;',
  );
  const code = `import { value as a } from "old"
import { value as b, mine } from "new";
[a, b, mine === tensor]`;
  const ran = await kernel().run(code);
  expect(resultOf(ran), tracebackOf(ran)).toBe("[ 42, 43, true ]");
});

test("A package that is not there is an error of the line that imports it", async () => {
  const ran = await kernel().run('const x = 1\nimport { y } from "not-there"\ny');
  expect(ran.reply.evalue).toMatch(/^line 2: Cannot find module 'not-there'/);
});

describe("Local files are ES modules:", () => {
  test.each([
    ["they wait at their top level", "waits.ts", "export const value = await Promise.resolve(7)", "7"],
    [
      "they know where they are",
      "where.ts",
      "export const value = [import.meta.filename, __filename, __dirname].map((path) => path.split('/').at(-1) !== '').join()",
      "'true,true,true'",
    ],
    [
      "they load what CommonJS loads",
      "loads.ts",
      "const { basename } = require('node:path'); export const value = basename(__filename)",
      "'loads.ts'",
    ],
    ["they import each other", "outer.ts", "export { value } from './value.ts'", "22"],
    [
      "they import in a circle",
      "circle.ts",
      "import * as self from './circle.ts'; export const value = typeof self",
      "'object'",
    ],
    [
      "they take JSON with its attribute",
      "json.ts",
      "import data from './data.json' with { type: 'json' }; export const value = data.n",
      "1",
    ],
    [
      "types are gone from them",
      "types.ts",
      "export interface I { n: number } export type { T } from './more.ts'; export const value: number = 3",
      "3",
    ],
    [
      "they have JSX",
      "jsx.tsx",
      "const React = { createElement: (tag: string) => tag }; export const value = <b />",
      "'b'",
    ],
    ["JavaScript is one, too", "plain.mjs", "export const value = 5", "5"],
    ["CommonJS is understood", "old.cjs", "exports.value = 6", "6"],
  ])("%s", async (_, file, text, value) => {
    write("data.json", '{ "n": 1 }');
    write("more.ts", "export type T = number");
    write(file, text);
    const ran = await kernel().run(`import { value } from "./${file.replace(/\.tsx?$/, "")}"\nvalue`);
    expect(resultOf(ran), tracebackOf(ran)).toBe(value);
  });

  test.each([
    ["edited.ts", (n: number) => `export const value: number = ${n}`],
    ["edited.mjs", (n: number) => `export const value = ${n}`],
    ["edited.js", (n: number) => `export const value = ${n}`],
    ["edited.cjs", (n: number) => `exports.value = ${n}`],
    ["edited.json", (n: number) => `{ "value": ${n} }`],
  ])("%s is read anew when it was edited, also by the file that imports it", async (file, text) => {
    const by = `by-${file.replace(".", "-")}.ts`;
    write(
      by,
      `import * as edited from "./${file}"; export const again = (edited as any).value ?? (edited as any).default.value`,
    );
    for (const n of [1, 222]) {
      write(file, text(n));
      const code = `import * as direct from "./${file}"; import { again } from "./${by}";
        [(direct as any).value ?? (direct as any).default.value, again]`;
      const ran = await kernel().run(code);
      expect(resultOf(ran), tracebackOf(ran)).toBe(`[ ${n}, ${n} ]`);
    }
  });

  test("a problem of types in one is shown with its line", async () => {
    write("mistaken.ts", "export const fine = 1\nexport const n: number = 'x'\n");
    const traceback = tracebackOf(await kernel().run('import { n } from "./mistaken"'));
    expect(traceback).toContain("mistaken.ts, line 2");
    expect(traceback).toMatch(/> 2 \| export const n: number = 'x'\n +\| +\^/);
  });
});

test.each([
  ["only for import", '{ ".": { "import": "./index.js" } }'],
  ["with types beside", '{ ".": { "import": { "types": "./index.d.ts", "default": "./index.js" } } }'],
])("A package that exports %s is imported", async (what, exports) => {
  const name = what.replaceAll(" ", "-");
  write(
    `node_modules/${name}/package.json`,
    `{ "name": "${name}", "version": "1.0.0", "type": "module", "exports": ${exports} }`,
  );
  write(`node_modules/${name}/index.js`, "export const value = await Promise.resolve(8)");
  write(`node_modules/${name}/index.d.ts`, "export declare const value: number");
  const ran = await kernel().run(`import { value } from "${name}"\nvalue.toFixed(1)`);
  expect(resultOf(ran), tracebackOf(ran)).toBe("'8.0'");
});

test("A package that is not there is told how to be got", async () => {
  for (const [name, wanted] of [
    ["not-there", "not-there"],
    ["not-there/deep", "not-there"],
    ["@not/there/deep", "@not/there"],
  ]) {
    const { reply } = await kernel().run(`import x from "${name}"`);
    expect(reply.evalue).toMatch(new RegExp(`npm install ${wanted}$`));
  }
});
