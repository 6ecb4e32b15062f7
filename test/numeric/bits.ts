/** One number for the bits of everything that kernels compute: the same on every engine. */
import type * as library from "../../src/index.ts";

/** A training run as it is, and replayed by `compile`. */
const DESCENT = "46d67778f5b281e6";

/** What `bitsOf` answers, on every engine. It changes only with the algorithms, which is a line in the changelog. */
export const BITS = {
  products: "8d4e7b0c18d66754",
  functions: "7788b140d4da017f",
  reductions: "c00ceaf1867c0f18",
  training: "4229d9d5c62c1069",
  descent: DESCENT,
  replayed: DESCENT,
};

/**
 * Hashes of matrix products, functions, reductions and a training run. It stands alone, as its text is sent to a browser,
 * which has the library under `gb`.
 */
export function bitsOf(gb: typeof library): typeof BITS {
  let [high, low] = [0, 0];
  const start = (): void => {
    [high, low] = [0x811c9dc5, 0x1000193];
  };
  /** Two hashes of 32 bits over the bits of entries, in which all NaN are one: engines may write them in several ways. */
  const take = (x: library.Tensor): void => {
    const doubles = Float64Array.from(x.data, (entry) => (Number.isNaN(entry) ? 0.123456789 : entry));
    for (const half of new Uint32Array(doubles.buffer)) {
      high = Math.imul(high ^ half, 0x01000193);
      low = Math.imul((low << 5) ^ (low >>> 27) ^ half, 0x5bd1e995);
    }
  };
  const result = (): string => [high, low].map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
  const dtypes = ["float64", "float32"] as const;

  gb.seed(12);
  start();
  for (const dtype of dtypes) {
    for (const [m, k, n] of [
      [2, 3, 4],
      [7, 8, 9],
      [64, 50, 33],
      [101, 300, 70],
      [1, 500, 40],
      [40, 500, 1],
      [5, 0, 6],
    ]) {
      const [x, y] = [gb.randn(m, k).cast(dtype), gb.randn(n, k).cast(dtype)];
      take(gb.matmul(x, y.T));
      take(gb.matmul(y, x.T));
      take(gb.einsum("mk,nk->n", x, y));
    }
    take(gb.matmul(gb.randn(3, 20, 30).cast(dtype), gb.randn(3, 30, 10).cast(dtype)));
    take(gb.dot(gb.randn(1000).cast(dtype), gb.randn(1000).cast(dtype)));
  }
  const products = result();

  start();
  const edges = gb.tensor([0, -0, 1, -1, 40, -41, 709.5, -745, 1e-300, 2 ** 60, 1 / 0, -1 / 0, 0 / 0]);
  for (const dtype of dtypes) {
    const spread = gb.concat([edges, gb.randn(600), gb.randn(300).mul(30)]).cast(dtype);
    const others = gb.concat([gb.randn(300).mul(3), edges, gb.randn(600)]).cast(dtype);
    for (const [, op] of Object.entries(gb).sort(([one], [other]) => (one < other ? -1 : 1))) {
      const { formula } = op as { formula?: { acts: string; arity: number } };
      if (formula?.acts !== "entrywise" || formula.arity > 2) continue;
      const call = op as (...x: library.Tensor[]) => library.Tensor;
      take(formula.arity === 1 ? call(spread) : call(spread, others));
    }
  }
  const functions = result();

  start();
  for (const dtype of dtypes) {
    const x = gb.randn(70, 90).cast(dtype);
    for (const axis of [0, 1]) {
      for (const op of [gb.sum, gb.mean, gb.max, gb.min, gb.norm, gb.std, gb.prod, gb.logsumexp, gb.argmax]) {
        take((op as typeof gb.sum)(x, { axis }));
      }
      take(gb.softmax(x, { axis }));
      take(gb.logSoftmax(x, { axis }));
      take(gb.cumsum(x, { axis }));
    }
    take(gb.sum(gb.randn(20_000).cast(dtype)));
    take(gb.variance(gb.randn(5, 6, 7, 8).cast(dtype), { axis: [1, 3] }));
  }
  const reductions = result();

  start();
  const { X, labels } = gb.twoMoons(100);
  const model = gb.MLP([2, 16, 16, 2]);
  const optimiser = gb.adam(model.parameters, { learningRate: 0.02 });
  for (let step = 0; step < 15; step++) {
    const loss = gb.crossEntropy(model(X), labels);
    take(loss);
    optimiser.step(loss);
  }
  for (const parameter of model.parameters) take(parameter);
  const training = result();

  /** Gradient descent with momentum, as it is or replayed. */
  const descended = (isReplayed: boolean): string => {
    start();
    gb.seed(13);
    for (const dtype of dtypes) {
      const network = gb.MLP([2, 40, 30, 2], { dtype });
      const descent = gb.sgd(network.parameters, { learningRate: 0.1, momentum: 0.9 });
      const step = (points: library.Tensor<[number, 2]>, classes: library.Tensor): library.Tensor => {
        const loss = gb.crossEntropy(network(points), classes);
        descent.step(loss);
        return loss;
      };
      const run = isReplayed ? gb.compile(step) : step;
      for (let k = 0; k < 8; k++) {
        const moons = gb.twoMoons(60);
        take(run(moons.X.cast(dtype), moons.labels.cast(dtype)));
      }
      for (const parameter of network.parameters) take(parameter);
    }
    return result();
  };
  return {
    products,
    functions,
    reductions,
    training,
    descent: descended(false),
    replayed: descended(true),
  };
}
