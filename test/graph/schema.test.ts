/** The published schema of a graph, against what the library writes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { packed } from "../../src/graph/graph-json.ts";
import {
  add,
  crossEntropy,
  exp,
  graph,
  log,
  MLP,
  matmul,
  mul,
  randn,
  seed,
  sum,
  symbol,
  tensor,
} from "../../src/index.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../..", "schemas", "graph.v1.schema.json"), "utf8"),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function failed() {
  try {
    return matmul(randn(2, 3), randn(2, 3) as never);
  } catch (error) {
    return error as Error;
  }
}

seed(1);
const graphs = {
  "a product and a sigmoid": graph(sum(matmul(randn(2, 3), randn(3, 2)).sigmoid())),
  "a network": graph(crossEntropy(MLP([3, 4, 2])(randn(5, 3)), tensor([0, 1, 0, 1, 1]))),
  symbols: graph(sum(exp(symbol("X", "α", "β")))),
  "NaN and infinity": graph(sum(log(tensor([0, -1])))),
  "a large tensor": graph(sum(mul(randn(60, 60), 2))),
  float32: graph(sum(add(tensor([1, 2], { dtype: "float32" }), 1))),
  "a failure": graph(failed()),
  "thousands of tensors": graph(
    sum(Array.from({ length: 2500 }).reduce<ReturnType<typeof exp>>((x) => x.tanh(), tensor([1, 2]))),
  ),
};

test.each(Object.entries(graphs))("the graph of %s keeps the schema", (_, shown) => {
  const json = JSON.parse(JSON.stringify(packed(shown.toJSON())));
  expect(validate(json), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
});

test.each([
  ["a node without a name", (g) => g.nodes.push({ shape: [] })],
  ["a shape of text", (g) => g.nodes.push({ name: "X", shape: ["2"] })],
  [
    "an operand that is neither node nor number",
    (g) => g.nodes.push({ name: "X", shape: [], op: { name: "exp", inputs: [{}] } }),
  ],
  ["values that are no numbers", (g) => g.nodes.push({ name: "X", shape: [], value: { data: ["1"] } })],
] as [string, (g: { nodes: object[] }) => void][])("%s breaks the schema", (_, spoil) => {
  const json = JSON.parse(JSON.stringify(packed(graphs.symbols.toJSON())));
  spoil(json);
  expect(validate(json)).toBe(false);
});
