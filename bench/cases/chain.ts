/** Many small ops: what it costs to compute one, to record it and to go back. */
import { type Case, data, type Foreign, type Library } from "../case.ts";

const steps = [1, 2, 3, 4, 5];

const gradbook = ({ add, mul, ones, sub, tanh, tensor }: Library) => {
  const [X, A, B] = [1, 0.9, 0.5].map((scale) => tensor(data(9, scale)).reshape(3, 3).detach());
  const dY = ones(3, 3);
  const work = () => {
    let Y = X;
    for (const _ of steps) Y = sub(tanh(add(mul(Y, A), B)), A);
    Y.backward(dY);
  };
  return { work, answer: () => A.grad.sum().item() };
};

const compiled = ({ add, compile, grad, mul, ones, sub, tanh, tensor }: Library) => {
  const [X, A, B] = [1, 0.9, 0.5].map((scale) => tensor(data(9, scale)).reshape(3, 3).detach());
  const dY = ones(3, 3);
  const step = compile((X, A, B) => {
    let Y = X;
    for (const _ of steps) Y = sub(tanh(add(mul(Y, A), B)), A);
    return grad(Y, [X, A, B], { cotangent: dY });
  });
  return { work: () => step(X, A, B), answer: () => step(X, A, B)[1].sum().item() };
};

const python = `
X, A, B = (data(3, 3, scale=s) for s in (1, 0.9, 0.5))
`;

export default [
  {
    title: "20 ops on 3×3, forward and backward, float64",
    unit: "µs",
    rivals: {
      Gradbook: gradbook,
      "Gradbook compiled": compiled,
      PyTorch: `${python}
import torch
X, A, B = (torch.tensor(a, requires_grad=True) for a in (X, A, B))
dY = torch.ones(3, 3, dtype=torch.float64)
def work():
    X.grad = A.grad = B.grad = None
    Y = X
    for _ in range(5):
        Y = torch.tanh(Y * A + B) - A
    Y.backward(dY)
def answer():
    return A.grad.sum()
`,
      JAX: `${python}
import jax, jax.numpy as jnp
X, A, B, dY = map(jnp.array, (X, A, B, np.ones((3, 3))))
def chain(X, A, B):
    Y = X
    for _ in range(5):
        Y = jnp.tanh(Y * A + B) - A
    return Y
@jax.jit
def step(X, A, B, dY):
    Y, back = jax.vjp(chain, X, A, B)
    return Y, back(dY)
def work():
    jax.block_until_ready(step(X, A, B, dY))
def answer():
    return step(X, A, B, dY)[1][1].sum()
`,
      "jax-js": ({ numpy: np, grad, jit }) => {
        const [X, A, B] = [1, 0.9, 0.5].map((scale) =>
          np.array(data(9, scale), { dtype: np.float64 }).reshape([3, 3]),
        );
        const chain = (X: Foreign, A: Foreign, B: Foreign) => {
          let Y = X;
          for (const _ of steps) Y = np.tanh(Y.mul(A.ref).add(B.ref)).sub(A.ref);
          return np.sum(Y);
        };
        const step = jit(grad(chain, { argnums: [0, 1, 2] }));
        const work = () => {
          const gradients = step(X.ref, A.ref, B.ref);
          const numbers = gradients.map((g: Foreign) => g.dataSync());
          return numbers[1];
        };
        return { work, answer: () => work().reduce((a: number, b: number) => a + b) };
      },
      tfjs: (tf) => {
        const [X, A, B] = [1, 0.9, 0.5].map((scale) => tf.tensor(Array.from(data(9, scale)), [3, 3]));
        const step = tf.grads((X: Foreign, A: Foreign, B: Foreign) => {
          let Y = X;
          for (const _ of steps) Y = tf.sub(tf.tanh(tf.add(tf.mul(Y, A), B)), A);
          return Y.sum();
        });
        const work = () => tf.tidy(() => void step([X, A, B]));
        return { work, answer: () => tf.tidy(() => step([X, A, B])[1].sum().dataSync()[0]) };
      },
    },
    goals: [
      { of: "Gradbook", over: "PyTorch", atMost: 1 / 20 },
      { of: "Gradbook", over: "JAX", atMost: 1 },
      { of: "Gradbook compiled", over: "JAX", atMost: 1 / 4 },
    ],
  },
] satisfies Case[];
