/** Graphs in which many tensors meet, and what must hold for a person to read them. */
import { expect } from "vitest";
import { packed } from "../../src/graph/graph-json.ts";
import { add, concat, graph, mul, square, stack, sum, type Tensor, tensor } from "../../src/index.ts";
import { firstView, type GraphJson, readGraph, visibleGraph } from "../../src/picture/index.ts";

/** So many leaves, x1 and on. */
export const leaves = (count: number): Tensor[] =>
  Array.from({ length: count }, (_, k) => tensor([k, 1]).as(`x${k + 1}`));
const one = tensor([2, 3]).as("c");

/** Shapes of graphs in which `count` tensors meet. */
export const meetings: Readonly<Record<string, (count: number) => Tensor>> = {
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
  // A formula stands on the pill of the node that it is computed for.
  for (const { parent, into } of groups) if (into === undefined) note(parent);
  return [...counts.values()];
}

/** Fails when a level of the graph of Σ y shows more than a person reads. */
export function expectReadable(y: Tensor): void {
  const json = graph(sum(y), { check: false }).toJSON();
  expect(readGraph(JSON.parse(JSON.stringify(packed(json))))).toEqual(json);
  // Some 40 ops or groups, and as many leaves.
  expect(Math.max(...countsOf(json))).toBeLessThanOrEqual(90);
  const { items, links } = visibleGraph(json, firstView(json));
  expect(items.length).toBeLessThanOrEqual(130);
  for (const { key, edges } of links) expect(edges.length, key).toBeGreaterThan(0);
  const arriving = links.filter(({ to, isResult }) => !isResult && to.startsWith("o"));
  const most = Math.max(0, ...json.nodes.map((_, k) => arriving.filter(({ to }) => to === `o${k}`).length));
  expect(most).toBeLessThanOrEqual(40);
}
