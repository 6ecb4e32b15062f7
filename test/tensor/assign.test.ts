import { describe, expect, test } from "vitest";
import { DtypeError, GradientError, matmul, mul, ShapeError, sum, tensor, zeros } from "../../src/index.ts";

describe("assign", () => {
  test("replaces the numbers of a parameter and returns it", () => {
    const w = tensor([1, 2]).as("w");
    expect(w.assign(w.sub(2))).toBe(w);
    expect(w.toArray()).toEqual([-1, 0]);
    expect(w.assign([7, 8]).toArray()).toEqual([7, 8]);
  });

  test("leaves what was computed, and earlier views, as they were", () => {
    const w = tensor([1, 2]);
    const [y, view] = [mul(w, 2), w.reshape(2, 1)];
    w.assign([10, 20]);
    expect(y.toArray()).toEqual([2, 4]);
    expect(view.toArray()).toEqual([[1], [2]]);
  });

  test("records nothing: a step of training starts a new record", () => {
    const w = tensor([3]).as("w");
    for (let step = 0; step < 3; step++) {
      sum(mul(w, w)).backward();
      w.assign(w.sub(w.grad.mul(0.1)));
    }
    expect(w.item()).toBeCloseTo(3 * 0.8 ** 3, 12);
  });

  test("going backward through a value that has changed since is refused", () => {
    const w = tensor([[1, 2]]).as("W");
    const j = sum(matmul(w, w.T));
    w.assign([[3, 4]]);
    expect(() => j.backward()).toThrow(GradientError);
    expect(() => j.backward()).toThrow("W was assigned since; compute the result again, then go backward");
  });

  test("a result, another shape and another dtype are refused", () => {
    const w = tensor([1, 2]).as("W");
    expect(() => mul(w, 2).as("Y").assign([1, 2])).toThrow(
      "Cannot assign to Y: it was computed from other tensors; assign to those, or to Y.detach()",
    );
    expect(() => w.assign(zeros(3))).toThrow(
      new ShapeError("Cannot assign shape [3] to W of shape [2]: a parameter keeps its shape", []).message,
    );
    expect(() => w.assign(zeros(2).cast("float32"))).toThrow(DtypeError);
  });
});

test("detach gives the same numbers without their history", () => {
  const x = tensor([1, 2]);
  const y = mul(x, 3).detach();
  sum(mul(y, x)).backward();
  expect(x.grad.toArray()).toEqual([3, 6]);
});

describe("dtypes", () => {
  test("results have the dtype of their operands, and numbers take it", () => {
    const x = tensor([1, 2], { dtype: "float32" });
    expect(x.data).toBeInstanceOf(Float32Array);
    expect(mul(x, 0.1).dtype).toBe("float32");
    expect(x.ge(2).dtype).toBe("float32");
    expect(matmul(x, x).dtype).toBe("float32");
    mul(x, x).sum().backward();
    expect(x.grad.dtype).toBe("float32");
    expect(x.cast("float64").mul(0.1).data[0]).toBe(0.1);
  });

  test("the two floats do not mix", () => {
    const x = tensor([1, 2]);
    expect(() => x.add(x.cast("float32"))).toThrow(
      'Cannot add float64 and float32: cast one to the other\'s dtype, as in x.cast("float64")',
    );
    expect(() => x.cast("int8" as never)).toThrow(
      'Cannot cast to dtype "int8": choose "float64" or "float32"',
    );
  });

  test("a gradient goes back through a cast", () => {
    const x = tensor([1, 2]);
    x.cast("float32").mul(3).sum().backward();
    expect([x.grad.dtype, ...x.grad.data]).toEqual(["float64", 3, 3]);
  });
});
