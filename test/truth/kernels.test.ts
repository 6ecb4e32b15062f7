/** Functions as kernels on two numbers at a time, against the same formulas on one number: a million points each. */
import { expect, test } from "vitest";
import { withPlainLoops } from "../../src/numeric/machine.ts";
import { mapRow, type RealFunction } from "../../src/numeric/map.ts";
import * as scalar from "../../src/numeric/scalar.ts";
import { pointsFor } from "../numeric/points.ts";

const COUNT = 1_000_000;
const points = Float64Array.from(pointsFor(COUNT, 11));

const { exp, expm1, log, log1p, sigmoid, sigmoidSlope, sigmoidLean, softplus, tanh, tanhSlope, sinh, cosh } =
  scalar;
const functions = {
  exp,
  expm1,
  log,
  log1p,
  sigmoid,
  sigmoidSlope,
  sigmoidLean,
  softplus,
  tanh,
  tanhSlope,
  sinh,
  cosh,
} as Record<string, RealFunction>; // which take numbers only

test.each(Object.entries(functions))(
  "%s has the same bits as a kernel and in plain TypeScript",
  (_name, f) => {
    const y = new Float64Array(COUNT);
    mapRow(f, COUNT, y, 0, points, 0, 1, f.length > 1 ? points : null, 0, 1);
    const differing = withPlainLoops(() => points.findIndex((x, k) => !Object.is(f(x, x), y[k])));
    expect(differing, `at x = ${points[differing]}`).toBe(-1);
  },
);
