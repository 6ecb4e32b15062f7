import { expect, test } from "vitest";
import { grad, sum, Tensor, tensor, where } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { formatShape, sizeOf } from "../../src/tensor/shape.ts";

/** What operands of a branch not chosen may be: poles, what overflows, infinities, no number. */
const EXTREMES = [0, 1, -1, 1000, -1000, 1e200, -1e200, 1e-310, Infinity, -Infinity, Number.NaN];

const cases = Object.entries(ops).flatMap(([name, { samples }]) =>
  samples.map((sample, i) => [name, i, sample.shapes.map(formatShape).join(" and "), sample] as const),
);

test.each(cases)(
  "%s, sample %i (%s), adds nothing to a gradient where it is not chosen",
  (_name, _i, _shapes, { shapes, call }) => {
    for (const value of EXTREMES) {
      const x = shapes.map((shape) => new Tensor(shape, new Float64Array(sizeOf(shape)).fill(value)));
      let y: Tensor;
      try {
        y = call(...x);
      } catch {
        continue; // an operand that the op refuses
      }
      if (y.size === 0) continue;
      for (const i of x.keys()) {
        const dx = grad(sum(where(0, call(...x), 0)), x[i]);
        for (const entry of dx.data) expect(entry, `${value}, argument ${i}`).toBeCloseTo(0, 300);
      }
    }
  },
);

test("an entry that is not chosen adds nothing, and a forward 0 · ∞ stays NaN", () => {
  const d = tensor([1, 3]);
  const safe = where(d.gt(1), ops.div(1, d.sub(1)), 0);
  expect([...grad(sum(safe), d).data]).toEqual([0, -0.25]);

  const rows = tensor([
    [Infinity, 1],
    [2, 3],
  ]);
  const v = tensor([0, 1]);
  const y = rows.matmul(v);
  expect(y.data[0]).toBeNaN();
  expect([...grad(sum(where(tensor([0, 1]), y, 0)), v).data]).toEqual([2, 3]);
});

test("an entry that is not chosen adds nothing to a second derivative", () => {
  const x = tensor([1, 3]);
  const dx = grad(sum(where(x.gt(1), ops.div(1, x.sub(1)), 0)), x, { createGraph: true });
  expect([...grad(sum(dx), x).data]).toEqual([0, 0.25]);
});

test("losses at certainty are limits", () => {
  const z = tensor([[Infinity, 0, -Infinity]]);
  expect([...ops.softmax(z).data]).toEqual([1, 0, 0]);
  expect(ops.crossEntropy(z, tensor([[1, 0, 0]])).item()).toBeCloseTo(0, 300);
  const masked = tensor([[0, -Infinity]]);
  const loss = ops.crossEntropy(masked, tensor([[1, 0]]));
  expect(loss.item()).toBeCloseTo(0, 300);
  for (const entry of grad(loss, masked).data) expect(entry).toBeCloseTo(0, 300);
});

test.each([
  ["mse", ops.mse],
  ["binaryCrossEntropy", ops.binaryCrossEntropy],
] as const)("%s refuses shapes that only broadcast", (_name, loss) => {
  expect(() => loss(tensor([[1], [2]]), tensor([1, 0]))).toThrow(/the shapes differ; .* reshape/);
  expect(loss(tensor([[1], [2]]), 1).shape).toEqual([]);
});

// No NaN shows in a condition, an answer or a position, nor where `where` does not choose it; x⁰ (sample 5 of pow) is 1 for any x.
const WITHOUT_NAN = new Set([
  "all",
  "any",
  "argmax",
  "argmin",
  "eq",
  "isFinite",
  "ne",
  "ge",
  "gt",
  "le",
  "lt",
  "where",
]);

test.each(cases.filter(([name, i]) => !WITHOUT_NAN.has(name) && !(name === "pow" && i === 5)))(
  "%s, sample %i (%s), shows a NaN of its operand",
  (_name, _i, _shapes, { shapes, call }) => {
    for (const k of shapes.keys()) {
      const x = shapes.map(
        (shape, j) => new Tensor(shape, new Float64Array(sizeOf(shape)).fill(j === k ? Number.NaN : 2)),
      );
      const y = call(...x);
      if (x[k].size > 0 && y.size > 0) expect([...y.data].some(Number.isNaN), `argument ${k}`).toBe(true);
    }
  },
);
