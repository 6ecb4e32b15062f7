import { describe, expect, test } from "vitest";
import {
  Tensor as AnyTensor,
  add,
  apply,
  div,
  exp,
  explain,
  latex,
  log,
  matmul,
  mean,
  mul,
  neg,
  relu,
  sigmoid,
  softmax,
  sub,
  sum,
  symbol,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { connectHost } from "../../src/tensor/host.ts";
import { internals } from "../../src/tensor/tensor.ts";
import { plainTex } from "../../src/tex/plain.ts";
import { expectLatex } from "../latex-engines.ts";

const X = tensor([
  [1, -2, 0.5],
  [3, 0.5, -1],
]).as("X");
const P = tensor([
  [1, 2, 4],
  [0.5, 5, 10],
]).as("X");
const [M, N] = [P.detach().as("M"), X.detach().as("N")];
const W = tensor([
  [1, 0],
  [2, -1],
  [0, 1],
]).as("W");
const b = tensor([0.5, -0.5]).as("b");

describe("the closed forms of the lecture", () => {
  test.each<[string, Tensor, Tensor | undefined]>([
    ["dX = \\mathbf{1}", sum(X).as("J"), undefined],
    ["dX = \\frac{1}{\\alpha \\beta} \\, \\mathbf{1}", mean(X).as("J"), undefined],
    ["dX = dY \\odot Y", exp(X).as("Y"), undefined],
    ["dX = dY \\odot \\frac{1}{X}", log(P).as("Y"), undefined],
    ["dX = dY \\odot (Y \\odot (1 - Y))", sigmoid(X).as("Y"), undefined],
    ["dX = dY \\odot ((1 + Y) \\odot (1 - Y))", tanh(X).as("Y"), undefined],
    ["dX = dY \\odot \\mathbf{1}_{X > 0}", relu(X).as("Y"), undefined],
    ["dX = dY \\odot \\mathbf{1}_{X \\geq 0}", relu(X, { at0: 1 }).as("Y"), undefined],
    ["dM = dY", add(M, N).as("Y"), M],
    ["dN = dY", add(M, N).as("Y"), N],
    ["dN = -dY", sub(M, N).as("Y"), N],
    ["dM = dY \\odot N", mul(M, N).as("Y"), M],
    ["dN = dY \\odot M", mul(M, N).as("Y"), N],
    ["dX = -dY", neg(X).as("Y"), undefined],
    ["dX = dZ \\, W^{\\top}", matmul(X, W).as("Z"), X],
    ["dW = X^{\\top} \\, dZ", matmul(X, W).as("Z"), W],
    ["d\\vec{b} = dZ^{\\top} \\, \\mathbf{1}", add(matmul(X, W).as("A"), b).as("Z"), b],
    [
      "dX = Y \\odot (dY - (dY \\odot Y) \\, \\mathbf{1} \\, \\mathbf{1}^{\\top})",
      softmax(X).as("Y"),
      undefined,
    ],
  ])("%s", (expected, y, wrt) => {
    const derivation = explain(y, wrt ? { wrt } : {});
    expect(derivation.step("closed")).toBe(expected);
    expect(derivation.ok).toBe(true);
  });
});

test("the sigmoid is derived line by line", () => {
  const derivation = explain(sigmoid(X).as("Y"));
  expect(derivation.parts[0].steps.map(({ kind }) => kind)).toEqual([
    "shapes",
    "definition",
    "generic",
    "local",
    "jacobian",
    "expanded",
    "closed",
  ]);
  expect(derivation.step("shapes")).toBe(
    "X \\in \\mathbb{R}^{\\alpha \\times \\beta} \\implies Y \\in \\mathbb{R}^{\\alpha \\times \\beta}",
  );
  expect(derivation.step("definition")).toBe(
    "Y = \\sigma(X), \\quad y_{ij} = \\sigma(x_{ij}) = \\frac{1}{1 + e^{-x_{ij}}}",
  );
  expect(derivation.step("local")).toBe("\\frac{\\partial y_{ij}}{\\partial x_{ij}} = y_{ij} (1 - y_{ij})");
  expect(derivation.step("expanded")).toContain(
    "dy_{\\alpha 1} \\cdot y_{\\alpha 1} (1 - y_{\\alpha 1}) & dy_{\\alpha 2}",
  );
});

test("with an upstream gradient the numbers are put in", () => {
  const Y = exp(X).as("Y");
  Y.backward(
    tensor([
      [1, 0, 2],
      [0, 1, 0],
    ]),
  );
  const numbers = explain(Y).step("numbers") ?? "";
  expect(plainTex(numbers)).toContain("dX = ( 1, 0, 2 ; 0, 1, 0 ) ⊙ ( 2.7183, 0.1353, 1.6487 ;");
});

test("a matrix product derives why the transpose: the δ collapses the sum", () => {
  const derivation = explain(matmul(symbol("X", "N", "K"), symbol("W", "K", "M")).as("Z"));
  const [, dW] = derivation.parts;
  const line = (kind: string): string =>
    plainTex(dW.steps.find((step) => step.kind === kind)?.members.join(" = ") ?? "");
  expect(line("shapes")).toBe("X ∈ ℝ^(N×K), W ∈ ℝ^(K×M) ⟹ Z ∈ ℝ^(N×M)");
  expect(line("definition")).toBe("Z = X W, z_ij = Σ_(k=1)^K x_ik w_kj");
  expect(line("local")).toBe("∂z_ij/∂w_kl = x_ik δ_jl");
  expect(line("expanded")).toBe("dw_kl = Σ_i Σ_j dz_ij ∂z_ij/∂w_kl = Σ_i dz_il x_ik");
  expect(line("closed")).toBe("dW = Xᵀ dZ");
});

test.each([
  [
    "dW",
    "dw_kl = Σ_i (Xᵀ)_ki dz_il = (Xᵀ dZ)_kl",
    "the sum runs along the rows of X, so it stands there transposed",
  ],
  [
    "dX",
    "dx_kl = Σ_j dz_kj (Wᵀ)_jl = (dZ Wᵀ)_kl",
    "the sum runs along the columns of W, so it stands there transposed",
  ],
])("the sum behind %s is read as a matrix product, and checked as one", (title, chain, note) => {
  const derivation = explain(matmul(symbol("X", "N", "K"), symbol("W", "K", "M")).as("Z"));
  const part = derivation.parts.find((one) => one.title === title);
  const line = part?.steps.find(({ label }) => label === "as a product");
  expect(plainTex(line?.members.join(" = ") ?? "")).toBe(chain);
  expect(line?.note).toBe(note);
  expect(part?.verdict.ok).toBe(true);
});

test("a vector that is added to every row is 𝟏 bᵀ, and its gradient a sum over the rows", () => {
  const bias = symbol("b", "K");
  const derivation = explain(add(symbol("P", "N", "K"), bias).as("Z"), { wrt: bias });
  const [definition, local, chain] = ["definition", "local", "expanded"].map((kind) =>
    plainTex(derivation.step(kind as "local") ?? ""),
  );
  expect(definition).toBe("Z = P + 𝟏 bᵀ, z_ij = p_ij + b_j");
  expect(local).toBe("∂z_ij/∂b_k = δ_jk");
  expect(chain).toBe("db_k = Σ_i Σ_j dz_ij ∂z_ij/∂b_k = Σ_(i=1)^N dz_ik");
  expect(derivation.ok).toBe(true);
});

test.each([
  ["a factor that is a row", (p: Tensor, r: Tensor) => mul(p, r)],
  ["what is subtracted", (p: Tensor, r: Tensor) => sub(p, r)],
  ["a divisor", (p: Tensor, r: Tensor) => div(p, r)],
])("%s is derived entry by entry where it is stretched, and holds", (_what, f) => {
  const row = tensor([2, -1, 4]).as("r");
  const derivation = explain(f(X, row).as("Z"), { wrt: row });
  expect(derivation.parts[0].steps.map(({ kind }) => kind)).toContain("expanded");
  expect(derivation.parts[0].steps.at(-1)?.note ?? "").not.toContain("not derived");
  expect(derivation.ok).toBe(true);
});

test("a difference is multiplied out to its signs", () => {
  const steps = explain(sub(M, N).as("Y"), { wrt: N }).parts[0].steps;
  const grids = steps.find(({ kind }) => kind === "expanded")?.members ?? [];
  expect(grids.map((member) => plainTex(member).slice(0, 24))).toEqual([
    "dN",
    "dY ⊙ ∂Y/∂N",
    "( dy_11 · ∂y_11/∂n_11, d",
    "( dy_11 · (-1), dy_12 · ",
    "( -dy_11, -dy_12, ⋯, -dy",
  ]);
});

test("a mask is put in as its ones and zeros, not as a matrix in a subscript", () => {
  const Y = relu(X).as("Y");
  Y.backward(N);
  const numbers = plainTex(explain(Y).step("numbers") ?? "");
  expect(numbers).toContain("⊙ ( 1, 0, 1 ; 1, 1, 0 )");
  expect(numbers).not.toContain("𝟏_");
});

test("a result without a name is H, as in the graph, and no name of the record is lent to it", () => {
  const derivation = explain(sigmoid(matmul(X, W)).as("Y"));
  expect(plainTex(derivation.step("shapes") ?? "")).toBe("H_1 ∈ ℝ^(α×β) ⟹ Y ∈ ℝ^(α×β)");
  const named = explain(sigmoid(matmul(X, W).add(1)).as("H1"));
  expect(plainTex(named.step("shapes") ?? "")).toMatch(/^H_[2-9] ∈/);
});

test("equal sizes are not equal lengths: letters follow the record", () => {
  const A = tensor([
    [1, 2],
    [3, 4],
  ]).as("A");
  const B = A.detach().as("B");
  expect(plainTex(explain(matmul(A, B).as("C")).step("shapes") ?? "")).toBe(
    "A ∈ ℝ^(α×β), B ∈ ℝ^(β×γ) ⟹ C ∈ ℝ^(α×γ)",
  );
});

test("a whole computation is derived node by node, from the result to the leaves", () => {
  const J = mean(sigmoid(matmul(X, W).add(b)).as("A")).as("J");
  const derivation = explain(J, { whole: true, steps: ["closed"] });
  expect(derivation.ok).toBe(true);
  expect(derivation.parts.map(({ title }) => title)).toEqual(["dA", "dH2", "dH1", "db", "dX", "dW"]);
  expect(derivation.parts.map(({ steps }) => plainTex(steps[0].members.join(" = ")))).toEqual([
    "dA = 1/(α β) 𝟏",
    "dH_2 = dA ⊙ (A ⊙ (1 - A))",
    "dH_1 = dH_2",
    "db = dH_2ᵀ 𝟏",
    "dX = dH_1 Wᵀ",
    "dW = Xᵀ dH_1",
  ]);
});

test("of a computation of thousands of steps the last 200 are derived, and it says so", () => {
  let Y = tensor([1]).as("X");
  for (let k = 0; k < 2000; k++) Y = Y.neg();
  const derivation = explain(Y, { whole: true, steps: ["closed"] });
  expect([derivation.parts.length, derivation.omitted]).toEqual([200, 1800]);
  const said = /The 1800 operations before are left out/;
  expect(derivation.toString()).toMatch(said);
  expect(plainTex(derivation.latex().at(-1) ?? "")).toMatch(said);
});

test("an operand that stands twice has the sum of its shares", () => {
  const derivation = explain(mul(X, X).as("Y"));
  expect(derivation.ok).toBe(true);
  expect(derivation.step("closed")).toBe("dX = dY \\odot X + dY \\odot X");
});

test("a leaf, and a tensor that is not an operand, are rejected", () => {
  expect(() => explain(X)).toThrow(
    "Cannot explain X: it was not computed from anything; explain a result, as in explain(exp(X))",
  );
  expect(() => explain(exp(X).as("Y"), { wrt: W })).toThrow(
    "Cannot explain the gradient of W: Y is not computed from it in one step",
  );
});

test("a wrong rule is shown as failed, with a counterexample", () => {
  const y = exp(X).as("Y");
  const node = internals.nodeOf(y);
  const op = { ...node?.op, local: () => 2 } as NonNullable<typeof node>["op"];
  const wrong = new AnyTensor(y.shape, y.data, {
    op,
    inputs: [X],
    time: internals.now(),
    scope: null,
  }).as("Y");
  const derivation = explain(wrong);
  expect(derivation.ok).toBe(false);
  expect(String(derivation)).toMatch(
    /✗ failed: at entry \(1, 1\) the formula gives \S+, the central difference \S+/,
  );
  const [formula] = derivation.latex();
  expect(formula).toContain("\\textcolor{red}");
  expectLatex(formula);
});

describe("symbols", () => {
  const S = symbol("S", "α", "β");

  test("print as their generic matrix, and results of symbols as their formula", () => {
    const Y = exp(S).as("Y");
    sum(Y).as("J").backward();
    expect(String(S)).toBe(
      "S = ( s_11, s_12, ⋯, s_1β ; s_21, s_22, ⋯, s_2β ; ⋮, ⋮, ⋱, ⋮ ; s_α1, s_α2, ⋯, s_αβ ) ∈ ℝ^(α×β)",
    );
    expect(String(Y)).toBe("Y = e^S ∈ ℝ^(α×β)");
    expect(String(S.grad)).toContain("dS = ( ds_11, ds_12, ⋯, ds_1β ;");
    expect(String(matmul(S, symbol("V", "β", 2)).as("Z"))).toBe("Z = S V ∈ ℝ^(α×2)");
    for (const x of [S, Y, S.grad]) expectLatex(latex(x));
  });

  test("have no numbers", () => {
    expect(() => S.toArray()).toThrow("Cannot take toArray of the symbol S: it has no numbers");
    expect(() => symbol("s").item()).toThrow("Cannot take item of the symbol s: it has no numbers");
  });

  test("a letter equals only itself, and never 1", () => {
    expect(() => add(S, symbol("T", "β", "α"))).toThrow("Cannot add shapes");
    expect(() => add(S, tensor([[1, 2]]))).toThrow("Cannot add shapes");
  });
});

describe("an abstract function", () => {
  test("keeps its derivative unevaluated, as the lecture's general case does", () => {
    const [A, B] = [symbol("X", "α", "β"), symbol("Y", "α", "β")];
    const one = explain(apply("f", A).as("Y"));
    expect(plainTex(one.step("definition") ?? "")).toBe("Y = f(X), y_ij = f(x_ij)");
    expect(plainTex(one.step("local") ?? "")).toBe("dx_ij = dy_ij ∂y_ij/∂x_ij");
    expect(plainTex(one.step("closed") ?? "")).toBe("dX = dY ⊙ ∂Y/∂X");
    const two = explain(apply("f", A, B).as("Z"), { wrt: B });
    expect(plainTex(two.step("closed") ?? "")).toBe("dY = dZ ⊙ ∂Z/∂Y");
    expect([one.ok, two.ok]).toEqual([true, true]);
  });

  test("takes one operand or two", () => {
    expect(() => apply("f")).toThrow("Cannot apply f to 0 operands: give one tensor or two");
  });
});

test("a name that the session owns is lent to no operand without one", () => {
  const names = { X, A: b, Y: P };
  connectHost({
    variables: { names: () => Object.keys(names), get: (name) => names[name as "X"] },
    display() {},
    clearOutput() {},
    note() {},
  });
  expect(plainTex(explain(exp(tensor([[1, 2]]))).step("shapes") ?? "")).toBe("B ∈ ℝ^(1×α) ⟹ Z ∈ ℝ^(1×α)");
});
