/** Functions applied to rows, against the same functions of one number after the other: bit by bit. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as arithmetic from "../../src/numeric/arithmetic.ts";
import { withPlainLoops } from "../../src/numeric/machine.ts";
import { mapOf, mapRow, mapStretched, type RealFunction } from "../../src/numeric/map.ts";
import * as scalar from "../../src/numeric/scalar.ts";
import { createRandom } from "../../src/tensor/random.ts";
import { pointsFor } from "./points.ts";

const functions: readonly (readonly [string, RealFunction])[] = [
  ...Object.entries(scalar),
  ...Object.entries(arithmetic),
] as [string, RealFunction][]; // all of which take numbers only

const POINTS = pointsFor(1200, 7);

test.each(functions)("%s of a row is what it is of each number", (_name, f) => {
  const [x, y] = [POINTS, POINTS.toReversed()];
  for (const Floats of [Float64Array, Float32Array]) {
    const [a, b, result] = [new Floats(x), new Floats(y), new Floats(x.length)];
    const second = f.length > 1 ? b : null;
    mapRow(f, x.length, result, 0, a, 0, 1, second, 0, 1);
    const expected = new Floats(withPlainLoops(() => x.map((_, k) => f(a[k], b[k]))));
    expect(result).toEqual(expected);
    withPlainLoops(() => mapRow(f, x.length, result.fill(0), 0, a, 0, 1, second, 0, 1));
    expect(result).toEqual(expected);
  }
});

test("rows may begin anywhere, skip entries, be one number, and be of another number type", () => {
  const row = fc.record({
    f: fc.constantFrom(...functions.map(([, f]) => f)),
    length: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 2040, max: 2060 })),
    starts: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    steps: fc.tuple(fc.nat(3), fc.nat(3)),
    singles: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(row, ({ f, length, starts, steps, singles, seed }) => {
      const random = createRandom(seed);
      const arrays = singles.map((isSingle, k) => {
        const size = starts[k] + length * (k === 0 ? 1 : steps[k - 1]) + 1;
        return (isSingle ? new Float32Array(size) : new Float64Array(size)).map(() => 4 * random.normal());
      });
      const [y, a, b] = arrays;
      const expected = y.slice();
      for (let k = 0; k < length; k++) {
        expected[starts[0] + k] = f(a[starts[1] + k * steps[0]], b[starts[2] + k * steps[1]]);
      }
      const second = f.length > 1 ? b : null;
      mapRow(f, length, y, starts[0], a, starts[1], steps[0], second, starts[2], steps[1]);
      expect(y).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test("operands that are stretched repeat, of ranks 0 to 6", () => {
  const stretched = fc.record({
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }),
    repeats: fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { minLength: 6, maxLength: 6 }),
    count: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(stretched, ({ shape, repeats, count }) => {
      const operands = Array.from({ length: count }, (_, k) => {
        const own = shape.map((length, axis) => (repeats[axis][k] ? 1 : length));
        const steps = own.map((length, axis) =>
          length === 1 ? 0 : own.slice(axis + 1).reduce((product, n) => product * n, 1),
        );
        const size = own.reduce((product, n) => product * n, 1);
        return { entries: Float64Array.from({ length: size }, (_one, j) => 10 ** k * (j + 1)), steps };
      });
      const f = [scalar.exp, arithmetic.sub, (p: number, q: number, r: number) => p - q * r][count - 1];
      const size = shape.reduce((product, n) => product * n, 1);
      const expected = Float64Array.from({ length: size }, (_, position) => {
        let rest = position;
        const at = operands.map(() => 0);
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          for (const [k, { steps }] of operands.entries()) at[k] += (rest % shape[axis]) * steps[axis];
          rest = Math.floor(rest / shape[axis]);
        }
        const [p, q, r] = operands.map(({ entries }, k) => entries[at[k]]);
        return f(p, q, r);
      });
      const y = new Float64Array(size);
      mapStretched(
        mapOf(f as RealFunction),
        y,
        shape,
        operands.map(({ entries }) => entries),
        operands.map(({ steps }) => steps),
      );
      expect(y).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
