/**
 * Right work, written differently: for each exercise of the homework three other ways to a right answer, beside the
 * solution in the notebook. A function stands in place of the student's; a text or a list is an answer.
 */
import {
  abs,
  add,
  concat,
  cos,
  cosh,
  crossEntropy,
  div,
  exp,
  eye,
  grad,
  kron,
  linspace,
  log,
  log1p,
  logSoftmax,
  logsumexp,
  matmul,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  ones,
  outer,
  reciprocal,
  reshape,
  sigmoid,
  sin,
  slice,
  softmax,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  where,
  zeros,
} from "../../src/index.ts";

type Inputs = Readonly<Record<string, Tensor>>;

/** The work of a student, who has these inputs. */
export interface Variant {
  /** The values and functions of the notebook. */
  readonly work?: (inputs: Inputs) => Readonly<Record<string, unknown>>;
  readonly answer?: (inputs: Inputs) => unknown;
}

const functions = (name: string, ...all: readonly unknown[]): Variant[] =>
  all.map((f) => ({ work: () => ({ [name]: f }) }));
const answers = (...all: readonly unknown[]): Variant[] => all.map((answer) => ({ answer: () => answer }));

/** A tensor made entry by entry, in a loop. */
function entrywise(X: Tensor, entry: (k: number) => number): Tensor {
  const entries: number[] = [];
  for (let k = 0; k < X.size; k++) entries.push(entry(k));
  return reshape(tensor(entries), ...X.shape);
}

/** A matrix made of rows, in two loops. */
function byRows(rows: number, columns: number, entry: (i: number, j: number) => number): Tensor {
  return tensor(
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j))),
  );
}

const at = (X: Tensor, i: number, j: number): number => X.data[i * X.shape[1] + j];

const moons = (): { X: Tensor; T: Tensor } => {
  const t = linspace(0, Math.PI, 50);
  const [first, second] = [
    stack([cos(t), sin(t)], { axis: 1 }),
    stack([sub(1, cos(t)), sub(0.5, sin(t))], { axis: 1 }),
  ];
  return { X: concat([first, second]), T: oneHot(concat([zeros(50), ones(50)]), 2) };
};

/** Training by the library's own gradients, by hand, and in place. */
function trained(how: "grad" | "hand" | "assign", { W1, b1, W2, b2 }: Inputs): Record<string, unknown> {
  const { X, T } = moons();
  let weights = [W1, b1, W2, b2].map((weight) => weight.detach());
  const losses: number[] = [];
  for (let k = 0; k < 100; k++) {
    const A = tanh(add(matmul(X, weights[0]), weights[1]));
    const Z = add(matmul(A, weights[2]), weights[3]);
    const J = crossEntropy(Z, T);
    losses.push(J.item());
    const dZ = div(sub(softmax(Z), T), 100);
    const dZ1 = mul(matmul(dZ, weights[2].T), sub(1, square(A)));
    const byHand = [matmul(X.T, dZ1), sum(dZ1, { axis: 0 }), matmul(A.T, dZ), sum(dZ, { axis: 0 })];
    const gradients: readonly Tensor[] = how === "hand" ? byHand : grad(J, weights);
    if (how === "assign")
      for (const [i, weight] of weights.entries()) weight.assign(sub(weight, gradients[i]));
    else weights = weights.map((weight, i) => sub(weight, gradients[i]).detach());
  }
  return { losses, trained: weights };
}

export const variants: Readonly<Record<string, readonly Variant[]>> = {
  "1a": functions(
    "expBackward",
    (dY: Tensor, X: Tensor) => mul(exp(X), dY),
    (dY: Tensor, X: Tensor) => entrywise(X, (k) => dY.data[k] * Math.exp(X.data[k])),
    (dY: Tensor, X: Tensor) => dY.div(exp(X.neg())),
  ),
  "1b": functions(
    "sigmoidBackward",
    (dY: Tensor, X: Tensor) => dY.mul(sigmoid(X)).mul(sigmoid(X.neg())),
    (dY: Tensor, X: Tensor) =>
      entrywise(X, (k) => (dY.data[k] * Math.exp(-X.data[k])) / (1 + Math.exp(-X.data[k])) ** 2),
    (dY: Tensor, X: Tensor) => dY.mul(sub(sigmoid(X), square(sigmoid(X)))),
  ),
  "1c": functions(
    "tanhBackward",
    (dY: Tensor, X: Tensor) => dY.mul(sub(1, square(tanh(X)))),
    (dY: Tensor, X: Tensor) => entrywise(X, (k) => dY.data[k] / Math.cosh(X.data[k]) ** 2),
    (dY: Tensor, X: Tensor) => dY.mul(sub(1, tanh(X))).mul(add(1, tanh(X))),
  ),
  "1d": functions(
    "reluBackward",
    (dY: Tensor, X: Tensor) => where(X.ge(0), dY, 0),
    (dY: Tensor, X: Tensor) => entrywise(X, (k) => (X.data[k] < 0 ? 0 : dY.data[k])),
    (dY: Tensor, X: Tensor) => dY.sub(dY.mul(X.lt(0))),
  ),
  "1e": functions(
    "logBackward",
    (dY: Tensor, X: Tensor) => dY.mul(reciprocal(X)),
    (dY: Tensor, X: Tensor) => entrywise(X, (k) => dY.data[k] / X.data[k]),
    (dY: Tensor, X: Tensor) => dY.mul(exp(log(X).neg())),
  ),
  "1f": answers(
    "dY ⊙ σ(X) + dY ⊙ X ⊙ σ(X) ⊙ (1 − σ(X))",
    "dX = dY .* (Y + sigmoid(X) .* (1 - Y))",
    "dX = dY \\odot (\\sigma(X) \\odot (1 + X \\odot (1 - \\sigma(X))))",
  ),
  "1g": functions(
    "sigmoidSlope",
    (x: Tensor, h: number) => div(sub(sigmoid(add(x, h)), sigmoid(sub(x, h))), add(h, h)),
    (x: Tensor, h: number) => {
      const s = (z: number): number => 1 / (1 + Math.exp(-z));
      return entrywise(x, (k) => (s(x.data[k] + h) - s(x.data[k] - h)) / (2 * h));
    },
    (x: Tensor, h: number) =>
      sigmoid(x.add(h))
        .sub(sigmoid(x.sub(h)))
        .div(h)
        .mul(0.5),
  ),
  "1h": functions(
    "stableSoftplus",
    (x: Tensor) => maximum(x, 0).add(log(exp(abs(x).neg()).add(1))),
    (x: Tensor) =>
      entrywise(x, (k) =>
        x.data[k] > 0 ? x.data[k] + Math.log1p(Math.exp(-x.data[k])) : Math.log1p(Math.exp(x.data[k])),
      ),
    (x: Tensor) => add(div(add(x, abs(x)), 2), log1p(exp(neg(abs(x))))),
  ),
  "2a": functions(
    "sumBackward",
    (dJ: Tensor, X: Tensor) => zeros(X.shape).add(dJ),
    (dJ: Tensor, X: Tensor) => entrywise(X, () => dJ.item()),
    (dJ: Tensor, X: Tensor) => X.sub(X).add(1).mul(dJ.item()),
  ),
  "2b": functions(
    "meanBackward",
    (dJ: Tensor, X: Tensor) => zeros(X.shape).add(dJ.div(X.size)),
    (dJ: Tensor, X: Tensor) => entrywise(X, () => dJ.item() / X.size),
    (dJ: Tensor, X: Tensor) => ones(X.shape).mul(dJ.mul(1 / (X.shape[0] * X.shape[1]))),
  ),
  "2c": functions(
    "rowSumBackward",
    (dy: Tensor, X: Tensor) => matmul(reshape(dy, -1, 1), ones(1, X.shape[1])),
    (dy: Tensor, X: Tensor) => byRows(X.shape[0], X.shape[1], (i) => dy.data[i]),
    (dy: Tensor, X: Tensor) => outer(dy, ones(X.shape[1])),
  ),
  "2d": functions(
    "biasBackward",
    (dZ: Tensor) => matmul(dZ.T, ones(dZ.shape[0])),
    (dZ: Tensor, _: Tensor, b: Tensor) => {
      let total = zeros(b.shape[0]) as Tensor;
      for (let n = 0; n < dZ.shape[0]; n++) total = total.add(slice(dZ, n, null));
      return total;
    },
    (dZ: Tensor) => mean(dZ, { axis: 0 }).mul(dZ.shape[0]),
  ),
  "2e": functions(
    "scaleBackward",
    (dY: Tensor, X: Tensor, S: Tensor) => [mul(S, dY), reshape(sum(mul(X, dY), { axis: 1 }), -1, 1)],
    (dY: Tensor, X: Tensor, S: Tensor) => [
      byRows(X.shape[0], X.shape[1], (i, j) => at(dY, i, j) * S.data[i]),
      matmul(dY.mul(X), ones(X.shape[1], 1)),
    ],
    (dY: Tensor, X: Tensor, S: Tensor) => [
      dY.mul(S.add(zeros(X.shape))),
      mean(dY.mul(X), { axis: 1, keepdims: true }).mul(X.shape[1]),
    ],
  ),
  "2f": answers("dZᵀ ones", "db = dZ' 𝟏", "db = dZ^T 𝟏"),
  "2g": functions(
    "centredBackward",
    (dY: Tensor, X: Tensor) => dY.sub(sum(dY, { axis: 1, keepdims: true }).div(X.shape[1])),
    (dY: Tensor, X: Tensor) => {
      const n = X.shape[1];
      return matmul(dY, eye(n).sub(ones(n, n).div(n)));
    },
    (dY: Tensor, X: Tensor) => {
      const [rows, n] = X.shape;
      const means = Array.from(
        { length: rows },
        (_, i) => Array.from({ length: n }, (_, j) => at(dY, i, j)).reduce((a, b) => a + b, 0) / n,
      );
      return byRows(rows, n, (i, j) => at(dY, i, j) - means[i]);
    },
  ),
  "3a": functions(
    "matmulBackward",
    (dY: Tensor, X: Tensor, W: Tensor) => [matmul(W, dY.T).T, matmul(dY.T, X).T],
    (dY: Tensor, X: Tensor, W: Tensor) => {
      const [n, m, k] = [X.shape[0], X.shape[1], W.shape[1]];
      const total = (length: number, term: (l: number) => number): number =>
        Array.from({ length }, (_, l) => term(l)).reduce((a, b) => a + b, 0);
      return [
        byRows(n, m, (i, j) => total(k, (l) => at(dY, i, l) * at(W, j, l))),
        byRows(m, k, (j, l) => total(n, (i) => at(X, i, j) * at(dY, i, l))),
      ];
    },
    (dY: Tensor, X: Tensor, W: Tensor) => [dY.matmul(transpose(W)), transpose(X).matmul(dY)],
  ),
  "3b": answers("A' dY B'", "dX = (B dYᵀ A)ᵀ", "dX = A^T (dY B^T)"),
  "3c": answers(["dw_jk = Σ_i dy_ik x_ij", "dw_jk = Xᵀ dY"], "dw_jk = Σ_i x_ij dy_ik = Xᵀ dY", [
    "dw_jk = Σ_i x_ij dy_ik",
    "= (dYᵀ X)ᵀ",
    "= Xᵀ dY",
  ]),
  "3d": functions(
    "jacobianOfProduct",
    (_: Tensor, W: Tensor) => W.mul(1),
    (x: Tensor, W: Tensor) => byRows(W.shape[0], x.size, (i, j) => at(W, i, j)),
    (_: Tensor, W: Tensor) => W.toArray(),
  ),
  "3e": functions(
    "jacobianOfAXB",
    (_: Tensor, A: Tensor, B: Tensor) => kron(B, A.T).T,
    (X: Tensor, A: Tensor, B: Tensor) => {
      const [m, p, q, n] = [A.shape[0], X.shape[0], X.shape[1], B.shape[1]];
      return byRows(
        m * n,
        p * q,
        (r, c) => at(A, r % m, c % p) * at(B, Math.floor(c / p), Math.floor(r / m)),
      );
    },
    (_: Tensor, A: Tensor, B: Tensor) => matmul(kron(B.T, eye(A.shape[0])), kron(eye(B.shape[0]), A)),
  ),
  "3f": functions(
    "softmaxBackward",
    (dY: Tensor, X: Tensor) => {
      const Y = softmax(X);
      return sub(mul(dY, Y), mul(Y, sum(mul(dY, Y), { axis: 1, keepdims: true })));
    },
    (dY: Tensor, X: Tensor) => {
      const E = exp(X);
      const Y = E.div(sum(E, { axis: 1, keepdims: true }));
      return Y.mul(dY.sub(reshape(sum(dY.mul(Y), { axis: 1 }), -1, 1)));
    },
    (dY: Tensor, X: Tensor) => {
      const Y = softmax(X);
      const [rows, n] = X.shape;
      return byRows(rows, n, (i, l) =>
        Array.from(
          { length: n },
          (_, k) => at(dY, i, k) * at(Y, i, k) * ((k === l ? 1 : 0) - at(Y, i, l)),
        ).reduce((a, b) => a + b, 0),
      );
    },
  ),
  "4a": [
    { work: ({ X, W, b }) => ({ J: mean(square(tanh(add(b, matmul(X, W))))).as("J") }) },
    { work: ({ X, W, b }) => ({ J: X.matmul(W).add(b).tanh().square().mean() }) },
    {
      work: ({ X, W, b }) => {
        const Z = X.matmul(W).as("H");
        return { J: mean(square(tanh(add(Z, b)))) };
      },
    },
  ],
  "4b": answers(
    ["V -> U -> L", "V -> P -> R -> L", "V -> U -> P -> R -> L", "V -> U -> Q -> R -> L"],
    ["V→U→L", "V→P→R→L", "V→U→P→R→L", "V→U→Q→R→L"],
    ["V → U → Q → R → L", "V → U → P → R → L", "V → P → R → L", "V → U → L"],
  ),
  "4c": answers(["V", "U"], ["U", "V"], ["U ", " V"]),
  "4d": [
    { answer: ({ V }) => mul(exp(V), sub(1, square(tanh(exp(V))))).toArray() },
    { answer: ({ V }) => exp(V).div(square(add(exp(exp(V)), exp(exp(V).neg())).div(2))) },
    {
      answer: ({ V }) =>
        [V.toArray()]
          .flat()
          .map((row) =>
            [row].flat().map((v) => Math.exp(Number(v)) * (1 - Math.tanh(Math.exp(Number(v))) ** 2)),
          ),
    },
  ],
  "4e": functions(
    "order",
    (graph: Record<string, string[]>) => {
      const done: string[] = [];
      while (done.length < Object.keys(graph).length) {
        for (const [name, inputs] of Object.entries(graph))
          if (!done.includes(name) && inputs.every((input) => done.includes(input))) done.push(name);
      }
      return done;
    },
    (graph: Record<string, string[]>) => {
      const depth = (name: string): number => 1 + Math.max(0, ...graph[name].map(depth));
      return Object.keys(graph).sort((a, b) => depth(a) - depth(b));
    },
    (graph: Record<string, string[]>) => {
      const users = (name: string): string[] =>
        Object.keys(graph).filter((other) => graph[other].includes(name));
      const done: string[] = [];
      const visit = (name: string): void => {
        if (done.includes(name)) return;
        users(name).forEach(visit);
        done.push(name);
      };
      Object.keys(graph).forEach(visit);
      return done.reverse();
    },
  ),
  "4f": functions(
    "fanOutBackward",
    (dY: Tensor, X: Tensor) => dY.mul(X.mul(2).add(1)),
    (dY: Tensor, X: Tensor) =>
      entrywise(X, (k) => dY.data[k] * X.data[k] + dY.data[k] * X.data[k] + dY.data[k]),
    (dY: Tensor, X: Tensor) => add(add(mul(dY, X), mul(X, dY)), dY),
  ),
  "5a": functions(
    "forward",
    (X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) =>
      X.matmul(W1).add(b1).tanh().matmul(W2).add(b2),
    (X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) => {
      const one = ones(X.shape[0], 1);
      const A = tanh(matmul(X, W1).add(matmul(one, reshape(b1, 1, -1))));
      return matmul(A, W2).add(matmul(one, reshape(b2, 1, -1)));
    },
    (X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) =>
      stack(
        Array.from({ length: X.shape[0] }, (_, n) =>
          matmul(tanh(matmul(slice(X, n, null), W1).add(b1)), W2).add(b2),
        ),
      ),
  ),
  "5b": functions(
    "loss",
    (Z: Tensor, T: Tensor) => mean(sum(mul(T, logSoftmax(Z)), { axis: 1 })).neg(),
    (Z: Tensor, T: Tensor) => mean(sub(logsumexp(Z, { axis: 1 }), sum(mul(T, Z), { axis: 1 }))),
    (Z: Tensor, T: Tensor) => {
      let total = 0;
      for (let n = 0; n < Z.shape[0]; n++) {
        const row = Array.from({ length: Z.shape[1] }, (_, k) => at(Z, n, k));
        const most = Math.max(...row);
        const norm = most + Math.log(row.map((z) => Math.exp(z - most)).reduce((a, b) => a + b, 0));
        row.forEach((z, k) => {
          total -= at(T, n, k) * (z - norm);
        });
      }
      return total / Z.shape[0];
    },
  ),
  "5c": functions(
    "lossBackward",
    (Z: Tensor, T: Tensor) => sub(softmax(Z), T).mul(1 / Z.shape[0]),
    (Z: Tensor, T: Tensor) => exp(logSoftmax(Z)).sub(T).div(T.shape[0]),
    (Z: Tensor, T: Tensor) => {
      const E = exp(Z);
      return E.div(sum(E, { axis: 1, keepdims: true }))
        .sub(T)
        .div(Z.shape[0]);
    },
  ),
  "5d": functions(
    "backward",
    (dZ2: Tensor, X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor) => {
      const A = tanh(add(matmul(X, W1), b1));
      const dZ1 = matmul(W2, dZ2.T).T.mul(sub(1, mul(A, A)));
      return [matmul(dZ1.T, X).T, sum(dZ1, { axis: 0 }), matmul(dZ2.T, A).T, sum(dZ2, { axis: 0 })];
    },
    (dZ2: Tensor, X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor) => {
      const Z1 = add(matmul(X, W1), b1);
      const one = ones(X.shape[0]);
      const dZ1 = div(matmul(dZ2, W2.T), square(cosh(Z1)));
      return [matmul(X.T, dZ1), matmul(dZ1.T, one), matmul(tanh(Z1).T, dZ2), matmul(dZ2.T, one)];
    },
    (dZ2: Tensor, X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor) => {
      const A = tanh(add(matmul(X, W1), b1));
      const dA = matmul(dZ2, W2.T);
      const dZ1 = entrywise(A, (k) => dA.data[k] * (1 - A.data[k] ** 2));
      return [
        matmul(X.T, dZ1),
        mean(dZ1, { axis: 0 }).mul(X.shape[0]),
        matmul(A.T, dZ2),
        sum(dZ2, { axis: 0 }),
      ];
    },
  ),
  "5e": functions(
    "step",
    (W: Tensor, dW: Tensor, rate: number) => sub(W, mul(rate, dW)),
    (W: Tensor, dW: Tensor, rate: number) => W.add(dW.mul(-rate)),
    (W: Tensor, dW: Tensor, rate: number) => W.detach().assign(W.sub(dW.mul(rate))),
  ),
  "5f": (["grad", "hand", "assign"] as const).map((how) => ({ work: (inputs) => trained(how, inputs) })),
  "6a": answers("Xᵀ X W − Xᵀ T", "dW = X' (X W - T)", "dW = X^T X W - X^T T"),
  "6b": answers("A x + Aᵀ x", "dx = (A' + A) x", "dx = (A + A^T) x"),
  "6c": answers("Xᵀ (dY ⊙ (Y − Y ⊙ Y))", "dW = X' (dY .* Y .* (1 - Y))", "dW = ((dY ⊙ Y ⊙ (1 − Y))ᵀ X)ᵀ"),
  "6d": answers(
    "dx_ij = Σ_k w_jk dy_ik = dY Wᵀ",
    ["dx_ij = Σ_k dy_ik w_jk", "= (W dYᵀ)ᵀ", "= dY Wᵀ"],
    ["dx_ij = Σ_k dy_ik ∂y_ik/∂x_ij", "dx_ij = Σ_k dy_ik w_jk", "dx_ij = dY W'"],
  ),
  "6e": answers(
    ["dX = dY ⊙ exp(−X) / (1 + exp(−X))^2", "= dY ⊙ Y ⊙ Y ⊙ exp(−X)", "= dY ⊙ Y ⊙ (1 − Y)"],
    "dX = dY ⊙ (exp(−X) / (1 + exp(−X))^2) = dY ⊙ σ(X) ⊙ (1 − σ(X)) = dY ⊙ (Y − Y ⊙ Y)",
    ["dX = dY ⊙ (exp(−X) / (1 + exp(−X))^2)", "= dY ⊙ Y ⊙ (1 − 1 / (1 + exp(−X)))", "= dY .* Y .* (1 - Y)"],
  ),
  "6f": answers(
    {
      2: "∂a_ij/∂x_ij = a_ij",
      4: "dX = A ⊙ dA",
      5: "dJ = ∂J/∂J",
      7: "dU = (U ≥ 0) ⊙ dR",
      11: "dm_12 = ds_12",
      12: "dN = 1 dS",
      14: "dQ = 0 − dD",
      16: "∂d_12/∂p_11 = 0",
      18: "dG = F ⊙ dH",
      20: "∂h_12/∂g_12 = f_12",
      22: "dV = ones",
    },
    {
      2: "∂a_ij/∂x_ij = exp(x_ij)",
      4: "dX = dA .* exp(X)",
      5: "dJ = 1",
      7: "dU = dR .* (0 ≤ U)",
      11: "dm_12 = dn_12",
      12: "dN = dM",
      14: "dQ = −dP",
      16: "∂d_12/∂p_11 = 0",
      18: "dG = dH .* F",
      20: "∂h_12/∂g_12 = 1 f_12",
      22: "dV = 1",
    },
    {
      2: "∂a_ij/∂x_ij = e^{x_ij}",
      4: "dX = dA ⊙ A",
      5: "dJ = 1",
      7: "dU = dR ⊙ (U >= 0)",
      11: "dm_12 = ds_12",
      12: "dN = dS",
      14: "dQ = -dD",
      16: "∂d_12/∂p_11 = 0",
      18: "dG = F ⊙ dH",
      20: "∂h_12/∂g_12 = f_12",
      22: "dV = 𝟏",
    },
  ),
};
