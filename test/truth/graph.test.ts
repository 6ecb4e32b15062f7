/** A graph is a picture of one moment, and says nothing that was not so in it. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type GraphNode, packed } from "../../src/graph/graph-json.ts";
import { replay, replayProblem } from "../../src/graph/replay.ts";
import {
  abs,
  add,
  concat,
  exp,
  type Graph,
  grad,
  graph,
  log,
  matmul,
  maximum,
  mse,
  mul,
  relu,
  sigmoid,
  square,
  sub,
  sum,
  Tensor,
  tensor,
} from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { firstView, MOST_JSON, readGraph, visibleGraph } from "../../src/picture/index.ts";
import { applyOp } from "../../src/tensor/apply.ts";
import type { Op } from "../../src/tensor/op.ts";
import { createRandom } from "../../src/tensor/random.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { internals } from "../../src/tensor/tensor.ts";

const savedOf = (g: Graph) => JSON.stringify(packed(g.toJSON()));
const checksOf = (g: Graph) => g.toJSON().nodes.map(({ check }) => check?.ok);
const nodeOf = (g: Graph, name: string) => g.toJSON().nodes.find((node) => node.name === name);

/** A product of so many factors, which are leaves or one and the same. */
function productOf(factors: number, isSame: boolean, name: string): Tensor {
  const leaf = (k: number): Tensor => tensor([1 + k / 1000]).as(`${name}${k}`);
  const one = leaf(0);
  let y = one;
  for (let k = 1; k < factors; k++) y = y.mul(isSame ? one : leaf(k));
  return sum(y);
}

/** Every edge of what is read is an edge of the record; what is missing is counted. */
function expectTrueEdges(g: Graph): void {
  const json = savedOf(g);
  expect(json.length).toBeLessThanOrEqual(MOST_JSON);
  const read = readGraph(JSON.parse(json));
  expect(read).toEqual(g.toJSON());
  for (const { op, label } of read.nodes) {
    if (op === null || op.name !== "mul") continue;
    expect(op.inputs.length + (op.omitted ?? 0), label).toBe(2);
  }
  const edges = read.nodes.reduce((total, { op }) => total + (op?.inputs.length ?? 0), 0);
  const omitted = read.nodes.reduce((total, { op }) => total + (op?.omitted ?? 0), 0);
  if (read.omitted > 0) expect(String(g)).toContain(`and ${omitted === 1 ? "1 arrow" : `${omitted} arrows`}`);
  else expect(omitted).toBe(0);
  expect(edges).toBeGreaterThan(0);
}

test.each([1, 2, 40, 300, 600, 1_200, 1_900, 2_500, 3_000, 7_000])(
  "a product of %i factors is read as it was described",
  (factors) => {
    for (const isSame of [true, false]) {
      const y = productOf(Math.max(2, factors), isSame, "x");
      expectTrueEdges(graph(y, { check: false }));
    }
  },
);

test("an arrow to a tensor that was left out is left out", () => {
  const y = productOf(3_000, false, "x");
  const { nodes, omitted } = graph(y, { check: false }).toJSON();
  expect(omitted).toBeGreaterThan(0);
  for (const { name, op } of nodes) {
    if (op?.name !== "mul") continue;
    const operands = op.inputs.map((input) => ("from" in input ? nodes[input.from].name : ""));
    // The factor itself and the product before it: never twice the same, never another's.
    expect(new Set(operands).size, `${name}`).toBe(operands.length);
  }
});

test("a graph of any size, with names of any length, is read as it was described", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 400 }),
      fc.boolean(),
      fc.string({ maxLength: 3_000, unit: "grapheme" }),
      fc.integer({ min: 1, max: 200 }),
      (factors, isSame, name, joined) => {
        const y = productOf(factors, isSame, name);
        const z = sum(concat(Array.from({ length: joined }, () => y.reshape(1))));
        const g = graph(z, { check: false });
        const json = savedOf(g);
        expect(json.length).toBeLessThanOrEqual(MOST_JSON);
        expect(readGraph(JSON.parse(json))).toEqual(g.toJSON());
      },
    ),
    { numRuns: 15, seed: 10 },
  );
});

/** Computations of any size: long, wide, of views of one tensor, of one tensor again and again, failed. */
const kinds: Readonly<Record<string, (size: number) => Graph>> = {
  "a chain": (size) => {
    let y = tensor([1, 2]).as("x");
    for (let k = 0; k < size; k++) y = sigmoid(y);
    return graph(sum(y), { check: false });
  },
  "a fan of leaves": (size) =>
    graph(sum(concat(Array.from({ length: size }, (_, k) => tensor([k]).as(`x${k}`)))), { check: false }),
  "a fan of results": (size) => {
    const x = tensor([1, 2]).as("x");
    return graph(sum(concat(Array.from({ length: size }, (_, k) => x.mul(k)))), { check: false });
  },
  views: (size) => {
    const x = tensor([[1, 2]]).as("x");
    const views = Array.from({ length: size }, (_, k) => (k % 2 === 0 ? x.T : x.reshape(2, 1)));
    return graph(sum(concat([...views, x.detach().reshape(2, 1)])), { check: false });
  },
  duplicates: (size) => {
    const x = tensor([1, 2]).as("x");
    return graph(sum(concat(Array.from({ length: size }, () => x))), { check: false });
  },
  "one name for all": (size) => {
    let y = tensor([1]).as("W");
    for (let k = 0; k < size; k++) y = y.mul(tensor([2]).as("W")).as("W");
    return graph(sum(y), { check: false });
  },
  "a failure": (size) => {
    let y = tensor([1, 2]).as("x");
    for (let k = 0; k < size; k++) y = y.add(tensor([k, 1]).as(`c${k}`));
    try {
      return graph(y.add(tensor([1, 2, 3]).as("z") as Tensor));
    } catch (error) {
      return graph(error as Error);
    }
  },
};

/** All that is read is as it was described; no edge leads to another tensor than in the record, and none is lost. */
function expectAsDescribed(g: Graph): void {
  const json = savedOf(g);
  expect(json.length).toBeLessThanOrEqual(MOST_JSON);
  const read = readGraph(JSON.parse(json));
  expect(read).toEqual(g.toJSON());
  for (const { op, label } of read.nodes) {
    const operands = OPERANDS[op?.name ?? ""];
    if (op !== null && operands !== undefined) {
      expect(op.inputs.length + (op.omitted ?? 0), `${label} = ${op.name}`).toBe(operands);
    }
    // Only a tensor without a history is a leaf, however much was left out.
    if (op === null) expect(label).not.toMatch(/^H/);
  }
  if (read.omitted === 0) expect(read.nodes.some(({ op }) => op?.omitted !== undefined)).toBe(false);
  visibleGraph(read, firstView(read));
}

const OPERANDS: Readonly<Record<string, number>> = {
  add: 2,
  mul: 2,
  sum: 1,
  sigmoid: 1,
  reshape: 1,
  transpose: 1,
};

for (const [kind, make] of Object.entries(kinds)) {
  test.each([1, 2, 65, 1_300])(`${kind} of size %i is read as it was described`, (size) => {
    expectAsDescribed(make(size));
  });
}

test.each(["a chain", "duplicates"])("%s of size 10000 is read as it was described", (kind) => {
  expectAsDescribed(kinds[kind](10_000));
});

test("computations of any kind and size are read as they were described", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(kinds)), fc.integer({ min: 1, max: 600 }), (make, size) =>
      expectAsDescribed(make(size)),
    ),
    { numRuns: 10, seed: 10 },
  );
});

test("a graph made before an assignment keeps its numbers, its derivatives and its verdicts", () => {
  const make = () => {
    const W = tensor([[1, -2]]).as("W");
    const J = sum(sigmoid(mul(W, W)).as("Y")).as("J");
    J.backward();
    return { W, g: graph(J) };
  };
  const [before, after] = [make(), make()];
  after.W.assign([[7, 9]]);
  const { id: _a, ...left } = before.g.toJSON();
  const { id: _b, ...right } = after.g.toJSON();
  expect(right).toEqual(left);
  expect(String(after.g)).toContain("✓ differences agree with every gradient");
});

test("a graph made after an assignment blames no gradient, and shows no number of another moment", () => {
  const X = tensor([[1, 2]]).as("X");
  const W = tensor([[3], [4]]).as("W");
  const J = sum(square(matmul(X, W).as("Z"))).as("J");
  J.backward();
  W.assign([[30], [40]]);
  const g = graph(J);
  expect(nodeOf(g, "W")).toMatchObject({ value: null, changed: true, gradient: { data: [22, 44] } });
  expect(checksOf(g)).toEqual([null, null, true, true, true]);
  expect(String(g)).toContain("W changed since this was computed");
  expect(String(g)).not.toContain("✗");
  expect(readGraph(JSON.parse(savedOf(g)))).toEqual(g.toJSON());
});

test("a branch that does not meet the assigned leaf is still checked", () => {
  const [a, b] = [tensor([1, 2]).as("a"), tensor([3, 4]).as("b")];
  const J = sum(add(exp(a), square(b)));
  J.backward();
  b.assign([5, 6]);
  expect(nodeOf(graph(J), "a")?.check?.ok).toBe(true);
  expect(nodeOf(graph(J), "b")?.check?.ok).toBe(null);
});

test.each<[string, (x: Tensor) => Tensor, number[]]>([
  ["relu", relu, [0, 1]],
  ["abs", abs, [0, -2]],
  ["maximum", (x) => maximum(x, 1), [1, 3]],
])("a kink of %s is named, and is neither right nor wrong", (_, f, x) => {
  const g = graph(sum(f(tensor(x).as("v"))));
  expect(nodeOf(g, "v")?.check).toMatchObject({ ok: null, why: expect.stringContaining("at a kink") });
  expect(String(g)).toMatch(/Cannot check dv here: it is at a kink, with the slopes -?\d before it/);
  expect(String(g)).not.toContain("✗");
});

test("no gradient is called right if the result is not a number", () => {
  expect(String(graph(sum(log(tensor([-1, 1])))))).not.toContain("✓");
});

test.each([1e-6, 1e-3, 1, 1e3, 1e6])("gradients at the scale of %d are right", (scale) => {
  for (const dtype of ["float64", "float32"] as const) {
    const x = tensor([[2 * scale, -3 * scale]], { dtype }).as("x");
    const target = tensor([[scale, scale]], { dtype }).as("t");
    for (const J of [sum(square(x)), mse(x, target), sum(mul(x, sub(x, target)))]) {
      expect(checksOf(graph(J)), `${dtype} ${String(graph(J))}`).not.toContain(false);
      expect(String(graph(J))).toContain("✓");
    }
  }
});

test.each([1e-6, 1e-3, 1, 1e3, 1e6])(
  "a rule that is off by a thousandth is found at the scale of %d",
  (scale) => {
    const x = tensor([[2 * scale, 3 * scale]]).as("x");
    const right = internals.nodeOf(square(x))?.op as Op; // a result has an op
    const wrong: Op = { ...right, vjp: (_i, ct, _y, at) => mul(ct, mul(2.002, at)) };
    expect(nodeOf(graph(sum(applyOp(right, x))), "x")?.check?.ok).toBe(true);
    const g = graph(sum(applyOp(wrong, x)));
    expect(nodeOf(g, "x")?.check?.ok).toBe(false);
    expect(String(g)).toContain("✗ differences disagree with the gradient of x");
  },
);

test("every sample of every op, and its derivatives, has a graph that is read and computed again to the same numbers", () => {
  const refused = new Set<string>();
  for (const [name, { samples }] of Object.entries(ops)) {
    samples.forEach(({ shapes, domain, call }, k) => {
      const { uniform } = createRandom(3 + k);
      const x = shapes.map((shape, i) => {
        const [low, high] = domain[i];
        return new Tensor(
          [...shape],
          Float64Array.from({ length: sizeOf(shape) }, () => low + (high - low) * uniform()),
        );
      });
      const result = sum(call(...x));
      const first = grad(result, x, { createGraph: true });
      const second = first.flatMap((dx) => grad(sum(dx), x, { createGraph: true }));
      for (const [order, y] of [result, ...[first, second].map(totalOf)].entries()) {
        const shown = graph(y);
        const g = readGraph(JSON.parse(JSON.stringify(packed(shown.toJSON()))));
        expect(g, `${name} ${k}`).toEqual(shown.toJSON());
        const problem = replayProblem(g);
        if (problem !== null) refused.add(`${name} ${k}, order ${order}: ${problem}`);
        else expect(replay(g, []).nodes.map(numbersOf), `${name} ${k}`).toEqual(g.nodes.map(numbersOf));
      }
    });
  }
  expect([...refused]).toEqual([]);
});

const totalOf = (tensors: readonly Tensor[]): Tensor =>
  tensors.map((x) => sum(x)).reduce((a, b) => add(a, b));

function numbersOf({ value, gradient, op }: GraphNode): unknown {
  return { value, gradient, shares: op?.inputs.map((input) => ("from" in input ? input.share : input)) };
}
