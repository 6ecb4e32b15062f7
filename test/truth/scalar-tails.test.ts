/** The functions of activations and losses over the whole line, against numbers of twice the digits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asin, atan, cosh, erf, gelu, sigmoid, sinh, softplus, Tensor, tanh } from "../../src/index.ts";
import * as scalar from "../../src/numeric/scalar.ts";

/** Arguments, and the value at each as an unevaluated sum of two doubles; test/data/scalar-tails.py renews them. */
interface Reference {
  readonly x: readonly number[];
  readonly [f: string]: readonly (number | readonly [high: number, low: number] | null)[];
}

/** The value of a function at the k-th argument; `null` outside of its domain. */
function valueAt(name: string, k: number): readonly [high: number, low: number] | null {
  const value = reference[name][k];
  return typeof value === "number" ? null : value;
}

const reference: Reference = JSON.parse(
  readFileSync(join(import.meta.dirname, "../data/scalar-tails.json"), "utf8"),
);

/** The distance from x to the next larger double, or the next larger float32. */
function unitInLastPlace(x: number, digits: 52 | 23): number {
  const least = digits === 52 ? -1074 : -149;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const exponent = ((view.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** Math.max(exponent - digits, least);
}

const functions = [
  ["sigmoid", scalar.sigmoid, sigmoid, 0.55],
  ["tanh", scalar.tanh, tanh, 1.5],
  ["softplus", scalar.softplus, softplus, 1.5],
  ["atan", scalar.atan, atan, 0.55],
  ["asin", scalar.asin, asin, 0.55],
  ["sinh", scalar.sinh, sinh, 1],
  ["cosh", scalar.cosh, cosh, 1],
  ["erf", scalar.erf, erf, 1],
  ["gelu", (x: number) => x * scalar.normalDistribution(x), gelu, 3.5],
] as const;

test.each(functions)("%s lies within its units in the last place, tails included", (name, f, _op, most) => {
  let worst = 0;
  let at = 0;
  for (const [k, x] of reference.x.entries()) {
    const value = valueAt(name, k);
    if (value === null) continue;
    const [high, low] = value;
    const error = Math.abs(f(x) - high - low) / unitInLastPlace(high, 52);
    if (!(error <= worst)) [worst, at] = [error, x];
  }
  expect(worst, `at ${at}`).toBeLessThanOrEqual(most);
});

test.each(functions)("%s of float32 is rounded once", (name, f, op) => {
  const chosen = reference.x.filter((x) => Object.is(Math.fround(x), x));
  const x = new Tensor([reference.x.length], Float32Array.from(reference.x));
  const y = op(x);
  for (const [k, value] of Array.from(y.data).entries()) expect(value).toBe(Math.fround(f(x.data[k])));
  for (const value of chosen) {
    const [high] = valueAt(name, reference.x.indexOf(value)) ?? [Number.NaN];
    if (!Number.isFinite(Math.fround(high))) continue;
    expect(Math.abs(Math.fround(f(value)) - high)).toBeLessThanOrEqual(0.51 * unitInLastPlace(high, 23));
  }
  expect(chosen.length).toBeGreaterThan(100);
});

test("they have their limits at ±∞, and NaN stays one", () => {
  const { POSITIVE_INFINITY: INF, NaN: nan } = Number;
  expect([scalar.sigmoid(-INF), scalar.sigmoid(INF), scalar.sigmoid(0)]).toEqual([0, 1, 0.5]);
  expect([scalar.softplus(-INF), scalar.softplus(INF), scalar.softplus(1e300)]).toEqual([0, INF, 1e300]);
  expect([scalar.tanh(-INF), scalar.tanh(INF)]).toEqual([-1, 1]);
  for (const [, f] of functions) expect(f(nan)).toBeNaN();
});
