/** While nobody looks, a derivative runs as one loop: the bits must be those of its ops one after the other. */
import { describe, expect, test } from "vitest";
import { jvp, Tensor, vjp } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { watching } from "../../src/tensor/apply.ts";
import { formatShape, type Shape, sizeOf } from "../../src/tensor/shape.ts";

type Dtype = "float64" | "float32";

/** Numbers at which formulas differ from kernels, if they do. */
const EDGES = [
  0,
  -0,
  1,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  800,
  -800,
  40,
  1e-320,
  2,
];

/** A generator of its own, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const share = state / 2 ** 32;
    return share < 0.4 ? EDGES[Math.floor(share * 2.5 * EDGES.length)] : 6 * share - 4;
  };
}

function filled(shape: Shape, next: () => number, dtype: Dtype): Tensor {
  const entries = Array.from({ length: sizeOf(shape) }, next);
  return new Tensor(
    [...shape],
    dtype === "float64" ? Float64Array.from(entries) : Float32Array.from(entries),
  );
}

/** What `compute` comes to: of a singular matrix, say, an error. */
function outcomeOf(compute: () => readonly Tensor[]): readonly Tensor[] | string {
  try {
    return compute();
  } catch (error) {
    return String(error);
  }
}

/** The result of `compute` as it is, and as it is while somebody watches every op. */
function expectSame(compute: () => readonly Tensor[]): void {
  const quick = outcomeOf(compute);
  const slow = watching(
    () => {},
    () => outcomeOf(compute),
  );
  if (typeof quick === "string" || typeof slow === "string") {
    expect(quick).toBe(slow);
    return;
  }
  quick.forEach((x, i) => {
    expect(x.shape).toEqual(slow[i].shape);
    expect(x.dtype).toBe(slow[i].dtype);
    const differs = x.data.findIndex((entry, k) => !Object.is(entry, slow[i].data[k]));
    expect(differs, `entry ${differs} of operand ${i}: ${x.data[differs]} and ${slow[i].data[differs]}`).toBe(
      -1,
    );
  });
}

const dtypes: readonly Dtype[] = ["float64", "float32"];

const entrywise = Object.entries(ops).filter(([, { formula }]) => formula?.acts === "entrywise");

test("there are ops that act entry by entry", () => {
  expect(entrywise.length).toBeGreaterThan(30);
});

describe.each(dtypes)("in %s", (dtype) => {
  test.each(
    Object.entries(ops).flatMap(([name, { samples }]) =>
      samples.map((sample, i) => [name, i, sample.shapes.map(formatShape).join(" and "), sample] as const),
    ),
  )("%s, sample %i, shapes %s: both modes have the same bits as their ops", (_name, i, _shapes, sample) => {
    const next = numbers(i + 1);
    for (let round = 0; round < 4; round++) {
      const x = sample.shapes.map((shape) => filled(shape, next, dtype));
      let y: Tensor;
      try {
        y = sample.call(...x);
      } catch {
        continue; // a singular matrix, say
      }
      const ct = filled(y.shape, next, y.dtype);
      const tangents = x.map((xi) => filled(xi.shape, next, dtype));
      expectSame(() => vjp(y, x, ct));
      expectSame(() => [jvp(y, x, tangents)]);
    }
  });

  test.each(entrywise)("%s has them on both sides of every size at which the loop changes", (_name, op) => {
    const { arity } = op.formula as { arity: number };
    const call = op as unknown as (...x: Tensor[]) => Tensor;
    const next = numbers(7);
    for (const size of [0, 1, 2, 9, 1023, 1024, 1025, 2049]) {
      const shapes: readonly Shape[][] =
        arity === 1
          ? [[[size]]]
          : [
              Array.from({ length: arity }, () => [size]),
              [[size], ...Array.from({ length: arity - 1 }, () => [])],
            ];
      for (const given of shapes) {
        const x = given.map((shape) => filled(shape, next, dtype));
        const y = call(...x);
        expectSame(() => vjp(y, x, filled(y.shape, numbers(size + 1), dtype)));
      }
    }
    const [row, matrix] = [filled([3], next, dtype), filled([400, 3], next, dtype)];
    if (arity === 2) {
      const y = call(matrix, row);
      expectSame(() => vjp(y, [matrix, row], filled(y.shape, numbers(3), dtype)));
    }
  });
});

test("a loop is used where nobody looks, and not where somebody does", () => {
  const x = new Tensor([3], Float64Array.of(1, 2, 3));
  const seen: string[] = [];
  watching(
    ({ name }) => {
      seen.push(name);
    },
    () => vjp(ops.tanh(x), x, new Tensor([3], Float64Array.of(1, 1, 1))),
  );
  expect(seen).toContain("tanhSlope");
});
