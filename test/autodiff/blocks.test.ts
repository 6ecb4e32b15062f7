/** Jacobians are pulled back in blocks of cotangents: the bits must be those of one cotangent after the other. */
import { describe, expect, test } from "vitest";
import { blockPullbackOf } from "../../src/autodiff/backward.ts";
import { grad, jacobian, matmul, mul, sum, Tensor, tanh, vjp } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { formatShape, type Shape, sizeOf } from "../../src/tensor/shape.ts";

/** Numbers between −2 and 2 without a pattern, or those that are asked for. */
function filled(shape: Shape, seed: number, edges: readonly number[] = []): Tensor {
  const entries = Float64Array.from(
    { length: sizeOf(shape) },
    (_, k) => edges[(k + seed) % (2 * edges.length || 1)] ?? 2 * Math.sin(7 * seed + 3 * k + 1),
  );
  return new Tensor([...shape], entries);
}

function expectRows(y: Tensor, x: Tensor): void {
  const whole = jacobian(y, x).data;
  for (let k = 0; k < y.size; k++) {
    const unit = new Float64Array(y.size);
    unit[k] = 1;
    const row = vjp(y, x, new Tensor([...y.shape], unit)).data;
    const differs = row.findIndex((entry, j) => !Object.is(entry, whole[k * x.size + j]));
    expect(differs, `row ${k}, entry ${differs}: ${whole[k * x.size + differs]} and ${row[differs]}`).toBe(
      -1,
    );
  }
}

const samples = Object.entries(ops).flatMap(([name, { samples }]) =>
  samples.map((sample, i) => [name, i, sample.shapes.map(formatShape).join(" and "), sample] as const),
);

describe.each([
  ["plain numbers", []],
  ["zeros, infinities and NaN", [0, Number.POSITIVE_INFINITY, Number.NaN, -0]],
] as const)("at %s", (_title, edges) => {
  test.each(samples)(
    "%s, sample %i, shapes %s: every row is the cotangent of its unit",
    (_name, i, _shapes, sample) => {
      const x = sample.shapes.map((shape, k) => filled(shape, i + 2 * k + 1, edges));
      let y: Tensor;
      try {
        y = sample.call(...x);
      } catch {
        return; // a singular matrix
      }
      for (const one of x) expectRows(y, one);
      // The record of a backward pass is one too.
      const gradient = grad(sum(mul(y, y)), x[0], { createGraph: true });
      for (const one of x) expectRows(gradient, one);
    },
  );
});

test("a layer is pulled back in one block, and a block ends where memory does", () => {
  const [X, A, B] = [1, 2, 3].map((seed) => filled([10, 10], seed));
  expect(blockPullbackOf(tanh(matmul(matmul(A, X), B)), X).rows).toBe(100);
  const wide = filled([700, 700], 1);
  const v = filled([700], 2);
  expect(blockPullbackOf(matmul(wide, v), wide).rows).toBe(1);
  const tall = filled([300, 20], 1);
  const Y = tanh(tall);
  expect(blockPullbackOf(Y, tall).rows).toBe(43);
  expect(jacobian(Y, tall).sum().item()).toBeCloseTo(grad(sum(Y), tall).sum().item(), 9);
});
