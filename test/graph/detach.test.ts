/** A detached tensor in a graph shows what it has its numbers from, and that no gradient goes back there. */

import { expect, test } from "vitest";
import { inspect } from "../../extension/src/graph-view/inspect.ts";
import { describeSelection } from "../../extension/src/graph-view/spoken.ts";
import { untranslated } from "../../extension/src/translation.ts";
import { packed } from "../../src/graph/graph-json.ts";
import { replay } from "../../src/graph/replay.ts";
import {
  concat,
  type Graph,
  graph,
  matmul,
  mul,
  square,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { firstView, type GraphJson, readGraph, type Selection } from "../../src/picture/index.ts";
import { answerFrontEnd } from "../../src/session.ts";

/** J = Σ D ⊙ Z, in which D is Z without its history. */
function stopped(): Graph {
  const X = tensor([[1, 2]]).as("X");
  const W = tensor([[3], [4]]).as("W");
  const Z = matmul(X, W).as("Z");
  const J = sum(mul(Z.detach().as("D"), Z)).as("J");
  J.backward();
  return graph(J);
}

const named = ({ nodes }: GraphJson, name: string) => nodes.find((node) => node.name === name);
const namesOf = (g: Graph) => g.toJSON().nodes.map(({ label }) => label);

/** The names of what a tensor is drawn to be detached from. */
function sourcesOf(y: Tensor, name: string): (string | null)[] {
  const json = graph(y).toJSON();
  const op = named(json, name)?.op ?? null;
  if (op === null) return [];
  expect(op.name).toBe("detach");
  return op.inputs.map((input) => ("from" in input ? json.nodes[input.from].name : null));
}

test("an edge without a gradient leads from a tensor to what was detached from it", () => {
  const json = stopped().toJSON();
  const D = named(json, "D");
  expect(D?.op).toMatchObject({ name: "detach", tex: "\\operatorname{detach}(Z)", label: "detach" });
  expect(D?.op?.inputs).toEqual([{ from: json.nodes.findIndex(({ name }) => name === "Z") }]);
  // The gradient of Z is that of the other way alone, and differences agree.
  expect(named(json, "Z")).toMatchObject({ gradient: { data: [11] }, check: { ok: true } });
  expect(json.steps.map(({ node }) => json.nodes[node].name)).not.toContain("D");
  expect(readGraph(JSON.parse(JSON.stringify(packed(json))))).toEqual(json);
});

test("text and picture say that no gradient passes", async () => {
  const g = stopped();
  expect(String(g)).toMatch(/^D +detach\(Z\)/m);
  expect(String(g)).toContain("– detach lets no gradient pass from D to Z");
  const svg = await g.svg();
  expect(svg).toContain('aria-label="D = detach, lets no gradient pass"');
  expect(svg.match(/stroke-dasharray="6 3"/g)).toHaveLength(1);
});

test("the inspector says of the edge and of the tensor that no gradient passes", () => {
  const graph = stopped().toJSON();
  const node = graph.nodes.findIndex(({ name }) => name === "D");
  const wordsAt = (selection: Selection): string => {
    const view = { ...firstView(graph), selection };
    const shown = { graph, view, reference: null, canAsk: false, prune: 0, digits: 4, trans: untranslated };
    return JSON.stringify([inspect(shown), describeSelection(graph, view, untranslated)]);
  };
  const edge = wordsAt({ kind: "edge", node, input: 0 });
  expect(edge).toContain("no gradient passes here: detach stops it");
  expect(edge).toContain("edge from Z to D: no gradient passes, detach stops it");
  expect(wordsAt({ kind: "node", node })).toContain("no gradient passes on to Z: detach stops it");
});

test("what is nowhere else in the graph is drawn under its name, without its history", () => {
  const Z = matmul(tensor([[1, 2]]).as("X"), tensor([[3], [4]]).as("W")).as("Z");
  const D = Z.detach().as("D");
  const g = graph(sum(concat([square(D), square(Z.detach().as("E"))])));
  expect(namesOf(g).filter((name) => /^[A-Z]$/.test(name))).toEqual(["Z", "D", "E", "J"]);
  expect(named(g.toJSON(), "Z")).toMatchObject({ op: null, value: { data: [11] }, gradient: null });
});

test.each<[string, () => [Tensor, string], string[]]>([
  ["without a name", () => [tensor([1, 2]).mul(2).detach().as("D"), "D"], []],
  [
    "the detached tensor itself, assigned since",
    () => {
      const D = tensor([1, 2]).as("W").detach().as("D");
      D.assign([3, 4]);
      return [D, "D"];
    },
    [],
  ],
  ["a leaf", () => [tensor([1, 2]).as("W").detach().as("D"), "D"], ["W"]],
  [
    "a gradient",
    () => {
      const W = tensor([1, 2]).as("W");
      sum(square(W)).backward();
      return [W.grad.detach().as("D"), "D"];
    },
    ["dW"],
  ],
  [
    "a gradient that was not detached",
    () => {
      const W = tensor([1, 2]).as("W");
      sum(square(W)).backward();
      return [W.grad, "dW"];
    },
    [],
  ],
  ["detached twice", () => [tensor([1, 2]).as("W").detach().as("E").detach().as("D"), "D"], ["E"]],
  ["a symbol", () => [symbol("S", 2, 3).detach().as("D"), "D"], ["S"]],
])("the source of a detached tensor: %s", (_, make, sources) => {
  const [D, name] = make();
  expect(sourcesOf(sum(square(D)), name)).toEqual(sources);
});

test("a source that was assigned since is drawn with the numbers of then, beside itself", () => {
  const W = tensor([1, 2]).as("W");
  const before = W.detach().as("V");
  W.assign([5, 6]);
  const json = graph(sum(mul(W, before))).toJSON();
  const [edge] = named(json, "V")?.op?.inputs ?? [];
  const source = "from" in edge ? json.nodes[edge.from] : null;
  expect(source).toMatchObject({ value: { data: [1, 2] }, gradient: null });
  expect(json.nodes.filter(({ op }) => op === null).map(({ value }) => value)).toContainEqual({
    data: [5, 6],
  });
});

test("an edited number goes through a detached tensor, in the page and in the kernel", () => {
  const json = stopped().toJSON();
  const edits = [{ node: json.nodes.findIndex(({ name }) => name === "X"), entry: 0, value: 2 }];
  const answer = answerFrontEnd({ type: "edit", request: 1, graph: json.id, edits }) as { graph: unknown };
  for (const again of [replay(json, edits), readGraph(answer.graph)]) {
    expect(named(again, "D")).toMatchObject({ value: { data: [14] }, op: { name: "detach" } });
    expect(named(again, "J")).toMatchObject({ value: { data: [196] } });
    expect(named(again, "X")).toMatchObject({ gradient: { data: [42, 56] } });
  }
});

test("a number of a detached tensor is not edited, as it follows from another", () => {
  const json = stopped().toJSON();
  const edits = [{ node: json.nodes.findIndex(({ name }) => name === "D"), entry: 0, value: 2 }];
  expect(answerFrontEnd({ type: "edit", request: 1, graph: json.id, edits })).toMatchObject({
    type: "error",
  });
});

test("a loop that detaches at each step keeps no history", () => {
  let W: Tensor = tensor([1, 2]).as("W");
  for (let step = 0; step < 50; step++) W = W.mul(0.9).as("V").detach().as("W");
  expect(graph(sum(square(W))).toJSON().nodes).toHaveLength(4);
});
