/** A NaN does not vanish: what depends on it is NaN, in value and in gradient. */
import { expect, test } from "vitest";
import { grad, max, maximum, mul, relu, sum, Tensor, tensor, where } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Sample } from "../../src/tensor/op.ts";
import { formatShape, sizeOf } from "../../src/tensor/shape.ts";

/** Comparisons and positions answer a whole number for NaN too; a test of equality knows that NaN equals nothing. */
const ANSWERS = new Set(["ge", "gt", "le", "lt", "eq", "ne", "argmax", "argmin"]);

const PROBES = [-30, -1, -0.3, 0.3, 1, 30];

const cases = Object.entries(ops).flatMap(([name, { samples }]) =>
  samples
    .filter(({ shapes }) => !ANSWERS.has(name) && shapes.every((shape) => sizeOf(shape) > 0))
    .map((sample, s) => [name, s, sample.shapes.map(formatShape).join(" and "), sample] as const),
);

function argumentsOf({ shapes, domain }: Sample): Tensor[] {
  return shapes.map((shape, i) => {
    const [low, high] = domain[i] ?? [-2, 2];
    const at = (k: number): number => low + (high - low) * ((k * 0.618 + 0.3 * i + 0.2) % 1);
    return new Tensor(
      shape,
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => at(k)),
    );
  });
}

/** The arguments with another number as entry k of the i-th. */
function moved(x: readonly Tensor[], i: number, k: number, value: number): Tensor[] {
  const entries = Float64Array.from(x[i].data);
  entries[k] = value;
  return x.with(i, new Tensor([...x[i].shape], entries));
}

const same = (a: number, b: number): boolean => Object.is(a, b) || a === b;

test.each(cases)(
  "%s, sample %i (%s), hands a NaN on to all that depends on it",
  (_name, _s, _shapes, sample) => {
    const x = argumentsOf(sample);
    const tried = (i: number, k: number, value: number): { y: Tensor; slope: number } => {
      const at = moved(x, i, k, value);
      const y = sample.call(...at);
      return { y, slope: (grad(sum(y), at[i]) as Tensor).data[k] };
    };
    for (const [i, { size, data }] of x.entries()) {
      for (let k = 0; k < size; k++) {
        const here = tried(i, k, data[k]);
        const elsewhere = [data[k] + 1e-3, ...PROBES].map((value) => tried(i, k, value));
        const nan = tried(i, k, Number.NaN);
        here.y.data.forEach((value, at) => {
          const depends = elsewhere.some(({ y }) => !same(y.data[at], value));
          if (depends) expect(nan.y.data[at], `argument ${i}, entry ${k}, value ${at}`).toBeNaN();
        });
        // The slope of a linear function is the same everywhere, at NaN as well.
        const isLinear = elsewhere.every(
          ({ slope }) => Math.abs(slope - here.slope) <= 1e-9 * Math.abs(slope),
        );
        if (!isLinear) expect(nan.slope, `argument ${i}, entry ${k}, slope`).toBeNaN();
      }
    }
  },
);

test("a chosen NaN is seen, one that is not chosen is not", () => {
  const x = tensor([Number.NaN, 2]);
  expect([...where(tensor([1, 1]), x, 0).data]).toEqual([Number.NaN, 2]);
  expect([...where(tensor([0, 1]), x, 0).data]).toEqual([0, 2]);
  expect([...(grad(sum(where(tensor([0, 1]), mul(x, x), 0)), x) as Tensor).data]).toEqual([0, 4]);
});

test("a NaN in one place spoils no other place, but all of a maximum", () => {
  const x = tensor([Number.NaN, 2, -3]);
  const slopes = (f: (x: Tensor) => Tensor): number[] => [...(grad(sum(f(x)), x) as Tensor).data];
  expect(slopes((at) => relu(at))).toEqual([Number.NaN, 1, 0]);
  expect(slopes((at) => maximum(at, 1))).toEqual([Number.NaN, 1, 0]);
  expect(slopes((at) => max(at))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
