/** The BLAS of the machine, where there is one; what is asked of it, everywhere. */
import { afterEach, describe, expect, test } from "vitest";
import { findBlas, laidOut } from "../../kernel/src/session/blas.ts";
import { checking } from "../../src/exercise/grade.ts";
import { allclose, einsum, matmul, randn, seed, type Tensor, useBlas } from "../../src/index.ts";
import type { Multiplication } from "../../src/numeric/gemm.ts";
import { connectHost, type Host } from "../../src/tensor/host.ts";

const silent: Host = { display() {}, clearOutput() {}, note() {} };

/** A host whose BLAS counts its products and leaves them to our own kernels. */
function counting(): { readonly host: Host; count: number } {
  const counter = { count: 0, host: silent };
  const multiply: Multiplication = () => {
    counter.count += 1;
    return false;
  };
  return Object.assign(counter, { host: { ...silent, blas: () => ({ name: "a counter", multiply }) } });
}

afterEach(() => {
  useBlas(false);
  connectHost(silent);
});

describe("useBlas", () => {
  test("says in a sentence that there is none", () => {
    connectHost({ ...silent, blas: () => "there is none on this machine" });
    expect(() => useBlas()).toThrow("Cannot use a BLAS: there is none on this machine");
    connectHost(silent);
    expect(() => useBlas()).toThrow("there is no kernel here that could look for one");
  });

  test("multiplies large matrices, and small ones no faster than our own loops", () => {
    const counter = counting();
    connectHost(counter.host);
    expect(useBlas()).toBe("a counter");
    matmul(randn(2, 2), randn(2, 2));
    expect(counter.count).toBe(0);
    matmul(randn(20, 20), randn(20, 20));
    expect(counter.count).toBeGreaterThan(0);
    const before = counter.count;
    useBlas(false);
    matmul(randn(20, 20), randn(20, 20));
    expect(counter.count).toBe(before);
  });

  test("is off in what is graded", () => {
    const counter = counting();
    connectHost(counter.host);
    useBlas();
    const nothing = { id: "e", title: "", points: 1, open: [], hidden: [] } as never;
    checking(nothing, { audience: "graded" }).next();
    matmul(randn(20, 20), randn(20, 20));
    expect(counter.count).toBe(0);
  });
});

test.each([
  ["rows one after the other", [3, 5, 5, 1], { trans: 111, ld: 5 }],
  ["rows with something between", [3, 5, 9, 1], { trans: 111, ld: 9 }],
  ["a transposed matrix", [3, 5, 1, 3], { trans: 112, ld: 3 }],
  ["one row", [1, 5, 0, 1], { trans: 111, ld: 5 }],
  ["one column of a matrix", [3, 1, 4, 1], { trans: 111, ld: 4 }],
  ["one entry for all rows", [3, 5, 0, 1], null],
  ["neither rows nor columns in one piece", [3, 5, 10, 2], null],
] as const)(
  "%s is laid out as a BLAS takes it, or is not for it",
  (_title, [rows, columns, row, column], laid) => {
    expect(laidOut(rows, columns, row, column)).toEqual(laid);
  },
);

const found = findBlas();

// A machine of tests may have none.
describe.skipIf(typeof found === "string")("the BLAS of this machine", () => {
  const strings = ["ik,kj->ij", "ki,kj->ij", "ik,jk->ij", "ik,kj->ji", "ki,jk->ij", "bik,kj->bij", "ik,k->i"];

  test.each(["float64", "float32"] as const)(
    "multiplies as our kernels do, in %s, however matrices lie",
    (dtype) => {
      connectHost({ ...silent, blas: () => found });
      seed(1);
      for (const indices of strings) {
        const [left, right] = indices.split("->")[0].split(",");
        const lengths: Record<string, number> = { b: 3, i: 17, j: 23, k: 31 };
        const [x, y] = [left, right].map(
          (group): Tensor => randn(...Array.from(group, (index) => lengths[index])).cast(dtype),
        );
        const own = einsum(indices, x, y);
        useBlas();
        const other = einsum(indices, x, y);
        useBlas(false);
        expect(allclose(other, own, { rtol: 1e-4, atol: 1e-4 }), indices).toBe(true);
      }
    },
  );
});
