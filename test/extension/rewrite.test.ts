import { describe, expect, it } from "vitest";
import { tensorMimeType } from "../../extension/src/tensor/tensor-data.ts";
import { latex, ones, rand, symbol, type Tensor, tensor, zeros } from "../../src/index.ts";
import { hasAll, rewritten } from "../../src/picture/index.ts";
import { outputOf } from "./tensor-output.ts";

/** A tensor as it comes back from a saved notebook. */
function saved(x: Tensor): { tex: string; shape: number[]; data: number[] } {
  return JSON.parse(JSON.stringify(outputOf(x)[tensorMimeType]));
}

const thirds = tensor([[1 / 3, -2 / 3], [0.5, 100]]).as("A"); // biome-ignore format: a matrix

describe("a displayed tensor is written again", () => {
  it("with fewer and with more digits, under its name", () => {
    expect(rewritten(saved(thirds), { decimals: 1 })).toBe(
      "A = \\begin{pmatrix} 0.3 & \\phantom{00}{-}0.7 \\\\ 0.5 & \\phantom{-}100\\phantom{.0} \\end{pmatrix}",
    );
    expect(rewritten(saved(thirds), { decimals: 6 })).toContain("0.333333 &");
    expect(rewritten(saved(tensor(1 / 3).as("J")), { decimals: 2 })).toBe("J = 0.33");
  });

  it("as it was, in the usual style", () => {
    for (const x of [thirds, rand(20, 20).as("R"), rand(3, 2, 2), rand(5, 5, 5, 5), rand(1000, 1000)]) {
      expect(rewritten(saved(x), {})).toBe(latex(x));
    }
  });

  it("with every entry, where every one was kept", () => {
    const R = rand(20, 20).as("R");
    const whole = rewritten(saved(R), { most: Number.POSITIVE_INFINITY });
    expect(whole?.match(/\d\.\d{4}/g)).toHaveLength(400);
    expect(whole).toMatch(/^R = .* \\in \\mathbb\{R\}\^\{20 \\times 20\}$/);
    expect(rewritten(saved(rand(30, 30)), { most: Number.POSITIVE_INFINITY })).toBeNull();
  });

  it("also where the numbers are none that JSON knows", () => {
    const x = tensor([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.25]);
    expect(rewritten(saved(x), { decimals: 1 })).toContain(
      "\\mathrm{NaN} \\\\ \\infty \\\\ -\\infty \\\\ 0.3",
    );
  });

  it.each([
    ["its LaTeX holds other numbers", { tex: "A = 7" }],
    ["it has more numbers than are shown, and fewer than there are", { data: [1, 2, 3] }],
    ["its shape is another", { shape: [4] }],
    ["its shape is immense", { shape: [1e9, 1e9], data: [] }],
  ])("not at all where %s", (_why, change) => {
    expect(rewritten({ ...saved(thirds), ...change }, { decimals: 2 })).toBeNull();
  });
});

describe("a saved tensor", () => {
  it("has all of its numbers when there are few, else those that are shown", () => {
    expect(hasAll(saved(ones(20, 20)))).toBe(true);
    expect(saved(ones(20, 21)).data).toHaveLength(49);
    expect(saved(ones(9, 3, 3, 9)).data).toHaveLength(3 * 3 * 3 * 3);
    expect(saved(zeros(2, 2, 2, 2, 100)).data).toHaveLength(0);
  });

  it("has none when it is a symbol", () => {
    expect(saved(symbol("X", "α", "β"))).not.toHaveProperty("data");
    expect(saved(symbol("X", "α", "β").exp())).not.toHaveProperty("data");
  });

  it("of a million entries takes at most 10 kB, and about the time of a hundred", () => {
    const [hundred, million] = [rand(10, 10).as("X"), rand(1000, 1000).as("X")].map((x) => {
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        outputOf(x);
        return performance.now() - start;
      });
      return { time: Math.min(...times), size: JSON.stringify(outputOf(x)).length };
    });
    expect(million.size).toBeLessThan(10_000);
    expect(million.time / hundred.time).toBeLessThan(4);
  });
});
