import { SourceMap, type SourceMapPayload } from "node:module";
import vm from "node:vm";
import { describe, expect, test } from "vitest";
import { completenessOf } from "../../kernel/src/language/completeness.ts";
import { openNotebook } from "./notebook.ts";

const { run, refuse, compile, language } = openNotebook();
const diagnose = async (source: string) => (await language.diagnose(source)).diagnostics;

await run(
  "const a = 1, b = 2, k = 'key', x = { p: 1 }; let calls = 0; const f = (n: number) => (calls += n)",
);

/** Objects as people write them, with their values. */
const OBJECTS: readonly (readonly [string, unknown])[] = [
  ["{ a: 1, b: 2 }", { a: 1, b: 2 }],
  ["{ a: 1 }", { a: 1 }],
  ["{ a }", { a: 1 }],
  ["{ a, b }", { a: 1, b: 2 }],
  ["{ a: b, k }", { a: 2, k: "key" }],
  ["{}", {}],
  ["{ a: 1 }.a", 1],
  ["{ a: 1 }['a'] + 1", 2],
  ['{ "k": 1 }', { k: 1 }],
  ["{ 'k': 1, 2: 3 }", { k: 1, 2: 3 }],
  ["{ 5: 1 }", { 5: 1 }],
  ["{ ...x }", { p: 1 }],
  ["{ ...x, [k]: 1 }", { p: 1, key: 1 }],
  ["{ [k]: 1 }", { key: 1 }],
  ["{ a: { b: { c: 1 } } }", { a: { b: { c: 1 } } }],
  ["{ a: [1, 2], b: a > 0 ? 'yes' : 'no' }", { a: [1, 2], b: "yes" }],
  ["{ twice(n: number) { return 2 * n } }.twice(3)", 6],
  ["{ get one() { return 1 } }.one", 1],
  ["{ a: (() => 3)(), b: await Promise.resolve(4) }", { a: 3, b: 4 }],
  ["{ a: 1 } as { a: number }", { a: 1 }],
];

/** Where an object can stand. */
const PLACES: Record<string, (object: string) => string> = {
  alone: (object) => object,
  "with a semicolon": (object) => `${object};`,
  "before a comment": (object) => `${object} // { shown }`,
  "after a comment": (object) => `// shown: {\n${object}\n`,
  "after statements": (object) => `const before = f(1)\nif (before) { f(1) }\n${object}`,
  "after a block": (object) => `{ let a = 1; f(a) }\n${object}`,
  "on the line of others": (object) => `f(1); ${object}`,
};

describe.each(Object.entries(PLACES))("An object %s", (_, place) => {
  test.each(OBJECTS)("is the value of the cell: %s", async (object, value) => {
    const source = place(object);
    expect(await diagnose(source)).toEqual([]);
    expect(completenessOf(source)).toEqual({ status: "complete" });
    expect(await run(source)).toEqual(value);
    expect(await run(place(object.replaceAll(/(?<=[{,]) /g, "\n  ")))).toEqual(value);
  });
});

test.each([
  "{ let a = 1; f(a) }",
  "{ f(1) }",
  "{\n  f(1)\n}",
  "{ f(1);\n  f(2) }",
  "{ f(1)\n{ f(2) } }",
  "{ loop: for (const n of [1, 2]) { f(n); continue loop } }",
  "{ calls++ }",
  "{ a; }",
  "{ a: { f(1) } }",
  "{ const { a = 1 } = { a: 2 }; f(a) }",
  "{ if (a) f(1) }",
  "{ ; }",
  "{ function g() {} }",
])("A block stays a block: %j", async (source) => {
  expect(await diagnose(source)).toEqual([]);
  expect((await compile(source)).lastExpression).toBeUndefined();
});

test("A block that begins a cell is none of the cell's end", async () => {
  expect(await run("{ a: 1 }\n[1, 2].length")).toBe(2);
  expect(await run("{ f(1) }\n+1")).toBe(1);
});

test("A pattern takes an object apart", async () => {
  await run("let m = 0, n = 0");
  await run("{ m, n = 5 } = { m: 4 } as { m: number, n?: number }");
  expect(await run("[m, n]")).toEqual([4, 5]);
});

test.each([
  ["{ a: 1, b: 2 }\nf(1)", 1],
  ["f(1)\n{ a: 1, b: }", 2],
  ['{ "k": 1\n"l": 2 }', 1],
])("Where an object cannot be read, the way out is told: %j", async (source, line) => {
  const [problem] = await refuse(source);
  expect(problem.message).toMatch(/; if an object is meant here, put it in parentheses: \(\{ … \}\)$/);
  expect(problem.line).toBe(line);
  expect(await diagnose(source)).toEqual([problem]);
});

test.each(["{ let a = ; }", "f(1) f(2)", "{ if (a { f(1) } }"])(
  "Other errors have no such word: %j",
  async (source) => {
    for (const { message } of await refuse(source)) expect(message).not.toMatch(/parenthes[ei]s:/);
  },
);

test.each([
  ["{ a: 1, b: nowhere }", "nowhere"],
  ["f(1); { a: nowhere }; // here", "nowhere"],
  ["f(1)\n  { a: 1,\n b: nowhere,\n c: 1 }", "nowhere"],
  ["{ a: 1 }.gone", "gone"],
])("An error of types in %j stands under its own words", async (source, words) => {
  const [{ line, column, endColumn }] = await refuse(source);
  expect(source.split("\n")[line - 1].slice(column - 1, endColumn - 1)).toBe(words);
  expect(await diagnose(source)).toEqual(await refuse(source));
});

test("An error at run time in an object stands at its own place", async () => {
  const source = "f(1)\n{ a: 1, b: (undefined as any).gone }";
  const cell = await compile(source);
  const map = new SourceMap(cell.sourceMap as unknown as SourceMapPayload);
  const code = cell.code.split("\n");
  const line = code.findIndex((text) => text.includes(".gone"));
  const entry = map.findEntry(line, code[line].indexOf("gone"));
  expect(entry).toMatchObject({ originalLine: 1, originalColumn: source.split("\n")[1].indexOf("gone") });
  expect(() => vm.runInThisContext(cell.code)).not.toThrow();
});

test("Completion, inspection and signatures count as the cell is written", async () => {
  await run("const text = 'abc'");
  const source = "{ a: 1, b: text.toUp }";
  const { start, end, matches } = await language.complete(source, source.length - 2);
  expect(source.slice(start, end)).toBe("toUp");
  expect(matches.map((match) => match.text)).toContain("toUpperCase");
  expect((await language.inspect("{ a: 1, b: text }", 12, 0)).plain).toContain("const text");
  expect((await language.signature("{ a: 1, b: f(2) }", 13))?.label).toContain("n: number");
});

test.each(["{ a: 1, b: ", "{ a: 1,", "{ ...x,", "{", '{ "k": 1,', "f(1)\n{ a: 1, b:"])(
  "A console lets one go on after %j",
  (source) => {
    expect(completenessOf(source).status).toBe("incomplete");
  },
);
