/** What people wait for: a matrix on the screen, a derivation, a graph. */
import { type Case, data, type Library } from "../case.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/** What a notebook is sent for a value. */
const shown = (value: unknown): unknown => {
  const bundle = (value as Record<symbol, () => unknown>)[DISPLAY]();
  return bundle instanceof Promise ? bundle.then(JSON.stringify) : JSON.stringify(bundle);
};

const lossOfMLP = ({ MLP, crossEntropy, randn, seed }: Library) => {
  seed(1);
  const model = MLP([784, 128, 64, 10]);
  return crossEntropy(
    model(randn(64, 784).as("X")),
    Array.from({ length: 64 }, (_, k) => k % 10),
  ).as("J");
};

export default [
  {
    title: "Display of an n×n matrix",
    unit: "ms",
    sizes: { of: "n", values: [10, 100, 1000] },
    rivals: {
      Gradbook: ({ tensor }, n) => {
        const X = tensor(data(n * n))
          .reshape(n, n)
          .detach()
          .as("X");
        return { work: () => shown(X) };
      },
    },
    goals: [{ of: "Gradbook", at: 1000, atMost: 10 }],
  },
  {
    title: "Derivation of the MLP 784-128-64-10, batch 64",
    unit: "ms",
    rivals: {
      Gradbook: (gb) => {
        const J = lossOfMLP(gb);
        return { work: () => shown(gb.explain(J, { whole: true })) };
      },
    },
  },
  {
    title: "Graph of n ops, drawn",
    unit: "ms",
    sizes: { of: "ops", values: [50, 200, 2000] },
    rivals: {
      Gradbook: async ({ graph, mul, sum, tanh, tensor }, n) => {
        const X = tensor(data(4)).reshape(2, 2).detach().as("X");
        let Y = X;
        for (let k = 2; k < n; k += 2) Y = tanh(mul(Y, X));
        const J = sum(Y).as("J");
        await shown(graph(J)); // loads the engine that lays it out
        return { work: () => shown(graph(J)) };
      },
    },
    goals: [
      { of: "Gradbook", at: 50, atMost: 30 },
      { of: "Gradbook", at: 2000, atMost: 500 },
    ],
  },
] satisfies Case[];
