/** Derivatives where ops have their edges: kinks and guards at 0, tails where a value is certain, numbers near the end. */
import { expect, test } from "vitest";
import { type Slope, slopesAt } from "../../src/autodiff/central-difference.ts";
import { judge } from "../../src/autodiff/judgement.ts";
import { grad, mul, reshape, slice, sum, Tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { SingularMatrixError, ValueError } from "../../src/tensor/errors.ts";
import type { Sample } from "../../src/tensor/op.ts";
import { sizeOf } from "../../src/tensor/shape.ts";

const EDGES = [0, 1, 1e-310, 1e-20, 40, -40];

/** The first derivatives of all ops are tried elsewhere at points without edges; here those that a guard may spoil. */
const ORDERS = [1, 2, 3];

/** The smallest sample with entries: a scalar where the op takes one. */
function smallest(samples: readonly Sample[]): Sample {
  const size = ({ shapes }: Sample): number => shapes.reduce((total, shape) => total + sizeOf(shape), 0);
  const hasEntries = ({ shapes }: Sample): boolean => shapes.every((shape) => sizeOf(shape) > 0);
  return samples.filter(hasEntries).reduce((best, one) => (size(one) < size(best) ? one : best));
}

/** Entries of the interval that differ, none of them special. */
const inside = ([low, high]: readonly [number, number], k: number): number =>
  low + (high - low) * ((0.37 + 0.29 * k) % 1);

/** Operands in the domain, of which one has an entry at the edge, or all. */
function operands({ shapes, domain }: Sample, i: number, edge: number, isWhole: boolean): Tensor[] {
  return shapes.map((shape, j) => {
    const at = (k: number): number => (j === i && (isWhole || k === 0) ? edge : inside(domain[j], k + j));
    return new Tensor(
      shape,
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => at(k)),
    );
  });
}

/** The derivative of that order of Σ w ⊙ y by the first entry of operand i. */
function derivative(call: Sample["call"], x: readonly Tensor[], i: number, order: number): Tensor {
  const y = call(...x);
  let z = mul(
    y,
    new Tensor(
      [...y.shape],
      Float64Array.from({ length: y.size }, (_, k) => 1 + k / 8),
    ),
  );
  for (let k = 0; k < order; k++) z = slice(reshape(grad(sum(z), x[i], { createGraph: true }), -1), 0);
  return z;
}

const each = Object.entries(ops).map(([name, { samples }]) => [name, smallest(samples)] as const);

/** x to whole powers that are tensors: the guards of 0⁰ and 0 · ∞. */
const powers = [-1, 0, 1, 2, 3, 4].map((n): readonly [string, Sample] => {
  const call: Sample["call"] = (x) => ops.pow(x, new Tensor([], Float64Array.of(n)));
  return [`x to the tensor ${n}`, { shapes: [[]], call, domain: [[0.5, 2]] }];
});

/** The square is flat where an op is 0, so a guard at 0 shows in what it says of the second derivative. */
const squares = [...each, ...powers].map(
  ([name, sample]) =>
    [
      `the square of ${name}`,
      { ...sample, call: (...x: Tensor[]) => ops.square(sample.call(...x)) },
    ] as const,
);

const cases = [...each, ...powers, ...squares].flatMap(([name, sample]) =>
  sample.shapes.map((_, i) => [name, i, sample] as const),
);

/** The derivative of an order by the rules, and what differences of the one below say; `null` outside the domain. */
function compared({ call }: Sample, x: readonly Tensor[], i: number, order: number): [number, Slope] | null {
  const at = (moving: Tensor, k: number): ArrayLike<number> => derivative(call, x.with(i, moving), i, k).data;
  try {
    const below = Array.from(at(x[i], order - 1));
    if (!below.every(Number.isFinite)) return null; // a pole, whose slope differences do not see
    const [slope] = slopesAt((moving) => at(moving, order - 1), x[i], [0]);
    // Beside larger terms that seem to stand still, a small change is lost.
    const lost = 2 ** -52 * below.reduce((total, term) => total + Math.abs(term), 0);
    return [at(x[i], order)[0], { ...slope, error: slope.error + lost }];
  } catch (error) {
    if (error instanceof ValueError || error instanceof SingularMatrixError) return null;
    throw error;
  }
}

/** Whether the rules say the same as differences, or honestly nothing. */
function isTrue(name: string, order: number, found: number, slope: Slope): boolean {
  const isBeyondRange =
    Math.abs(found) === Number.POSITIVE_INFINITY || Math.abs(found - slope.value) < 1e-300;
  const isSaidToBeNone = Number.isNaN(found) && order > 1 && (slope.kink !== null || name === "norm");
  return isBeyondRange || isSaidToBeNone || judge(found, slope, 1e-5).kind !== "fails";
}

test.each(cases)("%s has its derivatives to the third order at edges of operand %i", (name, i, sample) => {
  for (const edge of EDGES) {
    for (const isWhole of [false, true]) {
      for (const order of ORDERS) {
        const pair = compared(sample, operands(sample, i, edge, isWhole), i, order);
        if (pair === null || isTrue(name, order, ...pair)) continue;
        expect
          .soft(pair[0], `order ${order} at ${edge}${isWhole ? ", all entries" : ""}`)
          .toBe(pair[1].value);
      }
    }
  }
});
