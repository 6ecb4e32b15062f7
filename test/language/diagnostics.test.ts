import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, refuse } = openNotebook();

/** The first problem, as `line:column message`. */
const first = async (source: string): Promise<string> => {
  const [{ line, column, message }] = await refuse(source);
  return `${line}:${column} ${message}`;
};

test("a wrong type is one sentence at its own line and column", async () => {
  expect(await refuse("// a comment\n\n  const n: number = 'x'")).toEqual([
    {
      line: 3,
      column: 9,
      endLine: 3,
      endColumn: 10,
      message: "Type 'string' is not assignable to type 'number'",
      code: 2322,
      category: "error",
    },
  ]);
});

test("strict mode is on, but for types that nobody has written", async () => {
  expect(await first("let n: number = null")).toBe("1:5 Type 'null' is not assignable to type 'number'");
  await run(
    "function untyped(x, { y }, ...rest) { return x + y + rest.length }; const list = []; list.push(1)",
  );
  expect(await run("untyped(1, { y: 2 }, 3) + list[0].valueOf()")).toBe(5);
});

test("a tsconfig.json of the notebook's folder can ask for those, too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-strict-"));
  try {
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ "compilerOptions": { "strict": true } } // as people write it',
    );
    const [problem] = await openNotebook(folder).refuse("function f(x) { return x }");
    expect(problem.message).toBe("Parameter 'x' implicitly has an 'any' type");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("wrong literal shapes are told in the library's own sentence", async () => {
  await run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
  expect(await refuse("const Y = 1\nX.matmul(X)")).toMatchObject([
    {
      line: 2,
      column: 10,
      message: "Cannot multiply shapes [2, 3] and [2, 3]: the inner lengths 3 and 2 differ",
    },
  ]);
});

test("types of the library show without the path of their file", async () => {
  const [{ message }] = await refuse("const s: string = tensor");
  expect(message).toMatch(/=> Tensor'/);
  expect(message).not.toContain("import(");
});

test("of a broken syntax only the first problem is told", async () => {
  expect(await refuse("const = 1; let let = ; )")).toHaveLength(1);
  expect(await first("f(\n  1,\n")).toBe("3:1 ')' expected");
  expect(await first("function f() {")).toBe("1:15 '}' expected");
});

test("gb cannot be declared, but imported from the library", async () => {
  const sentence = "Cannot declare gb: it always holds the library, so choose another name";
  expect(await first("const a = 1\nconst { gb } = { gb: 1 }")).toBe(`2:9 ${sentence}`);
  for (const source of [
    "function gb() {}",
    "class gb {}",
    "import gb from 'node:fs'",
    "for (var gb = 1; ; ) break",
  ]) {
    expect(await refuse(source), source).toMatchObject([{ message: sentence }]);
  }
  await run("import * as gb from 'gradbook'; ((gb: number) => gb)(1)");
});

test("what no cell can say is told in one sentence each", async () => {
  const exporting = "Cannot export from a cell: all cells already share its top-level names";
  expect(await refuse("export default 1")).toMatchObject([{ message: exporting }]);
  expect(await refuse("const a = 1; export { a }")).toMatchObject([{ message: exporting, column: 14 }]);
  expect(await refuse("export default function () {}")).toMatchObject([{ message: exporting }]);
  expect(await refuse("import.meta.url")).toMatchObject([
    { message: "Cannot use import.meta in a cell: a cell is not a file" },
  ]);
  expect(await first("const __x = 1")).toMatch(/^1:7 Cannot declare __x: /);
});

test("a cell that does not compile declares nothing", async () => {
  await run("const stays = 1");
  await refuse("const stays = 'text'; const unborn = 1; type Unborn = 1; stays.nothing");
  expect(await run("stays + 1")).toBe(2);
  expect(await first("unborn")).toBe("1:1 Cannot find name 'unborn'");
  expect(await first("let n: Unborn")).toBe("1:8 Cannot find name 'Unborn'");
});
