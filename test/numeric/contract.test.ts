/** Contractions against plain loops, bit by bit: ranks 0 to 6, lengths from 0 on, special values, both number types. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { accumulate, type Loop, type Loops, planOf } from "../../src/numeric/contract.ts";
import { withPlainLoops } from "../../src/numeric/machine.ts";
import { pairwise } from "../../src/numeric/sums.ts";
import { createRandom } from "../../src/tensor/random.ts";
import { sizeOf, stridesOf } from "../../src/tensor/shape.ts";

type Lengths = Readonly<Record<string, number>>;

const SPECIAL = [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.MIN_VALUE];

interface Case {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly lengths: Lengths;
  readonly single: boolean;
  readonly divisor: number;
  readonly stops: number | undefined;
  readonly seed: number;
  readonly special: boolean;
}

const shapeOf = (group: string, lengths: Lengths): number[] => Array.from(group, (index) => lengths[index]);

function loopsOf({ inputs, output, lengths }: Case): Loops {
  const step = (index: string, group: string): number => {
    const strides = stridesOf(shapeOf(group, lengths));
    return Array.from(group).reduce((total, own, axis) => (own === index ? total + strides[axis] : total), 0);
  };
  const loop = (index: string): Loop => ({
    length: lengths[index],
    y: step(index, output),
    a: step(index, inputs[0]),
    b: inputs.length > 1 ? step(index, inputs[1]) : 0,
  });
  const kept = [...new Set(output)];
  const summed = [...new Set(inputs.join(""))].filter((index) => !kept.includes(index));
  return { kept: kept.map(loop), summed: summed.map(loop) };
}

type Floats = Float64Array | Float32Array;

const zeros = (single: boolean, size: number): Floats =>
  single ? new Float32Array(size) : new Float64Array(size);

/** The definition, as loops within loops. */
function plain({ kept, summed }: Loops, y: Floats, [a, b]: readonly Floats[], one: Case): Floats {
  const isTree = b === undefined || kept.length === 0;
  const round = one.single && !isTree && summed.length > 0 ? Math.fround : (x: number): number => x;
  const term = (ai: number, bi: number, stops: number | undefined): number => {
    if (b === undefined) return a[ai];
    return stops !== undefined && (stops === 0 ? a[ai] : b[bi]) === 0 ? 0 : round(a[ai] * b[bi]);
  };
  const total = (level: number, ai: number, bi: number, stops?: number): number => {
    if (level === summed.length) return term(ai, bi, stops);
    const { length, a: da, b: db } = summed[level];
    const leaf = (start: number, end: number): number => {
      let sum = 0;
      for (let k = start; k < end; k++) sum = round(sum + total(level + 1, ai + k * da, bi + k * db, stops));
      return sum;
    };
    return isTree ? pairwise(length, leaf) : leaf(0, length);
  };
  const visit = (level: number, yi: number, ai: number, bi: number): void => {
    if (level < kept.length) {
      const { length, y: dy, a: da, b: db } = kept[level];
      for (let k = 0; k < length; k++) visit(level + 1, yi + k * dy, ai + k * da, bi + k * db);
      return;
    }
    const sum = total(0, ai, bi);
    y[yi] = (Number.isNaN(sum) && one.stops !== undefined ? total(0, ai, bi, one.stops) : sum) / one.divisor;
  };
  visit(0, 0, 0, 0);
  return y;
}

function expectPlain(one: Case): void {
  const random = createRandom(one.seed);
  const entry = (): number =>
    one.special && random.uniform() < 0.05
      ? SPECIAL[Math.floor(random.uniform() * SPECIAL.length)]
      : random.uniform() - 0.5;
  const operands = one.inputs.map((group) =>
    zeros(one.single, sizeOf(shapeOf(group, one.lengths))).map(entry),
  );
  const loops = loopsOf(one);
  const size = sizeOf(shapeOf(one.output, one.lengths));
  const y = zeros(one.single, size);
  accumulate(planOf(loops, operands.length), y, operands[0], operands.at(-1) ?? y, one);
  const withoutKernels = zeros(one.single, size);
  withPlainLoops(() =>
    accumulate(planOf(loops, operands.length), withoutKernels, operands[0], operands.at(-1) ?? y, one),
  );
  expect(withoutKernels).toEqual(y);
  expect(y).toEqual(plain(loops, zeros(one.single, size), operands, one));
}

const letters = [..."abcdef"];
const group = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((list) => list.join(""));

const cases: fc.Arbitrary<Case> = fc
  .record({
    inputs: fc.oneof(fc.tuple(group(6)), fc.tuple(group(3), group(4))),
    extra: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, { weight: 1, arbitrary: group(1) }),
    isKept: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    order: fc.shuffledSubarray(letters, { minLength: 6 }),
    lengths: fc.record(
      Object.fromEntries(
        letters.map((index) => [
          index,
          fc.oneof(
            { weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) },
            { weight: 1, arbitrary: fc.constant(0) },
          ),
        ]),
      ),
    ),
    single: fc.boolean(),
    divisor: fc.constantFrom(1, 1, 3),
    stops: fc.constantFrom(undefined, 0, 1),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    special: fc.boolean(),
  })
  .map(({ inputs, extra, isKept, order, stops, ...rest }) => {
    const present = new Set(inputs.join(""));
    const kept = order.filter((index, k) => present.has(index) && isKept[k]).join("");
    return {
      ...rest,
      inputs,
      output: (kept + extra).slice(0, 6),
      stops: inputs.length > 1 ? stops : undefined,
    };
  });

test("a contraction is what its plain loops give, bit by bit", () => {
  fc.assert(fc.property(cases, expectPlain), { numRuns: 1000 });
});

/** Every length next to an edge of a tile, of a block, and of what is computed by plain loops. */
const SIZES: readonly (readonly [m: number, k: number, n: number])[] = [
  [1, 300, 70],
  [70, 300, 1],
  [2, 2, 100],
  [5, 7, 3],
  [6, 8, 8],
  [7, 9, 9],
  [12, 0, 12],
  [13, 513, 17],
  [97, 31, 5],
  [3, 20, 1025],
  [100, 3, 515],
  [3, 4200, 5],
  [103, 5, 260],
];

test.each(
  SIZES.flatMap((size) =>
    ["ik,kj->ij", "ki,kj->ij", "ik,jk->ij", "ik,jk->ji", "bik,bkj->bij", "ikb,kjb->bij"].flatMap((indices) =>
      [false, true].map((single) => [indices, size, single] as const),
    ),
  ),
)(
  "the matrix product %s of m, k, n = %o is the plain one, in single floats: %s",
  (indices, [m, k, n], single) => {
    const [before, output] = indices.split("->");
    const [first, second] = before.split(",");
    expectPlain({
      inputs: [first, second],
      output,
      lengths: { i: m, k, j: n, b: 2 },
      single,
      divisor: 1,
      stops: undefined,
      seed: m + k + n,
      special: false,
    });
  },
);

test.each([0, 31, 32, 33, 256, 257, 512, 5000, 70_001])("sums of %i terms are added by halves", (n) => {
  for (const single of [false, true]) {
    const rest = { single, divisor: 1, stops: undefined, seed: n, special: false };
    expectPlain({ inputs: ["a"], output: "", lengths: { a: n }, ...rest });
    expectPlain({ inputs: ["a", "a"], output: "", lengths: { a: n }, ...rest });
    expectPlain({ inputs: ["ab"], output: "b", lengths: { a: n, b: 3 }, ...rest });
    expectPlain({ inputs: ["ba"], output: "b", lengths: { a: n, b: 3 }, ...rest });
    expectPlain({ inputs: ["ab"], output: "", lengths: { a: Math.min(n, 300), b: 70 }, ...rest });
  }
});

test("sums side by side go beyond what is added at once", () => {
  expectPlain({
    inputs: ["ab"],
    output: "b",
    lengths: { a: 100, b: 600 },
    single: false,
    divisor: 7,
    stops: undefined,
    seed: 1,
    special: true,
  });
});
