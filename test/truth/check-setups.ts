/** Set-ups for the soundness of `check`: what is computed from which leaves, and the formulas that are right. */
import * as gb from "../../src/index.ts";
import { type Tensor, tensor } from "../../src/index.ts";

export type Leaves = Readonly<Record<string, Tensor>>;

/** What the numbers of a leaf can be. */
export type Domain = "any" | "positive" | "distinct" | "target" | "indicator";

export interface SetUp {
  /** The leaves: their shapes, and what their numbers can be where not any will do. */
  readonly leaves: Readonly<Record<string, readonly [shape: readonly number[], domain?: Domain]>>;
  /** What is computed, by name. */
  readonly compute: (x: Leaves) => Leaves;
  readonly right: readonly string[];
}

const SQUARE = [3, 3];
const WIDE = [2, 3];

function unary(f: (x: Tensor) => Tensor, right: readonly string[], domain: Domain = "any"): SetUp {
  return { leaves: { X: [SQUARE, domain] }, compute: ({ X }) => ({ Y: f(X) }), right };
}

function binary(
  f: (x: Tensor, y: Tensor) => Tensor,
  right: readonly string[],
  domains: readonly [Domain, Domain] = ["any", "any"],
): SetUp {
  return {
    leaves: { X: [SQUARE, domains[0]], B: [SQUARE, domains[1]] },
    compute: ({ X, B }) => ({ Y: f(X, B) }),
    right,
  };
}

/** A function of the entries of X to one number, called z. */
function reduced(f: (x: Tensor) => Tensor, right: readonly string[], domain: Domain = "any"): SetUp {
  return { leaves: { X: [WIDE, domain] }, compute: ({ X }) => ({ z: f(X) }), right };
}

export const SETUPS: Readonly<Record<string, SetUp>> = {
  exp: unary(gb.exp, ["dX = dY ⊙ Y", "dX = dY ⊙ exp(X)", "Y = exp(X)"]),
  expm1: unary(gb.expm1, ["dX = dY ⊙ (Y + 1)"]),
  log: unary(gb.log, ["dX = dY / X", "dX = dY ⊙ exp(−Y)"], "positive"),
  log1p: unary(gb.log1p, ["dX = dY / (1 + X)"], "positive"),
  square: unary(gb.square, ["dX = 2 dY ⊙ X", "Y = X ⊙ X"]),
  sqrt: unary(gb.sqrt, ["dX = dY / (2 Y)", "dX = 1/2 dY ⊙ X^(−0.5)"], "positive"),
  reciprocal: unary(gb.reciprocal, ["dX = −dY ⊙ Y^2", "dX = −dY / X^2"]),
  sin: unary(gb.sin, ["dX = dY ⊙ cos(X)"]),
  cos: unary(gb.cos, ["dX = −dY ⊙ sin(X)"]),
  tanh: unary(gb.tanh, ["dX = dY ⊙ (1 − Y^2)", "dX = dY ⊙ (1 − Y) ⊙ (1 + Y)"]),
  sigmoid: unary(gb.sigmoid, ["dX = dY ⊙ Y ⊙ (1 − Y)", "Y = 1/(1 + exp(−X))"]),
  softplus: unary(gb.softplus, ["dX = dY ⊙ sigmoid(X)"]),
  relu: unary(gb.relu, ["dX = dY ⊙ (X > 0)", "Y = X ⊙ (X > 0)"], "distinct"),
  abs: unary(gb.abs, ["dX = dY ⊙ sign(X)", "Y = |X|"], "distinct"),
  neg: unary(gb.neg, ["dX = −dY"]),
  "pow by a number": unary((x) => gb.pow(x, 3), ["dX = 3 dY ⊙ X^2", "dX = 3 dY ⊙ Y / X"]),
  "pow by a fraction": unary((x) => gb.pow(x, -1.5), ["dX = −1.5 dY ⊙ X^(−2.5)"], "positive"),
  transpose: unary((x) => gb.transpose(x as Tensor<[number, number]>), ["dX = dYᵀ", "Y = Xᵀ"]),
  inv: unary(gb.inv as (x: Tensor) => Tensor, ["dX = −Yᵀ dY Yᵀ"]),
  softmax: unary(gb.softmax, ["dX = Y ⊙ (dY − (Y ⊙ dY) 𝟏𝟏ᵀ)"]),
  logSoftmax: unary(gb.logSoftmax, ["dX = dY − softmax(X) ⊙ (dY 𝟏𝟏ᵀ)"]),
  "a polynomial": unary((x) => x.mul(x).mul(x).add(x), ["dX = dY ⊙ (3 X^2 + 1)", "dX = 3 dY ⊙ X^2 + dY"]),
  "e to a square": unary((x) => gb.exp(gb.square(x)), ["dX = 2 dY ⊙ X ⊙ Y"]),
  "x eˣ": unary((x) => x.mul(gb.exp(x)), ["dX = dY ⊙ exp(X) ⊙ (1 + X)", "dX = dY ⊙ (exp(X) + Y)"]),
  "a quotient": unary((x) => gb.div(x, gb.add(1, gb.square(x))), ["dX = dY ⊙ (1 − X^2) / (1 + X^2)^2"]),
  add: binary(gb.add, ["dX = dY", "dB = dY", "Y = X + B"]),
  sub: binary(gb.sub, ["dB = −dY", "Y = X − B"]),
  mul: binary(gb.mul, ["dX = dY ⊙ B", "dB = dY ⊙ X"]),
  div: binary(gb.div, ["dX = dY / B", "dB = −dY ⊙ X / B^2", "dB = −dY ⊙ Y / B"]),
  pow: binary(gb.pow, ["dX = dY ⊙ B ⊙ X^(B − 1)", "dB = dY ⊙ Y ⊙ log(X)"], ["positive", "any"]),
  maximum: binary(gb.maximum, ["dX = dY ⊙ (X > B)", "dB = dY ⊙ (X < B)"], ["distinct", "any"]),
  minimum: binary(gb.minimum, ["dX = dY ⊙ (X < B)"], ["distinct", "any"]),
  matmul: binary(gb.matmul as (x: Tensor, y: Tensor) => Tensor, ["dX = dY Bᵀ", "dB = Xᵀ dY", "Y = X B"]),
  solve: binary(gb.solve as (x: Tensor, y: Tensor) => Tensor, ["dB = inv(X)ᵀ dY", "dX = −inv(X)ᵀ dY Yᵀ"]),
  where: {
    leaves: { C: [SQUARE, "indicator"], X: [SQUARE], B: [SQUARE] },
    compute: ({ C, X, B }) => ({ Y: gb.where(C, X, B) }),
    right: ["dX = dY ⊙ C", "dB = dY ⊙ (1 − C)"],
  },
  clamp: unary((x) => gb.clamp(x, -1.1, 1.1), ["dX = dY ⊙ (|X| < 1.1)"], "distinct"),
  cast: unary((x) => x.cast("float32").cast(x.dtype).mul(1), ["dX = dY", "Y = X"]),
  reshape: {
    leaves: { X: [WIDE] },
    compute: ({ X }) => ({ Y: gb.reshape(X, 3, 2) }),
    right: ["dX_12 = dY_12", "dX_21 = dY_22", "Y_31 = X_22"],
  },
  broadcastTo: {
    leaves: { X: [[1, 3]] },
    compute: ({ X }) => ({ Y: gb.broadcastTo(X, [2, 3]) }),
    right: ["dX = 𝟏ᵀ dY", "Y = 𝟏 X"],
  },
  concat: {
    leaves: { X: [WIDE], B: [WIDE] },
    compute: ({ X, B }) => ({ Y: gb.concat([X, B]) }),
    right: ["dX_12 = dY_12", "dB_12 = dY_32"],
  },
  stack: {
    leaves: { x: [[3]], y: [[3]] },
    compute: ({ x, y }) => ({ Y: gb.stack([x, y], { axis: 1 }) }),
    right: ["dx_2 = dY_21", "dy_j = dY_j2"],
  },
  slice: {
    leaves: { X: [SQUARE] },
    compute: ({ X }) => ({ Y: gb.slice(X, [1, 3], null) }),
    right: ["dX_23 = dY_13", "Y_13 = X_23"],
  },
  take: {
    leaves: { X: [SQUARE] },
    compute: ({ X }) => ({ Y: gb.take(X, [2, 0, 2]) }),
    right: ["dX_31 = dY_11 + dY_31", "dX_12 = dY_22"],
  },
  kron: {
    leaves: { X: [[2, 2]], B: [[1, 2]] },
    compute: ({ X, B }) => ({ Y: gb.kron(X as Tensor<[2, 2]>, B as Tensor<[1, 2]>) as Tensor }),
    right: ["dX_12 = B_11 dY_13 + B_12 dY_14", "dB_12 = X_11 dY_12 + X_12 dY_14 + X_21 dY_22 + X_22 dY_24"],
  },
  sum: reduced((x) => gb.sum(x), ["z = 𝟏ᵀ X 𝟏", "dX = dz 𝟏𝟏ᵀ"]),
  mean: reduced((x) => gb.mean(x), ["z = 1/6 𝟏ᵀ X 𝟏", "dX = 1/6 dz 𝟏𝟏ᵀ"]),
  "a sum of squares": reduced((x) => gb.sum(gb.square(x)), ["dX = 2 dz X", "z = ‖X‖^2"]),
  variance: reduced((x) => gb.variance(x), ["dX = 1/3 dz (X − 1/6 𝟏ᵀ X 𝟏)"]),
  norm: reduced((x) => gb.norm(x), ["dX = dz X / z", "z = ‖X‖"]),
  logsumexp: reduced((x) => gb.logsumexp(x), ["dX = dz exp(X − z)"]),
  prod: reduced((x) => gb.prod(x), ["dX = dz z / X"], "positive"),
  max: reduced((x) => gb.max(x), ["dX = dz (X ≥ z)"], "distinct"),
  min: reduced((x) => gb.min(x), ["dX = dz (X ≤ z)"], "distinct"),
  det: {
    leaves: { X: [SQUARE] },
    compute: ({ X }) => ({ z: gb.det(X as Tensor<[3, 3]>) }),
    right: ["dX = dz z inv(X)ᵀ"],
  },
  trace: {
    leaves: { X: [SQUARE], A: [SQUARE] },
    compute: ({ X, A }) => ({ z: gb.trace(gb.matmul(X as Tensor<[3, 3]>, A as Tensor<[3, 3]>)) as Tensor }),
    right: ["dX = dz Aᵀ", "z = tr(A X)"],
  },
  "a quadratic form": {
    leaves: { x: [[3]], A: [SQUARE] },
    compute: ({ x, A }) => ({ z: gb.dot(x, gb.matmul(A as Tensor<[3, 3]>, x as Tensor<[3]>)) as Tensor }),
    right: ["dx = dz (A + Aᵀ) x", "dA = dz x xᵀ", "z = xᵀ A x"],
  },
  outer: {
    leaves: { x: [[3]], y: [[2]] },
    compute: ({ x, y }) => ({ Z: gb.outer(x, y) }),
    right: ["dx = dZ y", "dy = dZᵀ x", "Z = x yᵀ"],
  },
  diag: {
    leaves: { x: [[3]] },
    compute: ({ x }) => ({ Y: gb.diag(x) as Tensor }),
    right: ["dx_i = dY_ii"],
  },
  "an affine layer": {
    leaves: { X: [WIDE], W: [SQUARE], b: [[3]] },
    compute: ({ X, W, b }) => ({ Z: gb.matmul(X as Tensor<[2, 3]>, W as Tensor<[3, 3]>).add(b) as Tensor }),
    right: ["dX = dZ Wᵀ", "dW = Xᵀ dZ", "db = dZᵀ 𝟏", "Z = X W + 𝟏bᵀ"],
  },
  "two layers": {
    leaves: { X: [WIDE], V: [SQUARE], W: [SQUARE] },
    compute: ({ X, V, W }) => {
      const H = gb.tanh(gb.matmul(X as Tensor<[2, 3]>, V as Tensor<[3, 3]>));
      return { H, Z: gb.matmul(H, W as Tensor<[3, 3]>) };
    },
    right: ["dV = Xᵀ ((dZ Wᵀ) ⊙ (1 − H^2))", "dW = Hᵀ dZ"],
  },
  "a cross-entropy": {
    leaves: { Z: [SQUARE], T: [SQUARE, "target"] },
    compute: ({ Z, T }) => ({ j: gb.crossEntropy(Z, T) as Tensor }),
    right: ["dZ = 1/3 dj (softmax(Z) − T)"],
  },
  "a binary cross-entropy": {
    leaves: { Z: [SQUARE], T: [SQUARE, "indicator"] },
    compute: ({ Z, T }) => ({ j: gb.binaryCrossEntropy(Z, T) as Tensor }),
    right: ["dZ = 1/9 dj (sigmoid(Z) − T)"],
  },
  "a mean squared error": {
    leaves: { X: [WIDE], T: [WIDE] },
    compute: ({ X, T }) => ({ j: gb.mse(X, T) as Tensor }),
    right: ["dX = 1/3 dj (X − T)"],
  },
};

/** The forms a leaf can have, beside random numbers. */
export type Form = "random" | "ones" | "zeros" | "identity" | "stochastic";

/** A leaf of a form, times a scale. */
export function leaf(
  shape: readonly number[],
  domain: Domain,
  form: Form,
  scale: number,
  dtype: "float32" | "float64",
  random: { uniform(): number; normal(): number },
): Tensor {
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
  const size = rows * columns;
  const ranks = Array.from({ length: size }, () => random.uniform());
  const order = ranks.toSorted((a, b) => a - b);
  const weights = ranks.map((u) => 0.2 + u);
  const row = (k: number): number =>
    weights
      .slice(columns * Math.floor(k / columns), columns * Math.floor(k / columns) + columns)
      .reduce((a, b) => a + b);
  const isChosen = (k: number): boolean => k % columns === Math.floor(k / columns) % columns;
  const entry = (u: number, k: number): number => {
    if (domain === "indicator") return u < 0.5 ? 0 : 1;
    if (domain === "target") return isChosen(k) ? 1 : 0;
    if (domain === "distinct") return scale * (2 * (order.indexOf(u) + 0.5) - size + 0.3); // not at a kink
    if (form === "ones") return scale;
    if (form === "zeros") return 0;
    if (form === "identity") return isChosen(k) ? scale : 0;
    if (form === "stochastic") return weights[k] / row(k);
    return scale * (domain === "positive" ? 0.5 + u : random.normal());
  };
  const entries = ranks.map(entry);
  const numbers = Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));
  return tensor(shape.length === 1 ? numbers[0] : numbers, { dtype }) as Tensor;
}
