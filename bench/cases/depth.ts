/** A record of many ops, one after the other: whether each costs the same however many there are. */
import { type Case, data } from "../case.ts";

export default [
  {
    title: "n ops on 3×3, one after the other, forward and backward, float64",
    unit: "ms",
    sizes: { of: "ops", values: [1000, 10_000, 100_000] },
    rivals: {
      Gradbook: ({ mul, sub, sum, tensor, ones }, n) => {
        const X = tensor(data(9)).reshape(3, 3).detach();
        const A = ones(3, 3);
        const dY = ones(3, 3);
        const work = () => {
          let Y = X;
          for (let k = 0; k < n; k += 2) Y = sub(mul(Y, A), A);
          Y.backward(dY);
        };
        return { work, answer: () => sum(X.grad).item() };
      },
      PyTorch: `
import torch
X = torch.tensor(data(3, 3), requires_grad=True)
A = torch.ones(3, 3, dtype=torch.float64, requires_grad=True)
dY = torch.ones(3, 3, dtype=torch.float64)
def work():
    X.grad = A.grad = None
    Y = X
    for _ in range(n // 2):
        Y = Y * A - A
    Y.backward(dY)
def answer():
    return X.grad.sum()
`,
    },
    goals: [
      { of: "Gradbook", over: "PyTorch", at: 1000, atMost: 1 },
      { of: "Gradbook", at: 100_000, over: "Gradbook", overAt: 1000, atMost: 150 },
    ],
  },
] satisfies Case[];
