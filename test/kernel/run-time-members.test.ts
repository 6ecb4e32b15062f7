/** Completion of what no type describes, from the value itself. */

import { expect, test } from "vitest";
import { useKernel } from "./kernel.ts";

const kernel = useKernel();
const complete = async (code: string) => {
  const { matches, cursor_start, cursor_end, metadata } = await kernel().request("complete", {
    code,
    cursor_pos: code.length,
  });
  return { matches, cursor_start, cursor_end, types: metadata._jupyter_types_experimental };
};

test("parsed data is completed by what is in it, at every depth", async () => {
  await kernel().run('const data = JSON.parse(\'{"name": "x", "rows": {"first": 1, "two words": 2}}\')');
  expect((await complete("data.")).matches).toEqual(["name", "rows"]);
  expect(await complete("1 + data.rows.fi")).toEqual({
    matches: ["first"],
    cursor_start: 14,
    cursor_end: 16,
    types: [{ text: "first", type: "property", start: 14, end: 16 }],
  });
  expect((await complete("data?.rows?.")).matches).toEqual(["first"]);
  expect((await complete("data.nothing.")).matches).toEqual([]);
  expect((await complete("nobody.")).matches).toEqual([]);
});

test("methods of classes are known as such, and no getter or proxy is asked", async () => {
  await kernel().run(
    "let asked = 0; class Box { width = 1; get area(): number { asked++; return 1 } open() {} }; const box: any = new Box()",
  );
  expect((await complete("box.")).types).toMatchObject([
    { text: "width", type: "property" },
    { text: "area", type: "property" },
    { text: "open", type: "method" },
  ]);
  await complete("box.area.");
  await kernel().run("const watched: any = new Proxy({ a: 1 }, { ownKeys() { asked++; return [] } })");
  expect((await complete("watched.")).matches).toEqual([]);
  expect((await kernel().run("asked")).first("execute_result")?.data["text/plain"]).toBe("0");
});

test("while a cell keeps the kernel, nothing is proposed, and soon", async () => {
  const busy = kernel().run("const until = Date.now() + 3000; while (Date.now() < until); until");
  await kernel().published(({ type }) => type === "execute_input");
  expect((await complete("data.")).matches).toEqual([]);
  const answered = Date.now();
  expect(answered).toBeLessThan(Number((await busy).first("execute_result")?.data["text/plain"]));
});
