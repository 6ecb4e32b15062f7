/** Every op is explained, in every way its samples call it. */
import { describe, expect, test } from "vitest";
import { explain, Tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { internals } from "../../src/tensor/tensor.ts";
import { expectLatex } from "../latex-engines.ts";

/** Whether the op lets no gradient through, as a comparison does. */
function isFlat(y: Tensor): boolean {
  const node = internals.nodeOf(y);
  return node?.inputs.every((_, i) => node.op.vjp(i, y, y, ...node.inputs) === null) ?? false;
}

const samples = Object.entries(ops).flatMap(([name, { samples: list }]) =>
  list
    .filter(({ shapes }) => shapes.every((shape) => sizeOf(shape) > 0))
    .map((sample, i) => [name, i, sample] as const),
);

describe.each(samples)("%s, sample %i", (_name, i, { shapes, domain, call }) => {
  test("is explained without a failing line, in LaTeX that KaTeX and MathJax accept", () => {
    const arguments_ = shapes.map((shape, k) => {
      const [low, high] = domain[k];
      const size = sizeOf(shape);
      const entry = (at: number): number => low + ((high - low) * (at + 1)) / (size + 1);
      return new Tensor(
        shape,
        Float64Array.from({ length: size }, (_, at) => entry(at)),
      );
    });
    const y = call(...arguments_);
    if (internals.nodeOf(y)?.inputs.every((x) => internals.isLiteral(x)) ?? true) return;
    if (isFlat(y)) {
      expect(() => explain(y)).toThrow(/no gradient passes through/);
      return;
    }
    const derivation = explain(y, { whole: true });
    expect(String(derivation)).not.toContain("✗");
    if (i < 2) for (const formula of derivation.latex()) expectLatex(formula); // more would say the same
  });
});
