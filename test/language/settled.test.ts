/** What earlier cells declare settles in files of its own once there is much of it; cells must not notice. */

import { beforeAll, expect, test } from "vitest";
import type { Engine } from "../../kernel/src/language/engine.ts";
import { openNotebook } from "./notebook.ts";

const { run, compile, refuse, language } = openNotebook();
const settled = (): number => (language as Engine).memory().declarations.settled.length;

/** Cells that declare so much that all before them settles. */
async function fill(name: string): Promise<void> {
  const before = settled();
  for (let i = 0; settled() === before; i++)
    await run(Array.from({ length: 50 }, (_, k) => `const ${name}${i}_${k} = ${i};`).join("\n"));
}

const typeOf = async (name: string): Promise<string> => (await language.inspect(name, 0, 0)).plain;

beforeAll(async () => {
  await run(
    "const X = tensor([[1, 2, 3], [4, 5, 6]]), W = tensor([[1, 2], [3, 4], [5, 6]]); let h = X, k = X",
  );
  await run(
    "interface Point { x: number } class Circle { r = 1 } type Half = Circle & Point; enum Hue { red }",
  );
  await run("const p: Point = { x: 1 }; let written: Circle = new Circle(); const c = [new Circle()]");
  await run(
    'function twice(x: number): number; function twice(x: string): string; function twice(x: any) { return typeof x === "string" ? x + x : 2 * x }',
  );
  await run("function shape() { return shape.unit } namespace shape { export const unit: number = 3 }");
  await run('import { join } from "node:path"');
  await fill("first");
});

test("what has settled has its value, its type and its overloads", async () => {
  expect(
    await run('[p.x, c[0].r, twice(2), twice("a"), Hue.red, shape(), shape.unit, join("a", "b")]'),
  ).toEqual([1, 1, 4, "aa", 0, 3, 3, "a/b"]);
  expect(await run("const half: Half = { x: 1, r: 2 }; half.r")).toBe(2);
  expect(await typeOf("c")).toBe("const c: Circle[]");
  const [wrong] = await refuse("p.y");
  expect(wrong.message).toContain("Property 'y' does not exist on type 'Point'");
  expect((await language.complete("p.", 2)).matches).toEqual([{ text: "x", type: "property" }]);
  expect((await language.complete("Circ", 4)).matches[0]).toEqual({ text: "Circle", type: "class" });
  expect((await language.diagnose("p.x.nothing")).diagnostics).toHaveLength(1);
});

test("a settled variable takes another shape, and one whose type is written does not", async () => {
  await compile("h = h.matmul(W)");
  expect(await typeOf("h")).toBe("let h: Tensor");
  expect(await typeOf("k")).toBe("let k: Tensor<[2, 3]>");
  await refuse("written = X");
});

test("a settled name that is declared anew is what the new cell says, before and after that has settled", async () => {
  await fill("second");
  expect((await language.diagnose("const p = 5; p.x")).diagnostics).toHaveLength(1);
  expect(await run("p.x")).toBe(1);
  await run("const p = { y: 5 }; interface Point { z: string }");
  expect(await run("p.y")).toBe(5);
  await refuse("p.x");
  await refuse("const q: Point = { x: 1 }");
  await fill("third");
  expect(await run("p.y")).toBe(5);
  expect(await run('const q: Point = { z: "1" }; q.z')).toBe("1");
  expect(await run("first0_1 + second0_1 + third0_1")).toBe(0);
});

test("an engine that goes back to what it knew earlier knows no more than that", async () => {
  const engine = language as Engine;
  const before = engine.memory();
  await fill("later");
  const after = engine.memory();
  engine.recall(before);
  expect(await refuse("later0_0")).toHaveLength(1);
  engine.recall(after);
  expect(await run("later0_0")).toBe(0);
});
