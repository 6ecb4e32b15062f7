/** The pictures of graphs: the lecture's to the letter, and what holds for all. */
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { valuesOf } from "../../src/graph/detail.ts";
import type { GraphJson, GraphView } from "../../src/graph/graph-json.ts";
import { firstView } from "../../src/graph/graph-json.ts";
import { graph, matmul, randn, seed, sum, type Tensor, tanh, tensor } from "../../src/index.ts";
import type { Point } from "../../src/picture/dot.ts";
import { type Box, type Layout, layoutOf, layoutSource, readLayout } from "../../src/picture/layout.ts";
import { pointsAlong } from "../../src/picture/link-marks.ts";
import { cotangentAt } from "../../src/picture/node.ts";
import { sceneOf } from "../../src/picture/scene.ts";
import { type Engine, loadEngine, svgText, viewSvg } from "../../src/picture/svg.ts";
import { highlightsOf, LIGHT } from "../../src/picture/theme.ts";
import { type Item, visibleGraph } from "../../src/picture/visible.ts";
import type { Mark } from "../../src/svg/mark.ts";
import { anyGraph, anyView } from "../picture/any-graph.ts";
import { example, lectureGraphs } from "../picture/lecture-graphs.ts";
import { textExtents } from "../picture/text-extents.ts";
import { notWellFormed } from "../picture/well-formed.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const layoutFor = (json: GraphJson, view: GraphView): Layout => layoutOf(visibleGraph(json, view), engine);
const sceneFor = (json: GraphJson, view: GraphView): Mark => sceneOf(json, view, layoutFor(json, view));

describe.each(lectureGraphs())("the picture $name", ({ name, graph: json, view }) => {
  test("is the one that was looked at and found good", async () => {
    const svg = viewSvg(json, view, engine, { formulas: "all" });
    await expect(byLines(svg)).toMatchFileSnapshot(join(import.meta.dirname, `../data/graphs/${name}.svg`));
  });

  test("stands alone, is well formed, and is small", () => {
    const svg = viewSvg(json, view, engine, { formulas: "all" });
    expect(notWellFormed(svg)).toBeNull();
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*><title>[^<]*<\/title><rect [^>]*fill="#ffffff"/,
    );
    expect(svg).not.toMatch(/url\(|href|<style|<script|<image|class=|data-/);
    expect(svg.length).toBeLessThan(100_000);
  });

  test("has lanes of values and of gradients that do not cross, as far as its links do not", () => {
    const { routes } = layoutFor(json, view);
    // x₁ goes past y₂ to y₃, whatever one does.
    if (name === "F4") return;
    const lanes = [...routes].flatMap(([key, { forward, backward }]) => [
      { key, points: pointsAlong(forward) },
      ...(backward === null ? [] : [{ key: `${key} back`, points: pointsAlong(backward) }]),
    ]);
    const crossings = lanes.flatMap((a, i) =>
      lanes.slice(i + 1).flatMap((b) => (cross(a.points, b.points) ? [`${a.key} and ${b.key}`] : [])),
    );
    expect(crossings).toEqual([]);
  });
});

test("values are at one height and gradients at one below, along a chain", () => {
  const { routes } = layoutFor(example(), firstView(example()));
  const heights = ["n2>o3.0", "o3>n3", "n3>o4.0", "o4>n4"].map((key) => {
    const route = routes.get(key);
    return [route?.forward.map(({ y }) => y), route?.backward?.map(({ y }) => y)].map((ys) => [
      ...new Set(ys),
    ]);
  });
  const [[[value], [gradient]]] = heights;
  expect(heights).toEqual(heights.map(() => [[value], [gradient]]));
  expect(gradient).toBeGreaterThan(value);
});

test("a picture that is too wide goes on below, in lines that are read from left to right", () => {
  seed(1);
  let h: Tensor = randn([3, 3]).as("X");
  for (let k = 0; k < 6; k++) h = tanh(matmul(h, randn([3, 3]).as(`W${k}`))).as(`H${k}`);
  const json = graph(sum(h).as("J")).toJSON();
  const visible = visibleGraph(json, firstView(json));
  const answer = engine.layout(layoutSource(visible));
  const [wide, narrow] = [Number.POSITIVE_INFINITY, 700].map((room) => readLayout(visible, answer, room));
  expect(wide.width).toBeGreaterThan(2000);
  expect(narrow.width).toBeLessThan(850);
  const boxOf = (label: string): Box =>
    narrow.boxes.get(`n${json.nodes.findIndex((node) => node.label === label)}`) as Box; // it is visible
  expect(boxOf("J").y).toBeGreaterThan(boxOf("X").y + boxOf("X").height);
  // What a layer is given stands in its line.
  expect(Math.abs(boxOf("W_5").y - boxOf("H_5").y)).toBeLessThan(300);
});

test("nothing moves from step to step, nor with what is selected", () => {
  const json = example();
  const views = [0, 1, 2, 3, 4].map(
    (step): GraphView => ({ ...firstView(json), step, selection: { kind: "entry", node: 2, entry: 1 } }),
  );
  const [first, ...others] = views.map((view) => layoutFor(json, view));
  for (const layout of others) expect(layout).toEqual(first);
});

describe("the cotangent of a node", () => {
  const json = example();

  test.each([
    [0, [null, null, null, null, "all"]],
    [1, [null, null, null, "all", "all"]],
    [2, [null, null, "all", "all", "all"]],
    [4, ["all", "all", "all", "all", "all"]],
  ] as const)("after %i steps is there where the backward pass has come", (step, expected) => {
    expect(
      json.nodes.map((_, node) => (cotangentAt(json, node, step).values === null ? null : "all")),
    ).toEqual(expected);
  });

  test("is the sum of the shares that have come", () => {
    const x = tensor([1, 2]).as("x");
    const J = sum(x.mul(3).add(x)).as("J");
    J.backward();
    const shared = graph(J).toJSON();
    const at = (step: number): unknown => cotangentAt(shared, 0, step).values;
    const all = shared.steps.length;
    const entries = [at(all - 2), at(all - 1), at(all)];
    expect(entries.at(-1)).toEqual({ data: [4, 4] });
    expect([{ data: [1, 1] }, { data: [3, 3] }]).toContainEqual(entries[1]);
  });
});

test("an entry lights up with what it depends on, what it influences, and the gradients it goes into", () => {
  const lit = highlightsOf(example(), 2, 1);
  const of = (part: string, node: number): number[] =>
    lit.filter((one) => one.part === part && one.node === node).map(({ entry }) => entry);
  expect([of("value", 0), of("value", 1), of("value", 3), of("gradient", 1), of("gradient", 3)]).toEqual([
    [0, 1, 2],
    [1, 3, 5],
    [1],
    [1, 3, 5],
    [1],
  ]);
  const json = example();
  const view: GraphView = { ...firstView(json), selection: { kind: "entry", node: 2, entry: 1 } };
  const scene = sceneOf(json, view, layoutFor(json, view), { highlights: lit });
  expect(classesOf(scene, "data-entry", "1:3")).toEqual([
    "gb-Entry gb-mod-depends",
    "gb-Entry gb-mod-influences",
  ]);
});

test.each([
  [
    [9, 7],
    [0, 1, 6, 7, 8, 13, 56, 57, 62],
  ],
  [[50], [0, 1, 49]],
])("the corner of a tensor of shape %j knows which entries it shows", (shape, entries) => {
  const large = { ...example().nodes[0], shape, value: valuesOf(randn(shape), 4), gradient: null };
  const json: GraphJson = { ...example(), nodes: [large], steps: [] };
  const scene = sceneFor(json, firstView(json));
  const found = [...marksIn(scene)].flatMap(({ attributes }) => attributes["data-entry"] ?? []);
  expect(found).toEqual(entries.map((entry) => `0:${entry}`));
});

test("a step that comes next is dotted, the last one has its formula, later ones are not drawn", () => {
  const scene = sceneFor(example(), { ...firstView(example()), step: 3 });
  const lanes = [...marksIn(scene)].filter(({ attributes }) =>
    /gb-Lane .*gb-mod-backward/.test(String(attributes.class)),
  );
  const state = (mark: Mark): string =>
    String(mark.attributes.class).replace("gb-Lane gb-mod-backward gb-mod-", "");
  expect(lanes.map(state).toSorted()).toEqual(["current", "current", "made", "made", "made", "made", "next"]);
  expect(textOf(scene, "gb-Formula")).toEqual(["dX = dZ Wᵀ"]);
});

test("a node says what it is to those who cannot see it", () => {
  const labels = [...marksIn(sceneFor(example(), firstView(example())))].flatMap(
    (mark) => mark.attributes["aria-label"] ?? [],
  );
  expect(labels).toContain("Z, matmul, 2 by 2, gradient norm 0.2824");
});

test("what failed stands in its place, with its sentence", () => {
  let failed: unknown;
  try {
    matmul(tensor([[1, 2, 3]]).as("X"), tensor([[1, 2]]).as("W") as never);
  } catch (error) {
    failed = error;
  }
  const json = graph(failed as Error).toJSON();
  const scene = sceneFor(json, firstView(json));
  expect(textOf(scene, "gb-Card-value").at(-1)).toMatch(/^Cannot matmul shapes/);
});

test("the time that drawing takes grows no faster than the number of tensors", () => {
  const [few, many] = [4, 16].map((rounds) => {
    seed(1);
    let h = randn([3, 3]).as("X");
    for (let k = 0; k < rounds; k++) {
      h = tanh(matmul(h, randn([3, 3]).as(`W${k}`)).as(`Z${k}`)).as(`H${k}`);
    }
    const json = graph(sum(h).as("J"), { check: false }).toJSON();
    return { size: json.nodes.length, time: timeOf(json) };
  });
  expect([few.size, many.size]).toEqual([14, 50]);
  expect(many.time / few.time).toBeLessThan(2 * (many.size / few.size));
});

/**
 * What it takes to draw a graph with all of it open: the shortest of many times, the first of which warm up. Time of
 * this process alone, as a machine may be busy with other things.
 */
function timeOf(json: GraphJson): number {
  const view = firstView(json, Number.POSITIVE_INFINITY);
  const times = Array.from({ length: 15 }, () => {
    const start = process.cpuUsage();
    viewSvg(json, view, engine);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  });
  return Math.min(...times);
}

describe("whatever the graph", () => {
  // In a narrow window a picture goes on below.
  const room = fc.constantFrom(300, 1080);
  const anything = fc.property(anyGraph, anyView, room, (json, view, wide) => holds(json, view, wide));

  test("nothing overlaps, all is to be seen, and no string is anything but text", () => {
    fc.assert(anything, { numRuns: 60 });
  });
});

/** What is true of every picture. */
function holds(json: GraphJson, view: GraphView, room: number): void {
  const visible = visibleGraph(json, view);
  const layout = readLayout(visible, engine.layout(layoutSource(visible)), room);
  const svg = svgText(sceneOf(json, view, layout, { formulas: "all" }), LIGHT);
  if (room === 1080) expect(viewSvg(json, view, engine, { formulas: "all" })).toBe(svg);
  expect(notWellFormed(svg)).toBeNull();
  expect(svg).not.toMatch(/<script| onload="|<b>/);

  for (const symbol of marksIn(sceneOf(json, view, layout))) {
    const frame = symbol.children.find(
      (child): child is Mark =>
        typeof child !== "string" && /^gb-(Card|Pill|Group)-frame/.test(String(child.attributes.class)),
    );
    if (frame === undefined) continue;
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) =>
      Number(frame.attributes[name]),
    );
    for (const text of textExtents(symbol)) {
      expect(text.left, text.text).toBeGreaterThanOrEqual(left);
      expect(text.right, text.text).toBeLessThanOrEqual(left + width);
      expect(text.baseline, text.text).toBeGreaterThan(top);
      expect(text.baseline, text.text).toBeLessThan(top + height);
    }
  }

  const seen = visible.items.flatMap((item) =>
    item.kind === "group"
      ? item.nodes
      : item.kind === "frame"
        ? (item.node ?? [])
        : item.kind === "card"
          ? item.node
          : [],
  );
  expect(seen.toSorted((a, b) => a - b)).toEqual(json.nodes.map((_, node) => node));

  const boxes = visible.items.map((item) => ({ item, box: layout.boxes.get(item.key) as Box })); // laid out, as the next line shows
  expect(boxes.filter(({ box }) => box === undefined)).toEqual([]);
  const bodies = boxes.filter(({ item }) => item.kind !== "frame");
  const solid = [
    ...bodies.map(({ item, box }) => ({ key: item.key, box })),
    ...layout.bars.map((bar) => ({ key: `bar ${bar.key}`, box: bar })),
  ];
  expect(clashes(solid)).toEqual([]);
  for (const { item, box } of boxes) {
    for (const other of boxes) {
      if (item.kind !== "frame" || other.item === item) continue;
      const isIn = framesOf(other.item, visible.items).includes(item.key);
      const isAround = framesOf(item, visible.items).includes(other.item.key);
      if (isIn) expect(isInside(other.box, box), `${other.item.key} in ${item.key}`).toBe(true);
      else if (!isAround) expect(overlap(other.box, box), `${other.item.key} and ${item.key}`).toBe(false);
    }
  }
  for (const link of visible.links) expect(layout.routes.has(link.key), link.key).toBe(true);
  for (const { item, box } of boxes) {
    if (item.kind !== "frame") expect(box.width, "names without end are cut").toBeLessThan(1000);
    expect(isInside(box, { x: 0, y: 0, width: layout.width, height: layout.height })).toBe(true);
  }
}

/** An element a line, as is good to compare; within a line of text that would add spaces. */
function byLines(svg: string): string {
  return svg.replace(/>(?=<(?!\/?tspan|\/text))/g, ">\n");
}

function framesOf({ frame }: Item, items: readonly Item[]): string[] {
  if (frame === null) return [];
  const around = items.find(({ kind, key }) => kind === "frame" && key === frame);
  return [frame, ...(around === undefined ? [] : framesOf(around, items))];
}

function clashes(boxes: readonly { readonly key: string; readonly box: Box }[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => (overlap(a.box, b.box) ? [`${a.key} and ${b.key}`] : [])),
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isInside(a: Box, b: Box): boolean {
  return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
}

/** Whether two lanes cross between their ends. */
function cross(a: readonly Point[], b: readonly Point[]): boolean {
  return a.slice(1).some((p, i) => b.slice(1).some((q, k) => segmentsCross(a[i], p, b[k], q)));
}

function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function* marksIn(mark: Mark): Generator<Mark> {
  yield mark;
  for (const child of mark.children) if (typeof child !== "string") yield* marksIn(child);
}

function classesOf(scene: Mark, attribute: string, value: string): unknown[] {
  return [...marksIn(scene)]
    .filter(({ attributes }) => attributes[attribute] === value)
    .map(({ attributes }) => attributes.class);
}

/** The texts of the elements of a class, without their titles. */
function textOf(scene: Mark, name: string): string[] {
  const text = (mark: Mark): string =>
    mark.tag === "title"
      ? ""
      : mark.children.map((child) => (typeof child === "string" ? child : text(child))).join("");
  return [...marksIn(scene)]
    .filter(({ attributes }) => String(attributes.class).split(" ")[0] === name)
    .map(text);
}
