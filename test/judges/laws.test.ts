/** Laws that hold for every derivative, whatever the function: a thousand random cases each. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { add, grad, jacobian, jvp, matmul, mul, Tensor } from "../../src/index.ts";
import { expectWithin, largest } from "./closeness.ts";
import { fixtures, type Posed, pose } from "./fixtures.ts";
import { randomGraph, tensors } from "./random-graph.ts";

const RUNS = { numRuns: 1000 };

/**
 * Room for rounding: relative to the terms that are added up, and absolute, as inside an op terms of the order of 1 may
 * cancel: a softmax of one entry has derivative 0, and rounding makes it 1e-17.
 */
const room = (terms: number): number => 1e-11 * terms + 1e-12;

/** The smooth, finite questions to the judges: every op, each on several shapes and options. */
const questions = fixtures.filter(({ hessian, dtype }) => hessian !== undefined && dtype === undefined);

/** A function at certain arguments, and what to call it when a law fails. */
interface Computation extends Posed {
  readonly name: string;
}

/** One call of any op. */
const anyOp: fc.Arbitrary<Computation> = fc
  .constantFrom(...questions)
  .map((question) => ({ ...pose(question), name: `${question.op}, ${question.id}` }));

const graphs: fc.Arbitrary<Computation> = randomGraph.map(({ leaves, call, name }) => ({
  xs: leaves,
  call,
  name,
}));

/** A computation, with a tangent for each argument, two cotangents of its result, and two numbers. */
interface Trial {
  readonly name: string;
  readonly xs: readonly Tensor[];
  readonly y: Tensor;
  readonly ts: readonly Tensor[];
  readonly u: Tensor;
  readonly v: Tensor;
  readonly a: number;
  readonly b: number;
}

/** Draws what a law needs for a computation. */
function trialOf(computations: fc.Arbitrary<Computation>): fc.Arbitrary<Trial> {
  return computations.chain(({ name, xs, call }) => {
    const y = call(...xs);
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    return fc
      .tuple(fc.tuple(...xs.map((x) => tensors(x.shape))), tensors(y.shape), tensors(y.shape), number, number)
      .map(([ts, u, v, a, b]) => ({ name, xs, y, ts, u, v, a, b }));
  });
}

const computations: [string, fc.Arbitrary<Computation>][] = [
  ["any op", anyOp],
  ["random graphs", graphs],
];

test.each(computations)("vjp is linear in the cotangent: Jᵀ(a u + b v) = a Jᵀu + b Jᵀv, for %s", (_, of) => {
  fc.assert(
    fc.property(trialOf(of), ({ xs, y, u, v, a, b }) => {
      const together = grad(y, xs, { cotangent: add(mul(a, u), mul(b, v)) });
      const [ofU, ofV] = [u, v].map((cotangent) => grad(y, xs, { cotangent }));
      together.forEach((dx, i) => {
        const parts = add(mul(a, ofU[i]), mul(b, ofV[i]));
        // The two parts may cancel: rounding is measured against them, not against their sum.
        const scale = Math.abs(a) * largest(ofU[i]) + Math.abs(b) * largest(ofV[i]);
        expectWithin(dx, parts, room(scale));
      });
    }),
    RUNS,
  );
});

test.each(computations)("vjp is the adjoint of jvp: ⟨ct, J t⟩ = ⟨Jᵀct, t⟩, for %s", (_, of) => {
  fc.assert(
    fc.property(trialOf(of), ({ xs, y, ts, u }) => {
      const pushed = jvp(y, xs, ts);
      const pulled = grad(y, xs, { cotangent: u });
      expect(pushed.shape).toEqual(y.shape);
      const left = dot(u, pushed);
      const right = total(pulled.map((dx, i) => dot(dx, ts[i])));
      const scale = total(pulled.map((dx, i) => dot(magnitudes(dx), magnitudes(ts[i]))));
      expect(Math.abs(left - right)).toBeLessThanOrEqual(room(scale));
    }),
    RUNS,
  );
});

test.each(computations)("the Jacobian times a tangent is the jvp, for %s", (_, of) => {
  fc.assert(
    fc.property(trialOf(of), ({ xs, y, ts }) => {
      const matrices = xs.map((x) => jacobian(y, x));
      const products = matrices.map((j, i) => {
        expect(j.shape).toEqual([...y.shape, ...xs[i].shape]);
        const rows = new Tensor([y.size, xs[i].size], j.data);
        return matmul(rows, new Tensor([xs[i].size], ts[i].data));
      });
      const pushed = new Tensor([y.size], jvp(y, xs, ts).data);
      const scale = total(matrices.map((j, i) => largest(j) * largest(ts[i]) * ts[i].size));
      expectWithin(
        pushed,
        products.reduce((a, b) => add(a, b)),
        room(scale),
      );
    }),
    RUNS,
  );
});

function magnitudes({ shape, data }: Tensor): Tensor {
  return new Tensor(shape, data.map(Math.abs));
}

function dot(a: Tensor, b: Tensor): number {
  return a.data.reduce((sum, ai, k) => sum + ai * b.data[k], 0);
}

function total(terms: readonly number[]): number {
  return terms.reduce((sum, term) => sum + term, 0);
}
