/** Mistakes of derivations and of their checks that were reported in public, each with what is right. */
import { describe, expect, test } from "vitest";
import type { StepKind } from "../../src/explain/derivation.ts";
import {
  abs,
  binaryCrossEntropy,
  det,
  diag,
  div,
  dot,
  exp,
  explain,
  inv,
  log,
  logsumexp,
  matmul,
  max,
  mean,
  mse,
  mul,
  norm,
  ones,
  prod,
  relu,
  softmax,
  solve,
  square,
  sum,
  symbol,
  Tensor,
  tensor,
  trace,
  variance,
} from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { plainTex } from "../../src/tex/plain.ts";
import { expectLatex } from "../latex-engines.ts";

const T = tensor([
  [1, 2],
  [3, 4],
]).as("T");
const u = tensor([1, 2, 3]).as("u");

function line(y: Tensor, kind: StepKind): string {
  const derivation = explain(y);
  expect(derivation.ok, String(derivation)).toBe(true);
  return plainTex(derivation.step(kind) ?? "");
}

describe("a right gradient is not refused for the size of its numbers", () => {
  test.each<[string, () => Tensor]>([
    ["squares of prices", () => square(tensor([[20000, 30000]]))],
    ["an exponential that is large beside another", () => exp(tensor([[15, 1]]))],
    ["a quotient near a pole", () => div(1, tensor([[0.01, 1]]))],
    ["the error of house prices", () => mse(tensor([[2e5, 3.5e5]]), tensor([[2.1e5, 3.4e5]]))],
    ["a logarithm of a millionth", () => log(tensor([1e-6, 1e-3]))],
    [
      "a product of long vectors in float32",
      () => dot(ones(200).cast("float32").mul(0.3), ones(200).cast("float32")),
    ],
    ["a product by a number of another size", () => mul(tensor([[1e-7, 1]]), tensor([[1e7, 1e-3]]))],
    ["a saturated loss", () => binaryCrossEntropy(tensor([30, -30]), tensor([1, 0]))],
    ["two entries that are nearly the largest", () => max(tensor([1, 1 + 1e-6]))],
  ])("%s", (_what, make) => {
    const derivation = explain(make(), { whole: true });
    expect(derivation.ok, String(derivation)).toBe(true);
  });

  test("of a hundred exponentials of random tens", () => {
    for (let k = 0; k < 100; k++) {
      const x = new Tensor(
        [2, 2],
        Float64Array.from({ length: 4 }, (_, i) => 30 * Math.sin(7 * k + i)),
      );
      expect(explain(exp(x)).ok).toBe(true);
    }
  });
});

describe("a derivation says what it derives", () => {
  test.each<[string, () => Tensor, StepKind, string]>([
    ["the trace keeps its δ", () => trace(T).as("J"), "closed", "dT = I"],
    [
      "the trace of a product is no sum of all",
      () => trace(T).as("J"),
      "local",
      "∂J/∂t_ij = ∂/∂t_ij [ Σ_(r=1)^α t_rr ] = δ_ij",
    ],
    [
      "a square of a matrix has two terms",
      () => matmul(T, T).as("Z"),
      "local",
      "∂z_ij/∂t_kl = t_lj δ_ik + t_ik δ_jl",
    ],
    ["and two sums", () => matmul(T, T).as("Z"), "closed", "dT = dZ Tᵀ + Tᵀ dZ"],
    ["a squared length has the factor 2", () => dot(u, u).as("s"), "local", "∂s/∂u_i = u_i + u_i"],
    ["a diagonal is 0 beside it", () => diag(u).as("D"), "definition", "D = diag(u), d_ij = δ_ij u_i"],
    [
      "the diagonal of a matrix",
      () => diag(T).as("d"),
      "expanded",
      "dt_kl = Σ_i dd_i ∂d_i/∂t_kl = dd_k δ_kl",
    ],
    ["a maximum", () => max(T).as("m"), "definition", "m = max(T) = max_k max_l t_kl"],
    ["a product", () => prod(u).as("p"), "definition", "p = prod(u) = Π_(k=1)^α u_k"],
    ["a length", () => norm(u).as("n"), "definition", "n = norm(u) = √(Σ_(k=1)^α u_k^2)"],
    [
      "a logarithm of a sum",
      () => logsumexp(u).as("l"),
      "definition",
      "l = logsumexp(u) = log(Σ_(k=1)^α e^(u_k))",
    ],
    [
      "a softmax is none of one entry",
      () => softmax(u).as("y"),
      "definition",
      "y = softmax(u), y_i = e^(u_i)/(Σ_(k=1)^α e^(u_k))",
    ],
    [
      "a row that is broadcast keeps its index",
      () => div(T, tensor([2, 5]).as("B")).as("Y"),
      "local",
      "∂y_ij/∂t_ij = 1/b_j",
    ],
  ])("%s", (_what, make, kind, expected) => {
    expect(line(make(), kind)).toBe(expected);
  });
});

describe("a length that is a letter stays one", () => {
  const S = symbol("S", "α", "β");

  test("in a mean along an axis, whose divisor is that axis", () => {
    expect(line(mean(S, { axis: 0 }).as("Y"), "closed")).toBe("dS = 1/α 𝟏 dYᵀ");
    expect(line(mean(S, { axis: 1, keepdims: true }).as("Y"), "definition")).toBe(
      "Y = 1/β S 𝟏, y_ij = 1/β Σ_(r=1)^β s_ir",
    );
    expect(String(mean(S))).toBe("1/(α β) Σ_ij S_ij");
    expect(String(mean(symbol("Q", "α", "α")))).toBe("1/(α α) Σ_ij Q_ij");
    expect(String(variance(S, { axis: 0, correction: 1 }))).toContain("1/(α - 1)");
  });

  test("for every op that takes symbols", () => {
    const letters: Readonly<Record<number, string>> = { 2: "α", 3: "β", 4: "γ" };
    let count = 0;
    for (const { samples } of Object.values(ops)) {
      for (const { shapes, call } of samples) {
        if (shapes.some((shape) => shape.includes(0))) continue;
        let derivation: ReturnType<typeof explain>;
        try {
          const operands = shapes.map((shape, k) => symbol("XYZ"[k], ...shape.map((n) => letters[n] ?? n)));
          derivation = explain(call(...operands), { whole: true });
        } catch {
          continue; // lengths that the sample fixes, or no gradient
        }
        count += 1;
        for (const { steps } of derivation.parts) {
          for (const member of steps.flatMap(({ members }) => members)) {
            expect(member.replace(/_\{\d+\}|float64|\b0\.01\b/g, ""), member).not.toMatch(/\d{2}/);
          }
        }
      }
    }
    expect(count).toBeGreaterThan(100);
  });
});

test("a determinant, an inverse and a solution have square matrices", () => {
  expect(line(det(T).as("J"), "shapes")).toBe("T ∈ ℝ^(α×α) ⟹ J ∈ ℝ");
  expect(line(inv(T).as("Y"), "shapes")).toBe("T ∈ ℝ^(α×α) ⟹ Y ∈ ℝ^(α×α)");
  expect(line(solve(T, tensor([[1], [2]]).as("B")).as("Y"), "shapes")).toBe(
    "T ∈ ℝ^(α×α), B ∈ ℝ^(α×1) ⟹ Y ∈ ℝ^(α×1)",
  );
});

test("what was computed before an operand was assigned is not explained by its new numbers", () => {
  const W = tensor([1, 2]).as("W");
  const Y = square(W).as("Y");
  W.assign([3, 4]);
  expect(() => explain(Y)).toThrow("W was assigned since; compute the result again, then explain the way");
});

describe("where nothing can be said, nothing is", () => {
  test("of an exponential that overflows", () => {
    const derivation = explain(exp(tensor([[5000, 9000]])));
    expect(derivation.ok).toBe(false);
    expect(String(derivation)).toMatch(/check {13}cannot be said: /);
    expect(String(derivation)).not.toMatch(/[✓✗]/);
    for (const formula of derivation.latex()) expectLatex(formula);
  });

  test("and a kink is named", () => {
    expect(String(explain(relu(tensor([[1, 0]]))))).toContain(
      "at entry (1, 2) it is at a kink, with the slopes 0 before it and 1 after it",
    );
    expect(String(explain(abs(tensor([0, 3]))))).toContain("at entry (1) it is at a kink");
    expect(String(explain(relu(tensor([[1, 2]]))))).not.toContain("kink");
  });
});

describe("LaTeX that readers take", () => {
  test("of a product of 64 entries, each formula below the 5 kB at which MathJax stops", () => {
    const X = new Tensor(
      [8, 8],
      Float64Array.from({ length: 64 }, (_, k) => 1 + k / 100),
    ).as("X");
    for (const y of [prod(X), prod(X, { axis: 0 }), matmul(X, X), softmax(X)]) {
      y.backward(ones(...y.shape));
      const derivation = explain(y, { whole: true });
      expect(derivation.ok).toBe(true);
      for (const formula of derivation.latex()) {
        expect(formula.length).toBeLessThan(5120);
        expectLatex(formula);
      }
    }
    expect(explain(prod(X).as("p")).step("closed")).toBe("dX = \\cdots");
    expect(String(explain(prod(X).as("p")))).toContain("the rule of prod, too long to be written here");
  });

  test.each([
    "W_1",
    "a%b",
    "a{b",
    "a}b",
    "$x",
    "Z^[O]",
    "a_b^c",
    "a#b",
    "a&b",
    "a~b",
    "a\\b",
    "Θ",
    "x₁₂",
    "_",
    "%",
  ])("of a tensor named %s", (name) => {
    const x = tensor([[1, 2]]).as(name);
    const products = [exp(x).as(`${name}2`), mul(x, tensor([[3, 4]]).as("Q")), sum(x).as(name)];
    for (const formula of products.flatMap((y) => explain(y).latex())) expectLatex(formula);
  });
});
