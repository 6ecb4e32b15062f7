import { beforeEach, expect, test } from "vitest";
import { lineAt } from "../../kernel/src/language/cursor.ts";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook();
const { run, compile, scope } = notebook;

const seen: string[] = [];

/** Cells call it where the library would record an op: it notes which line of which cell runs. */
Object.assign(globalThis, {
  op(name: string, value: unknown = name): unknown {
    const place = lineAt(scope.at);
    seen.push(`${name} ${place ? place.line : "nowhere"}`);
    return value;
  },
});

await run("declare const op: any");

beforeEach(() => {
  seen.length = 0;
  scope.at = 0;
});

/** What was noted by a cell, in order. */
async function notedBy(source: string): Promise<string[]> {
  await run(source);
  return [...seen];
}

test.each([
  ["statements", "op('a')\n\nconst b = op('b'), c =\n  op('c')\nop('d')", ["a 1", "b 3", "c 3", "d 5"]],
  [
    "lines that TypeScript takes out",
    "interface Gone {\n  x: number\n}\ntype Lost = 1\nop('a') // 5",
    ["a 5"],
  ],
  [
    "branches, with and without braces",
    "if (op('a', false)) op('never')\nelse\n  op('b')\nif (op('c'))\n  op('d')\nswitch (op('e')) {\n  case 'e':\n    op('f')\n}",
    ["a 1", "b 3", "c 4", "d 5", "e 6", "f 8"],
  ],
  [
    "loops, with what they compute in every turn",
    "for (let i = 0;\n  op('a', i < 2);\n  i++)\n    op('b')\nlet n = 2\nwhile (op('c', n > 0)) {\n  op('d'); n--\n}\ndo\n  op('e')\nwhile (op('f', false))",
    ["a 2", "b 4", "a 2", "b 4", "a 2", "c 6", "d 7", "c 6", "d 7", "c 6", "e 10", "f 11"],
  ],
  [
    "loops with a label",
    "outer:\nfor (const x of [1, 2]) {\n  for (;;) {\n    op('a')\n    continue outer\n  }\n}",
    ["a 4", "a 4"],
  ],
  [
    "functions, and their callers afterwards",
    "function f(x: unknown) {\n  return op('f')\n}\nconst g = (x: unknown) =>\n  op('g')\nop(f(1) + 'a')\nop(g(f(1)) + 'b')",
    ["f 2", "fa 6", "f 2", "g 5", "gb 7"],
  ],
  [
    "functions that end early, late, or by falling out",
    "function early(x: boolean) {\n  if (x) return\n  op('a')\n}\nfunction late() { op('b'); return }\nop('c', [early(true), early(false), late()])",
    ["a 3", "b 5", "c 6"],
  ],
  [
    "methods, accessors and constructors",
    "class K {\n  x = op('x')\n  constructor() {\n    op('new')\n  }\n  m() {\n    return op('m')\n  }\n  get y() {\n    return op('y')\n  }\n  static s =\n    op('s')\n}\nop('a', new K().m())\nop('b', new K().y)",
    ["s 13", "x 2", "new 4", "m 7", "a 15", "x 2", "new 4", "y 10", "b 16"],
  ],
  [
    "a subclass",
    "class Base { constructor() { op('base') } }\nclass Sub extends Base {\n  constructor() {\n    super()\n    op('sub')\n  }\n}\nop('a', new Sub())",
    ["base 1", "sub 5", "a 8"],
  ],
  ["static blocks", "class Z {\n  static {\n    op('a')\n  }\n}\nop('b')", ["a 3", "b 6"]],
  [
    "callbacks of other code",
    "op('a', [1, 2].map(\n  (x) => op('b')))\n;[1].forEach(function () {\n  op('c')\n})\nop('d')",
    ["b 2", "b 2", "a 1", "c 4", "d 6"],
  ],
  [
    "generators",
    "function* gen() {\n  op('a')\n  yield 1\n  op('b')\n}\nfor (const x of gen())\n  op('c')",
    ["a 2", "c 7", "b 4"],
  ],
  [
    "what is thrown and caught",
    "function fail() {\n  op('a')\n  throw new Error('x')\n}\ntry {\n  fail()\n} catch {\n  op('b')\n} finally {\n  op('c')\n}",
    ["a 2", "b 8", "c 10"],
  ],
  [
    "asynchronous code, whatever runs while it waits",
    "const later = async () => {\n  await null\n  op('a')\n  return 1\n}\nop('b', (await later()) + 1)\nawait Promise.all([later(), later()])\nop('c')",
    ["a 3", "b 6", "a 3", "a 3", "c 8"],
  ],
  [
    "a namespace and an enum",
    "namespace N {\n  export const x = op('a')\n}\nenum E {\n  A = op('b', 1)\n}",
    ["a 2", "b 5"],
  ],
  [
    "tagged templates and properties",
    "const o = { get T() { return op('a') } }\nconst t = o.T\nop`b`",
    ["a 1", "b 3"],
  ],
])("of %s, each op knows its line", async (_, source, expected) => {
  expect(await notedBy(source)).toEqual(expected);
});

test("a function is of the cell that declares it, and its caller of its own", async () => {
  await run("const inside = () => {\n  return op('inside')\n}");
  const first = lineAt(scope.at);
  expect(first).toBeUndefined(); // declaring it computes nothing
  await run("\n\nop('outside', inside())");
  expect(seen).toEqual(["inside 2", "outside 3"]);
});

test("a cell's number is the one it was compiled under", async () => {
  const { language } = notebook;
  const compilation = await language.compile("1\nop('x')", 40_000);
  if (!compilation.ok) throw new Error("Did not compile");
  expect(compilation.cell.code).toContain(`.at = ${40_000 * 65_536 + 2};`);
  expect(lineAt(40_000 * 65_536 + 2)).toEqual({ cell: 40_000, line: 2 });
  expect(lineAt(0)).toBeUndefined();
});

test.each([
  ["only numbers are computed", "let s = 0; for (let i = 0; i < 3; i++) s += i * 2 - 1"],
  ["nothing is called", "const f = function (x: number) { if (x > 1) return x; return -x }"],
  ["there are only declarations", "function g() {} class C { m() {} } let u: number; interface I {}"],
])("nothing is written where %s", async (_, source) => {
  const { code } = await compile(source);
  expect(code).not.toMatch(/\.at\b|\.back\b|at\$cell/);
});

test("functions keep their names, their own this, and their directives", async () => {
  expect(
    await run(
      "const named = () => op('x'); class P { static q = () => op('x'); r = class { m() { op('x') } } }; [named.name, P.q.name, new P().r.name]",
    ),
  ).toEqual(["named", "q", "r"]);
  expect(await run("const me = { v: 3, get() { return op('x', this.v) } }; me.get()")).toBe(3);
  expect((await compile("function strict() { 'use strict'; op('x') }")).code).toMatch(
    /\{\s*'use strict';\s*const at\$cell/,
  );
  expect(await run("const pair = () => (op('x', 1), op('y', 2)); pair()")).toBe(2);
  expect(await run("function comma() { return op('x', 1), op('y', { z: 2 }) } comma().z")).toBe(2);
  expect(await run("const object = (x: number) => ({ x, y: op('y', 3) }); object(1)")).toEqual({
    x: 1,
    y: 3,
  });
});

test("the message of an error names what the student wrote", async () => {
  await expect(run("const p: any = 1; (await p).nothing()")).rejects.toThrow(/nothing is not a function/);
  await expect(run("const q: any = () => p.nothing(); q()")).rejects.toThrow(/p\.nothing is not a function/);
});
