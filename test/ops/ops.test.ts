import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grad, jvp, sum, Tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { formula } from "../../src/print/expression.ts";
import type { Sample } from "../../src/tensor/op.ts";
import { formatShape, type Shape, sizeOf } from "../../src/tensor/shape.ts";
import { expectLatex } from "../latex-engines.ts";

const RUNS = { numRuns: 8 };

/** A tensor of `shape` with entries from the interval. */
const tensors = (shape: Shape, [min, max]: readonly [number, number] = [-2, 2]): fc.Arbitrary<Tensor> =>
  fc
    .array(fc.double({ min, max, noNaN: true }), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((entries) => new Tensor(shape, Float64Array.from(entries)));

/** A tensor whose entries lie far apart: a shuffled grid over the interval. */
const distinctTensors = (shape: Shape, [min, max]: readonly [number, number]): fc.Arbitrary<Tensor> => {
  const size = sizeOf(shape);
  const grid = Array.from({ length: size }, (_, i) => min + ((max - min) * (i + 0.5)) / size);
  return fc
    .shuffledSubarray(grid, { minLength: size, maxLength: size })
    .map((entries) => new Tensor(shape, Float64Array.from(entries)));
};

/** Arguments for a sample. */
const argumentsOf = ({ shapes, domain, distinct }: Sample): fc.Arbitrary<Tensor[]> =>
  fc.tuple(...shapes.map((shape, i) => (distinct ? distinctTensors : tensors)(shape, domain[i])));

const dot = (a: Tensor, b: Tensor): number => a.data.reduce((total, ai, k) => total + ai * b.data[k], 0);

/** The central differences of f at x, entry by entry of x[i]. */
function differences(f: (...x: Tensor[]) => number, x: readonly Tensor[], i: number): Float64Array {
  const h = 1e-5;
  const { shape, data } = x[i];
  const at = (k: number, value: number): number => {
    const moved = Float64Array.from(data);
    moved[k] = value;
    return f(...x.with(i, new Tensor(shape, moved)));
  };
  return Float64Array.from(data, (xk, k) => (at(k, xk + h) - at(k, xk - h)) / (2 * h));
}

function expectClose(actual: Tensor, expected: Float64Array): void {
  actual.data.forEach((a, k) => {
    expect(Math.abs(a - expected[k])).toBeLessThan(1e-6 * (1 + Math.abs(expected[k])));
  });
}

/** Calls `check` with random arguments of the sample and a random cotangent of its result. */
function forAll(sample: Sample, check: (x: Tensor[], y: Tensor, ct: Tensor, t: Tensor[]) => void): void {
  const { shape } = sample.call(
    ...sample.shapes.map((s) => new Tensor(s, new Float64Array(sizeOf(s)).fill(1))),
  );
  const tangents = fc.tuple(...sample.shapes.map((s) => tensors(s)));
  fc.assert(
    fc.property(argumentsOf(sample), tensors(shape), tangents, (x, ct, t) =>
      check(x, sample.call(...x), ct, t),
    ),
    RUNS,
  );
}

const cases = Object.entries(ops).flatMap(([name, { samples }]) =>
  samples.map((sample, i) => [name, i, sample.shapes.map(formatShape).join(" and "), sample] as const),
);

test("every op has samples", () => {
  for (const [name, { samples }] of Object.entries(ops)) expect(samples.length, name).toBeGreaterThan(0);
});

describe.each(cases)("%s, sample %i, shapes %s", (_name, _i, _shapes, sample) => {
  test("its vjp agrees with central differences", () => {
    forAll(sample, (x, y, ct) => {
      grad(y, x, { cotangent: ct }).forEach((dx, i) => {
        expect(dx.shape).toEqual(x[i].shape);
        expectClose(
          dx,
          differences((...at) => dot(ct, sample.call(...at)), x, i),
        );
      });
    });
  });

  test("its vjp is the adjoint of its jvp: ⟨ct, J t⟩ = ⟨Jᵀ ct, t⟩", () => {
    forAll(sample, (x, y, ct, t) => {
      const pushed = jvp(y, x, t);
      expect(pushed.shape).toEqual(y.shape);
      const pulled = grad(y, x, { cotangent: ct }).reduce((total, dx, i) => total + dot(dx, t[i]), 0);
      expect(pulled).toBeCloseTo(dot(ct, pushed), 9);
    });
  });

  test("its second derivatives agree with central differences", () => {
    forAll(sample, (x, y, ct, t) => {
      const slope = (...at: Tensor[]): number =>
        grad(sample.call(...at), at, { cotangent: ct }).reduce((total, dx, i) => total + dot(dx, t[i]), 0);
      const first = grad(y, x, { cotangent: ct, createGraph: true });
      x.forEach((xj, j) => {
        const second = first.map((dx, i) => grad(dx, xj, { cotangent: t[i] }));
        const total = xj.data.map((_, k) => second.reduce((at, dxx) => at + dxx.data[k], 0));
        expectClose(new Tensor(xj.shape, total), differences(slope, x, j));
      });
    });
  });
});

/** Longer formulas, such as the second derivative of a product of six, are typeset by nobody. */
const READABLE = 2000;

// Ranks 2 and 0, or one way with options: more would say the same.
const shown = cases.filter(([, i]) => i < 2);

test.each(shown)(
  "KaTeX and MathJax accept the LaTeX of %s, sample %i, shapes %s, and its derivatives'",
  (_name, _i, _shapes, sample) => {
    const names = ["X", "W1"];
    const x = sample.shapes.map((s, i) => new Tensor(s, new Float64Array(sizeOf(s)).fill(1)).as(names[i]));
    const y = sample.call(...x);
    expectLatex(formula(y).latex);
    const cotangent = new Tensor([...y.shape], new Float64Array(y.size).fill(1)).as("dY");
    for (const dx of grad(y.as("Y"), x, { cotangent, createGraph: true })) {
      expectLatex(formula(dx).latex);
      for (const dxx of grad(sum(dx), x, { createGraph: true })) {
        const { latex } = formula(dxx);
        if (latex.length < READABLE) expectLatex(latex);
      }
    }
  },
);

const defined = cases.filter(([, , , { definition }]) => definition !== undefined);

test.each(defined)(
  "%s, sample %i, shapes %s computes what its definition says",
  (_name, _i, _shapes, sample) => {
    forAll(sample, (x, y) => {
      const textbook = sample.definition?.(...x) as Tensor;
      y.data.forEach((yk, k) => {
        expect(Math.abs(yk - textbook.data[k])).toBeLessThan(1e-12 * (1 + Math.abs(yk)));
      });
    });
  },
);

test("an op is printed by its name alone", () => {
  for (const [name, op] of Object.entries(ops)) expect(inspect(op)).toBe(`[Function: ${name}]`);
});
