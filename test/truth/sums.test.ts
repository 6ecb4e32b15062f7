/** Sums of many terms keep their digits: a tree of partial sums, held against sums in whole numbers. */
import { expect, test } from "vitest";
import {
  dot,
  logsumexp,
  mean,
  norm,
  ones,
  softmax,
  sum,
  Tensor,
  transpose,
  variance,
} from "../../src/index.ts";
import { pairwise } from "../../src/numeric/sums.ts";
import { createRandom } from "../../src/tensor/random.ts";

const UNIT = 2 ** -52;
/** Each leaf of 32 terms and each level of the tree may round once. */
const bound = (n: number): number => (32 + Math.max(0, Math.ceil(Math.log2(n / 32)))) * 2 ** -53;

/** The sum of multiples of 2⁻⁵² in (−1, 1), as whole numbers of which nothing is lost, in units of 2⁻⁵². */
function exactSum(entries: Iterable<number>): bigint {
  let [high, low] = [0, 0];
  for (const entry of entries) {
    const upper = Math.floor(entry * 2 ** 26);
    high += upper;
    low += (entry * 2 ** 26 - upper) * 2 ** 26;
  }
  return (BigInt(high) << 26n) + BigInt(low);
}

function relativeError(value: number, exact: bigint, size: number): number {
  const whole = Math.floor(value);
  const found = (BigInt(whole) << 52n) + BigInt(Math.floor((value - whole) * 2 ** 52));
  return (Math.abs(Number(found - exact)) * UNIT) / size;
}

const kinds: readonly (readonly [string, (k: number) => number])[] = [
  ["tenths", () => Math.round(0.1 * 2 ** 52) * UNIT],
  [
    "random numbers",
    (() => {
      const r = createRandom(3);
      return () => Math.floor(r.uniform() * 2 ** 52) * UNIT;
    })(),
  ],
  [
    "numbers of both signs",
    (() => {
      const r = createRandom(5);
      return () => Math.floor((2 * r.uniform() - 1) * 2 ** 52) * UNIT;
    })(),
  ],
];

const SIZES = [1, 2, 31, 32, 33, 64, 65, 1000, 4097, 100_003, 10_000_000];

test.each(SIZES.flatMap((n) => kinds.map(([what, entry]) => [n, what, entry] as const)))(
  "a sum of %i %s is right to the rounding of its tree",
  (n, _what, entry) => {
    for (const make of [Float64Array, Float32Array]) {
      const entries = new make(n);
      for (let k = 0; k < n; k++) entries[k] = entry(k);
      let size = 0;
      for (const x of entries) size += Math.abs(x);
      const exact = exactSum(entries);
      const x = new Tensor([n], entries);
      if (make === Float64Array) {
        expect(relativeError(sum(x).item(), exact, size)).toBeLessThanOrEqual(bound(n));
        expect(relativeError(dot(x, ones(n)).item(), exact, size)).toBeLessThanOrEqual(bound(n));
      } else {
        const rounded = Math.abs(Number(exact) * UNIT) * 2 ** -24; // to a float32, once
        const error = relativeError(sum(x).item(), exact, 1);
        expect(error).toBeLessThanOrEqual(rounded + bound(n) * size);
      }
    }
  },
  60_000,
);

test("sums along each axis, and along several, are sums by halves", () => {
  const n = 100_000;
  const tenth = 0.1;
  const columns = new Tensor([n, 3], new Float64Array(3 * n).fill(tenth));
  const exact = Number(exactSum(new Float64Array(n).fill(Math.round(0.1 * 2 ** 52) * UNIT))) * UNIT;
  for (const x of [sum(columns, { axis: 0 }), sum(transpose(columns), { axis: 1 })]) {
    for (const entry of x.data) expect(Math.abs(entry - exact) / exact).toBeLessThan(1e-15);
  }
  const cube = new Tensor([n, 2, 1], new Float64Array(2 * n).fill(tenth));
  for (const axis of [
    [0, 1],
    [0, 2],
    [0, 1, 2],
  ]) {
    for (const entry of mean(cube, { axis }).data) expect(Math.abs(entry - tenth)).toBeLessThan(1e-16);
  }
});

test("all that sums many terms sums them by halves", () => {
  const n = 1_000_000;
  const x = new Tensor([n], new Float64Array(n).fill(0.1));
  expect(Math.abs(mean(x).item() - 0.1)).toBeLessThan(1e-16);
  expect(Math.abs(norm(x).item() - 100)).toBeLessThan(1e-13);
  expect(variance(x).item()).toBeLessThan(1e-31);
  expect(Math.abs(logsumexp(x).item() - (0.1 + Math.log(n)))).toBeLessThan(1e-14);
  expect(Math.abs(sum(softmax(x)).item() - 1)).toBeLessThan(1e-15);
  const float32 = new Tensor([n], new Float32Array(n).fill(1e38));
  expect(mean(float32).item()).toBe(Math.fround(1e38)); // the sum itself would be beyond a float32
});

test("the tree depends on the number of terms alone", () => {
  const orderOf = (n: number): string[] => {
    const parts: string[] = [];
    pairwise(n, (start, end) => parts.push(`${start}-${end}`));
    return parts;
  };
  expect(orderOf(70)).toEqual(["0-32", "32-64", "64-70"]);
  expect(orderOf(0)).toEqual(["0-0"]);
  const entries = Float64Array.from({ length: 999 }, (_, k) => Math.sin(k) * 10 ** (k % 20));
  const row = sum(new Tensor([999], entries)).item();
  const spread = new Float64Array(3 * 999);
  for (let k = 0; k < 999; k++) spread[3 * k + 1] = entries[k];
  expect(sum(new Tensor([999, 3], spread), { axis: 0 }).data[1]).toBe(row);
  expect(dot(new Tensor([999], entries), ones(999)).item()).toBe(row);
});
