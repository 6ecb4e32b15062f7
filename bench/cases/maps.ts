/** One op on many entries, and a sum of them. */
import { type Case, data, type Library } from "../case.ts";

const sizes = [10, 1000, 100_000, 1_000_000];

interface Map {
  readonly gradbook: "exp" | "tanh" | "sigmoid" | "add" | "sum";
  readonly torch: string;
  readonly numpy?: string;
  readonly jax: string;
  /** How many times what PyTorch takes for `by`. */
  readonly atMost: number;
}

const maps: readonly Map[] = [
  { gradbook: "exp", torch: "torch.exp(X)", numpy: "np.exp(X)", jax: "jnp.exp(X)", atMost: 3 },
  { gradbook: "tanh", torch: "torch.tanh(X)", numpy: "np.tanh(X)", jax: "jnp.tanh(X)", atMost: 3 },
  { gradbook: "sigmoid", torch: "torch.sigmoid(X)", jax: "jax.nn.sigmoid(X)", atMost: 3 },
  { gradbook: "add", torch: "X + X", numpy: "X + X", jax: "X + X", atMost: 1.5 },
  { gradbook: "sum", torch: "X.sum()", numpy: "X.sum()", jax: "X.sum()", atMost: 1.5 },
];

const python = (head: string, work: string) => `${head}
work = lambda: ${work}
answer = lambda: float(work().sum())
`;

const caseOf = ({ gradbook, torch, numpy, jax, atMost }: Map): Case => {
  const isRatioToExp = atMost === 3 && gradbook !== "exp";
  return {
    title: `${gradbook} of n entries, float64`,
    unit: "ms",
    sizes: { of: "n", values: sizes },
    rivals: {
      Gradbook: (gb: Library, n) => {
        const X = gb.tensor(data(n));
        const work = gradbook === "add" ? () => gb.add(X, X) : () => (gb[gradbook] as Library["exp"])(X);
        return { work, answer: () => work().sum().item() };
      },
      PyTorch: python("import torch\nX = torch.tensor(data(n))", torch),
      // The goal of tanh and σ is told in what exp takes, as PyTorch's σ is many times quicker than its exp.
      ...(isRatioToExp && {
        "PyTorch's exp": python("import torch\nX = torch.tensor(data(n))", "torch.exp(X)").replace(
          /answer.*\n/,
          "",
        ),
      }),
      ...(numpy !== undefined && { NumPy: python("X = data(n)", numpy) }),
      JAX: `
import jax, jax.numpy as jnp
X = jnp.array(data(n))
f = jax.jit(lambda X: ${jax})
work = lambda: f(X).block_until_ready()
answer = lambda: f(X).sum()
`,
    },
    goals: [{ of: "Gradbook", over: isRatioToExp ? "PyTorch's exp" : "PyTorch", atMost }],
  };
};

export default maps.map(caseOf);
