import fc from "fast-check";
import { expect, test } from "vitest";
import * as scalar from "../../src/numeric/scalar.ts";

/** The distance from x to the next larger double. */
function unitInLastPlace(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0) - Math.abs(x);
}

const { POSITIVE_INFINITY: INF, MIN_VALUE, MAX_VALUE } = Number;

type RealFunction = (x: number) => number;

test.each<[string, RealFunction, RealFunction, number, number]>([
  ["exp", scalar.exp, Math.exp, -745, 709],
  ["exp", scalar.exp, Math.exp, -1, 1],
  ["expm1", scalar.expm1, Math.expm1, -50, 700],
  ["expm1", scalar.expm1, Math.expm1, -0.75, 0.75],
  ["log", scalar.log, Math.log, 0, 1e300],
  ["log", scalar.log, Math.log, 0.5, 1.5],
  ["log1p", scalar.log1p, Math.log1p, -1, 1],
  ["log1p", scalar.log1p, Math.log1p, 0, 1e300],
  ["tanh", scalar.tanh, Math.tanh, -25, 25],
  ["tanh", scalar.tanh, Math.tanh, -1, 1],
  ["sin", scalar.sin, Math.sin, -10, 10],
  ["sin", scalar.sin, Math.sin, -1e6, 1e6],
  ["sin", scalar.sin, Math.sin, -MAX_VALUE, MAX_VALUE],
  ["cos", scalar.cos, Math.cos, -10, 10],
  ["cos", scalar.cos, Math.cos, -1e6, 1e6],
  ["cos", scalar.cos, Math.cos, -MAX_VALUE, MAX_VALUE],
  ["atan", scalar.atan, Math.atan, -4, 4],
  ["atan", scalar.atan, Math.atan, -MAX_VALUE, MAX_VALUE],
  ["asin", scalar.asin, Math.asin, -1, 1],
  ["acos", scalar.acos, Math.acos, -1, 1],
  ["sinh", scalar.sinh, Math.sinh, -1, 1],
  ["sinh", scalar.sinh, Math.sinh, -700, 700],
  ["cosh", scalar.cosh, Math.cosh, -700, 700],
])("%s is within 3 units in the last place of the engine's", (_name, ours, engines, min, max) => {
  fc.assert(
    fc.property(fc.double({ min, max, noNaN: true }), (x) => {
      expectWithin3Units(ours(x), engines(x));
    }),
    { numRuns: 3000 },
  );
});

test("sin and cos next to the multiples of π/2 are within 3 units in the last place of the engine's", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -330_000, max: 330_000 }),
      fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
      (n, d) => {
        const x = n * (Math.PI / 2) + d;
        expectWithin3Units(scalar.sin(x), Math.sin(x));
        expectWithin3Units(scalar.cos(x), Math.cos(x));
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  [0, MAX_VALUE, -2, 2],
  [0, 1000, -100, 100],
  [0.9, 1.1, -7000, 7000],
])("pow of a base in [%s, %s] is within 3 units in the last place of the engine's", (min, max, low, high) => {
  const base = fc.double({ min, max, noNaN: true });
  const exponent = fc.double({ min: low, max: high, noNaN: true });
  fc.assert(
    fc.property(base, exponent, (x, y) => {
      expectWithin3Units(scalar.pow(x, y), x ** y);
    }),
    { numRuns: 3000 },
  );
});

test("atan2 is within 3 units in the last place of the engine's", () => {
  const numbers = fc.oneof(
    fc.double({ min: -4, max: 4, noNaN: true }),
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0, INF, -INF, MIN_VALUE, -MIN_VALUE, MAX_VALUE),
  );
  fc.assert(
    fc.property(numbers, numbers, (y, x) => {
      const angle = scalar.atan2(y, x);
      expect(Math.sign(angle) || 1 / angle).toBe(Math.sign(Math.atan2(y, x)) || 1 / Math.atan2(y, x));
      expectWithin3Units(angle, Math.atan2(y, x));
    }),
    { numRuns: 3000 },
  );
});

function expectWithin3Units(actual: number, expected: number): void {
  if (actual === expected) return;
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(3 * unitInLastPlace(expected));
}

// Digits of an independent multi-precision library, as rounded once; where the angle is hard to reduce.
test.each([
  [scalar.sin, Math.PI, 1.2246467991473532e-16],
  [scalar.cos, Math.PI / 2, 6.123233995736766e-17],
  [scalar.sin, 6381956970095103 * 2 ** 797, 1.0],
  [scalar.cos, 6381956970095103 * 2 ** 797, -4.687165924254628e-19],
  [scalar.sin, 1e22, -0.8522008497671888],
  [scalar.cos, MAX_VALUE, -0.9999876894265599],
  [scalar.sin, -MAX_VALUE, -0.004961954789184062],
])("%o of the difficult angle %s is %s", (f, x, y) => {
  expectWithinOneUnit(f(x), y);
});

function expectWithinOneUnit(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(unitInLastPlace(expected));
}

test.each([
  [scalar.exp, INF, INF],
  [scalar.exp, -INF, 0],
  [scalar.exp, NaN, NaN],
  [scalar.exp, 0, 1],
  [scalar.exp, -0, 1],
  [scalar.exp, 709.782712893384, 1.7976931348622732e308],
  [scalar.exp, 710, INF],
  [scalar.exp, -746, 0],
  [scalar.exp, -745, MIN_VALUE],
  [scalar.expm1, 0, 0],
  [scalar.expm1, -0, -0],
  [scalar.expm1, 1e-300, 1e-300],
  [scalar.expm1, MIN_VALUE, MIN_VALUE],
  [scalar.expm1, INF, INF],
  [scalar.expm1, -INF, -1],
  [scalar.expm1, NaN, NaN],
  [scalar.log, 0, -INF],
  [scalar.log, -0, -INF],
  [scalar.log, -1, NaN],
  [scalar.log, -INF, NaN],
  [scalar.log, 1, 0],
  [scalar.log, INF, INF],
  [scalar.log, NaN, NaN],
  [scalar.log, MIN_VALUE, -744.4400719213812],
  [scalar.log1p, 0, 0],
  [scalar.log1p, -0, -0],
  [scalar.log1p, 1e-300, 1e-300],
  [scalar.log1p, -MIN_VALUE, -MIN_VALUE],
  [scalar.log1p, -1, -INF],
  [scalar.log1p, -1.5, NaN],
  [scalar.log1p, -INF, NaN],
  [scalar.log1p, INF, INF],
  [scalar.log1p, NaN, NaN],
  [scalar.tanh, 0, 0],
  [scalar.tanh, -0, -0],
  [scalar.tanh, 1e-300, 1e-300],
  [scalar.tanh, -MIN_VALUE, -MIN_VALUE],
  [scalar.tanh, 23, 1],
  [scalar.tanh, INF, 1],
  [scalar.tanh, -INF, -1],
  [scalar.tanh, NaN, NaN],
  [scalar.sin, 0, 0],
  [scalar.sin, -0, -0],
  [scalar.sin, MIN_VALUE, MIN_VALUE],
  [scalar.sin, -1e-300, -1e-300],
  [scalar.sin, INF, NaN],
  [scalar.sin, -INF, NaN],
  [scalar.sin, NaN, NaN],
  [scalar.cos, 0, 1],
  [scalar.cos, -0, 1],
  [scalar.cos, 1e-300, 1],
  [scalar.cos, INF, NaN],
  [scalar.cos, -INF, NaN],
  [scalar.cos, NaN, NaN],
  [scalar.atan, -0, -0],
  [scalar.atan, 1e-300, 1e-300],
  [scalar.atan, INF, Math.PI / 2],
  [scalar.atan, -INF, -Math.PI / 2],
  [scalar.atan, NaN, NaN],
  [scalar.asin, -0, -0],
  [scalar.asin, 1, Math.PI / 2],
  [scalar.asin, -1, -Math.PI / 2],
  [scalar.asin, 1.0000000000000002, NaN],
  [scalar.acos, 1, 0],
  [scalar.acos, -1, Math.PI],
  [scalar.acos, 0, Math.PI / 2],
  [scalar.acos, -2, NaN],
  [scalar.sinh, -0, -0],
  [scalar.sinh, MIN_VALUE, MIN_VALUE],
  [scalar.sinh, 711, INF],
  [scalar.sinh, -INF, -INF],
  [scalar.sinh, NaN, NaN],
  [scalar.cosh, -0, 1],
  [scalar.cosh, -711, INF],
  [scalar.cosh, NaN, NaN],
  [scalar.erf, -0, -0],
  [scalar.erf, INF, 1],
  [scalar.erf, -6, -1],
  [scalar.erf, NaN, NaN],
  [scalar.normalDistribution, 0, 0.5],
  [scalar.normalDistribution, INF, 1],
  [scalar.normalDistribution, -INF, 0],
  [scalar.normalDistribution, NaN, NaN],
])("%o of %s is %s", (f, x, y) => {
  expect(f(x)).toBe(y);
});

// The special cases of IEEE 754 and of the array API standard, which JavaScript's own ** does not all follow.
test.each([
  [NaN, 0, 1],
  [NaN, -0, 1],
  [0, 0, 1],
  [INF, 0, 1],
  [1, NaN, 1],
  [1, INF, 1],
  [1, -INF, 1],
  [-1, INF, 1],
  [-1, -INF, 1],
  [NaN, 1, NaN],
  [2, NaN, NaN],
  [-0, NaN, NaN],
  [2, INF, INF],
  [-2, INF, INF],
  [0.5, INF, 0],
  [-0.5, INF, 0],
  [2, -INF, 0],
  [0.5, -INF, INF],
  [0, INF, 0],
  [0, -INF, INF],
  [INF, INF, INF],
  [INF, 0.5, INF],
  [INF, 3, INF],
  [INF, -0.5, 0],
  [-INF, 3, -INF],
  [-INF, 2, INF],
  [-INF, 0.5, INF],
  [-INF, 2.5, INF],
  [-INF, -1, -0],
  [-INF, -3, -0],
  [-INF, -2, 0],
  [-INF, -0.5, 0],
  [0, 3, 0],
  [0, 0.5, 0],
  [0, -1, INF],
  [0, -2, INF],
  [0, -0.5, INF],
  [-0, 3, -0],
  [-0, 1, -0],
  [-0, 2, 0],
  [-0, 0.5, 0],
  [-0, 2.5, 0],
  [-0, -1, -INF],
  [-0, -3, -INF],
  [-0, -2, INF],
  [-0, -0.5, INF],
  [-8, 1 / 3, NaN],
  [-2, 0.5, NaN],
  [-2, 3, -8],
  [-2, 4, 16],
  [-2, -3, -0.125],
  [-1, 2 ** 53 - 1, -1],
  [-1, 2 ** 53, 1],
  [-1, 1e300, 1],
  [2, 1e300, INF],
  [2, -1e300, 0],
  [-2, 1e300, INF],
  [1 + Number.EPSILON, MAX_VALUE, INF],
  [10, 309, INF],
  [-10, 309, -INF],
  [10, -324, 0],
  [-10, -325, -0],
  [MAX_VALUE, MAX_VALUE, INF],
  [2, MIN_VALUE, 1],
  [MIN_VALUE, 0.5, 2 ** -537],
  [3, 4, 81],
  [9, 0.5, 3],
  [16, 0.25, 2],
  [10, -2, 0.01],
  [10, -5, 1e-5],
])("%s to the power of %s is %s", (x, y, z) => {
  expect(scalar.pow(x, y)).toBe(z);
});

test("a power that a double can hold comes out exact", () => {
  for (let base = 2n; base < 2000n; base++) {
    for (let power = base * base, y = 2; power < 2n ** 53n; power *= base, y++) {
      expect(scalar.pow(Number(base), y)).toBe(Number(power));
    }
  }
  for (let y = 1; y <= 22; y++) expect(scalar.pow(10, y)).toBe(Number(`1e${y}`));
});

test("the negative powers of 10 are the numbers that are written so", () => {
  for (let y = 1; y <= 300; y++) expect(scalar.pow(10, -y)).toBe(Number(`1e-${y}`));
});

test("the powers of 2 are exact down to the smallest double", () => {
  let power = 2 ** 1023;
  for (let y = 1023; y >= -1074; y--, power /= 2) expect(scalar.pow(2, y)).toBe(power);
  expect(scalar.pow(2, -1075)).toBe(0);
  expect(scalar.pow(2, 1024)).toBe(INF);
});

test("the bits of the functions do not change", () => {
  // A sum over the bits of 8,000 results: the same on every engine, as only + − × ÷ √ are used.
  let hash = 0n;
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 1; i <= 1000; i++) {
    for (const y of [
      scalar.exp(i / 77 - 6),
      scalar.expm1(i / 77 - 6),
      scalar.log(i / 33),
      scalar.log1p(i / 33 - 1),
      scalar.tanh(i / 300 - 1.5),
      scalar.sin(i * i * i * 1.7 - 3e8),
      scalar.cos(i * 0.77 - 300),
      scalar.pow(i / 33, i / 77 - 6),
    ]) {
      view.setFloat64(0, y);
      hash = BigInt.asUintN(64, hash * 31n + view.getBigUint64(0));
    }
  }
  expect(hash.toString(16)).toMatchInlineSnapshot(`"e975dd5ebf220a0b"`);
});
