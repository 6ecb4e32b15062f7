import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, permutation, randint, seed, xoshiro128 } from "../src/tensor/random.ts";

/** The first numbers that a draw gives. */
function take<T>(count: number, draw: () => T): T[] {
  return Array.from({ length: count }, draw);
}

test("xoshiro128 gives the numbers of its authors' own program", () => {
  expect(take(10, xoshiro128([1, 2, 3, 4]))).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test("the digits of a seeded stream do not change", () => {
  const random = createRandom(42);
  expect(take(4, random.uniform)).toMatchInlineSnapshot(`
    [
      0.43640168881217367,
      0.31100714812294616,
      0.4564973631164029,
      0.7400224422633805,
    ]
  `);
  expect(take(4, random.normal)).toMatchInlineSnapshot(`
    [
      -0.038545626051263014,
      0.434993999031928,
      -1.8135841896181804,
      1.7384467450557335,
    ]
  `);
});

test("seed starts the stream again", () => {
  const random = createRandom(7);
  const first = take(5, random.normal);
  random.uniform();
  random.seed(7);
  expect(take(5, random.normal)).toEqual(first);
});

test("every whole number is a seed of its own, negative and large ones too", () => {
  const seeds = [0, 1, 2, 3, -1, -2, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 53 - 1, 1 - 2 ** 53];
  expect(new Set(seeds.map((seed) => createRandom(seed).uniform())).size).toBe(seeds.length);
});

test("−0 is the seed 0", () => {
  expect(createRandom(-0).uniform()).toBe(createRandom(0).uniform());
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("%s is refused as a seed", (seed) => {
  const message = `Cannot seed random numbers with ${seed}: take a whole number such as 42`;
  expect(() => createRandom(seed)).toThrow(expect.objectContaining({ name: "ValueError", message }));
  expect(() => createRandom(1).seed(seed)).toThrow(message);
});

test("a refused seed leaves the stream where it was", () => {
  const [random, other] = [createRandom(1), createRandom(1)];
  expect(() => random.seed(0.5)).toThrow();
  expect(random.uniform()).toBe(other.uniform());
});

test("uniform stays in [0, 1), on a grid of 2⁻⁵³", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (seed) => {
      const u = createRandom(seed).uniform();
      expect(u).toBeGreaterThanOrEqual(0);
      expect(u).toBeLessThan(1);
      expect(Number.isSafeInteger(u * 2 ** 53)).toBe(true);
    }),
  );
});

/** The k-th moment of a sample: the mean of its k-th powers. */
function moment(sample: readonly number[], k: number): number {
  return sample.reduce((sum, x) => sum + x ** k, 0) / sample.length;
}

test.each([0, 1, -5, 123456789])("the streams of seed %s have the moments of their distributions", (seed) => {
  const random = createRandom(seed);
  const count = 100_000;
  const uniform = take(count, random.uniform);
  const normal = take(count, random.normal);
  // Five standard deviations of each mean, from Var(xᵏ) = E x²ᵏ − (E xᵏ)².
  for (const [sample, expected] of [
    [uniform, [1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9]],
    [normal, [0, 1, 0, 3, 0, 15, 0, 105]],
  ] as const) {
    for (let k = 1; k <= 4; k++) {
      const deviation = Math.sqrt((expected[2 * k - 1] - expected[k - 1] ** 2) / count);
      expect(Math.abs(moment(sample, k) - expected[k - 1])).toBeLessThan(5 * deviation);
    }
  }
});

test("numbers that follow each other, and streams of neighbouring seeds, are not correlated", () => {
  const count = 100_000;
  const stream = take(count, createRandom(3).uniform);
  const starts = Array.from({ length: count }, (_, seed) => createRandom(seed).uniform());
  for (const sample of [stream, starts]) {
    let sum = 0;
    for (let i = 1; i < count; i++) sum += (sample[i] - 0.5) * (sample[i - 1] - 0.5);
    // Each product has mean 0 and variance 1/144.
    expect(Math.abs(sum)).toBeLessThan(5 * Math.sqrt(count / 144));
  }
});

test("uniform fills a grid of 64 × 64 squares evenly", () => {
  const random = createRandom(2026);
  const perSquare = 50;
  const counts = new Int32Array(64 * 64);
  for (let i = 0; i < counts.length * perSquare; i++) {
    counts[Math.floor(random.uniform() * 64) * 64 + Math.floor(random.uniform() * 64)] += 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - perSquare) ** 2 / perSquare, 0);
  // 4095 degrees of freedom: mean 4095, standard deviation √8190.
  expect(Math.abs(chiSquare - 4095)).toBeLessThan(5 * Math.sqrt(8190));
});

test("randint draws each whole number between its bounds equally often, and no other", () => {
  seed(3);
  const counts = new Map<number, number>();
  for (const k of randint(-2, 4, [60_000]).data) counts.set(k, (counts.get(k) ?? 0) + 1);
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  // Each count has mean 10000 and variance 60000 · 1/6 · 5/6.
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(8334));
});

test("permutation draws each order equally often, and again after the same seed", () => {
  seed(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = permutation(4).toArray().join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(959));
  seed(4);
  const first = permutation(100).toArray();
  seed(4);
  expect(permutation(100).toArray()).toEqual(first);
  expect(permutation(0).shape).toEqual([0]);
});

test("randint and permutation refuse what is not a whole number", () => {
  expect(() => randint(3, 3, [2])).toThrow(
    "Cannot draw whole numbers from 3 up to 3: give two whole numbers, the smaller one first",
  );
  expect(() => randint(0, 1.5, [2])).toThrow("as in randint(0, 10, [2, 3])");
  expect(() => permutation(-1)).toThrow("Cannot permute -1 numbers: give a whole number from 0 on");
});
