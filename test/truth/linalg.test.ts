import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjugate, determinant, inverse, lu, solve } from "../../src/numeric/linalg.ts";

/** A square matrix, row after row. */
interface Matrix {
  readonly n: number;
  readonly a: Float64Array;
}

function matrix(...rows: readonly (readonly number[])[]): Matrix {
  return { n: rows.length, a: Float64Array.from(rows.flat()) };
}

/** The product of an n × n matrix with one of m columns. */
function times(a: Float64Array, n: number, b: Float64Array, m: number): Float64Array {
  return Float64Array.from({ length: n * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * m + j];
    return sum;
  });
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? 1 : 0));
}

/** The determinant by expansion along the first row: the textbook's, which divides by nothing. */
function laplace({ n, a }: Matrix): number {
  let sum = n === 0 ? 1 : 0;
  for (let j = 0; j < n; j++) sum += (j % 2 === 0 ? 1 : -1) * a[j] * laplace(minor({ n, a }, 0, j));
  return sum;
}

/** The matrix without row i and column j. */
function minor({ n, a }: Matrix, i: number, j: number): Matrix {
  return { n: n - 1, a: a.filter((_, at) => Math.floor(at / n) !== i && at % n !== j) };
}

/** The transpose of the cofactors, each by expansion. */
function cofactorsTransposed({ n, a }: Matrix): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return ((i + j) % 2 === 0 ? 1 : -1) * laplace(minor({ n, a }, j, i));
  });
}

function largest(a: Float64Array): number {
  return a.reduce((found, x) => Math.max(found, Math.abs(x)), 0);
}

/** Fails unless the entries are within 10⁻¹¹ of each other, measured by a scale that the data have. */
function expectClose(actual: Float64Array, expected: Float64Array, scale: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, x] of actual.entries()) {
    expect(Math.abs(x - expected[i])).toBeLessThanOrEqual(1e-11 * Math.max(scale, Number.MIN_VALUE));
  }
}

/** Doubles of a size whose inverses and products stay within the range of doubles. */
const entry: fc.Arbitrary<number> = fc
  .double({ min: -10, max: 10, noNaN: true })
  .map((x) => (Math.abs(x) < 1e-30 ? 0 : x));

/** Matrices of doubles or of small whole numbers, the latter often singular. */
const matrices = (min: number, max: number): fc.Arbitrary<Matrix> =>
  fc
    .integer({ min, max })
    .chain((n) =>
      fc
        .oneof(entries(entry, n * n), entries(fc.integer({ min: -2, max: 2 }), n * n))
        .map((numbers) => ({ n, a: Float64Array.from(numbers) })),
    );

function entries(of: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(of, { minLength: length, maxLength: length });
}

/** Matrices of rank at most n − missing: the product of an n × (n − missing) matrix with one of the transposed shape. */
const singularMatrices = (missing: number): fc.Arbitrary<Matrix> =>
  fc.integer({ min: missing, max: 6 }).chain((n) => {
    const rank = n - missing;
    const factor = entries(fc.integer({ min: -3, max: 3 }), n * rank);
    return fc.tuple(factor, factor).map(([left, right]) => ({
      n,
      a: Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += left[Math.floor(at / n) * rank + k] * right[k * n + (at % n)];
        return sum;
      }),
    }));
  });

/** Permutations of 0, 1, …, n − 1. */
const permutations: fc.Arbitrary<number[]> = fc.integer({ min: 0, max: 7 }).chain((n) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  ),
);

/** What n factors of the size of a's largest entry multiply to: the scale of the errors of a determinant. */
function volume({ n, a }: Matrix, factors: number): number {
  return (n * largest(a)) ** factors;
}

describe("determinant", () => {
  test.each<[Matrix, number]>([
    [matrix(), 1],
    [matrix([-3]), -3],
    [matrix([1, 2], [3, 4]), -2],
    [matrix([0, 1], [1, 0]), -1],
    [matrix([2, -1, 0], [-1, 2, -1], [0, -1, 2]), 4],
    [matrix([0, 0], [0, 0]), 0],
    [matrix([1, 2], [2, 4]), 0],
  ])("case %# comes out exact", ({ n, a }, expected) => {
    expect(determinant(a, n)).toBe(expected);
  });

  test("is the textbook's expansion", () => {
    fc.assert(
      fc.property(matrices(0, 6), (m) => {
        expect(Math.abs(determinant(m.a, m.n) - laplace(m))).toBeLessThanOrEqual(1e-13 * volume(m, m.n));
      }),
      { numRuns: 1000 },
    );
  });

  test("of a permutation matrix is the permutation's sign, exactly", () => {
    fc.assert(
      fc.property(permutations, (permutation) => {
        const n = permutation.length;
        const a = Float64Array.from({ length: n * n }, (_, at) =>
          Number(permutation[Math.floor(at / n)] === at % n),
        );
        const inversions = permutation.flatMap((p, i) =>
          permutation.slice(i + 1).filter((q) => q < p),
        ).length;
        expect(determinant(a, n)).toBe(inversions % 2 === 0 ? 1 : -1);
      }),
    );
  });

  test("of a matrix with NaN is NaN", () => {
    expect(determinant(Float64Array.of(1, Number.NaN, 1, 1), 2)).toBeNaN();
  });
});

describe("lu", () => {
  test("gives back the matrix with its rows exchanged, and factors of at most 1", () => {
    fc.assert(
      fc.property(matrices(0, 8), ({ n, a }) => {
        const { factors, permutation } = lu(a, n);
        const lower = factors.map((x, at) => (Math.floor(at / n) > at % n ? x : identity(n)[at]));
        const upper = factors.map((x, at) => (Math.floor(at / n) > at % n ? 0 : x));
        const exchanged = a.map((_, at) => a[permutation[Math.floor(at / n)] * n + (at % n)]);
        expectClose(times(lower, n, upper, n), exchanged, largest(a));
        expect(largest(lower)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves its argument alone", () => {
    const a = Float64Array.of(1, 2, 3, 4);
    lu(a, 2);
    expect([...a]).toEqual([1, 2, 3, 4]);
  });

  test.each<[string, Matrix, boolean]>([
    ["1, 2, …, 9, though rounding leaves a pivot of 10⁻¹⁶", matrix([1, 2, 3], [4, 5, 6], [7, 8, 9]), true],
    ["a zero column", matrix([1, 0], [2, 0]), true],
    ["tenths in proportion", matrix([0.1, 0.3], [0.7, 2.1]), true],
    ["a diagonal of very different sizes", matrix([1, 0], [0, 1e-20]), false],
    ["a small number, alone", matrix([1e-300]), false],
    ["rows that differ in the ninth digit", matrix([1, 1], [1, 1 + 1e-9]), false],
    ["the empty matrix", matrix(), false],
  ])("knows of %s whether it is singular", (_name, { n, a }, singular) => {
    expect(lu(a, n).singular).toBe(singular);
  });

  test("finds nearly all whole-number matrices of too low a rank singular, and no others of full rank", () => {
    const [deficient, full] = [fc.sample(singularMatrices(1), 1000), fc.sample(matrices(1, 6), 1000)];
    expect(deficient.filter(({ n, a }) => lu(a, n).singular).length).toBeGreaterThan(990);
    for (const m of full) {
      if (Math.abs(laplace(m)) > 1e-8 * volume(m, m.n)) expect(lu(m.a, m.n).singular).toBe(false);
    }
  });

  test("tells the Hilbert matrix of size 10 from a singular one", () => {
    const hilbert = Float64Array.from({ length: 100 }, (_, at) => 1 / (1 + Math.floor(at / 10) + (at % 10)));
    expect(lu(hilbert, 10).singular).toBe(false);
  });
});

describe("solve and inverse", () => {
  test("A X − B is small beside A and X, for any number of columns", () => {
    fc.assert(
      fc.property(
        matrices(1, 8),
        fc.integer({ min: 0, max: 3 }),
        fc.infiniteStream(entry),
        ({ n, a }, m, numbers) => {
          const b = Float64Array.from({ length: n * m }, () => numbers.next().value);
          const x = solve(a, n, b, m);
          fc.pre(x !== undefined);
          expectClose(times(a, n, x, m), b, n * largest(a) * largest(x) + largest(b));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("the inverse is one from both sides", () => {
    fc.assert(
      fc.property(matrices(0, 8), ({ n, a }) => {
        const b = inverse(a, n);
        fc.pre(b !== undefined);
        const scale = n * largest(a) * largest(b);
        expectClose(times(a, n, b, n), identity(n), scale);
        expectClose(times(b, n, a, n), identity(n), scale);
      }),
      { numRuns: 1000 },
    );
  });

  test("the inverse of a permutation matrix is its transpose, exactly", () => {
    fc.assert(
      fc.property(permutations, (permutation) => {
        const n = permutation.length;
        const a = Float64Array.from({ length: n * n }, (_, at) =>
          Number(permutation[Math.floor(at / n)] === at % n),
        );
        expect(inverse(a, n)).toEqual(a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]));
      }),
    );
  });

  test("a singular matrix has none", () => {
    const { n, a } = matrix([1, 2], [2, 4]);
    expect(inverse(a, n)).toBeUndefined();
    expect(solve(a, n, Float64Array.of(1, 1), 1)).toBeUndefined();
  });

  test("NaN is passed on, not taken for singular", () => {
    expect(inverse(Float64Array.of(Number.NaN, 1, 1, 1), 2)).toEqual(new Float64Array(4).fill(Number.NaN));
  });
});

describe("adjugate", () => {
  test.each<[Matrix, number[]]>([
    [matrix(), []],
    [matrix([7]), [1]],
    [matrix([0]), [1]],
    [matrix([1, 2], [3, 4]), [4, -2, -3, 1]],
    [matrix([1, 2], [2, 4]), [4, -2, -2, 1]],
    [matrix([0, 0, 0], [0, 1, 0], [0, 0, 1]), [1, 0, 0, 0, 0, 0, 0, 0, 0]],
    [matrix([1, 1, 1], [1, 1, 1], [1, 1, 1]), [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    [matrix([1, 0], [0, 1e-310]), [1e-310, 0, 0, 1]],
  ])("case %# comes out exact", ({ n, a }, expected) => {
    expect([...adjugate(a, n)]).toEqual(expected);
  });

  test("is the transpose of the cofactors, also for singular matrices", () => {
    fc.assert(
      fc.property(fc.oneof(matrices(0, 5), singularMatrices(1), singularMatrices(2)), (m) => {
        fc.pre(m.n <= 5);
        expectClose(adjugate(m.a, m.n), cofactorsTransposed(m), volume(m, m.n - 1));
      }),
      { numRuns: 1000 },
    );
  });

  test("A adj(A) = adj(A) A = det(A) I", () => {
    fc.assert(
      fc.property(fc.oneof(matrices(1, 8), singularMatrices(1)), (m) => {
        const adjoint = adjugate(m.a, m.n);
        const expected = identity(m.n).map((x) => x * determinant(m.a, m.n));
        expectClose(times(m.a, m.n, adjoint, m.n), expected, volume(m, m.n));
        expectClose(times(adjoint, m.n, m.a, m.n), expected, volume(m, m.n));
      }),
      { numRuns: 1000 },
    );
  });

  test("of a rank n − 2 or lower is 0 but for rounding", () => {
    fc.assert(
      fc.property(singularMatrices(2), (m) => {
        expectClose(adjugate(m.a, m.n), new Float64Array(m.n * m.n), volume(m, m.n - 1));
      }),
      { numRuns: 1000 },
    );
  });

  test("of a matrix with NaN is NaN", () => {
    expect(adjugate(Float64Array.of(1, Number.NaN, 1, 1), 2)).toEqual(new Float64Array(4).fill(Number.NaN));
  });
});
