/** Pictures: what they show, as SVG and as text. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { grad, plot, square, sum, tensor, zeros } from "../../src/index.ts";
import { contour } from "../../src/plot/sampling.ts";
import { intervalOf, tickLabel, ticks } from "../../src/svg/plane.ts";

const x = [-2, 2] as const;
const y = [-1, 1] as const;

describe("as text", () => {
  test("a saddle has shades, and arrows that point uphill", () => {
    const { text } = plot({
      x,
      y,
      heat: (u, v) => u * u - 4 * v * v,
      arrows: (u, v) => [u, -4 * v],
      title: "Saddle",
    });
    expect(text).toMatchInlineSnapshot(`
      "Saddle   −3.83  ░▒▓█ 3.92
       1 ┤▒↙▒▒▒↙░░░↓░░░ ↓   ↓   ↓   ↓   ↓   ↓   ↓   ↓   ↓░░░↓░░░↘▒▒▒↘▒
         │▓▓▒▒▒▒▒▒▒░░░░░░░░░░░░                  ░░░░░░░░░░░░▒▒▒▒▒▒▒▓▓
         │▓↙▓▓▓↙▒▒▒↙▒▒▒▒↙░░░↓░░░↓░░░↓░░░↓░░░↓░░░↓░░░↓░░░↘▒▒▒↘▒▒▒↘▓▓▓↘▓
         │██▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓██
         │█↙██▓↙▓▓▓↙▓▓▒▒↙▒▒▒↙▒▒▒↓▒▒▒↓▒▒▒↓▒▒▒↓▒▒▒↓▒▒▒↘▒▒▒↘▒▓▓↘▓▓▓↘▓██↘█
         │██████▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓██████
         │█←███←▓▓▓←▓▓▓▓↙▓▒▒↙▒▒▒↙▒▒▒↙▒▒▒↓▒▒▒↘▒▒▒↘▒▒▒↘▒▓▓↘▓▓▓→▓▓▓→███→█
       0 ┤███████▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓███████
         │█←███←▓▓▓←▓▓▓▓↖▓▒▒↖▒▒▒↖▒▒▒↖▒▒▒↑▒▒▒↗▒▒▒↗▒▒▒↗▒▓▓↗▓▓▓→▓▓▓→███→█
         │██████▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓██████
         │█↖██▓↖▓▓▓↖▓▓▒▒↖▒▒▒↖▒▒▒↑▒▒▒↑▒▒▒↑▒▒▒↑▒▒▒↑▒▒▒↗▒▒▒↗▒▓▓↗▓▓▓↗▓██↗█
         │██▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓██
         │▓↖▓▓▓↖▒▒▒↖▒▒▒▒↖░░░↑░░░↑░░░↑░░░↑░░░↑░░░↑░░░↑░░░↗▒▒▒↗▒▒▒↗▓▓▓↗▓
         │▓▓▒▒▒▒▒▒▒░░░░░░░░░░░░                  ░░░░░░░░░░░░▒▒▒▒▒▒▒▓▓
      −1 ┤▒↖▒▒▒↖░░░↑░░░ ↑   ↑   ↑   ↑   ↑   ↑   ↑   ↑   ↑░░░↑░░░↗▒▒▒↗▒
         └────────────────────────────────────────────────────────────
          −2            −1              0              1             2"
    `);
  });

  test("points stand where they are, as their classes", () => {
    const points = tensor([
      [-2, -1],
      [2, 1],
      [0, 0],
    ]);
    expect(plot({ x, y, points, labels: [0, 1, 7], xLabel: "x₁", yLabel: "x₂" }).text).toMatchInlineSnapshot(`
      "up: x₂, right: x₁
       1 ┤                                                           1
         │
         │
         │
         │
         │
         │
       0 ┤                              7
         │
         │
         │
         │
         │
         │
      −1 ┤0
         └────────────────────────────────────────────────────────────
          −2            −1              0              1             2"
    `);
    expect(plot({ x, y, points }).text).toContain("o");
  });

  test("a curve is drawn where its function has values", () => {
    expect(plot({ x, curve: (u) => u ** 3 }).text).toMatchInlineSnapshot(`
      "   │                                                           •
         │                                                          ••
         │                                                        •••
       5 ┤                                                      •••
         │                                                   ••••
         │                                                ••••
         │                                          •••••••
       0 ┤                 ••••••••••••••••••••••••••
         │           •••••••
         │        ••••
         │     ••••
      −5 ┤   •••
         │ •••
         │••
         │•
         └────────────────────────────────────────────────────────────
          −2            −1              0              1             2"
    `);
    expect(plot({ x: [0, 1], curve: () => Number.NaN }).text).not.toContain("•");
  });

  test("is what a string and console.log show", () => {
    const picture = plot({ curve: [1, 2, 3] });
    expect(inspect(picture)).toBe(picture.text);
    expect(String(picture)).toBe(picture.text);
  });
});

describe("as SVG", () => {
  test("it is well formed, and needs nothing from the page around it", () => {
    const points = tensor([[0, 0]]);
    const { svg } = plot({
      x,
      y,
      heat: (u) => u,
      level: 0,
      arrows: () => [1, 0],
      points,
      labels: [3],
      title: "a < b & c",
    });
    const open: string[] = [];
    for (const [, close, name, self] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
    expect(svg).toContain("a &lt; b &amp; c");
    expect(svg).not.toMatch(/NaN|undefined|currentColor|var\(|href|class=/);
  });

  test("the level line of x = 0 goes down the middle", () => {
    const { svg } = plot({ x, y, heat: (u) => u, level: 0 });
    const line =
      /<path fill="none" stroke="#24292f" stroke-width="1.8"[^>]* d="([^"]+)"/.exec(svg)?.[1] ?? "";
    const across = [...line.matchAll(/[ML]([\d.]+) /g)].map(([, px]) => Number(px));
    expect(across.length).toBeGreaterThan(20);
    expect(new Set(across)).toEqual(new Set([52 + 412 / 2]));
  });

  test("y grows upwards, in colours and arrows alike", () => {
    const { svg } = plot({ x, y, heat: (_u, v) => v, arrows: () => [0, 1] });
    const bands = [...svg.matchAll(/fill="#\w+" d="M52 ([\d.]+)H464V([\d.]+)/g)].map(([, ...ends]) =>
      ends.map(Number),
    );
    expect(bands[0]).toEqual([240, 235.7]); // the lowest band lies at the bottom of the plane, from 34 to 240
    const [, tail, tip] = /stroke-width="1.3"[^>]* d="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)/.exec(svg) ?? [];
    expect(Number(tip)).toBeLessThan(Number(tail));
  });

  test("equal neighbours are one rectangle, so that a picture stays small", () => {
    const { svg } = plot({ x, y, heat: (u, v) => Math.sin(3 * u) * v });
    expect(svg.length).toBeLessThan(40_000);
    expect(plot({ x, y, heat: () => 1 }).svg.length).toBeLessThan(6_000);
  });

  test("the same length means the same in both directions where the plane is drawn", () => {
    expect(plot({ x, y, heat: () => 0 }).svg).toContain(`width="412" height="206"`);
    expect(plot({ x, curve: (u) => 100 * u }).svg).toContain(`width="412" height="206"`);
  });
});

test("functions may answer tensors, and points may be outside of the picture or no numbers", () => {
  const f = (u: number, v: number) => sum(square(tensor([u, v])));
  const slope = (u: number, v: number) => {
    const p = tensor([u, v]);
    return grad(sum(square(p)), p);
  };
  const byTensor = plot({ x, y, heat: f, arrows: slope });
  const byNumbers = plot({ x, y, heat: (u, v) => u * u + v * v, arrows: (u, v) => [tensor(2 * u), 2 * v] });
  expect(byTensor.svg).toBe(byNumbers.svg);
  const points = tensor([
    [9, 9],
    [Number.NaN, 0],
  ]);
  expect(plot({ x, y, points }).text).not.toContain("o");
});

test("a curve of many values is thinned, its last value among those drawn", () => {
  const values = Array.from({ length: 12_345 }, (_, i) => 1 + 1 / (i + 1));
  const { svg } = plot({ curve: values });
  expect(svg.length).toBeLessThan(9_000);
  expect(svg).toMatch(/L464 [\d.]+"\/>/);
  expect(plot({ curve: [2] }).svg).toContain('r="3"');
});

test("what cannot be drawn is refused", () => {
  expect(() => plot({})).toThrow("Cannot plot nothing: give heat, arrows, a curve or points");
  expect(() => plot({ heat: () => 0 })).toThrow(
    "Cannot plot a function without its x: give an interval, as in x: [-2, 2]",
  );
  expect(() => plot({ x, arrows: () => [0, 0] })).toThrow("without its y");
  expect(() => plot({ curve: () => 0 })).toThrow("without its x");
  expect(() => plot({ x: [1, 1], curve: () => 0 })).toThrow(
    "Cannot plot x from 1 to 1: give the lower end first",
  );
  expect(() => plot({ points: zeros(2, 3) })).toThrow(
    "Cannot plot points of shape [2, 3]: give a row [x, y] for each",
  );
  expect(() => plot({ points: zeros(2, 2), labels: [1] })).toThrow(
    "Cannot plot 2 points with 1 labels: give one for each",
  );
  expect(() => plot({ x, curve: (() => "1") as never })).toThrow(
    "Cannot plot a value of type string: the function must answer a number",
  );
  expect(() => plot({ x, y, heat: () => zeros(2) })).toThrow("Cannot take item of shape [2]");
});

test.each([
  [[0, 1], 5, "0, 0.2, 0.4, 0.6, 0.8, 1"],
  [[-1, 1], 4, "−1, −0.5, 0, 0.5, 1"],
  [[0, 100], 6, "0, 20, 40, 60, 80, 100"],
  [[3e-7, 9e-7], 3, "4·10⁻⁷, 6·10⁻⁷, 8·10⁻⁷"],
  [[999_990, 1_000_000], 2, "999990, 999995, 1000000"],
] as const)("the ticks of %j are round", (interval, count, expected) => {
  expect(ticks(interval, count).map(tickLabel).join(", ")).toBe(expected);
});

test("the interval of numbers leaves out NaN and infinities", () => {
  expect(intervalOf([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(intervalOf([2, 2])).toEqual([1.5, 2.5]);
  expect(intervalOf([])).toEqual([0, 1]);
});

test("the level line of a circle is round", () => {
  const n = 41;
  const values = Float64Array.from(
    { length: n * n },
    (_, k) => ((k % n) - 20) ** 2 + (Math.floor(k / n) - 20) ** 2,
  );
  const segments = contour({ columns: n, rows: n, values, range: [0, 800] }, 225);
  expect(segments.length).toBeGreaterThan(80);
  for (const [column, row] of segments.flat()) {
    expect(Math.abs(Math.hypot(column - 20, row - 20) - 15)).toBeLessThan(0.02);
  }
});

test("leaves room for the longest label of the y axis", () => {
  const { svg } = plot({ curve: [0.001501, 0.001502, 0.001505], yLabel: "loss" });
  const labels = [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="end">([^<]+)</g)];
  expect(labels.length).toBeGreaterThan(2);
  for (const [, x, label] of labels) expect(Number(x) - 6.5 * label.length, label).toBeGreaterThan(18);
});

test.each([
  ["a list of values", [1, 4, 9]],
  ["a tensor of values", tensor([1, 4, 9])],
  ["a function", (x: number) => x * x],
] as const)("draws %s without options as a curve", (_what, curve) => {
  expect(plot(curve).svg).toBe(plot({ curve, ...(typeof curve === "function" && { x: [-5, 5] }) }).svg);
});
