/** What tests of numbers share: tensors of any shape, and a comparison entry by entry. */
import { expect } from "vitest";
import { type Data, type Dtype, type Tensor, tensor } from "../src/index.ts";

/** A tensor whose shape the types know nothing of, as in a formula for any shape. */
export const t = (data: Data, dtype: Dtype = "float64"): Tensor => tensor(data, { dtype });

/** Each entry is what it should be, up to rounding: relative to itself, and 0 relative to the largest of them. */
export function expectEntries(found: Tensor, expected: readonly number[], error = 1e-12): void {
  const entries = Array.from(found.data);
  expect(entries, "how many entries").toHaveLength(expected.length);
  const finite = expected.filter(Number.isFinite).map(Math.abs);
  const largest = Math.max(0, ...finite);
  const isRight = expected.every((right, k) => {
    if (!Number.isFinite(right)) return entries[k] === right;
    return Math.abs(entries[k] - right) <= error * (right === 0 ? largest : Math.abs(right));
  });
  expect(isRight, `[${entries.join(", ")}] should be [${expected.join(", ")}]`).toBe(true);
}
