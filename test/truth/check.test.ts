/** What `check` must refuse and what it must accept: cases of which each stands for its kind. */
import { describe, expect, test } from "vitest";
import {
  CheckError,
  check,
  clamp,
  div,
  exp,
  eye,
  InconclusiveError,
  log,
  matmul,
  maximum,
  mean,
  mul,
  norm,
  ones,
  pow,
  relu,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "../../src/index.ts";

type Names = Readonly<Record<string, Tensor>>;

/** The verdict's sign, ✓, ✗ or ? where it says that it cannot tell, and its words. */
function verdict(names: Names, formula: string): string {
  const strings = Object.assign([formula], { raw: [formula] });
  try {
    return `✓ ${check.with(names)(strings)}`;
  } catch (error) {
    if (error instanceof CheckError) return `✗ ${error.message}`;
    if (error instanceof InconclusiveError) return `? ${error.message}`;
    throw error;
  }
}

/** Tests of a set-up: each formula with what the verdict must start with or contain. */
function verdicts(title: string, make: () => Names, cases: Readonly<Record<string, string | RegExp>>): void {
  describe(title, () => {
    for (const [formula, expected] of Object.entries(cases)) {
      test(`${formula} ${expected}`, () => {
        const found = verdict(make(), formula);
        if (typeof expected === "string") expect(found.startsWith(expected), found).toBe(true);
        else expect(found).toMatch(expected);
      });
    }
  });
}

/** Y = X², J = Σ Y². */
function fourth(dtype: "float32" | "float64", entries: number[][]): Names {
  const X = tensor(entries, { dtype });
  const Y = square(X);
  const J = sum(square(Y));
  J.backward();
  return { X, Y, J };
}

const OF_FOURTH = {
  "dX = 0 X": "✗",
  "dX = 4 X ⊙ X ⊙ X": "✓",
  "dX = 4 X³": "✓",
  "dX = 2 dY ⊙ X": "✓",
  "dX = 3 X^3": "✗",
  "dX = 4 X^3 + X^9": "✗",
};
verdicts(
  "in float32, near 0: no number is small enough to pass for another",
  () => fourth("float32", [[0.001, 0.002]]),
  OF_FOURTH,
);
for (const size of [1e-5, 1e-8, 1e-30, 1e-70]) {
  verdicts(`in float64, at ${size}`, () => fourth("float64", [[size, 2 * size]]), OF_FOURTH);
}

const X23 = (): Tensor =>
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

describe("what a leaf looks like says nothing of what it is", () => {
  for (const [form, make] of [
    ["ones", ones],
    ["zeros", zeros],
  ] as const) {
    verdicts(
      `a factor B of ${form}`,
      () => {
        const [X, B] = [X23(), make(2, 3)];
        return { X, B, Y: mul(X, B) };
      },
      { "dX = dY": "✗", "dX = dY ⊙ B": "✓", "Y = X": "✗", "Y = 0": "✗", "dB = dY ⊙ X": "✓", "dB = dY": "✗" },
    );
  }
  verdicts(
    "the identity as a factor",
    () => {
      const [X, W] = [X23(), eye(3)];
      return { X, W, Z: matmul(X, W) };
    },
    {
      "dX = dZ": /^✗.*it holds only while W has the numbers of this session/,
      "dX = dZ W": /^✗.*with Wᵀ in place of W it would hold/,
      "dX = dZ Wᵀ": "✓",
      "Z = X": "✗",
    },
  );
  verdicts(
    "a stochastic matrix as a factor, and no cross-entropy near",
    () => {
      const X = tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      const W = tensor([
        [0.5, 0.5],
        [0.2, 0.8],
      ]);
      return { X, W, Z: matmul(X, W) };
    },
    { "dX = dZ": "✗", "dX = dZ Wᵀ": "✓", "dW = Xᵀ dZ": "✓", "Z 𝟏 = X 𝟏": "✗" },
  );
});

verdicts(
  "a small term beside a large one counts",
  () => {
    const X = tensor([
      [12, 15, 18],
      [20, 14, 16],
    ]);
    return { X, Z: pow(X, 8).add(X) };
  },
  {
    "dX = 8 dZ ⊙ X^7": /^✗.*the term dZ is missing/,
    "dX = 8 dZ ⊙ X⁷ + dZ": "✓",
    "dX = dZ ⊙ (8 X^7 + 1)": "✓",
    "dX = 8 dZ ⊙ X^7 + 2 dZ": "✗",
  },
);

verdicts("what is undefined equals nothing", () => ({ X: X23() }), {
  "1/0 = 2/0": /^\?.*what is undefined equals nothing/,
  "0/0 = 1 − 1/0": /^\?/,
  "log(0 X) = log(0 X) + 1": /^\?.*what is undefined equals nothing/,
  "X/0 = 2 X/0": /^\?/,
  "sqrt(−square(X) − 1) = sqrt(−square(X) − 2)": /^\?/,
  "log(−square(X) − 1) = X": "✗",
});

verdicts(
  "what holds whatever the numbers are is a tautology",
  () => {
    const X = X23();
    return { X, Y: exp(X) };
  },
  {
    "dX = dX": /^✗.*tautology/,
    "X = X": /^✗.*tautology/,
    "X ⊙ Y = X ⊙ Y": /^✗.*tautology/,
    "1/0 = 1/0": /^✗.*tautology/,
    "1 + 1 = 2": "✓",
    "X ⊙ Y = Y ⊙ X": "✓",
  },
);

verdicts(
  "a formula that is true for this J only says so",
  () => {
    const X = X23();
    const Y = exp(X);
    const J = sum(Y);
    J.backward();
    return { X, Y, J };
  },
  {
    "dX = Y": /^✓.*dY is 1 here, so this is true for this J only/,
    "dX = exp(X)": /^✓.*for this J only/,
    "dX = e^X": /^✓.*for this J only/,
    "dX = dY ⊙ Y": /^✓((?!this J).)*$/,
    "∂J/∂X = Y": /^✓((?!this J).)*$/,
    "dX = 2 Y": "✗",
  },
);

verdicts(
  "a hint says one thing: of Y = eˣ + 1",
  () => {
    const X = X23();
    return { X, Y: exp(X).add(1) };
  },
  { "Y = e^X − 1": /with \+ before 1/, "Y = e^X": /^✗((?!before).)*$/, "Y = e^X + 1": "✓" },
);
verdicts(
  "and of Y = eˣ − 1",
  () => {
    const X = X23();
    return { X, Y: sub(exp(X), 1) };
  },
  { "Y = e^X + 1": /with − before 1/, "Y = e^X": /^✗((?!before).)*$/, "Y = e^X − 1": "✓" },
);

for (const size of [1e-6, 1e-12, 1e6]) {
  verdicts(
    `a logarithm and a quotient at ${size}`,
    () => {
      const X = tensor([[size, 2 * size]]);
      return { X, Y: log(X), Z: div(1, X) };
    },
    {
      "dX = dY / X − dZ ⊙ Z²": "✓",
      "dX = dY / X": "✓",
      "dX = dY ⊙ X": "✗",
      "dX = dY": "✗",
      "Y = log(X)": "✓",
      "Z ⊙ X = 1": "✓",
    },
  );
}

verdicts(
  "the bars of a norm, in each spelling",
  () => {
    const x = tensor([1, 2, 3]);
    const X = X23();
    return { x, X, z: sum(square(x)), n: norm(X) };
  },
  {
    "z = ‖x‖²": "✓",
    "z = ‖x‖_2^2": "✓",
    "z = ||x||^2": "✓",
    "z = \\lVert x \\rVert^2": "✓",
    "z = \\left\\|x\\right\\|^{2}": "✓",
    "z = \\Vert x \\Vert_{2}^2": "✓",
    "z = ‖x‖": "✗",
    "z = ‖2 |x|‖²/4": "✓",
    "n = ‖X‖": "✓",
    "n = ‖X‖_F": "✓",
    "dX = dn X/‖X‖": "✓",
    "dX = X/n": "✗",
  },
);

test("a norm with another index says how it is written, and one that is open where it opened", () => {
  const names = { x: tensor([1, 2]) };
  expect(() => verdict(names, "‖x‖_1 = 3")).toThrow("write sum(|x|)");
  expect(() => verdict(names, "‖x‖_∞ = 2")).toThrow("write max(|x|)");
  expect(() => verdict(names, "‖x = 3")).toThrow("to close the ‖ before");
  expect(verdict(names, "|2 ‖x‖ + 1| = ‖x‖ + ‖x‖ + |1|")[0]).toBe("✓");
});

verdicts(
  "a number stands for a matrix all of whose entries it is",
  () => {
    const X = X23();
    const m = mean(X).as("m");
    m.backward();
    return { X, m };
  },
  {
    "dX = 1/6": "✓",
    "dX = 1/5": "✗",
    "dX = 𝟏/6": "✓",
    "dX = 1/6 𝟏𝟏ᵀ": "✓",
    "dX = dm/6": "✓",
    "m = 1/6 𝟏ᵀ X 𝟏": "✓",
  },
);

verdicts(
  "∂w/∂x in either layout, which is named",
  () => {
    const [A, x] = [X23(), tensor([1, 2, 3])];
    return { A, x, w: matmul(A, x) };
  },
  {
    "∂w/∂x = A": /^✓.*numerator layout/,
    "∂w/∂x = Aᵀ": /^✓.*denominator layout/,
    "∂w/∂x = 2 A": "✗",
    "dx = Aᵀ dw": "✓",
  },
);

verdicts(
  "𝟏 is as long as it must be, also as a square, and never in silence",
  () => {
    const X = X23();
    return { X, s: sum(X) };
  },
  {
    "s = tr(Xᵀ 𝟏𝟏ᵀ)": "✓",
    "s = \\operatorname{tr}(X^\\top \\mathbf{1}\\mathbf{1}^\\top)": "✓",
    "s = 𝟏ᵀ X 𝟏": "✓",
    "s = tr(Xᵀ X)": "✗",
    "s = sum(X 𝟏𝟏ᵀ)": /nothing says how long 𝟏 is/,
  },
);

test("superscripts are exponents", () => {
  const [x, X] = [tensor([1.5]), X23()];
  expect(verdict({ x, y: exp(x) }, "y = eˣ")[0]).toBe("✓");
  expect(verdict({ X, Y: pow(X, 12) }, "Y = X¹²")[0]).toBe("✓");
  expect(verdict({ x, y: sin(x), z: pow(x, -2) }, "z = x⁻² ")[0]).toBe("✓");
});

describe("a formula that is right on one side of a kink only is wrong", () => {
  const small = tensor([[0.001, 0.002]]);
  verdicts("of a clamp, far from its bounds", () => ({ X: small, Y: clamp(small, -40, 30) }), {
    "dX = dY ⊙ (X < 30)": "✗",
    "dX = dY ⊙ (X > −40)": "✗",
    "dX = dY": "✗",
    "dX = dY ⊙ (X < 30) ⊙ (X > −40)": "✓",
    "Y = X": "✗",
  });
  verdicts("of a maximum with a number", () => ({ X: small, Y: maximum(small, 1e-9) }), {
    "dX = dY": "✗",
    "Y = X": "✗",
    "dX = dY ⊙ (X > 1e-9)": "✓",
  });
  const ofReLU = (entries: number[][]) => (): Names => {
    const X = tensor(entries);
    return { X, Y: relu(X) };
  };
  for (const entries of [
    [[1]],
    [[1, -2]],
    [
      [1, -2],
      [3, -4],
    ],
  ]) {
    verdicts(`of a ReLU of ${entries.flat().length}, with another kink beside its own`, ofReLU(entries), {
      "dX = dY ⊙ (X > −0.001)": "✗",
      "dX = dY ⊙ (X > 1e-9)": "✗",
      "dX = dY ⊙ (X > 1000)": "✗",
      "dX = dY ⊙ (X > 0)": "✓",
      "Y = X ⊙ (X > 0.5)": "✗",
    });
  }
  verdicts("written for no kink at all", () => ({ X: small, Y: square(small) }), {
    "dX = 2 dY ⊙ X ⊙ (X > −1000)": "✗",
    "dX = 2 dY ⊙ X": "✓",
  });
});
