/** When two answers are the same answer. */
import { expect } from "vitest";

/** An array of numbers with a shape; `Tensor` is one. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * Expects the same shape, NaN where NaN is, the same infinities, and every finite entry within `tolerance` of the
 * expected one, relative to it, or within `slack`.
 */
export function expectSame(
  actual: Numbers,
  expected: Numbers,
  { tolerance, slack, what }: { tolerance: number; slack: number; what: string },
): void {
  expect(actual.shape, `the shape of ${what}`).toEqual(expected.shape);
  for (let k = 0; k < expected.data.length; k++) {
    const [a, e] = [actual.data[k], expected.data[k]];
    if (Object.is(a, e) || a === e || Math.abs(a - e) <= tolerance * Math.abs(e) + slack) continue;
    expect.fail(
      `${what}, entry ${k}: ours is ${a}, and ${e} was expected; all of ours: [${Array.from(actual.data).join(", ")}]`,
    );
  }
}

/** Expects the same shape, and every entry within `slack` of the expected one. */
export function expectWithin(actual: Numbers, expected: Numbers, slack: number): void {
  expect(actual.shape).toEqual(expected.shape);
  for (let k = 0; k < expected.data.length; k++) {
    const [a, e] = [actual.data[k], expected.data[k]];
    if (!(Math.abs(a - e) <= slack)) expect.fail(`entry ${k} is ${a}, not ${e}, with room for ${slack}`);
  }
}

/** The largest finite magnitude; 0 of none. */
export function largest({ data }: Numbers): number {
  let most = 0;
  for (let k = 0; k < data.length; k++)
    if (Number.isFinite(data[k])) most = Math.max(most, Math.abs(data[k]));
  return most;
}
