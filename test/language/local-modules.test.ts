import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { typescript } from "../../kernel/src/language/typescript.ts";
import { openNotebook } from "./notebook.ts";

const folder = mkdtempSync(path.join(tmpdir(), "gradbook-language-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { run, refuse, compile } = openNotebook(folder);

let clock = 1;
function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, clock, clock++);
}

test("the library is there with its types in a folder that holds nothing", async () => {
  expect(await refuse("const n: string = tensor([1, 2]).shape")).toMatchObject([{ code: 2322 }]);
  expect(
    await run("import { exp as e, type Tensor as T } from 'gradbook'; const t: T<[]> = e(0); t.data[0]"),
  ).toBe(1);
});

test("a cell imports a local TypeScript file with its types", async () => {
  write(
    "helper.ts",
    "export interface Twice { n: number }\nexport function twice(n: number): Twice { return { n: 2 * n } }\n",
  );
  expect(await run("import { twice } from './helper'; twice(4)")).toEqual({ n: 8 });
  expect(await refuse("const s: string = twice(1)")).toMatchObject([{ code: 2322 }]);
});

test("a local file that changed is compiled again", async () => {
  write("helper.ts", "export function twice(n: number): string { return String(n).repeat(2) }\n");
  expect(await run("import { twice } from './helper'; twice(4).length")).toBe(2);
});

test("a problem in a local file is told with the file's name and line", async () => {
  write("broken.ts", "export const fine = 1;\nexport const n: number = 'x';\n");
  expect(await refuse("import { n } from './broken'")).toMatchObject([
    { file: "broken.ts", line: 2, column: 14 },
  ]);
});

test("a file that was missing is found once it is there", async () => {
  expect(await refuse("import { late } from './late'")).toMatchObject([{ code: 2307 }]);
  write("late.ts", "export const late = 'here'\n");
  expect(await run("import { late } from './late'; late")).toBe("here");
  write("outer.ts", "export { inner } from './inner'\n");
  expect(await refuse("import { inner } from './outer'")).toMatchObject([{ code: 2307, file: "outer.ts" }]);
  write("inner.ts", "export const inner = 'in there'\n");
  expect(await run("import { inner } from './outer'; inner")).toBe("in there");
});

test("a file of another folder can be imported, unless it has a problem", async () => {
  const notebooks = path.join(folder, "notebooks");
  mkdirSync(notebooks);
  const { run, refuse } = openNotebook(notebooks);
  write("shared/sum.ts", "export const sum = (...x: number[]): number => x.reduce((a, b) => a + b, 0)\n");
  expect(await run("import { sum } from '../shared/sum.ts'; sum(1, 2, 3)")).toBe(6);
  write("shared/wrong.ts", "export const n: number = 'x'\n");
  expect(await refuse("import { n } from '../shared/wrong'")).toMatchObject([
    { file: "../shared/wrong.ts", line: 1 },
  ]);
});

test("a package without types can be used", async () => {
  write("node_modules/untyped/package.json", '{ "name": "untyped", "main": "index.js" }');
  write("node_modules/untyped/index.js", "module.exports = () => 'untyped';\n");
  expect(await run("import untyped, { anything } from 'untyped'; [untyped(), anything]")).toEqual([
    "untyped",
    undefined,
  ]);
});

test("a package that tells its files by exports alone has its types, where it has any", async () => {
  write(
    "node_modules/modern/package.json",
    `{ "name": "modern", "exports": {
      ".": { "types": "./types/main.d.ts", "require": "./main.cjs" },
      "./deep": { "types": "./types/deep.d.ts", "default": "./deep.cjs" },
      "./plain": { "node": "./plain.cjs" } } }`,
  );
  write("node_modules/modern/types/main.d.ts", "export declare const main: number;\n");
  write("node_modules/modern/types/deep.d.ts", "export declare const deep: string;\n");
  write("node_modules/modern/main.cjs", "exports.main = 1;\n");
  write("node_modules/modern/deep.cjs", "exports.deep = 'deep';\n");
  write("node_modules/modern/plain.cjs", "exports.plain = 'plain';\n");
  expect(
    await run("import { main } from 'modern'; import { deep } from 'modern/deep'; deep.repeat(main + 1)"),
  ).toBe("deepdeep");
  expect(await refuse("const text: string = main")).toMatchObject([{ code: 2322 }]);
  expect(await run("import { plain } from 'modern/plain'; plain")).toBe("plain");
  expect(await refuse("import { hidden } from 'modern/hidden'")).toMatchObject([{ code: 2307 }]);
});

test("the manifest of a package is read once, however many files it has", async () => {
  const files = Array.from({ length: 40 }, (_, i) => `part${i}`);
  write("node_modules/many/package.json", '{ "name": "many", "types": "index.d.ts", "main": "index.js" }');
  write("node_modules/many/index.d.ts", files.map((file) => `export * from "./${file}";\n`).join(""));
  for (const file of files)
    write(`node_modules/many/${file}.d.ts`, `export declare const ${file}: number;\n`);
  const read = vi.spyOn(typescript.sys, "readFile");
  const manifests = (): number =>
    read.mock.calls.filter(([file]) => file.endsWith("many/package.json")).length;
  try {
    await compile("import { part7 } from 'many'; part7.toFixed()");
    expect(manifests()).toBeLessThan(5);
    read.mockClear();
    await compile("import { part8 } from 'many'; part8.toFixed()");
    expect(manifests()).toBeLessThan(5);
  } finally {
    read.mockRestore();
  }
});
