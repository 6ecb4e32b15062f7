/** One step of training a multilayer perceptron: 784 → 128 → 64 → 10, tanh, cross-entropy, gradient descent. */
import type { Tensor } from "../../src/index.ts";
import { type Case, data, type Foreign, type Library } from "../case.ts";

const widths = [784, 128, 64, 10] as const;
const batches = [1, 16, 64, 256];

const gradbook = (dtype: "float32" | "float64", isCompiled: boolean) => (gb: Library, batch: number) => {
  const { MLP, sgd, crossEntropy, tensor } = gb;
  const model = MLP(widths, { dtype });
  model.layers.forEach(({ W, b }, i) => {
    W.assign(matrix(gb, widths[i], widths[i + 1], widths[i] ** -0.5, dtype));
    b.assign(new Float64Array(widths[i + 1]));
  });
  const X = matrix(gb, batch, 784, 1, dtype);
  const labels = tensor(
    Array.from({ length: batch }, (_, k) => k % 10),
    { dtype },
  );
  const optimiser = sgd(model.parameters, { learningRate: 0.01 });
  const answer = () => crossEntropy(model(X), labels).item();
  const step = (X: Tensor, labels: Tensor): Tensor => {
    const J = crossEntropy(model(X as Tensor<[number, 784]>), labels);
    optimiser.step(J);
    return J;
  };
  const run = isCompiled ? gb.compile(step) : step;
  return { answer, work: () => run(X, labels) };
};

function matrix(
  { tensor }: Library,
  rows: number,
  columns: number,
  scale: number,
  dtype: "float32" | "float64",
) {
  return tensor(data(rows * columns, scale), { dtype })
    .reshape(rows, columns)
    .detach();
}

const pythonData = (dtype: string) => `
widths = [784, 128, 64, 10]
Ws = [data(a, b, scale=a ** -0.5, dtype="${dtype}") for a, b in zip(widths, widths[1:])]
bs = [np.zeros(b, dtype="${dtype}") for b in widths[1:]]
X, labels = data(n, 784, dtype="${dtype}"), np.arange(n) % 10
`;

const caseOf = (dtype: "float32" | "float64"): Case => ({
  title: `MLP 784-128-64-10, one step, ${dtype}`,
  unit: "ms",
  sizes: { of: "samples in the batch", values: batches },
  rivals: {
    Gradbook: gradbook(dtype, false),
    "Gradbook compiled": gradbook(dtype, true),
    "Gradbook on BLAS": gradbook(dtype, false),
    "Gradbook compiled on BLAS": gradbook(dtype, true),
    PyTorch: `${pythonData(dtype)}
import torch
from torch import nn
model = nn.Sequential(nn.Linear(784, 128), nn.Tanh(), nn.Linear(128, 64), nn.Tanh(), nn.Linear(64, 10)).to(torch.${dtype})
with torch.no_grad():
    for layer, W, b in zip(model[::2], Ws, bs):
        layer.weight.copy_(torch.tensor(W.T))
        layer.bias.copy_(torch.tensor(b))
X, labels = torch.tensor(X), torch.tensor(labels)
optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
def answer():
    return nn.functional.cross_entropy(model(X), labels).item()
def work():
    optimiser.zero_grad()
    nn.functional.cross_entropy(model(X), labels).backward()
    optimiser.step()
`,
    JAX: `${pythonData(dtype)}
import functools, jax, jax.numpy as jnp
X, labels = jnp.array(X), jnp.array(labels)
parameters = [(jnp.array(W), jnp.array(b)) for W, b in zip(Ws, bs)]
def loss(parameters, X, labels):
    H = X
    for i, (W, b) in enumerate(parameters):
        H = H @ W + b
        if i < 2:
            H = jnp.tanh(H)
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(H), labels[:, None], axis=1))
@functools.partial(jax.jit, donate_argnums=0)
def step(parameters, X, labels):
    gradients = jax.grad(loss)(parameters, X, labels)
    return jax.tree.map(lambda p, g: p - jnp.${dtype}(0.01) * g, parameters, gradients)
def answer():
    return loss(parameters, X, labels)
def work():
    global parameters
    parameters = jax.block_until_ready(step(parameters, X, labels))
`,
    "jax-js": ({ numpy: np, nn, grad, jit, tree }, batch) => {
      const array = (size: number, shape: readonly number[], scale: number) =>
        np.array(data(size, scale), { dtype: np.float64 }).reshape(shape).astype(np[dtype]);
      const inner = widths.slice(1);
      let parameters = inner.map((width, i) => ({
        W: array(widths[i] * width, [widths[i], width], widths[i] ** -0.5),
        b: np.zeros([width], { dtype: np[dtype] }),
      }));
      const X = array(batch * 784, [batch, 784], 1);
      const hot = np
        .array(
          Float64Array.from({ length: batch * 10 }, (_, k) => (Math.floor(k / 10) % 10 === k % 10 ? 1 : 0)),
          {
            dtype: np.float64,
          },
        )
        .reshape([batch, 10])
        .astype(np[dtype]);
      const loss = (parameters: Foreign, X: Foreign, hot: Foreign) => {
        let H = X;
        parameters.forEach(({ W, b }: Foreign, i: number) => {
          H = np.matmul(H, W).add(b);
          if (i < 2) H = np.tanh(H);
        });
        return np.sum(nn.logSoftmax(H).mul(hot)).mul(-1 / batch);
      };
      const step = jit((parameters: Foreign, X: Foreign, hot: Foreign) => {
        const gradients = grad(loss)(tree.ref(parameters), X, hot);
        return tree.map((p: Foreign, g: Foreign) => p.sub(g.mul(0.01)), parameters, gradients);
      });
      const answer = () => loss(tree.ref(parameters), X.ref, hot.ref).dataSync()[0];
      const work = () => {
        parameters = step(parameters, X.ref, hot.ref);
        parameters[2].b.ref.dataSync();
      };
      return { work, answer };
    },
    ...(dtype === "float32" && {
      tfjs: (tf: Foreign, batch: number) => {
        const matrix = (rows: number, columns: number, scale: number) =>
          tf.tensor(Array.from(data(rows * columns, scale)), [rows, columns]);
        const Ws = widths
          .slice(1)
          .map((width, i) => tf.variable(matrix(widths[i], width, widths[i] ** -0.5)));
        const bs = widths.slice(1).map((width) => tf.variable(tf.zeros([width])));
        const X = matrix(batch, 784, 1);
        const hot = tf.oneHot(
          tf.tensor1d(
            Array.from({ length: batch }, (_, k) => k % 10),
            "int32",
          ),
          10,
        );
        const loss = () => {
          let H = X;
          Ws.forEach((W, i) => {
            H = H.matMul(W).add(bs[i]);
            if (i < 2) H = H.tanh();
          });
          return tf.losses.softmaxCrossEntropy(hot, H);
        };
        const optimiser = tf.train.sgd(0.01);
        const answer = () => tf.tidy(() => loss().dataSync()[0]);
        const work = () => tf.tidy(() => void optimiser.minimize(loss));
        return { work, answer };
      },
    }),
  },
  goals: [
    { of: "Gradbook", over: "PyTorch", at: 64, atMost: 2.5 },
    { of: "Gradbook on BLAS", over: "PyTorch", at: 64, atMost: dtype === "float32" ? 0.9 : 1 },
    { of: "Gradbook compiled on BLAS", over: "JAX", at: 64, atMost: 1.3 },
  ],
});

export default [caseOf("float32"), caseOf("float64")];
