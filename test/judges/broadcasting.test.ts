/** Broadcasting: an op on stretched arguments is the op on broadcast ones, backwards as forwards. */
import fc from "fast-check";
import { test } from "vitest";
import {
  add,
  broadcastTo,
  div,
  grad,
  maximum,
  minimum,
  mul,
  pow,
  sub,
  sum,
  Tensor,
} from "../../src/index.ts";
import { expectSame, expectWithin, largest } from "./closeness.ts";
import { tensors } from "./random-graph.ts";

const RUNS = { numRuns: 1000 };

/** Room for sums in another order. */
const ROUNDING = 1e-12;

const rules: [string, (x: Tensor, y: Tensor) => Tensor][] = [
  ["add", add],
  ["sub", sub],
  ["mul", mul],
  ["div", (x, y) => div(x, add(mul(y, y), 1))],
  ["pow", (x, y) => pow(add(mul(x, x), 1), y)],
  ["maximum", maximum],
  ["minimum", minimum],
];

/** Two shapes that broadcast, by taking axes off a common one and making others 1. */
const broadcastable: fc.Arbitrary<[number[], number[], number[]]> = fc
  .array(fc.nat(3), { maxLength: 4 })
  .chain((common) => fc.tuple(fc.constant(common), thinned(common), thinned(common)))
  .filter(([common, a, b]) => sameLengths(broadcast(a, b), common));

test("an op broadcasts as if its arguments were stretched first, and so do its gradients", () => {
  fc.assert(
    fc.property(
      broadcastable.chain(([common, a, b]) =>
        fc.tuple(tensors(a), tensors(b), tensors(common), fc.nat(rules.length - 1)),
      ),
      ([x, y, cotangent, rule]) => {
        const [name, op] = rules[rule];
        const direct = op(x, y);
        const stretched = op(broadcastTo(x, cotangent.shape), broadcastTo(y, cotangent.shape));
        expectSame(direct, stretched, { tolerance: 0, slack: 0, what: name });
        const [dx, dy] = grad(direct, [x, y], { cotangent });
        const [ex, ey] = grad(stretched, [x, y], { cotangent });
        expectWithin(dx, ex, ROUNDING * (1 + largest(ex)));
        expectWithin(dy, ey, ROUNDING * (1 + largest(ey)));
      },
    ),
    RUNS,
  );
});

test("the vjp of a broadcast sums over the stretched axes", () => {
  fc.assert(
    fc.property(
      broadcastable.chain(([common, a]) => fc.tuple(tensors(a), tensors(common))),
      ([x, cotangent]) => {
        const pulled = grad(broadcastTo(x, cotangent.shape), x, { cotangent });
        const missing = cotangent.rank - x.rank;
        const stretched = cotangent.shape.flatMap((length, i) =>
          i < missing || (x.shape[i - missing] === 1 && length !== 1) ? [i] : [],
        );
        const summed = sum(cotangent, { axis: stretched });
        expectWithin(pulled, new Tensor(x.shape, summed.data), ROUNDING * (1 + largest(summed)));
      },
    ),
    RUNS,
  );
});

/** Some leading axes dropped, some others made 1. */
function thinned(common: readonly number[]): fc.Arbitrary<number[]> {
  return fc
    .tuple(fc.nat(common.length), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([dropped, isOne]) => common.slice(dropped).map((length, i) => (isOne[i] ? 1 : length)));
}

/** The shape two shapes broadcast to, written once more than in the library. */
function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return m === 1 ? n : m;
  });
}

function sameLengths(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, i) => length === b[i]);
}
