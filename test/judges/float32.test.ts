/** The float32 engine, judged by the float64 one on the same arguments: every op, values and gradients. */
import { describe, expect, test } from "vitest";
import { grad, type Tensor } from "../../src/index.ts";
import { expectWithin, largest } from "./closeness.ts";
import { type Fixture, fixtures, pose, tensorOf } from "./fixtures.ts";

/** 2⁻²⁴ is one rounding of a float32; a handful of them may add up, relative to the largest number involved. */
const FEW_ROUNDINGS = 16 * 2 ** -24;

/** Questions with a second derivative are of moderate size and have no kinks near, whose sides rounding could change. */
const smooth = fixtures.filter(({ hessian, dtype }) => hessian !== undefined && dtype === undefined);

describe.each([...new Set(smooth.map(({ op }) => op))])("%s in float32", (op) => {
  for (const fixture of smooth.filter((one) => one.op === op)) test(fixture.id, () => check(fixture));
});

function check(fixture: Fixture): void {
  const single = pose({ ...fixture, dtype: "float32" });
  const double = pose(fixture);
  const widened = single.xs.map((x) => x.cast("float64"));
  const y = single.call(...single.xs);
  const judge = double.call(...widened);
  // An argument of 1000 is itself no closer to its neighbour than 6e-5.
  const scale = Math.max(1, ...widened.map(largest));
  expectRounded(y, judge, scale);
  const cotangent = tensorOf(fixture.cotangent ?? { shape: [], data: [] }, "float32");
  const gradients = grad(y, single.xs, { cotangent });
  grad(judge, widened, { cotangent: cotangent.cast("float64") }).forEach((dx, i) => {
    expectRounded(gradients[i], dx, scale);
  });
}

function expectRounded(single: Tensor, double: Tensor, scale: number): void {
  expect(single.dtype).toBe("float32");
  expect(double.dtype).toBe("float64");
  expectWithin(single, double, FEW_ROUNDINGS * Math.max(scale, largest(double)));
}
