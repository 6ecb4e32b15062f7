/** Differences are computed unasked only where that takes a blink; where they are not, the graph says so. */

import { expect, test } from "vitest";
import { inspect } from "../../extension/src/graph-view/inspect.ts";
import { untranslated } from "../../extension/src/translation.ts";
import { CHEAP, checkGradients, costOf } from "../../src/graph/check-gradients.ts";
import { recordOf } from "../../src/graph/record.ts";
import {
  crossEntropy,
  graph,
  log,
  MLP,
  matmul,
  rand,
  sigmoid,
  softmax,
  square,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { firstView } from "../../src/picture/index.ts";
import { watching } from "../../src/tensor/apply.ts";

/** How many numbers are read and written meanwhile; an op counts as some two hundred. */
function numbersIn(compute: () => unknown): number {
  let numbers = 0;
  watching((_op, y, inputs) => {
    numbers += 200 + y.size + inputs.reduce((read, { size }) => read + size, 0);
  }, compute);
  return numbers;
}

function network(...sizes: number[]): Tensor {
  const labels = tensor(Array.from({ length: 8 }, (_, k) => k % sizes[sizes.length - 1]));
  const J = crossEntropy(MLP(sizes)(rand(8, sizes[0])), labels);
  J.backward();
  return J;
}

const computations: Readonly<Record<string, () => Tensor>> = {
  "a chain": () => Array.from({ length: 40 }).reduce((y: Tensor) => sigmoid(y), tensor(0.3)),
  "a product": () => sum(sigmoid(matmul(rand(6, 6), rand(6, 6)))),
  "rows of a softmax": () => sum(square(softmax(rand(8, 9)))),
  "a wide layer": () => sum(square(rand(1, 60))),
  "a small network": () => network(2, 4, 2),
};

test.each(Object.entries(computations))("the cost of checking %s is known before", (_, make) => {
  const record = recordOf(make());
  const spent = numbersIn(() => checkGradients(record));
  // An estimate: a slope that is hard to find takes more steps, one that is easy fewer.
  expect(spent).toBeLessThan(3 * costOf(record));
  expect(spent).toBeGreaterThan(costOf(record) / 10);
});

test("a network of 784, 64 and 10 neurons opens without differences, and says so", () => {
  const J = network(784, 64, 10);
  expect(costOf(recordOf(J))).toBeGreaterThan(1_000 * CHEAP);
  let shown = "";
  let page = "";
  const numbers = numbersIn(() => {
    const g = graph(J);
    shown = String(g);
    const json = g.toJSON();
    const about = { reference: null, canAsk: false, prune: 0, digits: 4, trans: untranslated };
    page = JSON.stringify(inspect({ graph: json, view: firstView(json), ...about }));
  });
  // The backward pass a few times, and no more.
  expect(numbers).toBeLessThan(20 * 784 * 64);
  expect(shown).toContain(
    "– The gradients are not compared with differences here: graph(J, { check: true }) does that",
  );
  expect(page).toContain("the gradients were not compared with differences");
});

test("what was checked, was no number or has none is not said to be skipped", () => {
  const skipped = "not compared with differences";
  expect(String(graph(sum(square(tensor([1, 2])))))).not.toContain(skipped);
  expect(String(graph(sum(square(tensor([1, 2]))), { check: false }))).toContain(skipped);
  expect(String(graph(sum(square(symbol("S", 2)))))).not.toContain(skipped);
  expect(String(graph(sum(log(tensor([-1, 1])))))).toContain(
    "– No gradient can be compared with differences here: J is not finite",
  );
});
