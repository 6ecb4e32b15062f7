/** The data sets that come with the library. */
import { describe, expect, test } from "vitest";
import { digits, type Labelled, seed, spirals, type Tensor, twoMoons } from "../../src/index.ts";

const drawn: [string, (n: number, noise: number) => Labelled, number][] = [
  ["twoMoons", (n, noise) => twoMoons(n, { noise }), 2],
  ["spirals", (n, noise) => spirals(n, { classes: 5, noise }), 5],
];

describe.each(drawn)("%s", (_name, make, classes) => {
  test("has as many points as asked for, spread evenly over its classes", () => {
    const { X, labels } = make(10 * classes, 0.1);
    expect(X.shape).toEqual([10 * classes, 2]);
    expect(labels.shape).toEqual([10 * classes]);
    for (let c = 0; c < classes; c++) expect(labels.eq(c).sum().item()).toBe(10);
    expect(make(7, 0.1).X.shape).toEqual([7, 2]);
    expect([...make(1, 0).X.data].every(Number.isFinite)).toBe(true);
  });

  test("has the same digits for the same seed, and others for another", () => {
    const points = (n: number): unknown => {
      seed(n);
      return make(20, 0.2).X.toArray();
    };
    expect(points(5)).toEqual(points(5));
    expect(points(5)).not.toEqual(points(6));
  });

  test("has noise of the deviation asked for", () => {
    const [clean, noisy] = [make(4000, 0).X, make(4000, 0.3).X];
    expect(Math.sqrt(noisy.sub(clean).square().mean().item())).toBeCloseTo(0.3, 2);
  });
});

test("two moons are two half circles that reach into each other", () => {
  const { X, labels } = twoMoons(100, { noise: 0 });
  const typed: Tensor<[100, 2]> = X;
  typed.toArray().forEach(([x, y], i) => {
    const isLower = labels.data[i] === 1;
    const [dx, dy] = isLower ? [x - 1, y - 0.5] : [x, y];
    expect(dx * dx + dy * dy).toBeCloseTo(1, 12);
    expect(isLower ? dy <= 1e-12 : dy >= -1e-12).toBe(true);
  });
});

test("spirals turn by three quarters of a circle while their radius grows to 1", () => {
  const [arm] = [spirals(40, { classes: 1, noise: 0 }).X.toArray()];
  const radii = arm.map(([x, y]) => Math.sqrt(x * x + y * y));
  expect(radii[0]).toBeCloseTo(0.1, 12);
  expect(radii[39]).toBeCloseTo(1, 12);
  const turned = arm
    .slice(1)
    .reduce(
      (sum, [x, y], i) => sum + Math.asin((arm[i][0] * y - arm[i][1] * x) / (radii[i] * radii[i + 1])),
      0,
    );
  expect(turned / (2 * Math.PI)).toBeCloseTo(0.75 * 0.9, 12);
});

describe("digits", () => {
  test("are the 500 pictures of the source, grey value by grey value", () => {
    const { X, labels } = digits();
    const typed: Tensor<[500, 64]> = X;
    expect(typed.shape).toEqual([500, 64]);
    // Computed by Python from the file that scikit-learn ships.
    expect(X.sum().mul(16).item()).toBe(157_720);
    const counts = Array.from({ length: 10 }, (_, digit) => labels.eq(digit).sum().item());
    expect(counts).toEqual([51, 52, 50, 53, 49, 50, 51, 50, 46, 48]);
    expect([X.min().item(), X.max().item()]).toEqual([0, 1]);
  });

  test("look like digits", () => {
    const { X, labels } = digits(11);
    const rows = X.slice(10).reshape(8, 8).toArray() as number[][];
    const picture = rows.map((row) => row.map((grey) => " ░▒▓█"[Math.ceil(grey * 4)]).join(""));
    expect(labels.data[10]).toBe(0);
    expect(picture).toMatchInlineSnapshot(`
      [
        "  ░▓█▓  ",
        "  ▓█▒█▒ ",
        " ░█▓ ▓▓ ",
        " ░█░ ▒▒ ",
        " ░█░ ▒▒ ",
        " ░█▒░▓░ ",
        "  ▓▓▓▓  ",
        "  ░▓█░  ",
      ]
    `);
  });

  test("come in numbers from 1 to 500", () => {
    expect(digits(3).X.shape).toEqual([3, 64]);
    const sentence = "Cannot make a set of digits of 501 samples: give a whole number from 1 to 500";
    expect(() => digits(501)).toThrow(sentence);
    expect(() => twoMoons(0)).toThrow("Cannot make two moons of 0 samples: give a whole number from 1 on");
    expect(() => spirals(9, { classes: 1.5 })).toThrow("Cannot make spirals of 1.5 classes");
  });
});
