/** What drawers of computations were reported to get wrong, in our own words. */

import { expect, test } from "vitest";
import { packed } from "../../src/graph/graph-json.ts";
import {
  add,
  concat,
  exp,
  type Graph,
  graph,
  latex,
  matmul,
  mul,
  square,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { readGraph } from "../../src/picture/index.ts";
import { textLabel } from "../../src/tex/plain.ts";

const roundTrip = (g: Graph) => readGraph(JSON.parse(JSON.stringify(packed(g.toJSON()))));
const labelsOf = (g: Graph) => g.toJSON().nodes.map(({ label }) => label);

test("two tensors of one name are two nodes with two names", () => {
  const g = graph(sum(mul(tensor([1, 2]).as("w"), tensor([3, 4]).as("w"))));
  expect(new Set(labelsOf(g)).size).toBe(labelsOf(g).length);
  expect(g.toJSON().nodes.slice(0, 2)).toMatchObject([{ name: "w" }, { name: "w^(2)" }]);
  expect(g.toJSON().nodes[2].op?.tex).toBe("\\vec{w} \\odot \\vec{w}^{(2)}");
  expect(roundTrip(g)).toEqual(g.toJSON());
});

test("names that look alike are told apart, and a name that is taken is not given again", () => {
  const [a, b, c] = ["W1", "W_1", "W1^(2)"].map((name) => tensor([[1]]).as(name));
  const labels = labelsOf(graph(sum(add(add(a, b), c))));
  expect(new Set(labels).size).toBe(labels.length);
});

test("a variable that was computed anew keeps one node per value", () => {
  let w = tensor([1, 2]).as("w");
  for (let k = 0; k < 4; k++) w = w.mul(2).as("w") as typeof w;
  expect(labelsOf(graph(sum(w)))).toEqual(["w", "w^((2))", "w^((3))", "w^((4))", "w^((5))", "J"]);
});

test("a tensor that is used twice is one node with two edges", () => {
  const x = tensor([1, 2]).as("x");
  const { nodes } = graph(sum(mul(x, x))).toJSON();
  expect(nodes.filter(({ name }) => name === "x")).toHaveLength(1);
  expect(nodes[1].op?.inputs.map((input) => "from" in input && input.from)).toEqual([0, 0]);
});

test("a list of a hundred operands is read again", () => {
  const g = graph(sum(concat(Array.from({ length: 100 }, (_, k) => tensor([k]).as(`x${k}`)))));
  expect(roundTrip(g)).toEqual(g.toJSON());
});

test("a tensor of twenty axes is read again", () => {
  const g = graph(sum(exp(tensor([1]).reshape(...Array<number>(20).fill(1)))));
  expect(roundTrip(g)).toEqual(g.toJSON());
});

test("a name of ten thousand letters is cut off and read again", () => {
  const g = graph(sum(square(tensor([1]).as("x".repeat(10_000)))));
  expect(roundTrip(g)).toEqual(g.toJSON());
});

test("symbols are announced by their letters", async () => {
  const svg = await graph(sum(square(symbol("S", "α", "β")))).svg();
  expect(svg).toContain('aria-label="S, leaf, α by β"');
  expect(svg).not.toMatch(/\d+ by \d+/);
});

test("a graph of one leaf, and one of a product with itself, are drawn", async () => {
  const X = tensor([[1, 2]]).as("X");
  expect(await graph(X).svg()).toContain("<svg");
  expect(await graph(sum(matmul(X, X.T))).svg()).toContain("<svg");
});

test("a graph of empty tensors has a sum of 0", () => {
  const g = graph(sum(square(tensor([]))));
  expect(roundTrip(g)).toEqual(g.toJSON());
});

test("the shares of joined tensors say which part each gets", () => {
  const [a, b] = [tensor([[1, 2]]).as("A"), tensor([[3, 4]]).as("B")];
  const y = String(graph(sum(square(concat([a, b]).as("Y")))));
  expect(y).toContain("dA = dY_(1:1,:)");
  expect(y).toContain("dB = dY_(2:2,:)");
});

test("a chain of ten thousand ops on a symbol is written, with dots where nobody reads on", () => {
  for (const step of [(x: Tensor) => x.add(1), (x: Tensor) => exp(x), (x: Tensor) => x.add(x)]) {
    let s: Tensor = symbol("S", "α", "β");
    for (let k = 0; k < 10_000; k++) s = step(s);
    expect(latex(s)).toContain("\\cdots");
    expect(String(s)).toContain("⋯");
    const g = graph(s);
    expect(roundTrip(g)).toEqual(g.toJSON());
  }
});

test("a subscript of two digits stands low as a whole", () => {
  expect(textLabel("H_10 − T")).toBe("H_{10} − T");
  expect(textLabel("W^((12))")).toBe("W^{(12)}");
});
