/** `gradcheck` on every op at every scale: right gradients hold, planted ones do not. */
import { expect, test } from "vitest";
import {
  abs,
  add,
  clamp,
  div,
  exp,
  GradientError,
  grad,
  gradcheck,
  InconclusiveError,
  log,
  maximum,
  mse,
  mul,
  norm,
  pow,
  prod,
  randn,
  reciprocal,
  relu,
  sigmoid,
  sin,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Sample } from "../../src/tensor/op.ts";
import { createRandom } from "../../src/tensor/random.ts";
import { sizeOf } from "../../src/tensor/shape.ts";

const SCALES = [
  [1, 1],
  [1e-6, 1],
  [1e6, 1],
  [1, 1e-7],
  [1e6, 1e6],
  [1e-6, 1e-6],
] as const;

/** Arguments of a sample; those of an op with kinks lie apart. */
function argumentsOf({ shapes, domain, distinct }: Sample, seed: number): Tensor[] {
  const random = createRandom(seed);
  return shapes.map((shape, i) => {
    const [low, high] = domain[i] ?? [-2, 2];
    const size = sizeOf(shape);
    const at = Array.from({ length: size }, () => random.uniform());
    const ranks = at.toSorted((a, b) => a - b);
    const placed = distinct ? at.map((u) => (ranks.indexOf(u) + 0.5) / size) : at;
    return new Tensor(
      shape,
      Float64Array.from(placed, (u) => low + (high - low) * u),
    );
  });
}

type Verdict = "holds" | "fails" | "unsaid";

function verdictOf(check: () => true): Verdict {
  try {
    check();
    return "holds";
  } catch (error) {
    if (error instanceof GradientError) return "fails";
    if (error instanceof InconclusiveError) return "unsaid";
    throw error;
  }
}

type Gradient = (right: Tensor, dY: Tensor) => Tensor;

/** Changes entry k = (the largest) of a tensor. */
function changed(x: Tensor, change: (value: number) => number): Tensor {
  const entries = Float64Array.from(x.data);
  const k = entries.reduce((most, value, at) => (Math.abs(value) > Math.abs(entries[most]) ? at : most), 0);
  entries[k] = change(entries[k]);
  return new Tensor([...x.shape], entries);
}

/** The same function, computed once at each point: for every mutant, gradcheck asks for the same ones. */
function remembered(f: (...at: Tensor[]) => Tensor): typeof f {
  const known = new Map<string, Tensor>();
  return (...at) => {
    const point = at.map(({ data }) => Buffer.from(Float64Array.from(data).buffer).toString("latin1")).join();
    const y = known.get(point) ?? f(...at);
    known.set(point, y);
    return y;
  };
}

const MUTANTS: Readonly<Record<string, Gradient>> = {
  "its sign": (right) => right.neg(),
  "a factor 2": (right) => right.mul(2),
  "a factor 1.001": (right) => right.mul(1.001),
  nothing: (right) => right.mul(0),
  "one entry": (right) => changed(right, (value) => value * 1.01),
  "a term more": (right, dY) => right.add(sum(dY).mul(sum(abs(right)))),
};

test("over all ops and scales, right gradients hold and planted ones do not", () => {
  const wrong: string[] = [];
  let [judged, unsaid] = [0, 0];
  const note = (what: string, expected: Verdict, verdict: Verdict): void => {
    judged++;
    if (verdict === "unsaid") unsaid++;
    else if (verdict !== expected) wrong.push(`${what}: ${verdict}`);
  };
  for (const [name, { samples }] of Object.entries(ops)) {
    samples.forEach((sample, s) => {
      if (sample.shapes.some((shape) => sizeOf(shape) === 0)) return;
      const plain = argumentsOf(sample, 17 + s);
      for (const [inside, outside] of SCALES) {
        const x = plain.map((xi) => xi.mul(inside).detach());
        const f = (...at: Tensor[]): Tensor =>
          mul(outside, sample.call(...at.map((xi) => xi.mul(1 / inside))));
        const what = `${name} ${s} at ${inside}, ${outside}`;
        note(
          what,
          "holds",
          verdictOf(() => gradcheck(f, x, { order: 1 })),
        );
        const dY = randn(...f(...x).shape);
        const isFlat = grad(f(...x), x, { cotangent: dY }).every((dx) => abs(dx).sum().item() === 0);
        const sameF = remembered(f);
        for (const [change, mutate] of Object.entries(MUTANTS)) {
          const gradient = (dY: Tensor): Tensor[] =>
            grad(f(...x), x, { cotangent: dY }).map((right) => mutate(right as Tensor, dY));
          if (isFlat) continue; // nothing can be changed in a gradient of 0
          note(
            `${what} with ${change} changed`,
            "fails",
            verdictOf(() => gradcheck(sameF, x, { gradient })),
          );
        }
      }
    });
  }
  console.log(`gradcheck: ${judged} gradients of ops judged, ${unsaid} without a verdict`);
  expect(wrong).toEqual([]);
  expect(unsaid).toBeLessThanOrEqual(0.005 * judged);
});

test("a gradient of 0 in place of a small one is refused", () => {
  const f = (x: Tensor): Tensor => mul(1e-7, square(x));
  expect(() => gradcheck(f, tensor([1, 2, 3]), { gradient: (_dY, x) => mul(0, x) })).toThrow(GradientError);
  expect(gradcheck(f, tensor([1, 2, 3]))).toBe(true);
});

const right: readonly (readonly [string, (x: Tensor) => Tensor, Tensor])[] = [
  ["a square at 1e6", square, tensor([1e6])],
  ["a square of tens of thousands", square, tensor([[20000, 30000]])],
  ["an exponential that spans a million", exp, tensor([[15, 1]])],
  ["e^(10 x), whose bends are shorter than its argument", (x) => exp(mul(10, x)), tensor([-3, 0.5, 15])],
  ["a reciprocal near its pole", (x) => div(1, x), tensor([[0.01, 1]])],
  ["a reciprocal at 1e-8", reciprocal, tensor([1e-8])],
  ["a logarithm at 1e-6", log, tensor([1e-6, 1])],
  ["a root at 1e-12", sqrt, tensor([1e-12, 4])],
  ["entries of very different sizes", square, tensor([1e-6, 1, 1e6])],
  ["prices of houses", (x) => mse(x, tensor([250000, 410000, 199999])), tensor([260000, 400000, 200000])],
  ["the tail of a sigmoid", sigmoid, tensor([-30, -5, 3])],
  ["a power of eight beside its argument", (x) => add(pow(x, 8), x), tensor([[12, 15, 18]])],
  ["a waist where every slope is 0", (x) => square(sub(x, 1)), tensor([1, 2])],
  ["a product of a hundred numbers", prod, tensor(Array.from({ length: 100 }, (_, k) => 0.5 + k / 100))],
  ["a fast oscillation", (x) => sin(mul(1000, x)), tensor([0.001, 0.7])],
  ["a kink that is near, but not there", (x) => mul(x, relu(x)), tensor([1e-3, -1e-3, 2])],
  ["a norm far from 0", norm, tensor([3e5, -4e5])],
  ["a hyperbolic tangent at 0", tanh, tensor([0, 1e-9])],
];

test.each(right)("%s is differentiated rightly, and gradcheck says so", (_what, f, x) => {
  expect(gradcheck(f, x)).toBe(true);
});

test.each(right)("%s with one per mille more is refused", (_what, f, x) => {
  const gradient = (dY: Tensor, at: Tensor): Tensor =>
    (grad(f(at), at, { cotangent: dY }) as Tensor).mul(1.001);
  const isFlat = (grad(f(x).sum(), x) as Tensor).data.every((entry) => Math.abs(entry) < 1e-12);
  if (!isFlat) expect(() => gradcheck(f, x, { gradient })).toThrow(GradientError);
});

const unsayable: readonly (readonly [string, (x: Tensor) => Tensor, Tensor, string])[] = [
  ["relu at 0", relu, tensor([1, 0]), "at entry (2): it is at a kink, with the slopes "],
  ["abs at 0", abs, tensor([0]), "it is at a kink, with the slopes "],
  ["a tie of maxima", (x) => maximum(x, 2), tensor([2]), "kink"],
  ["the edge of a clamp", (x) => clamp(x, -1, 1), tensor([-1]), "kink"],
  ["the norm of 0", norm, tensor([0, 0]), "kink"],
  ["a logarithm at 0", log, tensor([0]), "there are no values around it"],
  [
    "a sum of probabilities, where all is rounding",
    (x) => sum(softmax(x)),
    tensor([0.3, -1, 2]),
    "ill-conditioned",
  ],
  ["a saturated hyperbolic tangent", tanh, tensor([19.5]), "too ill-conditioned to check here"],
];

test.each(unsayable)("%s has neither a ✓ nor a ✗", (_what, f, x, why) => {
  const check = (): true => gradcheck(f, x, { order: 1 });
  expect(check).toThrow(InconclusiveError);
  expect(check).toThrow(why);
});

test("a kink at a distance of 1e-9 is not met", () => {
  expect(gradcheck(relu, tensor([1e-9, -1e-9, 2]), { order: 1 })).toBe(true);
});

test("a gradient that is outside both sides of a kink is wrong all the same", () => {
  const check = (): true => gradcheck(relu, tensor([0]), { gradient: (dY) => mul(dY, 3) });
  expect(check).toThrow(GradientError);
});
