/** Slopes by differences never lie: the error they give holds, or they say nothing. */
import { expect, test } from "vitest";
import { slopeOf } from "../../src/autodiff/central-difference.ts";
import { judge } from "../../src/autodiff/judgement.ts";
import { cos, exp, sin } from "../../src/numeric/scalar.ts";
import { createRandom } from "../../src/tensor/random.ts";

const waves: readonly (readonly [string, (x: number) => number, (x: number) => number])[] = [
  ["sin", sin, cos],
  ["cos", cos, (x) => -sin(x)],
];

test.each(waves)("%s of thousands to millions, whose first steps skip periods", (_name, f, slope) => {
  const random = createRandom(23);
  const wrong: string[] = [];
  let unsaid = 0;
  for (const size of [1e3, 1e4, 1e5, 1e6]) {
    for (let k = 0; k < 400; k++) {
      const x = size * (0.1 + random.uniform());
      const found = slopeOf((at) => [f(at)], x);
      const right = judge(slope(x), found).kind;
      if (right === "unsaid") unsaid++;
      if (right === "fails") wrong.push(`${x}: ${slope(x)} is refused for ${found.value} ± ${found.error}`);
      for (const planted of [0, -slope(x), 1.001 * slope(x), slope(x) + 1e-3]) {
        if (judge(planted, found).kind === "holds")
          wrong.push(`${x}: ${planted} for ${slope(x)} is accepted`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(unsaid).toBeLessThanOrEqual(8); // of 1,600
});

/** ct · softmax([0, x]), whose first entry rounds to 1 from x = −37 on. */
const tail =
  (first: number, second: number) =>
  (x: number): number[] => {
    const e = exp(x);
    return [first / (1 + e), (second * e) / (1 + e)];
  };

test("the tail of a softmax moves one term below its rounding: its slope is right, or not said", () => {
  for (const [first, second] of [
    [1, -0.3],
    [0.7, 2],
    [-1e3, 1],
  ] as const) {
    for (let x = -1; x > -700; x -= 3.7) {
      const right = ((second - first) * exp(x)) / (1 + exp(x)) ** 2;
      for (const unit of [Math.abs(x), 1]) {
        const found = slopeOf(tail(first, second), x, unit);
        expect(judge(right, found).kind, `${right} at ${x}`).not.toBe("fails");
        for (const planted of [2 * right, -right, second * exp(x)]) {
          expect(judge(planted, found).kind, `${planted} for ${right} at ${x}`).not.toBe("holds");
        }
      }
    }
  }
});

test("a term that stands still everywhere hides nothing", () => {
  const slope = slopeOf((x) => [1e9, 1e-9 * x * x], 3);
  expect(judge(6e-9, slope).kind).toBe("holds");
  expect(judge(6.1e-9, slope).kind).toBe("fails");
});
