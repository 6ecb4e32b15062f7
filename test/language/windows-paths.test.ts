import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { afterAll, describe, expect, it, test } from "vitest";
import { createLanguage } from "../../kernel/src/language/engine.ts";
import { createScope } from "../../kernel/src/language/scope.ts";
import { inFolder, slashed } from "../../kernel/src/language/slashes.ts";
import * as library from "./fixtures/library/index.js";
import { fixtureLibrary } from "./notebook.ts";

// Here a path that begins with a drive is one below the current folder, so the files of a Windows machine can be there.
const before = process.cwd();
const machine = mkdtempSync(path.join(tmpdir(), "gradbook-windows-"));
process.chdir(machine);
mkdirSync("C:/Users/ada", { recursive: true });
afterAll(() => {
  process.chdir(before);
  rmSync(machine, { recursive: true });
});

describe.each(["C:\\Users\\ada", "C:/Users/ada"])("a notebook in %s", (folder) => {
  const language = createLanguage({ folder, library: fixtureLibrary });
  const scope = createScope();
  for (const [name, value] of Object.entries(library)) scope.set(name, value);
  let count = 0;
  const run = async (source: string): Promise<unknown> => {
    const compilation = await language.compile(source, ++count);
    if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ message }) => message).join("; "));
    await vm.runInThisContext(compilation.cell.code)(scope, () => library);
    return compilation.cell.lastExpression && scope.get(compilation.cell.lastExpression);
  };

  it("runs cells, which know of each other", async () => {
    expect(await run("1 + 1")).toBe(2);
    await run("const n = 20; interface Pair { a: number }");
    expect(await run("const p: Pair = { a: n + 1 }; p.a * 2")).toBe(42);
    expect(await run("tensor([1, 2]).shape")).toEqual([2]);
  });

  it("refuses what is wrong, and completes", async () => {
    const refused = await language.compile("const text: string = n", ++count);
    expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 2322, line: 1 }] });
    const { matches } = await language.complete("Math.hyp", 8);
    expect(matches.map(({ text }) => text)).toContain("hypot");
    expect((await language.inspect("Math.hypot", 6, 0)).found).toBe(true);
  });
});

test("a notebook in C:\\Users\\ada imports the files beside it", async () => {
  const language = createLanguage({ folder: "C:\\Users\\ada", library: fixtureLibrary });
  writeFileSync("C:/Users/ada/helper.ts", "export const twice = (n: number): number => 2 * n\n");
  const compiled = await language.compile("import { twice } from './helper'; twice(4)", 1);
  expect(compiled).toMatchObject({ ok: true, cell: { modules: [{ path: "C:/Users/ada/helper.ts" }] } });
  const refused = await language.compile("import { twice } from './helper'; const s: string = twice(4)", 2);
  expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 2322 }] });
});

test("what TypeScript made of a file is what a session on Windows loads, and an error is found at its line", async () => {
  const folder = "C:\\Users\\ada";
  mkdirSync("C:/Users/ada/shapes");
  writeFileSync("C:/Users/ada/shapes/index.ts", "export enum Kind { square = 7 }\n"); // an enum is not only types
  writeFileSync(
    "C:/Users/ada/colours.ts",
    "import { Kind } from './shapes';\nexport const kind = Kind.square;\ninterface Unused {}\nexport function fail(): never {\n  throw new Error('oh');\n}\n",
  );
  const language = createLanguage({ folder, library: fixtureLibrary });
  const compiled = await language.compile(
    "import * as colours from './colours'; import * as shapes from './shapes'",
    1,
  );
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("; "));
  const { modules } = compiled.cell;
  const statements = [
    ["./colours", "kind"],
    ["./colours.js", "kind"],
    ["./colours", "fail"],
  ];
  const session = path.join(import.meta.dirname, "windows-session.ts");
  const asked = JSON.stringify({ folder, modules, statements });
  const found = execFileSync(process.execPath, ["--disable-warning=ExperimentalWarning", session, asked], {
    encoding: "utf8",
  });
  expect(JSON.parse(found)).toEqual([7, 7, "colours.ts:5"]);
});

test.each([
  ["C:\\Users\\ada", "C:/Users/ada"],
  ["c:\\a b\\ü", "c:/a b/ü"],
  ["C:/Users\\ada", "C:/Users/ada"],
  ["\\\\server\\share\\x.ts", "//server/share/x.ts"],
  ["/home/ada/a\\b", "/home/ada/a\\b"],
  ["notes\\x", "notes\\x"],
])("%s is %s to the compiler", (path, expected) => {
  expect(slashed(path)).toBe(expected);
});

test.each([
  ["C:/Users/ada", "C:/Users/ada/x.ts"],
  ["C:/", "C:/x.ts"],
  ["//server/course", "//server/course/x.ts"],
  ["/home/ada", "/home/ada/x.ts"],
])("x.ts in %s is %s", (folder, expected) => {
  expect(inFolder(folder, "x.ts")).toBe(expected);
});
