/** The chain rule on random graphs of 2 to 30 steps, checked in two ways that know nothing of our backward pass. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { add, grad, mul, sum, Tensor } from "../../src/index.ts";
import { expectWithin, largest } from "./closeness.ts";
import { leafShapes, type RandomGraph, randomGraph, tensors } from "./random-graph.ts";

const RUNS = 1000;

test("the gradient of a graph is that of its steps, chained by hand", () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const y = graph.call(...graph.leaves);
      const expected = chainedByHand(graph);
      grad(y, graph.leaves, { cotangent: ones(y) }).forEach((dx, i) => {
        const scale = Math.max(largest(dx), largest(expected[i]));
        // Paths of the order of 1 may cancel to nothing.
        expectWithin(dx, expected[i], 1e-12 * Math.max(1, scale));
      });
    }),
    { numRuns: RUNS },
  );
});

test.each([1, 2, 3])(
  "directional derivatives of order %i of a graph are the slopes of the order before",
  (order) => {
    let sharp = 0;
    const direction = fc.tuple(...leafShapes.map(tensors));
    fc.assert(
      fc.property(randomGraph, direction, ({ leaves, call }, t) => {
        const along = (h: number, k: number): number => {
          const xs = leaves.map((x, i) => moved(x, t[i], h));
          return derivative(sum(call(...xs)), xs, t, k).item();
        };
        const difference = (h: number): number => (along(h, order - 1) - along(-h, order - 1)) / (2 * h);
        const [slope, fine, coarse] = [along(0, order), difference(1e-4), difference(2e-4)];
        // The error of a central difference goes with h², so the fine one errs by a third of what sets the two apart.
        const error = Math.abs(fine - coarse);
        if (error < 1e-4 * (1 + Math.abs(fine))) sharp++;
        expect(Math.abs(slope - fine)).toBeLessThanOrEqual(error + 1e-8 * (1 + Math.abs(fine)));
      }),
      { numRuns: RUNS },
    );
    // A function too rough for differences tells nothing; nearly all must tell.
    expect(sharp).toBeGreaterThan(0.98 * RUNS);
  },
);

/** The derivative of order k of the number y along t: that of order 1, ⟨∂y/∂x, t⟩, taken k times. */
function derivative(y: Tensor, xs: readonly Tensor[], t: readonly Tensor[], k: number): Tensor {
  if (k === 0) return y;
  const slopes = grad(y, xs, { createGraph: true }).map((dx, i) => sum(mul(dx, t[i])));
  return derivative(
    slopes.reduce((a, b) => add(a, b)),
    xs,
    t,
    k - 1,
  );
}

/** Walks a graph backwards with plain arrays; only the derivatives of single steps are the library's. */
function chainedByHand({ leaves, plan }: RandomGraph): Tensor[] {
  const values = leaves.map(detached);
  const local = plan.map(({ step, a, b }) => {
    const [x1, x2] = [detached(values[a]), detached(values[b])];
    const y = step.apply(x1, x2);
    values.push(detached(y));
    return { y, x1, x2 };
  });
  const cotangents = values.map(({ size }) => new Float64Array(size));
  cotangents[cotangents.length - 1].fill(1);
  for (let k = plan.length - 1; k >= 0; k--) {
    const { y, x1, x2 } = local[k];
    const cotangent = new Tensor(y.shape, cotangents[leaves.length + k]);
    const [d1, d2] = grad(y, [x1, x2], { cotangent });
    accumulate(cotangents[plan[k].a], d1);
    accumulate(cotangents[plan[k].b], d2);
  }
  return leaves.map(({ shape }, i) => new Tensor([...shape], cotangents[i]));
}

function accumulate(into: Float64Array, { data }: Tensor): void {
  data.forEach((d, k) => {
    into[k] += d;
  });
}

function detached({ shape, data }: Tensor): Tensor {
  return new Tensor([...shape], data);
}

function ones({ shape, size }: Tensor): Tensor {
  return new Tensor([...shape], new Float64Array(size).fill(1));
}

/** x + h t. */
function moved({ shape, data }: Tensor, t: Tensor, h: number): Tensor {
  return new Tensor(
    [...shape],
    data.map((xk, k) => xk + h * t.data[k]),
  );
}
