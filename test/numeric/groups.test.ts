/** Groups along axes, against their definition: for each place on the other axes, all entries that agree with it there. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  foldGroups,
  largest,
  positionOfLargest,
  positionOfSmallest,
  smallest,
} from "../../src/numeric/groups.ts";
import { indicesAt } from "../../src/tensor/shape.ts";

const shapes = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 }) },
    { weight: 1, arbitrary: fc.constant(70) },
  ),
  { maxLength: 6 },
);

test("a group has the entries that agree on all other axes, in their order", () => {
  const cases = fc
    .record({
      from: shapes,
      chosen: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      single: fc.boolean(),
    })
    .filter(({ from }) => from.reduce((product, n) => product * n, 1) < 100_000);
  fc.assert(
    fc.property(cases, ({ from, chosen, single }) => {
      const folded = from.map((_, axis) => axis).filter((axis) => chosen[axis]);
      const size = from.reduce((product, n) => product * n, 1);
      const x = (single ? new Float32Array(size) : new Float64Array(size)).map((_, k) => k);
      const groups = new Map<string, number[]>();
      for (const k of x.keys()) {
        const key = indicesAt(k, from)
          .filter((_, axis) => !chosen[axis])
          .join();
        groups.set(key, [...(groups.get(key) ?? []), k]);
      }
      const found: number[][] = [];
      const count = from.filter((_, axis) => !chosen[axis]).reduce((product, n) => product * n, 1);
      const y = new Float64Array(count);
      foldGroups(y, x, from, folded, (entries) => found.push([...entries]));
      if (size > 0) expect(found).toEqual([...groups.values()]);
      else expect(found).toEqual(Array.from({ length: count }, () => []));
      expect([...y]).toEqual(found.map((_, k) => k + 1));
    }),
    { numRuns: 200 },
  );
});

test.each([
  [[1, 3, 2, 3], 3, 1, 1, 0],
  [[-0, 0], 0, -0, 0, 0],
  [[0, -0], 0, -0, 0, 0],
  [[1, Number.NaN, 5], Number.NaN, Number.NaN, 1, 1],
  [
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1,
    0,
  ],
])(
  "of %o the largest is %d, the smallest %d, and they stand at %i and %i",
  (entries, high, low, atHigh, atLow) => {
    expect([largest(entries), smallest(entries)]).toEqual([high, low]);
    expect([positionOfLargest(entries), positionOfSmallest(entries)]).toEqual([atHigh, atLow]);
  },
);
