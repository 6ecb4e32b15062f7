/** Random computations: graphs of smooth ops in which values are shared, broadcast, and reduced. */
import fc from "fast-check";
import {
  add,
  broadcastTo,
  concat,
  cos,
  div,
  exp,
  logsumexp,
  matmul,
  mean,
  mul,
  neg,
  norm,
  outer,
  sigmoid,
  sin,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  Tensor,
  tanh,
  variance,
} from "../../src/index.ts";

/** One kind of step. It keeps entries of moderate size, so that thirty in a row neither explode nor die out. */
export interface Step {
  readonly name: string;
  readonly fits: (a: Tensor, b: Tensor) => boolean;
  readonly apply: (a: Tensor, b: Tensor) => Tensor;
}

const always = (): boolean => true;
const hasAxes = (a: Tensor): boolean => a.rank > 0;

const broadcasts = (a: Tensor, b: Tensor): boolean =>
  a.shape.every((length, i) => {
    const other = b.shape[i - a.rank + b.rank] ?? 1;
    return length === other || length === 1 || other === 1;
  });

const unary = (name: string, f: (a: Tensor) => Tensor, fits: (a: Tensor) => boolean = always): Step => ({
  name,
  fits,
  apply: (a) => f(a),
});

const binary = (name: string, apply: Step["apply"], fits = broadcasts): Step => ({ name, fits, apply });

/** The steps a graph is made of. Entries stay within about ±2: what could grow is averaged or squashed. */
const steps: readonly Step[] = [
  unary("sin", sin),
  unary("cos", cos),
  unary("tanh", tanh),
  unary("sigmoid", sigmoid),
  unary("softplus", (a) => sub(softplus(a), 0.5)),
  unary("neg", neg),
  unary("bell", (a) => exp(neg(square(a)))),
  unary("sqrt", (a) => sqrt(add(square(a), 0.5))),
  unary("softmax", softmax, hasAxes),
  unary("mean of columns", (a) => mean(a, { axis: 0, keepdims: true }), hasAxes),
  unary("logsumexp", (a) => sub(logsumexp(a, { axis: -1 }), 1), hasAxes),
  unary("variance", (a) => variance(a, { axis: -1, keepdims: true }), hasAxes),
  unary("norm", (a) => norm(add(square(a), 0.1), { axis: -1 }).tanh(), hasAxes),
  unary("sum", (a) => tanh(sum(a))),
  unary("first", (a) => slice(a, 0), hasAxes),
  unary(
    "stretch",
    (a) => broadcastTo(a, [2, ...a.shape]),
    (a) => a.rank < 3,
  ),
  unary(
    "T",
    (a) => a.T,
    (a) => a.rank === 2,
  ),
  binary("average", (a, b) => mul(0.5, add(a, b))),
  binary("difference", (a, b) => mul(0.5, sub(a, b))),
  binary("mul", (a, b) => sin(mul(a, b))),
  binary("div", (a, b) => div(a, add(square(b), 1))),
  binary(
    "matmul",
    (a, b) => tanh(matmul(a, b)),
    (a, b) => a.rank === 2 && b.rank === 2 && a.shape[1] === b.shape[0],
  ),
  binary(
    "outer",
    (a, b) => tanh(outer(a, b)),
    (a, b) => a.rank === 1 && b.rank === 1,
  ),
  binary(
    "concat",
    (a, b) => concat([a, b]),
    (a, b) => a.rank === 1 && b.rank === 1 && a.size + b.size < 9,
  ),
];

/** A step of a graph: which values it is applied to, the leaves coming first, then the results in their order. */
export interface Planned {
  readonly step: Step;
  readonly a: number;
  readonly b: number;
}

/** A random graph: its leaves, its steps, and its last result as a function of the leaves. */
export interface RandomGraph {
  readonly leaves: readonly Tensor[];
  readonly plan: readonly Planned[];
  readonly call: (...leaves: Tensor[]) => Tensor;
  /** What it computes, step by step, for the report of a failure. */
  readonly name: string;
}

/** The shapes of the leaves of every graph. */
export const leafShapes: readonly number[][] = [[2, 3], [3], [3, 1], []];

const entry = fc.double({ min: -1.5, max: 1.5, noNaN: true });

/** A tensor of `shape` with entries of moderate size. */
export function tensors(shape: readonly number[]): fc.Arbitrary<Tensor> {
  const size = shape.reduce((product, length) => product * length, 1);
  return fc
    .array(entry, { minLength: size, maxLength: size })
    .map((entries) => new Tensor([...shape], Float64Array.from(entries)));
}

/** Three numbers choose a step: which of those that fit, and its operands among all values so far. */
const choice = fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6));

/** Graphs of 2 to 30 steps over four leaves of different shapes. */
export const randomGraph: fc.Arbitrary<RandomGraph> = fc
  .tuple(fc.tuple(...leafShapes.map(tensors)), fc.array(choice, { minLength: 2, maxLength: 30 }))
  .map(([leaves, choices]) => {
    const plan = planFor(leaves, choices);
    return {
      leaves,
      plan,
      call: (...given) => run(plan, given),
      name: plan.map(({ step, a, b }) => `${step.name}(${a}, ${b})`).join("; "),
    };
  });

/** Settles the steps once, by the shapes alone, so that they stay the same when the leaves move. */
function planFor(
  leaves: readonly Tensor[],
  choices: readonly (readonly [number, number, number])[],
): Planned[] {
  const values = [...leaves];
  return choices.map(([chosen, first, second]) => {
    // A late value is likelier, so that graphs are deep and not only wide.
    const a = values.length - 1 - (first % Math.min(values.length, 4));
    const b = second % values.length;
    const fitting = steps.filter(({ fits }) => fits(values[a], values[b]));
    const step = fitting[chosen % fitting.length];
    values.push(step.apply(values[a], values[b]));
    return { step, a, b };
  });
}

function run(plan: readonly Planned[], leaves: readonly Tensor[]): Tensor {
  const values = [...leaves];
  for (const { step, a, b } of plan) values.push(step.apply(values[a], values[b]));
  return values[values.length - 1];
}
