/**
 * What people met in libraries like this one and reported in public about numbers and gradients, each with the value
 * that is right: by mathematics where it has one, by our conventions at kinks and ties (the midpoint; a cotangent of 0
 * stops) where it has none.
 */
import { describe, expect, test } from "vitest";
import {
  abs,
  add,
  binaryCrossEntropy,
  clamp,
  concat,
  cos,
  crossEntropy,
  type Data,
  type Dtype,
  div,
  eq,
  exp,
  full,
  grad,
  gt,
  hessian,
  le,
  log,
  logSoftmax,
  logsumexp,
  lt,
  matmul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  norm,
  pow,
  prod,
  relu,
  reshape,
  sigmoid,
  sin,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  take,
  tanh,
  variance,
  where,
} from "../../src/index.ts";
import { connectHost } from "../../src/tensor/host.ts";
import { expectEntries, t } from "../entries.ts";

const [INF, NAN] = [Number.POSITIVE_INFINITY, Number.NaN];

type Formula = (x: Tensor) => Tensor;

/** The derivative of that order, of a function that acts entry by entry. */
function derivative(f: Formula, at: Data, order = 1): Tensor {
  const x = t(at);
  let y = f(x);
  for (let k = 0; k < order; k++) y = grad(sum(y), x, { createGraph: true });
  return y;
}

/** The gradient of the sum of f. */
const gradient = (f: Formula, at: Data, dtype?: Dtype): Tensor => {
  const x = t(at, dtype);
  return grad(sum(f(x)), x);
};

const hessianOf = (f: Formula, at: Data): Tensor => {
  const x = t(at);
  return hessian(f(x), x);
};

/** The Hessian of the sum of f, applied to a direction. */
function alongHessian(f: Formula, at: Data, direction: Data): Tensor {
  const x = t(at);
  return grad(grad(sum(f(x)), x, { createGraph: true }), x, { cotangent: t(direction) });
}

/** What is computed, and its entries; a float32 or a long way may need a wider error. */
type Row = [title: string, compute: () => Tensor, entries: readonly number[], error?: number];

const holds = (...[, compute, entries, error]: Row): void => expectEntries(compute(), entries, error);

const FLOAT32 = 1e-6;

describe("a branch that was not chosen, and a mask, add nothing to a gradient", () => {
  test.each<Row>([
    [
      "an exponential that overflows in the other branch",
      () => gradient((x) => where(le(x, 0), exp(x), add(1, x)), [1000, -1]),
      [1, Math.exp(-1)],
    ],
    [
      "a cosine of ∞ in the other branch",
      () => gradient((x) => where(lt(x, 1), cos(x), 0), [0, INF]),
      [0, 0],
    ],
    [
      "an entry that is NaN, and one whose exponential overflows, both replaced by a constant",
      () => gradient((x) => where(le(x, 10), exp(x), 1), [1, NAN, 1e10]),
      [Math.E, 0, 0],
    ],
    [
      "a logarithm of 0 in the other branch",
      () => gradient((x) => where(gt(x, 2), log(x), mul(2, x)), [0, 2, 3]),
      [2, 2, 1 / 3],
    ],
    [
      "the root of a negative number in the other branch",
      () => gradient((x) => where(gt(x, 0), sqrt(x), x), [-1, -4, 4]),
      [1, 1, 1 / 4],
    ],
    [
      "the root of 0 that a minimum kept out of the result by its value alone",
      () => gradient((x) => where(lt(x, 1), x, sqrt(x)), [0, 1e-9, 4]),
      [1, 1, 1 / 4],
    ],
    [
      "lengths of rows, where that of a row of zeros is replaced",
      () =>
        gradient(
          (x) => {
            const length = sqrt(sum(square(x), { axis: 1 }));
            return where(gt(length, 0.5), length, 1);
          },
          [
            [3, 4],
            [0, 0],
          ],
        ),
      [3 / 5, 4 / 5, 0, 0],
    ],
    [
      "an infinite factor in the other branch",
      () => gradient((x) => where(gt(x, 0), 0, mul(x, INF)), [1]),
      [0],
    ],
    [
      "0 times a quotient by 0 in the other branch",
      () => gradient((x) => where(gt(x, 0), x, mul(0, div(x, 0))), [1]),
      [1],
    ],
    [
      "a power of a power that overflows in the other branch",
      () => gradient((x) => where(lt(x, 15), x, pow(10, exp(x))), [10]),
      [1],
    ],
    [
      "a factor in front of logarithms that are masked where they do not exist",
      () => {
        const [factor, x] = [t(1), t([-1, 0, 2])];
        return grad(sum(where(gt(x, 0), mul(factor, log(x)), 0)), factor);
      },
      [Math.log(2)],
    ],
    [
      "a function in two pieces, each with its pole in the other's domain",
      () => gradient((x) => where(lt(x, 0), div(1, sub(1, x)), log(add(x, 1))), [1, -1, 0]),
      [1 / 2, 1 / 4, 1],
    ],
    [
      "x √x at 0, where the branch is the constant",
      () => gradient((x) => where(eq(x, 0), 0, mul(x, sqrt(x))), [0, 4]),
      [0, 3],
    ],
    [
      "a quotient of two tensors, masked where the divisor is 0",
      () => {
        const [x, y] = [t([0, 2]), t([3, 6])];
        const [dx, dy] = grad(sum(where(eq(x, 0), 0, div(y, x))), [x, y]);
        return concat([dx, dy]);
      },
      [0, -3 / 2, 0, 1 / 2],
    ],
    [
      "squares of differences from targets of which some are missing",
      () => gradient((x) => where(t([1, 0, 1]), square(sub(x, t([1, NAN, 5]))), 0), [3, 3, 3]),
      [4, 0, -4],
    ],
    [
      "p ln p where p is 0",
      () => gradient((p) => where(gt(p, 0), mul(p, log(p)), 0), [0, 1, Math.E]),
      [0, 1, 2],
    ],
    [
      "an entry taken beside the pole of another",
      () => gradient((x) => take(div(1, x), [1]), [0, 2]),
      [0, -1 / 4],
    ],
    [
      "a probability of a softmax in which −∞ was added to one score",
      () => gradient((x) => slice(softmax(add(x, t([0, -INF, 0, 0, 0]))), 2), [1, 1, 1, 1, 1]),
      [-1 / 16, 0, 3 / 16, -1 / 16, -1 / 16],
    ],
    [
      "a probability of a softmax in which one score was multiplied by −∞",
      () => gradient((x) => slice(softmax(mul(x, t([4, -INF, 4, 4, 4]))), 2), [1, 1, 1, 1, 1]),
      [-1 / 4, 0, 3 / 4, -1 / 4, -1 / 4],
    ],
    [
      "weights shared with a row that is masked as a whole and then left out",
      () => {
        const [x, w] = [
          t([
            [1, 0],
            [0, 1],
          ]),
          t([
            [0, 0],
            [0, 0],
          ]),
        ];
        const mask = t([
          [0, 0],
          [-INF, -INF],
        ]);
        return grad(slice(softmax(add(matmul(x, w), mask)), 0, 0), w);
      },
      [1 / 4, -1 / 4, 0, 0],
    ],
    ["a lower bound under a logarithm of 0", () => gradient((x) => log(clamp(x, 1e-3, 1)), [0, 0.5]), [0, 2]],
    [
      "the second derivative of a function in two pieces, with the other one's pole at the point",
      () => derivative((x) => where(gt(x, 1), div(1, sub(x, 1)), square(x)), [1, 2], 2),
      [2, 2],
    ],
  ])("nothing comes of %s", holds);
});

describe("a loss has its limit at ±∞ and where it is certain", () => {
  const E40 = 4.248354255291589e-18; // e⁻⁴⁰

  test.each<Row>([
    [
      "probabilities that are 0 where a logit is −∞ cost nothing",
      () => crossEntropy(t([[-INF, 0]]), t([[0, 1]])),
      [0],
    ],
    [
      "probabilities that are 0 where a logit is −∞ have no gradient there",
      () => gradient((z) => crossEntropy(z, t([[0, 0.5, 0.5]])), [[-INF, 0, 0]]),
      [0, 0, 0],
    ],
    [
      "classes that are ruled out by −∞ leave the others to share",
      () => crossEntropy(t([[-INF, 0, 0]]), [1]),
      [Math.LN2],
    ],
    [
      "classes that are ruled out by −∞ have no gradient, and the others softmax less target",
      () => gradient((z) => crossEntropy(z, [1]), [[-INF, 0, 0]]),
      [0, -1 / 2, 1 / 2],
    ],
    ["a target that was ruled out costs ∞", () => crossEntropy(t([[-INF, 0]]), t([[1, 0]])), [INF]],
    [
      "the gradient at a target that was ruled out is that of every other point: softmax less target",
      () => gradient((z) => crossEntropy(z, t([[1, 0]])), [[-INF, 0]]),
      [-1, 1],
    ],
    [
      "soft labels with logits in the thousands are a finite loss",
      () => crossEntropy(t([[-4800, 4800]]), t([[0.25, 0.75]])),
      [2400],
    ],
    [
      "soft labels with logits in the thousands have softmax less target as gradient",
      () => gradient((z) => crossEntropy(z, t([[0.25, 0.75]])), [[-4800, 4800]]),
      [-0.25, 0.25],
    ],
    [
      "two equal logits of 10⁸ are as undecided as two zeros, in float32 too",
      () => crossEntropy(t([[1e8, 1e8]], "float32"), [1]),
      [Math.LN2],
      FLOAT32,
    ],
    ["a logit of +∞ at the target costs nothing", () => crossEntropy(t([[0, INF]]), [1]), [0]],
    [
      "logSoftmax of logits far apart is their distance to the largest",
      () => logSoftmax(t([-800, 900, -1200])),
      [-1700, 0, -2100],
    ],
    [
      "the gradient of the sum of logSoftmax is 1 less n times the softmax, with logits in the thousands too",
      () =>
        gradient(logSoftmax, [
          [1, 1000],
          [2, 2000],
        ]),
      [1, -1, 1, -1],
    ],
    ["logSoftmax beside −∞", () => logSoftmax(t([0, -INF])), [0, -INF]],
    ["logSoftmax beside +∞", () => logSoftmax(t([0, INF])), [-INF, 0]],
    ["softmax beside −∞", () => softmax(t([-INF, 0, -INF])), [0, 1, 0]],
    ["softmax beside one +∞ is certain", () => softmax(t([0, INF, -INF])), [0, 1, 0]],
    ["softmax of two equal logits far below 0", () => softmax(t([-10_000, -10_000])), [0.5, 0.5]],
    ["logsumexp of nothing but −∞ is −∞", () => logsumexp(t([-INF, -INF])), [-INF]],
    ["logsumexp with +∞ is +∞", () => logsumexp(t([INF, 0, -INF])), [INF]],
    [
      "logsumexp of a column of −∞ beside others",
      () =>
        logsumexp(
          t([
            [-15, -INF],
            [-INF, -INF],
          ]),
          { axis: 0 },
        ),
      [-15, -INF],
    ],
    [
      "logsumexp of many equal numbers far below 0",
      () => sub(logsumexp(full([16], -1e10)), -1e10),
      [Math.log(16)],
      1e-6,
    ],
    ["the gradient of logsumexp is 0 at −∞", () => gradient((x) => logsumexp(x), [-INF, 1]), [0, 1]],
    ["the gradient of logsumexp is 1 at the only +∞", () => gradient((x) => logsumexp(x), [INF, 1]), [1, 0]],
    [
      "crossEntropy, logSoftmax and logsumexp where they are certain are e⁻⁴⁰, −e⁻⁴⁰ and e⁻⁴⁰, not 0",
      () =>
        stack([
          crossEntropy(t([[40, 0]]), [0]),
          crossEntropy(t([[40, 0]]), t([[1, 0]])),
          logSoftmax(t([40, 0])).slice(0),
          logsumexp(t([0, -40])),
        ]),
      [E40, E40, -E40, E40],
    ],
    [
      "the gradient of BCE where it is certain is e⁻⁴⁰, with the sign of the error",
      () => gradient((z) => mul(2, binaryCrossEntropy(z, t([1, 0]))), [40, -40]),
      [-E40, E40],
    ],
    ["BCE at ±∞ costs nothing where it is right", () => binaryCrossEntropy(t([-INF, INF]), t([0, 1])), [0]],
    ["BCE of −∞ costs ∞ for a target of 1", () => binaryCrossEntropy(t([-INF]), t([1])), [INF]],
    ["BCE of +∞ costs ∞ for a target of 0", () => binaryCrossEntropy(t([INF]), t([0])), [INF]],
    ["BCE of −∞ costs ∞ for a target between", () => binaryCrossEntropy(t([-INF]), t([0.9])), [INF]],
    ["BCE of +∞ costs ∞ for a target between", () => binaryCrossEntropy(t([INF]), t([0.9])), [INF]],
    [
      "the gradient of BCE at ±∞ is σ less target",
      () => gradient((z) => mul(4, binaryCrossEntropy(z, t([0, 1, 0, 1]))), [-INF, -INF, INF, INF]),
      [0, -1, 1, 0],
    ],
    ["BCE of the largest logits is finite", () => binaryCrossEntropy(t([-2e307, 6e307]), t([1, 1])), [1e307]],
    [
      "BCE is ln 2 at 0, and its gradient −½ or ½",
      () => gradient((z) => mul(2, binaryCrossEntropy(z, t([0, 1]))), [0, 0]),
      [0.5, -0.5],
    ],
    ["BCE of −40 for a target of 0 is e⁻⁴⁰, not 0", () => binaryCrossEntropy(t([-40]), t([0])), [E40]],
    ["BCE of 40 for a target of 1 is e⁻⁴⁰, not 0", () => binaryCrossEntropy(t([40]), t([1])), [E40]],
    [
      "softplus far above 0 is x, and its slope 1",
      () => concat([softplus(t([800])), gradient(softplus, [800])]),
      [800, 1],
    ],
    [
      "softplus in float32 beyond the range of its exponential",
      () => concat([softplus(t([100], "float32")), gradient(softplus, [95], "float32")]),
      [100, 1],
      FLOAT32,
    ],
    ["softplus″ is e⁻⁴⁰ at 40, on either side", () => derivative(softplus, [40, -40], 2), [E40, E40]],
    [
      "softplus″ and softplus‴ end in 0, not in NaN",
      () => concat([derivative(softplus, [800, -800], 2), derivative(softplus, [800, -800], 3)]),
      [0, 0, 0, 0],
    ],
    ["ln σ(−300) is −300, written with softplus", () => neg(softplus(t([300]))), [-300]],
    ["ln σ keeps the largest float32", () => neg(softplus(t([1e38], "float32"))), [-1e38], FLOAT32],
    ["ln σ(266) ends in 0", () => neg(softplus(t([-266]))), [-Math.exp(-266)]],
    ["σ at ±1000 is certain", () => sigmoid(t([-1000, 1000])), [0, 1]],
    ["σ′ is e⁻⁴⁰ at 40, on either side", () => gradient(sigmoid, [40, -40]), [E40, E40]],
    [
      "σ″ and softplus‴ near 0 are −x/8",
      () => concat([derivative(sigmoid, [1e-20], 2), derivative(softplus, [1e-20], 3)]),
      [-1.25e-21, -1.25e-21],
    ],
    [
      "σ to the fourth order keeps its tails",
      () => concat([1, 2, 3, 4].map((order) => derivative(sigmoid, [-40, 40], order))),
      [E40, E40, E40, -E40, E40, E40, E40, -E40],
    ],
    [
      "tanh near 0 bends by −2x, and its slope in the tails is 4 e^(−2|x|)",
      () => concat([derivative(tanh, [1e-20], 2), derivative(tanh, [20, -20])]),
      [-2e-20, 4 * Math.exp(-40), 4 * Math.exp(-40)],
    ],
    [
      "σ′ and σ″ at ±1000 are 0",
      () => concat([gradient(sigmoid, [-1000, 1000]), derivative(sigmoid, [-1000, 1000], 2)]),
      [0, 0, 0, 0],
    ],
    [
      "the entropy of a softmax with a class ruled out is that of the others",
      () => {
        const z = t([0, 0, -INF]);
        const p = softmax(z);
        return neg(sum(where(gt(p, 0), mul(p, logSoftmax(z)), 0)));
      },
      [Math.LN2],
    ],
    [
      "the gradient of a divergence whose target is 0 where a class is ruled out is softmax less target",
      () => {
        const target = t([0, 0.25, 0.75]);
        const cost: Formula = (z) => where(gt(target, 0), mul(target, sub(log(target), logSoftmax(z))), 0);
        return gradient(cost, [-INF, 0, 0]);
      },
      [0, 0.25, -0.25],
    ],
  ])("%s", holds);

  test("two entries of −∞ have equal shares in the gradient of logsumexp, and no NaN", () => {
    const [first, second] = gradient((x) => logsumexp(x), [-INF, -INF]).data;
    expect(first).toBe(second);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThanOrEqual(1);
  });
});

describe("a second derivative at a kink or a guard is a second derivative", () => {
  const powers: Formula = (x) => sum(pow(reshape(x, 3, 1), t([1, 2, 3, 4])), { axis: 1 });
  const squareOfTwo: Formula = (x) => pow(x, t(2));
  /** Guards that a Taylor polynomial fills, so that they may be differentiated again. */
  const sinc: Formula = (x) =>
    where(lt(abs(x), 1e-2), add(sub(1, div(square(x), 6)), div(pow(x, 4), 120)), div(sin(x), x));
  const exprel: Formula = (x) =>
    where(
      lt(abs(x), 1e-3),
      add(add(1, div(x, 2)), add(div(square(x), 6), div(pow(x, 3), 24))),
      div(sub(exp(x), 1), x),
    );
  const distances: Formula = (x) => norm(sub(reshape(x, 2, 1, 2), reshape(x, 1, 2, 2)), { axis: 2 });

  test.each<Row>([
    ["the norm at 0 has gradient 0", () => gradient((x) => norm(x), [0, 0]), [0, 0]],
    ["a squared norm at 0 has gradient 0", () => gradient((x) => square(norm(x)), [0, 0]), [0, 0]],
    [
      "the Hessian of a sum of squares at 0 is 2 I",
      () => hessianOf((x) => sum(square(x)), [0, 0]),
      [2, 0, 0, 2],
    ],
    [
      "the Hessian of a squared norm at 0 is 2 I",
      () => hessianOf((x) => square(norm(x)), [0, 0]),
      [2, 0, 0, 2],
    ],
    [
      "the Hessian of a norm times itself, of its second power and of half its square at 0",
      () =>
        concat([
          hessianOf((x) => mul(norm(x), norm(x)), [0, 0]),
          hessianOf((x) => pow(norm(x), 2), [0, 0]),
          hessianOf((x) => div(square(norm(x)), 2), [0, 0]),
        ]).reshape(12),
      [2, 0, 0, 2, 2, 0, 0, 2, 1, 0, 0, 1],
    ],
    [
      "the Hessian of exp(−‖x‖²) and of √(1 + ‖x‖²) at 0",
      () =>
        concat([
          hessianOf((x) => exp(neg(square(norm(x)))), [0, 0]),
          hessianOf((x) => sqrt(add(1, square(norm(x)))), [0, 0]),
        ]).reshape(8),
      [-2, 0, 0, -2, 1, 0, 0, 1],
    ],
    [
      "the Hessian of a loss that is quadratic near 0 and linear beyond, at 0 and at (3, 4)",
      () => {
        const huber: Formula = (x) => {
          const length = norm(x);
          return where(lt(length, 1), div(square(length), 2), sub(length, 0.5));
        };
        return concat([hessianOf(huber, [0, 0]), hessianOf(huber, [3, 4])]).reshape(8);
      },
      [1, 0, 0, 1, 0.128, -0.096, -0.096, 0.072],
    ],
    [
      "the Hessian of ‖x‖³ and of ‖x‖⁴ at 0 is 0",
      () => concat([3, 4].map((n) => hessianOf((x) => pow(norm(x), n), [0, 0]))).reshape(8),
      [0, 0, 0, 0, 0, 0, 0, 0],
    ],
    [
      "squared lengths of rows bend alike, a row of zeros too",
      () =>
        alongHessian(
          (x) => square(norm(x, { axis: 1 })),
          [
            [3, 4],
            [0, 0],
          ],
          [
            [1, 0],
            [0, 1],
          ],
        ),
      [2, 0, 0, 2],
    ],
    [
      "the Hessian of a norm is (I − u uᵀ)/r",
      () => hessianOf((x) => norm(x), [3, 4]),
      [0.128, -0.096, -0.096, 0.072],
    ],
    [
      "a row of zeros does not disturb the second derivative of another row's norm",
      () =>
        alongHessian(
          (x) => norm(x, { axis: 1 }),
          [
            [3, 4],
            [0, 0],
          ],
          [
            [1, 0],
            [0, 0],
          ],
        ),
      [0.128, -0.096, 0, 0],
    ],
    [
      "distances of all pairs, 0 on the diagonal, have a gradient",
      () =>
        gradient(distances, [
          [0, 0],
          [3, 4],
        ]),
      [-1.2, -1.6, 1.2, 1.6],
    ],
    [
      "distances of all pairs, 0 on the diagonal, have a second derivative where no point meets another",
      () =>
        alongHessian(
          distances,
          [
            [0, 0],
            [3, 4],
          ],
          [
            [1, 0],
            [0, 0],
          ],
        ),
      [0.256, -0.192, -0.256, 0.192],
    ],
    [
      "the mixed second derivative of a squared distance is −2 I, where the points meet too",
      () => {
        const [x, y] = [t([1, 2]), t([1, 2])];
        const dx = grad(sum(square(sub(x, y))), x, { createGraph: true });
        return concat([grad(dx, y, { cotangent: t([1, 0]) }), grad(dx, y, { cotangent: t([0, 1]) })]);
      },
      [-2, 0, 0, -2],
    ],
    [
      "the length of what is left of equal numbers without their mean has gradient 0",
      () => gradient((x) => norm(sub(x, mean(x))), [2, 2]),
      [0, 0],
    ],
    [
      "the variance of equal numbers has a Hessian",
      () => hessianOf((x) => variance(x), [1, 1]),
      [0.5, -0.5, -0.5, 0.5],
    ],
    [
      "x² with 2 as a tensor has 2 as second derivative at 0",
      () => derivative(squareOfTwo, [0, 1], 2),
      [2, 2],
    ],
    [
      "x² with 2 as a tensor has 0 as third and fourth derivative",
      () => concat([derivative(squareOfTwo, [0, 1], 3), derivative(squareOfTwo, [0, 1], 4)]),
      [0, 0, 0, 0],
    ],
    [
      "c x² has 2 c as second derivative at 0, as a power with a number",
      () => derivative((x) => mul(4, pow(x, 2)), [0], 2),
      [8],
    ],
    [
      "exp(−x²) at 0 has the derivatives of its series",
      () => concat([1, 2, 3, 4].map((order) => derivative((x) => exp(neg(pow(x, 2))), [0], order))),
      [0, -2, 0, 12],
    ],
    [
      "x + x² + x³ + x⁴ by a tensor of exponents: first derivative at −1, 0, 1",
      () => derivative(powers, [-1, 0, 1], 1),
      [-2, 1, 10],
    ],
    [
      "x + x² + x³ + x⁴ by a tensor of exponents: second derivative",
      () => derivative(powers, [-1, 0, 1], 2),
      [8, 2, 20],
    ],
    [
      "x + x² + x³ + x⁴ by a tensor of exponents: third derivative",
      () => derivative(powers, [-1, 0, 1], 3),
      [-18, 6, 30],
    ],
    [
      "x + x² + x³ + x⁴ by a tensor of exponents: fourth derivative",
      () => derivative(powers, [-1, 0, 1], 4),
      [24, 24, 24],
    ],
    [
      "x + x² + x³ + x⁴ by a tensor of exponents: fifth derivative",
      () => derivative(powers, [-1, 0, 1], 5),
      [0, 0, 0],
    ],
    [
      "0¹ has slope 1 in its base and 0 in its exponent",
      () => {
        const [x, y] = [t([0]), t([1])];
        return concat([...grad(sum(pow(x, y)), [x, y])]);
      },
      [1, 0],
    ],
    [
      "0^y is constant in y: the first and the second derivative are 0, at y = 0 too",
      () => concat([1, 2].map((order) => derivative((y) => pow(0, y), [0, 1], order))),
      [0, 0, 0, 0],
    ],
    [
      "1/x by a tensor of exponents at 0: −∞ in its base, and 0 in its exponent by convention",
      () => {
        const [x, y] = [t([0]), t([-1])];
        return concat([...grad(sum(pow(x, y)), [x, y])]);
      },
      [-INF, 0],
    ],
    [
      "x⁰ and x¹ of a tiny x: their slopes in x to the third order are those of constants and of x",
      () =>
        concat(
          [0, 1].flatMap((n) => [1, 2, 3].map((order) => derivative((x) => pow(x, t(n)), [1e-310], order))),
        ),
      [0, 0, 0, 1, 0, 0],
    ],
    [
      "x^y of a tiny x: the mixed second derivative is x^(y − 1) (1 + y ln x), whichever comes first",
      () => {
        const [x, y] = [t([1e-310, 1e-310]), t([1, 0.5])];
        const [dx, dy] = grad(sum(pow(x, y)), [x, y], { createGraph: true });
        return concat([grad(sum(dx), y), grad(sum(dy), x)]);
      },
      [1, 1].flatMap(() => [1 + Math.log(1e-310), 1e155 * (1 + 0.5 * Math.log(1e-310))]),
    ],
    [
      "x^y rises with y in its slope where y is 0: by 1/x",
      () => {
        const [x, y] = [t([2, -2]), t([0, 0])];
        return grad(sum(grad(sum(pow(x, y)), x, { createGraph: true })), y);
      },
      [0.5, -0.5],
    ],
    [
      "x^1.5 at 0 rises with slope 0, and its slope with slope ∞",
      () => concat([1, 2].map((order) => derivative((x) => pow(x, 1.5), [0], order))),
      [0, INF],
    ],
    [
      "x (1 − x^1.1) at 0 has slope 1 and no curvature",
      () => concat([1, 2].map((order) => derivative((x) => mul(x, sub(1, pow(x, 1.1))), [0], order))),
      [1, 0],
    ],
    [
      "|x| is flat at 0 in the middle, and bends nowhere else",
      () => concat([1, 2].map((order) => derivative(abs, [-2, 0, 2], order))),
      [-1, 0, 1, 0, 0, 0],
    ],
    ["x |x| has slope 2 |x|", () => derivative((x) => mul(x, abs(x)), [-3, 0, 3]), [6, 0, 6]],
    [
      "ReLU has second derivative 0, at its kink too",
      () => derivative((x) => relu(x), [-1, 0, 1], 2),
      [0, 0, 0],
    ],
    [
      "ReLU² bends as the side that `at0` names",
      () =>
        concat(
          [0 as const, 1 as const].map((at0) => derivative((x) => square(relu(x, { at0 })), [-1, 0, 1], 2)),
        ),
      [0, 0, 2, 0, 2, 2],
    ],
    [
      "k equal maxima share the gradient",
      () => gradient((x) => max(x), [1, 2, 2, 2]),
      [0, 1 / 3, 1 / 3, 1 / 3],
    ],
    [
      "max² has the second derivative of the shares",
      () => alongHessian((x) => square(max(x)), [2, 2, 1], [1, 0, 0]),
      [0.5, 0.5, 0],
    ],
    [
      "maximum(x, y) gives each half at a tie, and minimum too",
      () => {
        const [x, y] = [t([1]), t([1])];
        return concat([...grad(sum(maximum(x, y)), [x, y]), ...grad(sum(minimum(x, y)), [x, y])]);
      },
      [0.5, 0.5, 0.5, 0.5],
    ],
    ["max(x, −x) has the slope of |x|", () => gradient((x) => maximum(x, neg(x)), [-2, 0, 2]), [-1, 0, 1]],
    [
      "clamp has slope ½ on its bounds, as min of max has",
      () =>
        concat([
          gradient((x) => clamp(x, 0, 1), [-1, 0, 0.5, 1, 2]),
          gradient((x) => minimum(maximum(x, 0), 1), [-1, 0, 0.5, 1, 2]),
        ]),
      [0, 0.5, 1, 0.5, 0, 0, 0.5, 1, 0.5, 0],
    ],
    [
      "clamp² at its bound: the slope times ½, the curvature times ¼",
      () => concat([1, 2].map((order) => derivative((x) => square(clamp(x, 0, 1)), [1, 0.5], order))),
      [1, 1, 0.5, 2],
    ],
    [
      "a product with one 0 has its gradient there",
      () => gradient((x) => prod(x), [2, 0, 3, 4]),
      [0, 24, 0, 0],
    ],
    ["a product of a single 0 has gradient 1", () => gradient((x) => prod(x), [0]), [1]],
    [
      "a product along rows, of which one has a 0",
      () =>
        gradient(
          (x) => prod(x, { axis: 1 }),
          [
            [4, 0],
            [2, 3],
          ],
        ),
      [0, 4, 3, 2],
    ],
    [
      "a product with two zeros has a Hessian: the others between the two",
      () => hessianOf((x) => prod(x), [2, 3, 0, 0]),
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 6, 0],
    ],
    [
      "a product of many large numbers and several zeros has gradient 0, in float32 too",
      () => gradient((x) => prod(x), [1e13, 0, 0, 1e13, 1e13, 0, 1e13, 1e13, 1e13], "float32"),
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    [
      "a product that overflows before it meets a 0 is 0",
      () =>
        concat([prod(t([[1e200, 1e200, 0]]), { axis: 1 }), gradient((x) => prod(x), [1e200, 1e200, 0, 0])]),
      [0, 0, 0, 0, 0],
    ],
    [
      "sin x / x, filled at 0 by its series: derivatives one to four",
      () => concat([1, 2, 3, 4].map((order) => derivative(sinc, [0], order))),
      [0, -1 / 3, 0, 1 / 5],
    ],
    [
      "sin x / x at several points at once, one of them 0",
      () => {
        const x = t(-0.5);
        const y = sinc(stack([x, add(mul(2, x), 1), sub(2, div(x, 2))]));
        const dx = grad(sum(mul(t([2, -3, 5]), y)), x, { createGraph: true });
        return grad(dx, x);
      },
      [2 * bendOfSinc(-0.5) - 12 * (-1 / 3) + (5 / 4) * bendOfSinc(2.25)],
    ],
    [
      "(eˣ − 1)/x, filled at 0 by its series: the second derivative is ⅓",
      () => derivative(exprel, [0], 2),
      [1 / 3],
    ],
  ])("%s", holds);

  test("the Hessian of a norm at 0 is NaN, as it does not exist, and a note says so once", () => {
    const notes: string[] = [];
    connectHost({
      cursor: { at: 1 },
      display: () => {},
      clearOutput: () => {},
      note: (text) => notes.push(text),
    });
    expect([...hessianOf((x) => norm(x), [0, 0]).data]).toEqual([NAN, NAN, NAN, NAN]);
    expect(notes).toEqual([expect.stringMatching(/norm is 0 .* no second derivative.*sum\(square\(X\)\)/)]);
  });
});

/** (sin x / x)″ */
function bendOfSinc(x: number): number {
  return -Math.sin(x) / x - (2 * Math.cos(x)) / x ** 2 + (2 * Math.sin(x)) / x ** 3;
}
