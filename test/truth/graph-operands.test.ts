/** An op of many operands stays readable: they are put together, counted, and one after the other once opened. */
import { expect, test } from "vitest";
import { concat, graph, square, sum } from "../../src/index.ts";
import { expectReadable, leaves, meetings } from "../graph/meetings.ts";

for (const [what, meet] of Object.entries(meetings)) {
  // 1700 of them meet in test/truth/public-graph-sizes.test.ts.
  test.each([2, 40, 41, 65, 200])(`${what}: no level shows more than a person reads (%i)`, (count) => {
    expectReadable(meet(count));
  });
}

test("many operands out of one closed group come in one link, which says how many", async () => {
  const g = graph(sum(concat(leaves(65))));
  const json = g.toJSON();
  expect(json.groups[0]).toMatchObject({ label: "operands", repeats: 65 });
  const svg = await g.svg();
  expect(svg).toContain("operands ×65");
  expect(svg).toContain("×65");
  expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBeLessThan(300);
});

test("the formula of many operands names the first and the last, and counts the others", () => {
  expect(String(graph(sum(concat(leaves(65)))))).toContain("concat(x_1, x_2, x_3, ⋯ 61 more ⋯, x_65)");
  expect(String(graph(sum(concat(leaves(12)))))).toContain("x_11, x_12)");
});

test("leaves that go into something else as well stay where they are", () => {
  const x = leaves(50);
  const json = graph(sum(concat([...x, ...x.slice(0, 5).map((one) => square(one))]))).toJSON();
  const isGrouped = (name: string) => json.nodes.find((node) => node.name === name)?.group !== undefined;
  expect(["x1", "x5", "x6", "x50"].map(isGrouped)).toEqual([false, false, true, true]);
});
