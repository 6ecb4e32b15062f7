/** The product of two square matrices. */
import { type Case, data, type Foreign, type Library } from "../case.ts";

const sizes = [4, 16, 64, 256, 512, 1024];

const gradbook =
  (dtype: "float32" | "float64") =>
  ({ tensor, matmul }: Library, n: number) => {
    const [A, B] = [1, 0.5].map((scale) =>
      tensor(data(n * n, scale), { dtype })
        .reshape(n, n)
        .detach(),
    );
    return { work: () => matmul(A, B), answer: () => matmul(A, B).slice(0, 1).item() };
  };

const caseOf = (dtype: "float32" | "float64"): Case => ({
  title: `Matrix product n×n, ${dtype}`,
  unit: "GFLOP/s",
  sizes: { of: "n", values: sizes },
  operations: (n) => 2 * n ** 3,
  rivals: {
    Gradbook: gradbook(dtype),
    "Gradbook on BLAS": gradbook(dtype),
    NumPy: `
A, B = (data(n, n, scale=s, dtype="${dtype}") for s in (1, 0.5))
work = lambda: A @ B
answer = lambda: (A @ B)[0, 1]
`,
    PyTorch: `
import torch
A, B = (torch.tensor(data(n, n, scale=s, dtype="${dtype}")) for s in (1, 0.5))
work = lambda: A @ B
answer = lambda: (A @ B)[0, 1]
`,
    "numpy-ts": ({ array, matmul }, n) => {
      const [A, B] = [1, 0.5].map((scale) => array(Array.from(data(n * n, scale)), dtype).reshape(n, n));
      // Its results lie in WebAssembly's memory until they are given back.
      return { work: () => matmul(A, B).dispose(), answer: () => matmul(A, B).get([0, 1]) };
    },
    "jax-js": ({ numpy: np }, n) => {
      const [A, B] = [1, 0.5].map((scale) =>
        np
          .array(data(n * n, scale), { dtype: np.float64 })
          .reshape([n, n])
          .astype(np[dtype]),
      );
      const work = () => np.matmul(A.ref, B.ref).dataSync();
      return { work, answer: () => work()[1] };
    },
    ...(dtype === "float32"
      ? {
          tfjs: (tf: Foreign, n: number) => {
            const [A, B] = [1, 0.5].map((scale) => tf.tensor(Array.from(data(n * n, scale)), [n, n]));
            const work = () => tf.tidy(() => void tf.matMul(A, B));
            return { work, answer: () => tf.tidy(() => tf.matMul(A, B).dataSync()[1]) };
          },
        }
      : {
          "ml-matrix": ({ Matrix }: Foreign, n: number) => {
            const [A, B] = [1, 0.5].map((scale) => Matrix.from1DArray(n, n, data(n * n, scale)));
            return { work: () => A.mmul(B), answer: () => A.mmul(B).get(0, 1) };
          },
        }),
  },
  goals: [
    { of: "Gradbook", at: 512, atLeast: dtype === "float32" ? 40 : 20 },
    { of: "Gradbook", over: "numpy-ts", at: 512, atLeast: 1.2 },
    { of: "Gradbook on BLAS", over: "NumPy", at: 512, atLeast: 0.95 },
  ],
});

export default [caseOf("float32"), caseOf("float64")];
