import { SourceMap, type SourceMapPayload } from "node:module";
import vm from "node:vm";
import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook();

/** Where the first frame in the cell stands, as `line:column` from 1, when the cell throws. */
async function throwsAt(source: string): Promise<string> {
  const cell = await notebook.compile(source);
  try {
    await vm.runInThisContext(cell.code, { filename: "thrower" })(notebook.scope, () => {});
  } catch (error) {
    const [, line, column] = /thrower:(\d+):(\d+)/.exec((error as Error).stack ?? "") ?? [];
    const map = new SourceMap(cell.sourceMap as unknown as SourceMapPayload);
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1) as {
      originalLine: number;
      originalColumn: number;
    };
    return `${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
  throw new Error(`Did not throw: ${source}`);
}

test.each([
  ["throw new Error('x')", "1:7"],
  ["const a = 1\n\ninterface Erased {\n  x: number\n}\n// a comment\n  throw new Error('x')", "7:9"],
  ["const b: number = 1; let c: string = (() => { throw new Error('x') })()", "1:53"],
  [
    "const { d, e = fail() } = { d: 1, e: undefined }\nfunction fail(): number {\n  throw new Error('x')\n}",
    "3:9",
  ],
  [
    "class F {\n  constructor(readonly x: number) {\n    throw new Error(String(x))\n  }\n}\nnew F(1)",
    "3:11",
  ],
  [
    "import { sep } from 'node:path'; const g = [1].map(\n  (x: number): number => { throw new Error(String(x)) })",
    "2:34",
  ],
  ["await null; {\n  throw new Error('x') }", "2:9"],
])("an error in %j is found at %s", async (source, place) => {
  expect(await throwsAt(source)).toBe(place);
});
