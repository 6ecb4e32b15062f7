import { expect, test } from "vitest";
import { packed } from "../../src/graph/graph-json.ts";
import { replay, replayProblem } from "../../src/graph/replay.ts";
import {
  add,
  concat,
  crossEntropy,
  exp,
  type Graph,
  graph,
  log,
  MLP,
  matmul,
  max,
  mul,
  norm,
  pow,
  randn,
  relu,
  reshape,
  seed,
  sigmoid,
  slice,
  softmax,
  square,
  sub,
  sum,
  symbol,
  type Tensor,
  take,
  tanh,
  tensor,
} from "../../src/index.ts";
import { entryPathsOf, firstView, linksOf, readGraph } from "../../src/picture/index.ts";
import { answerFrontEnd } from "../../src/session.ts";
import { sketchTensors } from "./examples.ts";

const { X, Y, J } = sketchTensors();

const nodeOf = (g: Graph, label: string) => g.toJSON().nodes.findIndex((node) => node.label === label);
const dataOf = (values: unknown) => (values as { data: number[] }).data;

test("a graph has a node per tensor, each after those it was computed from", () => {
  const { nodes, title } = graph(J).toJSON();
  expect(nodes.map(({ label }) => label)).toEqual(["X", "W", "Z", "Y", "J"]);
  expect(nodes.map(({ op }) => op?.label)).toEqual([undefined, undefined, "X W", "σ", "Σ"]);
  expect(title).toBe("J");
});

test("the backward pass goes edge by edge, with the rule of each", () => {
  const { nodes, steps } = graph(J).toJSON();
  const rules = steps.map(({ node, input }) => {
    const edge = nodes[node].op?.inputs[input];
    return edge && "from" in edge ? `d${nodes[edge.from].label} = ${edge.rule}` : "";
  });
  expect(rules).toEqual([
    "dY = \\mathbf{1}",
    "dZ = dY \\odot (Y \\odot (1 - Y))",
    "dX = dZ \\, W^{\\top}",
    "dW = X^{\\top} \\, dZ",
  ]);
});

test("the shares that reach a tensor add up to its gradient", () => {
  const v = tensor([0.3, 0.7]).as("v");
  const g = graph(sum(add(mul(v, v), mul(exp(v), v)))).toJSON();
  const at = g.nodes.findIndex(({ name }) => name === "v");
  const shares = g.nodes.flatMap(({ op }) =>
    (op?.inputs ?? []).flatMap((edge) => ("from" in edge && edge.from === at ? [dataOf(edge.share)] : [])),
  );
  expect(shares).toHaveLength(4);
  const total = [0, 1].map((k) => shares.reduce((sum, share) => sum + share[k], 0));
  for (const k of [0, 1]) expect(total[k]).toBeCloseTo(dataOf(g.nodes[at].gradient)[k], 5);
});

test("a scalar on the way is not an objective: its gradient is a factor", () => {
  const g = graph(square(sum(X).as("s"))).toJSON();
  const edge = g.nodes[1].op?.inputs[0];
  expect(edge && "rule" in edge && edge.rule).toBe("ds \\, \\mathbf{1}");
});

test("every gradient stands beside its central differences", () => {
  for (const { check } of graph(J).toJSON().nodes) expect(check?.ok && check.error < 1e-8).toBe(true);
});

test("a result that is not a number is compared with nothing", () => {
  const { nodes } = graph(sum(log(tensor([0, -1]).as("x")))).toJSON();
  expect(nodes.map(({ check }) => check)).toEqual([undefined, undefined, undefined]);
});

test("what is saved and read again is the same graph", () => {
  seed(1);
  const m = MLP([3, 4, 2]);
  const loss = crossEntropy(m(randn(5, 3).as("A")), tensor([0, 1, 1, 0, 1]));
  const symbolic = sum(exp(symbol("X", "α", "β")).as("Y"));
  const strange = sum(log(tensor([0, -1, 2]).as("x")));
  for (const g of [graph(J), graph(loss), graph(symbolic), graph(strange)]) {
    const saved = JSON.parse(JSON.stringify(packed(g.toJSON())));
    expect(readGraph(saved)).toEqual(g.toJSON());
  }
});

test("a graph is of the moment it was made in, whatever is assigned later", () => {
  const v = tensor([1, 2]).as("v");
  const loss = sum(square(v)).as("L");
  loss.backward();
  const shown = graph(loss);
  v.assign([5, 5]);
  const [leaf, , last] = shown.toJSON().nodes;
  expect([dataOf(leaf.value), dataOf(leaf.gradient), dataOf(last.value)]).toEqual([[1, 2], [2, 4], [5]]);
});

test("after a step of training the gradients are those of the backward pass, not of the new parameters", () => {
  const v = tensor([1, 2]).as("v");
  const loss = sum(square(v)).as("L");
  loss.backward();
  v.assign([5, 5]);
  const { nodes, steps } = graph(loss).toJSON();
  const edge = nodes[1].op?.inputs[0];
  expect(dataOf(nodes[0].gradient)).toEqual([2, 4]);
  expect(edge).toMatchObject({ rule: "d\\vec{H}_{1} \\odot 2 \\, \\vec{v}" });
  expect(edge).not.toHaveProperty("share");
  expect(edge).not.toHaveProperty("jacobian");
  expect(steps).toHaveLength(2);
});

test("a result that is not a single number starts from the cotangent of its backward pass", () => {
  const v = tensor([1, 2]).as("v");
  const y = square(v).as("y");
  expect(
    graph(y)
      .toJSON()
      .nodes.map(({ gradient }) => gradient),
  ).toEqual([null, null]);
  y.backward(tensor([1, -1]));
  expect(
    graph(y)
      .toJSON()
      .nodes.map(({ gradient }) => dataOf(gradient)),
  ).toEqual([
    [2, -4],
    [1, -1],
  ]);
});

test("symbols have formulas and no numbers", () => {
  const { nodes } = graph(sum(exp(symbol("X", "α", "β")).as("Y"))).toJSON();
  expect(nodes.map(({ value, gradient }) => [value, gradient])).toEqual(nodes.map(() => [null, null]));
  expect(nodes[0].lengths).toEqual(["\\alpha", "\\beta"]);
});

test("tensors are shown entry by entry where that is asked for", () => {
  const g = readGraph(JSON.parse(JSON.stringify(packed(graph(J, { entries: [X, Y] }).toJSON()))));
  expect([...firstView(g).scattered].map((k) => g.nodes[k].label)).toEqual(["X", "Y"]);
});

test("a layer is a group, with its parameters in it and its input outside", () => {
  seed(1);
  const g = graph(sum(MLP([3, 4, 2])(randn(5, 3).as("A")))).toJSON();
  expect(g.groups.map(({ label }) => label)).toEqual(["layer 1", "Linear 3 → 4", "Linear 4 → 2"]);
  const groupOf = (name: string) => g.nodes.find((node) => node.name === name)?.group;
  expect([groupOf("W1"), groupOf("b2"), groupOf("A")]).toEqual([1, 2, undefined]);
});

/** h ← tanh(h U + 1), again and again. */
function chain(rounds: number): Tensor {
  seed(1);
  const U = randn(3, 3).as("U");
  let h = randn(3, 3).as("h");
  for (let k = 0; k < rounds; k++) h = tanh(add(matmul(h, U), 1));
  return sum(h);
}

test("an expression without names is one op in a large graph, and so is a loss", () => {
  seed(3);
  const [X, W1, W2] = [randn(4, 3).as("X"), randn(3, 3).as("W1"), randn(3, 2).as("W2")];
  const [b1, b2] = [randn(3).as("b1"), randn(2).as("b2")];
  const A = tanh(add(matmul(X, W1), b1)).as("A");
  const loss = crossEntropy(add(matmul(A, W2), b2), [0, 1, 1, 0]).as("L");
  const { nodes, groups } = graph(loss).toJSON();
  expect(groups.map(({ label, into }) => [label, nodes[into ?? 0].label])).toEqual([
    ["tanh(X W_1 + b_1)", "A"],
    ["A W_2 + b_2", "H_4"],
    ["cross entropy", "L"],
  ]);
  // The ones and zeros of the classes, which only the loss has seen, are in it; parameters are in none.
  expect(nodes.filter(({ op, group }) => op === null && group !== undefined)).toHaveLength(1);
  expect(groups[2].label).toBe("cross entropy");
  // A small graph is read op by op.
  expect(graph(sum(tanh(add(matmul(X, W1), b1)))).toJSON().groups).toEqual([]);
  // A foreign graph whose formula computes nothing is refused.
  const json = graph(loss).toJSON();
  expect(() => readGraph(packed({ ...json, groups: json.groups.with(0, { label: "f", into: 0 }) }))).toThrow(
    /what a formula computes/,
  );
});

test("layers that are equal are one group with their number, once there are many", () => {
  seed(3);
  const [W, b] = [randn(3, 3).as("W"), randn(3).as("b")];
  let h: Tensor = randn(2, 3).as("X");
  for (let k = 0; k < 10; k++) h = tanh(add(matmul(h, W), b));
  const { groups } = graph(sum(h)).toJSON();
  expect(groups[0]).toEqual({ label: "tanh(X W + b)", repeats: 10 });
});

test("repetitions are one group, and few things are seen at once on every level", () => {
  const g = graph(chain(700)).toJSON();
  expect(g.nodes).toHaveLength(2103);
  expect(g.omitted).toBe(0);
  expect(JSON.stringify(packed(g)).length).toBeLessThan(256_000);
  expect(g.groups[0].repeats).toBeGreaterThan(690);
  const seen = new Map<number | undefined, number>();
  for (const { group } of g.nodes) seen.set(group, (seen.get(group) ?? 0) + 1);
  for (const { parent } of g.groups) seen.set(parent, (seen.get(parent) ?? 0) + 1);
  expect(Math.max(...seen.values())).toBeLessThanOrEqual(50);
  expect(firstView(g).open.size).toBe(0);
});

test("a graph that is too large keeps the tensors nearest to the result, and says how many it leaves out", () => {
  const g = graph(chain(3000)).toJSON();
  expect(g.omitted).toBeGreaterThan(1000);
  expect(g.omitted + g.nodes.length).toBe(9003);
  expect(g.nodes.at(-1)?.label).toBe("J");
  expect(JSON.stringify(packed(g)).length).toBeLessThan(256_000);
});

test("a large tensor is summed up", () => {
  const g = graph(sum(randn(100, 50).as("A"))).toJSON();
  expect(Object.keys(g.nodes[0].value ?? {})).toEqual(["least", "most", "mean", "corner"]);
});

test("an entry of a product depends on a row and a column, and influences one entry of the sigmoid", () => {
  const g = graph(J);
  const { depends, influences } = linksOf(g.toJSON(), nodeOf(g, "Z"), 1);
  const lists = (sets: ReadonlyMap<number, ReadonlySet<number>>) =>
    Object.fromEntries(
      [...sets].map(([node, entries]) => [g.toJSON().nodes[node].label, [...entries].sort()]),
    );
  expect(lists(depends)).toEqual({ X: [0, 1, 2], W: [1, 3, 5] });
  expect(lists(influences)).toEqual({ Y: [1], J: [0] });
});

test("the paths of an entry add up to its gradient", () => {
  const g = graph(J);
  const node = nodeOf(g, "X");
  const paths = entryPathsOf(g.toJSON(), { node, entry: 1 }, 10);
  expect(paths?.count).toBe(2);
  expect(paths?.list.map(({ factors }) => factors[0])).toEqual(expect.arrayContaining([0.5, -1]));
  expect(paths?.sum).toBeCloseTo(dataOf(g.toJSON().nodes[node].gradient)[1], 6);
  expect(entryPathsOf(g.toJSON(), { node, entry: 1 }, 1)?.remainder).toBeCloseTo(
    (paths?.sum ?? 0) - (paths?.list[0].product ?? 0),
    12,
  );
});

test("a computation that failed is drawn up to the op that failed, in its place", () => {
  const failing = () => matmul(exp(X), X as never);
  expect(failing).toThrow("Cannot matmul shapes [2, 3] and [2, 3]");
  for (const g of [graph(), graph(errorOf(failing))]) {
    const { nodes, failure, steps } = g.toJSON();
    expect(nodes.map(({ op }) => op?.name)).toEqual([undefined, "exp", "matmul"]);
    expect(nodes[2].op?.inputs).toEqual([{ from: 1 }, { from: 0 }]);
    expect(failure).toContain("the inner lengths 3 and 2 differ");
    expect(steps).toEqual([]);
    expect(String(g)).toContain("✗ Cannot matmul shapes");
  }
});

test("an error of anything else draws nothing, and says what would", () => {
  expect(() => graph(new Error("no op"))).toThrow("give a tensor, as in graph(J), or the error of an op");
});

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

/** One computation per way in which an op is made again. */
const computations: readonly [name: string, of: (x: Tensor) => Tensor][] = [
  ["elementwise", (x) => sum(exp(sigmoid(x)))],
  ["contractions", (x) => sum(matmul(x, x.T).mean({ axis: 0 }))],
  ["broadcasting", (x) => sum(sub(x, x.sum({ axis: 1, keepdims: true })))],
  ["reductions", (x) => add(max(x), sum(norm(x, { axis: 1 })))],
  ["selections", (x) => sum(mul(slice(x, 0), take(x, [1, 0]).slice(1)))],
  ["shape moves", (x) => sum(square(concat([reshape(x, 3, 2), reshape(x, 3, 2)])))],
  ["options", (x) => sum(add(relu(x, { at0: 1 }), pow(x, 3)))],
  ["softmax", (x) => sum(square(softmax(x)))],
  ["numbers in formulas", (x) => sum(mul(2, sub(1, x)))],
];

test.each(computations)(
  "an edit in a page and in the kernel gives what computing anew gives: %s",
  (_, of) => {
    const x = tensor([
      [0.5, 1, 1.5],
      [2, 2.5, 3],
    ]).as("x");
    const shown = graph(of(x));
    const g = readGraph(JSON.parse(JSON.stringify(packed(shown.toJSON()))));
    const node = nodeOf(shown, "x");
    const edits = [{ node, entry: 4, value: -0.7 }];
    const anew = graph(
      of(
        tensor([
          [0.5, 1, 1.5],
          [2, -0.7, 3],
        ]).as("x"),
      ),
    ).toJSON();
    const answer = answerFrontEnd({ type: "edit", request: 1, graph: g.id, edits }) as { graph: unknown };
    for (const again of [replay(g, edits), readGraph(answer.graph)]) {
      expect(again.nodes.map(({ value, gradient }) => ({ value, gradient }))).toEqual(
        anew.nodes.map(({ value, gradient }) => ({ value, gradient })),
      );
      expect(again.nodes.map(({ label }) => label)).toEqual(g.nodes.map(({ label }) => label));
    }
    expect(x.toArray()[1][1]).toBe(2.5);
  },
);

test("what cannot be computed again says why", () => {
  const large = graph(sum(randn(100, 50).as("A"))).toJSON();
  expect(replayProblem(large)).toBe("of A, which is large, only a summary is here");
  expect(() => replay(large, [])).toThrow("Cannot compute this graph again: of A");
});

test("a recipe of a stranger makes nothing that does not fit its node", () => {
  const g = graph(J).toJSON();
  const withRecipe = (recipe: unknown) => ({
    ...g,
    nodes: g.nodes.map((node) =>
      node.label === "Z" && node.op ? { ...node, op: { ...node.op, recipe } } : node,
    ),
  });
  const refused = [
    { maker: "contract", name: "x", indices: "ik,kj->ijz", lengths: { z: 1e9 } },
    { maker: "contract", name: "x", indices: "ik,lj->kl" },
    { maker: "reshape", shape: [1e9] },
    { maker: "constructor" },
    { maker: "select", name: "x", picks: [{ start: 0, end: 1e9 }] },
    { maker: "select", name: "x", picks: [[-1], [0, 1, 2]] },
    { maker: "putBack", name: "x", picks: [{ start: 0, end: 1e9 }, [0]] },
    { maker: "tanh" },
  ];
  for (const recipe of refused) expect(() => replay(withRecipe(recipe), [])).toThrow("Cannot compute");
});

test("only a written edit reaches the variables of the session", () => {
  const x = tensor([1, 2]).as("x");
  const { id } = graph(sum(square(x))).toJSON();
  const edits = [{ node: 0, entry: 1, value: 5 }];
  answerFrontEnd({ type: "edit", request: 1, graph: id, edits });
  expect(x.toArray()).toEqual([1, 2]);
  expect(answerFrontEnd({ type: "write", request: 2, graph: id, edits })).toEqual({
    type: "written",
    request: 2,
    names: ["x"],
  });
  expect(x.toArray()).toEqual([1, 5]);
});

test.each([
  [undefined, "there is no such question"],
  [{ type: "edit", graph: "g0", edits: [] }, "Cannot find this graph any more"],
  [{ type: "toString" }, "there is no such question"],
  [{ type: "tensor", tensor: "t0" }, "Cannot find this tensor any more"],
])("the question %j is answered by an error", (question, message) => {
  expect(answerFrontEnd(question)).toMatchObject({
    type: "error",
    message: expect.stringContaining(message),
  });
});

/** A saved graph, spoilt. */
function spoilt(spoil: (graph: ReturnType<typeof JSON.parse>) => unknown): unknown {
  const graph = JSON.parse(JSON.stringify(packed(graphOfJ.toJSON())));
  return spoil(graph) ?? graph;
}

const graphOfJ = graph(J);

test.each([
  ["another version", "v", 2, "the version of its data is 2"],
  ["a circle", "nodes.2.op.inputs.0.from", 4, "an operand of node 3 is 4"],
  ["itself as an operand", "nodes.2.op.inputs.0.from", 2, "an operand of node 3 is 2"],
  ["a million nodes", "nodes", Array(1_000_000), "its nodes is 1000000"],
  ["a missing name", "nodes.0", { shape: [] }, "the LaTeX of node 1 is missing"],
  ["a shape that lies", "nodes.0.shape", [1e9], "the value of node 1 is 6"],
  ["a long text", "nodes.0.name", "x".repeat(1e6), "the name of node 1"],
  ["a group in itself", "groups", [{ label: "a", parent: 0 }], "what group 1 lies in is 0"],
  ["nothing in it", "nodes", [], "its nodes is []"],
])("data with %s are no graph", (_, path, value, message) => {
  const json = spoilt((graph) => {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    steps.reduce((at, step) => at[step], graph)[last] = value;
  });
  expect(() => readGraph(json)).toThrow(`Cannot show this graph: ${message}`);
});

test("data that are not an object are not a graph", () => {
  expect(() => readGraph([])).toThrow("Cannot show this graph: its data is [] instead of an object");
});

test("the text says all that the picture does", () => {
  expect(String(graph(J))).toMatchInlineSnapshot(`
    "Graph of J

    tensor   computed as   shape   gradient
    X                      2 × 3   dX = dZ Wᵀ
    W                      3 × 2   dW = Xᵀ dZ
    Z        X W           2 × 2   dZ = dY ⊙ (Y ⊙ (1 - Y))
    Y        σ(Z)          2 × 2   dY = 𝟏
    J        Σ_ij Y_ij

    X = ⎛1  -2     0⎞    dX = ⎛0.25     0.0200  0.2100⎞
        ⎝3   0.5  -1⎠         ⎝0.0359  -0.0521  0.1402⎠

        ⎛1     0⎞         ⎛ 0.3578   0.3153⎞
    W = ⎜0.5  -1⎟    dW = ⎜-0.4820  -0.1749⎟
        ⎝0     2⎠         ⎝-0.0359  -0.0701⎠

    Z = ⎛0      2  ⎞    dZ = ⎛0.25    0.1050⎞
        ⎝3.25  -2.5⎠         ⎝0.0359  0.0701⎠

    Y = ⎛0.5     0.8808⎞    dY = ⎛1  1⎞
        ⎝0.9627  0.0759⎠         ⎝1  1⎠

    J = 2.4193    dJ = 1

    ✓ differences agree with every gradient, to 4e-12"
  `);
});
