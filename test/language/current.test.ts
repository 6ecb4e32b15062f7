/** What TypeScript and ECMAScript have got in the last years. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { typescript } from "../../kernel/src/language/typescript.ts";
import { openNotebook } from "./notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-current-"));
const { run, refuse, language } = openNotebook(folder);
afterAll(() => rmSync(folder, { recursive: true }));

test("the compiler of cells is a current one", () => {
  expect(Number.parseInt(typescript.version, 10)).toBeGreaterThanOrEqual(6);
});

const LOG =
  "const log: string[] = []; const item = (name: string) => ({ name, [Symbol.dispose]() { log.push(name) } });";

describe("`using` gives back what it holds", () => {
  test.each([
    [
      "at the end of a block",
      "{ using a = item('a'); using b = item('b'); log.push('in') } log",
      ["in", "b", "a"],
    ],
    [
      "at the end of a function",
      "(() => { using a = item('a'); log.push(a.name + '!') })(); log",
      ["a!", "a"],
    ],
    ["in each turn of a loop", "for (const n of [1, 2]) { using a = item(String(n)) } log", ["1", "2"]],
    [
      "also when something throws",
      "try { using a = item('a'); throw 1 } catch { log.push('caught') } log",
      ["a", "caught"],
    ],
    [
      "awaited",
      "{ await using a = { async [Symbol.asyncDispose]() { await null; log.push('a') } }; log.push('in') } log",
      ["in", "a"],
    ],
  ])("%s", async (_, code, expected) => {
    await run(LOG);
    expect(await run(code)).toEqual(expected);
  });

  test("at the end of the cell, of which it can also be the value", async () => {
    await run(LOG);
    expect(await run("using top = item('top'); log.push('in')\ntop.name")).toBe("top");
    expect(await run("[log, top.name]")).toEqual([["in", "top"], "top"]);
  });
});

test("standard decorators know the class, the method, and more", async () => {
  await run(`
    const seen: string[] = [];
    function noted(value: unknown, context: { kind: string; name?: string | symbol }): any { seen.push(context.kind + " " + String(context.name)) }
    function doubled(method: (x: number) => number, _: ClassMethodDecoratorContext) { return function (this: unknown, x: number) { return 2 * method.call(this, x) } }
    @noted class D { @noted field = 1; @doubled @noted twice(x: number) { return x } @noted accessor a = 3 }`);
  expect(await run("[seen.toSorted(), new D().twice(2), new D().a]")).toEqual([
    ["accessor a", "class D", "field field", "method twice"],
    4,
    3,
  ]);
});

test.each([
  ["iterator helpers", "[3, 4].values().map((x) => 2 * x).drop(1).toArray()", [8]],
  ["Promise.try", "await Promise.try(() => 5)", 5],
  ["Array.fromAsync", "await Array.fromAsync([Promise.resolve(1), 2])", [1, 2]],
  ["RegExp.escape", "RegExp.escape('a.b')", "\\x61\\.b"],
  ["methods of sets", "[...new Set([1, 2]).intersection(new Set([2, 3]))]", [2]],
  ["Error.isError", "Error.isError(new TypeError())", true],
  ["Float16Array", "new Float16Array([1.0009765625, 2])[1]", 2],
  ["the flag v", "/[\\p{L}--[a-z]]/v.test('ä')", true],
  [
    "satisfies and const type parameters",
    "const f = <const T>(x: T) => x; (f([1, 2]) satisfies readonly [1, 2])[1]",
    2,
  ],
  ["groups", "Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd", [1, 3]],
  ["inferred predicates", "[1, undefined].filter((x) => x !== undefined).map((x) => x.toFixed(1))", ["1.0"]],
])("%s", async (_, code, value) => {
  expect(await run(code)).toEqual(value);
});

test("JSON is imported with its type", async () => {
  writeFileSync(join(folder, "data.json"), '{ "a": [1, 2] }');
  const compilation = await language.compile(
    'import data from "./data.json" with { type: "json" }\ndata.a[0].toFixed()',
    99,
  );
  expect(compilation.ok).toBe(true);
  const [problem] = await refuse('import data from "./data.json" with { type: "json" }\ndata.b');
  expect(problem.message).toMatch(/^Property 'b' does not exist/);
});
