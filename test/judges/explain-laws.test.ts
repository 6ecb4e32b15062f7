/** Derivations of random expressions over symbols: each closed form is evaluated and compared with differences. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { explain, MLP, mse, symbol, type Tensor, tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { internals } from "../../src/tensor/tensor.ts";

const { add, div, exp, log, logSoftmax, matmul, max, mean, mul, neg, norm, prod, sigmoid, sin } = library;
const { softmax, softplus, sqrt, square, sub, sum, tanh, transpose } = library;

type Step = (x: Tensor) => Tensor;

const A = symbol("A", "α", "β");
const B = symbol("B", "β", "γ");

// What keeps values near 1, so that a chain of twelve stays where differences are exact.
const steps: Record<string, Step> = {
  exp: (x) => exp(neg(square(x))),
  sigmoid,
  tanh,
  sin,
  softplus: (x) => softplus(neg(x)),
  square: (x) => square(tanh(x)),
  sqrt: (x) => sqrt(add(square(x), 1)),
  log: (x) => log(add(square(x), 1)),
  div: (x) => div(1, add(square(x), 1)),
  "twice x": (x) => add(x, x),
  "x ⊙ x": (x) => mul(tanh(x), sigmoid(x)),
  "1 − x": (x) => sub(1, x),
  "x xᵀ": (x) => (x.rank === 2 ? tanh(matmul(x, transpose(x))) : x.tanh()),
  "A ⊙ x": (x) => (x.shape.join() === A.shape.join() ? mul(A, x) : x.neg()),
  "x B": (x) => (x.rank === 2 && x.shape[1] === B.shape[0] ? tanh(matmul(x, B)) : x.sin()),
  transpose: (x) => (x.rank === 2 ? transpose(x) : x.sigmoid()),
  softmax: (x) => (x.rank > 0 ? softmax(x) : x.sigmoid()),
  logSoftmax: (x) => (x.rank > 0 ? tanh(logSoftmax(x)) : x.tanh()),
  "column sums": (x) => (x.rank === 2 ? tanh(mean(x, { axis: 0 })) : x.square()),
  "row sums": (x) => (x.rank === 2 ? tanh(sum(x, { axis: 1, keepdims: true })) : x.tanh()),
};

test("a random expression of 1 to 12 ops over symbols is derived, and every closed form holds", () => {
  const expression = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(expression, (names) => {
      const y = names.reduce((x: Tensor, name) => steps[name](x), A);
      const derivation = explain(y, { whole: true, steps: ["closed"] });
      expect(derivation.parts.length).toBeGreaterThan(0);
      expect(derivation.ok, String(derivation)).toBe(true);
    }),
    { numRuns: 100, seed: 12 },
  );
}, 120_000);

test("an op has a formula by entry, or its closed form all the same", () => {
  for (const [name, { samples, formula }] of Object.entries(ops)) {
    const { shapes, domain, call } = samples[0];
    const inputs = shapes.map((shape, i) => library.full(shape, (domain[i][0] + domain[i][1]) / 2));
    const y = call(...inputs);
    const op = internals.nodeOf(y)?.op;
    const isByEntry =
      formula?.acts === "entrywise" || formula?.acts === "along an axis" || op?.divisor !== undefined;
    if (op === undefined || op.indices !== undefined) continue;
    expect(isByEntry, name).toBe(false);
    const derivation = explain(y, { steps: ["closed"] });
    expect(derivation.parts.length, name).toBeGreaterThan(0);
    expect(derivation.ok, `${name}: ${derivation}`).toBe(true);
  }
});

test("explaining one op, or a network of three layers, costs less than a hundred and a thousand runs of it", () => {
  const X = tensor([
    [1, -2, 0.5],
    [3, 0.5, -1],
  ]).as("X");
  const model = MLP([3, 5, 4, 2]);
  const network = (): Tensor =>
    mse(
      model(X),
      tensor([
        [0, 1],
        [1, 0],
      ]),
    );
  const millisecondsOf = (work: () => unknown): number => {
    work();
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    });
    return times.toSorted((a, b) => a - b)[2];
  };
  const results: Tensor[] = [exp(X), sigmoid(X), tanh(X), softmax(X), max(X), norm(X), prod(X)];
  const single = results.map((y) => millisecondsOf(() => explain(y)));
  const whole = millisecondsOf(() => explain(network(), { whole: true }));
  console.log(
    `explain: one op at most ${Math.max(...single).toFixed(1)} ms, three layers ${whole.toFixed(0)} ms`,
  );
  const rival = millisecondsOf(() => {
    for (let i = 0; i < 1000; i++) network().backward();
  });
  expect(Math.max(...single)).toBeLessThan(rival);
  expect(whole).toBeLessThan(10 * rival);
});
