/** Graphs of sizes and forms that people met in libraries like this one and reported in public. */
import { describe, expect, test } from "vitest";
import { packed } from "../../src/graph/graph-json.ts";
import {
  add,
  concat,
  exp,
  full,
  type Graph,
  grad,
  graph,
  latex,
  mul,
  ne,
  sin,
  square,
  stack,
  sum,
  symbol,
  type Tensor,
  where,
  zeros,
} from "../../src/index.ts";
import { GraphDataError, type GraphJson, readGraph } from "../../src/picture/index.ts";
import { expectEntries, t } from "../entries.ts";
import { expectReadable, meetings } from "../graph/meetings.ts";
import { notWellFormed } from "../picture/well-formed.ts";

const [INF, NAN] = [Number.POSITIVE_INFINITY, Number.NaN];

/** A graph as it comes out of a saved notebook. */
function saved(g: Graph): GraphJson {
  return readGraph(JSON.parse(JSON.stringify(packed(g.toJSON()))));
}

/** The names of the operands of each node that has a name. */
function operandsOf({ nodes }: GraphJson): Map<string, string[]> {
  return new Map(
    nodes.flatMap(({ name, op }) => {
      if (name === null) return [];
      const inputs = (op?.inputs ?? []).flatMap((edge) =>
        "from" in edge ? [nodes[edge.from].name ?? "without a name"] : [],
      );
      return [[name, inputs] as const];
    }),
  );
}

/** A product of so many factors, each step with a name. */
function productOf(factors: number): Tensor {
  let y = t(1.5).as("y0");
  for (let k = 1; k <= factors; k++) y = mul(y, t(1).as(`a${k}`)).as(`y${k}`);
  return y;
}

describe("a graph of any size and form can be read again, and says what is true", () => {
  test.each([1, 2, 30, 200, 500, 1200, 1900, 2600, 4000])("a product of %i factors", (factors) => {
    const read = saved(graph(productOf(factors)));
    expect(read.nodes.length + read.omitted).toBe(2 * factors + 1);
    expect(read.nodes.at(-1)?.name).toBe(`y${factors}`);
    for (const [name, operands] of operandsOf(read)) {
      const k = Number(name.slice(1));
      const right = name.startsWith("a") || k === 0 ? [] : [`y${k - 1}`, `a${k}`];
      if (read.omitted === 0) expect(operands).toEqual(right);
      else for (const operand of operands) expect(right).toContain(operand);
    }
  });

  test("a chain of 50,000 ops has a gradient, and one of 4,000 a graph", () => {
    const x = t(1);
    let y = x;
    for (let k = 0; k < 50_000; k++) y = add(y, 1);
    expectEntries(grad(y, x), [1]);
    let z = x;
    for (let k = 0; k < 4_000; k++) z = sin(z);
    const read = saved(graph(z));
    expect(read.nodes.length + read.omitted).toBe(4_001);
  });

  test("a deep chain of symbols is typeset and drawn", () => {
    let y = symbol("x");
    for (let k = 0; k < 3_000; k++) y = add(y, 1);
    expect(() => latex(y)).not.toThrow();
    const read = saved(graph(y));
    expect(read.nodes.length + read.omitted).toBe(3_001);
  });

  test("values that branch and meet again 60 times are 61 tensors, not 2⁶⁰ paths", () => {
    const x = t(1).as("x");
    let y: Tensor = x;
    for (let k = 0; k < 60; k++) y = add(y, y);
    expectEntries(grad(y, x), [2 ** 60]);
    expect(saved(graph(y)).nodes).toHaveLength(61);
  });

  test.each([1, 2, 64, 65, 500, 3_073])("a concatenation of %i tensors", (count) => {
    const parts = Array.from({ length: count }, (_, k) => t([k]).as(`p${k}`));
    const read = saved(graph(sum(concat(parts).as("all"))));
    const names = new Set(read.nodes.map(({ name }) => name));
    const operands = operandsOf(read).get("all") ?? [];
    expect(read.nodes.length + read.omitted).toBe(count + 2);
    if (read.omitted === 0 && count <= 64) expect(operands).toEqual(parts.map(({ name }) => name));
    for (const operand of operands) expect(names.has(operand)).toBe(true);
    expect(operands).toEqual(parts.map(({ name }) => name).filter((name) => operands.includes(name ?? "")));
  });

  test("a tensor that 2,000 others are computed from", () => {
    const x = t(0.5).as("x");
    const y = stack(Array.from({ length: 2_000 }, (_, k) => mul(x, k).as(`y${k}`)));
    expectEntries(grad(sum(y), x), [(2_000 * 1_999) / 2]);
    for (const [name, operands] of operandsOf(saved(graph(sum(y))))) {
      if (name.startsWith("y")) expect(["x", ""]).toContain(operands.join());
    }
  });

  test.each<[title: string, compute: (x: Tensor) => Tensor, times: number]>([
    ["x + x", (x) => add(x, x), 2],
    ["x ⊙ x", (x) => mul(x, x), 2],
    ["three times x, one after the other", (x) => concat([x, x, x]), 3],
  ])("%s has an edge for each time, and their shares are the gradient", (_title, compute, times) => {
    const x = t([2, 3]).as("x");
    const { nodes } = saved(graph(sum(compute(x))));
    const edges = nodes
      .flatMap(({ op }) => op?.inputs ?? [])
      .filter((edge) => "from" in edge && nodes[edge.from].name === "x");
    expect(edges).toHaveLength(times);
    const shares = edges.map((edge) =>
      "share" in edge && edge.share && "data" in edge.share ? edge.share.data : [],
    );
    const total = [0, 1].map((k) => shares.reduce((all, share) => all + Number(share[k]), 0));
    const at = t([2, 3]);
    expectEntries(grad(sum(compute(at)), at), total);
  });

  test.each<[title: string, names: readonly string[]]>([
    ["two tensors of one name", ["W", "W"]],
    ["three tensors of one name", ["W", "W", "W"]],
    ["names that are given to what has none", ["H_1", "J"]],
    ["names that are given to a result", ["J", "J1"]],
    ["names that differ only in how they are written", ["W1", "W_1"]],
  ])("%s are told apart", (_title, names) => {
    const tensors = names.map((name, k) => t([k + 1, 2]).as(name));
    const { nodes } = saved(graph(sum(exp(tensors.reduce((y, x) => add(y, x))))));
    expect(new Set(nodes.map(({ label }) => label)).size).toBe(nodes.length);
    expect(new Set(nodes.map(({ tex }) => tex)).size).toBe(nodes.length);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "length"])(
    "a tensor called %s is a tensor like others",
    (name) => {
      const read = saved(graph(sum(square(t([1, 2]).as(name)))));
      expect(read.nodes[0].name).toBe(name);
      expect(operandsOf(read).size).toBe(1);
    },
  );

  test("a tensor alone is a graph of one", () => {
    const read = saved(graph(t([1, 2]).as("x")));
    expect(read.nodes.map(({ name, op }) => [name, op])).toEqual([["x", null]]);
    expect(read.steps).toEqual([]);
  });

  test("a tensor alone can be drawn", async () => {
    expect(notWellFormed(await graph(t(3).as("x")).svg())).toBeNull();
  });

  test("data of no nodes at all are refused in words", () => {
    const { nodes: _, ...rest } = graph(t(1).as("x")).toJSON();
    expect(() => readGraph({ ...rest, nodes: [] })).toThrow(GraphDataError);
  });

  test("an edge that points ahead, or to itself, is refused", () => {
    const json = packed(graph(sum(square(t([1, 2]).as("x")))).toJSON()) as {
      nodes: { op?: { inputs: unknown[] } }[];
    };
    for (const from of [1, 2, -1, 7, 0.5]) {
      const nodes = json.nodes.map((node, k) =>
        k === 1 ? { ...node, op: { ...node.op, inputs: [from] } } : node,
      );
      expect(() => readGraph({ ...json, nodes })).toThrow(GraphDataError);
    }
  });

  test.each<[title: string, x: Tensor]>([
    ["no entries", zeros(0)],
    ["no entries in rows of three", zeros(0, 3)],
    ["entries that JSON has no numbers for", t([NAN, INF, -INF, 0])],
    ["a million entries", zeros(1000, 1000)],
  ])("a tensor of %s", (_title, x) => {
    const read = saved(graph(sum(x.as("x"))));
    expect(read.nodes.map(({ name, shape }) => [name, shape])).toEqual([
      ["x", [...x.shape]],
      [null, []],
    ]);
    if (x.size <= 4)
      expect(read.nodes[0].value).toEqual({
        data: Array.from(x.data, (e) => (Number.isFinite(e) ? e : String(e))),
      });
  });

  test("a piece that no derivative comes to is drawn, and no step goes there", () => {
    const [c, x] = [t([1, 0]).as("c"), t([2, 3]).as("x")];
    const { nodes, steps } = saved(graph(sum(where(ne(c, 0), x, 0))));
    const at = nodes.findIndex(({ name }) => name === "c");
    expect(at).toBeGreaterThanOrEqual(0);
    const reached = steps.map(({ node, input }) => nodes[node].op?.inputs[input]);
    expect(reached.some((edge) => edge !== undefined && "from" in edge && edge.from === at)).toBe(false);
  });

  test.each([100, 2_000, 30_000])("a name of %i letters", (length) => {
    const name = "w".repeat(length);
    const read = saved(graph(sum(square(t([1, 2]).as(name)))));
    expect(read.nodes).toHaveLength(3);
    expect(name.startsWith((read.nodes[0].name ?? "").replace(/…$/, ""))).toBe(true);
  });

  test("hundreds of tensors of hundreds of entries stay a JSON that a notebook can hold", () => {
    let y = full([20, 20], 0.1);
    for (let k = 0; k < 400; k++) y = sin(y);
    const g = graph(sum(y));
    expect(JSON.stringify(packed(g.toJSON())).length).toBeLessThanOrEqual(256_000);
    expect(saved(g).nodes).toHaveLength(402);
  });
});

test.each(Object.entries(meetings))("1700 %s: no level shows more than a person reads", (_what, meet) => {
  expectReadable(meet(1700));
});
