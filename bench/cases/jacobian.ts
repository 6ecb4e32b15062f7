/** The whole Jacobian of a layer: ∂Y/∂X of rank 4, for Y = tanh(A X B), n×n. */
import { type Case, data, type Library } from "../case.ts";

const python = `
X, A, B = (data(n, n, scale=s) for s in (1, 0.5, 0.25))
`;

const torch = (isVectorised: boolean) => `${python}
import torch
from torch.autograd.functional import jacobian
X, A, B = map(torch.tensor, (X, A, B))
f = lambda X: torch.tanh(A @ X @ B)
work = lambda: jacobian(f, X, vectorize=${isVectorised ? "True" : "False"})
answer = lambda: work().sum()
`;

const gradbook = ({ jacobian, matmul, tanh, tensor }: Library, n: number) => {
  const [X, A, B] = [1, 0.5, 0.25].map((scale) =>
    tensor(data(n * n, scale))
      .reshape(n, n)
      .detach(),
  );
  const work = () => jacobian(tanh(matmul(matmul(A, X), B)), X);
  return { work, answer: () => work().sum().item() };
};

export default [
  {
    title: "Jacobian n×n → n×n of tanh(A X B), float64",
    unit: "µs",
    sizes: { of: "n", values: [3, 10, 20] },
    rivals: {
      Gradbook: gradbook,
      "Gradbook on BLAS": gradbook,
      PyTorch: torch(false),
      "PyTorch vectorised": torch(true),
      JAX: `${python}
import jax, jax.numpy as jnp
X, A, B = map(jnp.array, (X, A, B))
f = jax.jit(jax.jacrev(lambda X: jnp.tanh(A @ X @ B)))
work = lambda: f(X).block_until_ready()
answer = lambda: f(X).sum()
`,
    },
    goals: [
      { of: "Gradbook", over: "PyTorch vectorised", at: 10, atMost: 1 / 2 },
      { of: "Gradbook on BLAS", over: "JAX", at: 10, atMost: 1.5 },
    ],
  },
] satisfies Case[];
