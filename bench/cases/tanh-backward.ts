/** A map and its derivative on many entries. */
import { type Case, data } from "../case.ts";

export default [
  {
    title: "tanh of n entries, forward and backward, float64",
    unit: "ms",
    sizes: { of: "n", values: [10, 1000, 100_000, 1_000_000] },
    rivals: {
      Gradbook: ({ tanh, tensor, ones }, n) => {
        const X = tensor(data(n));
        const dY = ones(n);
        const work = () => tanh(X).backward(dY);
        return { work, answer: () => X.grad.sum().item() };
      },
      PyTorch: `
import torch
X = torch.tensor(data(n), requires_grad=True)
dY = torch.ones(n, dtype=torch.float64)
def work():
    X.grad = None
    torch.tanh(X).backward(dY)
def answer():
    return X.grad.sum()
`,
      JAX: `
import jax, jax.numpy as jnp
X, dY = jnp.array(data(n)), jnp.ones(n)
@jax.jit
def step(X, dY):
    Y, back = jax.vjp(jnp.tanh, X)
    return Y, back(dY)[0]
work = lambda: jax.block_until_ready(step(X, dY))
answer = lambda: step(X, dY)[1].sum()
`,
    },
    goals: [{ of: "Gradbook", over: "PyTorch", atMost: 2.5 }],
  },
] satisfies Case[];
