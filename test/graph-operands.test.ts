/** An op of many operands stays readable: they are put together, counted, and one after the other once opened. */

import { expect, test } from "vitest";
import { packed } from "../src/graph/graph-json.ts";
import { add, concat, graph, mul, square, stack, sum, type Tensor, tensor } from "../src/index.ts";
import { firstView, type GraphJson, readGraph, visibleGraph } from "../src/picture/index.ts";

const leaves = (count: number): Tensor[] =>
  Array.from({ length: count }, (_, k) => tensor([k, 1]).as(`x${k + 1}`));
const one = tensor([2, 3]).as("c");

/** Shapes of graphs in which `count` tensors meet. */
const meetings: Readonly<Record<string, (count: number) => Tensor>> = {
  "leaves in a concat": (count) => concat(leaves(count)),
  "leaves in a stack": (count) => stack(leaves(count)),
  "results in a concat": (count) => concat(leaves(count).map((x) => square(x))),
  "results of second operands in a stack": (count) => stack(leaves(count).map((x) => mul(one, x))),
  "leaves in a sum of many": (count) => leaves(count).reduce((total, x) => add(total, x)),
  "one leaf again and again": (count) => concat(Array.from({ length: count }, () => one)),
};

/** How many things lie directly in each group, and outside of all. */
function countsOf({ nodes, groups }: GraphJson): number[] {
  const counts = new Map<number | undefined, number>();
  const note = (group: number | undefined): unknown => counts.set(group, (counts.get(group) ?? 0) + 1);
  for (const { group } of nodes) note(group);
  for (const { parent } of groups) note(parent);
  return [...counts.values()];
}

for (const [what, meet] of Object.entries(meetings)) {
  test.each([2, 40, 41, 65, 200, 1700])(`${what}: no level shows more than a person reads (%i)`, (count) => {
    const json = graph(sum(meet(count)), { check: false }).toJSON();
    expect(readGraph(JSON.parse(JSON.stringify(packed(json))))).toEqual(json);
    // Some 40 ops or groups, and as many leaves.
    expect(Math.max(...countsOf(json))).toBeLessThanOrEqual(90);
    const { items, links } = visibleGraph(json, firstView(json));
    expect(items.length).toBeLessThanOrEqual(130);
    for (const { key, edges } of links) expect(edges.length, key).toBeGreaterThan(0);
    const arriving = links.filter(({ to, isResult }) => !isResult && to.startsWith("o"));
    const most = Math.max(0, ...json.nodes.map((_, k) => arriving.filter(({ to }) => to === `o${k}`).length));
    expect(most).toBeLessThanOrEqual(40);
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
