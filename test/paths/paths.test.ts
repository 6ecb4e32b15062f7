/** The total derivative as a sum over paths: which there are, what each contributes, and that nothing is lost. */
import { afterEach, describe, expect, test } from "vitest";
import {
  add,
  allclose,
  exp,
  ge,
  grad,
  mul,
  Paths,
  paths,
  randn,
  seed,
  square,
  sub,
  sum,
  symbol,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { connectHost } from "../../src/session.ts";
import { expectLatex } from "../latex-engines.ts";

/** The numbers of the lecture's slide S10, which gives no functions. */
const slide = (() => {
  const [x1, x2, x3] = [1, 2, 3].map((value, k) => tensor(value).as(`x${k + 1}`));
  const y1 = mul(3, x1).as("y1");
  const y2 = mul(x1, x2).as("y2");
  const y3 = add(x1, square(x2)).as("y3");
  const y4 = square(x3).as("y4");
  return { x1, x2, x3, J: add(add(y1, mul(2, y2)), mul(y3, y4)).as("J") };
})();

describe("on the slide S10", () => {
  test("x₁ has its effect on J by three paths", () => {
    const found = paths(slide.J, slide.x1);
    expect(found.list.map(({ factors }) => factors)).toEqual([
      [1, 3],
      [2, 2],
      [9, 1],
    ]);
    expect(found.gradient.item()).toBe(16);
    expect(String(found)).toMatchInlineSnapshot(`
      "∂J/∂x_1 = ∂J/∂y_1 ∂y_1/∂x_1 + ∂J/∂y_2 ∂y_2/∂x_1 + ∂J/∂y_3 ∂y_3/∂x_1
              = 1 · 3 + 2 · 2 + 9 · 1
              = 3 + 4 + 9
              = 16
      ✓ 3 paths, which add up to what backward gives"
    `);
  });

  test("x₂ has two paths, and x₃ one", () => {
    expect(paths(slide.J, slide.x2).list.map(({ contribution }) => contribution.item())).toEqual([2, 36]);
    expect(paths(slide.J, slide.x2).gradient.item()).toBe(38);
    expect(String(paths(slide.J, slide.x3))).toMatchInlineSnapshot(`
      "∂J/∂x_3 = ∂J/∂y_4 ∂y_4/∂x_3
              = 5 · 6
              = 30
      ✓ 1 path, which is what backward gives"
    `);
  });

  test("the first line is the slide's formula, and the next are its numbers", () => {
    const quotient = (over: string, under: string): string => `\\frac{\\partial ${over}}{\\partial ${under}}`;
    const term = (k: number): string => `${quotient("J", `y_{${k}}`)} ${quotient(`y_{${k}}`, "x_{1}")}`;
    expect(paths(slide.J, slide.x1).members).toEqual([
      quotient("J", "x_{1}"),
      `${term(1)} + ${term(2)} + ${term(3)}`,
      "1 \\cdot 3 + 2 \\cdot 2 + 9 \\cdot 1",
      "3 + 4 + 9",
      "16",
    ]);
  });
});

test("unnamed steps between two named tensors are one factor", () => {
  const x = tensor(2).as("x");
  const y = add(mul(5, square(x)), x).as("y"); // dy/dx = 10x + 1
  expect(paths(mul(3, y).as("J"), x).list.map(({ factors }) => factors)).toEqual([[3, 21]]);
});

test("a path of one step is its own value", () => {
  const x = tensor(2).as("x");
  expect(String(paths(mul(3, x).as("J"), x))).toBe("∂J/∂x = 3\n✓ 1 path, which is what backward gives");
});

test("paths that do not add up are shown as failed", () => {
  const found = paths(slide.J, slide.x1);
  const wrong = new Paths({ ...found, gradient: tensor(17) });
  expect(wrong.ok).toBe(false);
  expect(String(wrong)).toContain("failed: the paths do not add up to what backward gives");
  expect(wrong.latex()).toContain("\\times");
  expectLatex(wrong.latex());
});

test("what has a path of its own beside a named tensor is counted once along each", () => {
  const x = tensor(2).as("x");
  const y = square(x).as("y");
  const found = paths(add(y, mul(x, y)).as("J"), x); // J = x² + x³
  expect(found.list.map(({ names }) => names.map(({ name }) => name))).toEqual([
    ["J", "x"],
    ["J", "y", "x"],
  ]);
  expect(found.list.map(({ contribution }) => contribution.item())).toEqual([4, 12]);
});

test("along matrices the product stays symbolic, and each path shows its share of the gradient", () => {
  const X = tensor([[1, -2, 0]]).as("X");
  const J = sum(mul(tanh(X).as("Y"), exp(X).as("Z"))).as("J");
  const found = paths(J, X);
  expect(found.list.every(({ factors }) => factors === null)).toBe(true);
  expect(allclose(found.sum, grad(J, X))).toBe(true);
  expect(String(found)).toMatchInlineSnapshot(`
    "∂J/∂X = ∂J/∂Y ∂Y/∂X + ∂J/∂Z ∂Z/∂X
    ∂J/∂Y ∂Y/∂X = (1.1416  0.0096  1)
    ∂J/∂Z ∂Z/∂X = (2.0702  -0.1305  0)
    ∂J/∂X = (3.2118  -0.1209  1)
    ✓ 2 paths, which add up to what backward gives"
  `);
});

test("of symbols only the formula is shown, as there are no numbers", () => {
  const X = symbol("X", "α", "β");
  const found = paths(sum(mul(tanh(X).as("Y"), exp(X).as("Z"))).as("J"), X);
  expect(String(found)).toBe(
    "∂J/∂X = ∂J/∂Y ∂Y/∂X + ∂J/∂Z ∂Z/∂X\n✓ 2 paths, which add up to what backward gives",
  );
  expect(found.members.length).toBe(2);
});

test("negative factors stand in parentheses, and negative terms are subtracted", () => {
  const x = tensor(2).as("x");
  const [u, v] = [mul(-3, x).as("u"), mul(5, x).as("v")];
  expect(String(paths(sub(v, mul(2, u)).as("J"), x))).toContain("= 1 · 5 + (-2) · (-3)");
});

/** A chain of `depth` diamonds: two paths through each, with factors of different size. */
function diamonds(depth: number, start: Tensor, factors: readonly [number, number]): Tensor {
  let h = start;
  for (let k = 1; k <= depth; k++) {
    const [a, b] = factors.map((factor, i) => mul(factor + k / 1000, h).as(`${"ab"[i]}${k}`));
    h = add(a, b).as(`h${k}`);
  }
  return h;
}

describe("with more paths than anyone can read", () => {
  test("all are counted exactly, the largest are shown, and nothing is lost", () => {
    const x = tensor(1).as("x");
    const J = diamonds(70, x, [0.75, -0.25]);
    const found = paths(J, x);
    expect(found.count).toBe(2n ** 70n);
    expect(found.list.length).toBe(5);
    const rest = found.remainder as Tensor;
    expect(allclose(add(found.sum, rest), grad(J, x))).toBe(true);
    expect(String(found)).toContain("1180591620717411303424 paths: the 5 largest, then the sum of the");
    expectLatex(found.latex());
  });

  test("the largest of single numbers are the largest there are", () => {
    const x = tensor(1).as("x");
    const J = diamonds(9, x, [0.9, -0.8]);
    const all = paths(J, x, { most: 512 });
    const sizes = all.list.map(({ contribution }) => Math.abs(contribution.item())).toSorted((a, b) => b - a);
    expect(all.count).toBe(512n);
    expect(all.ok).toBe(true);
    const shown = paths(J, x, { most: 7 }).list.map(({ contribution }) => Math.abs(contribution.item()));
    expect(shown).toEqual(sizes.slice(0, 7));
  });

  test("of matrices, large ones are shown with the remainder", () => {
    seed(7);
    const X = randn(2, 3).as("X");
    const J = sum(diamonds(8, X, [0.9, -0.8])).as("J");
    const found = paths(J, X, { most: 3 });
    expect(found.count).toBe(256n);
    expect(allclose(add(found.sum, found.remainder as Tensor), grad(J, X))).toBe(true);
    expect(String(found)).toContain("256 paths: 3 large ones, then the sum of the 253 others");
    expectLatex(found.latex());
  });
});

test("random records: the paths add up to the gradient", () => {
  seed(11);
  const binary: ((a: Tensor, b: Tensor) => Tensor)[] = [
    (a, b) => mul(a, b),
    (a, b) => a.matmul(b),
    (a, b) => add(a, b),
    (a, b) => sub(a, b),
  ];
  for (let trial = 0; trial < 40; trial++) {
    const x = randn(2, 2).as("x");
    const pool: Tensor[] = [x];
    const pick = (): Tensor => pool[Math.floor(Math.abs(randn(1).data[0]) * 1e6) % pool.length];
    for (let k = 0; k < 7; k++) {
      const z = binary[(trial + k) % 4](pick(), tanh(pick()));
      pool.push(k % 3 === 0 ? z : z.as(`z${k}`));
    }
    const J = sum(pool.reduce((total, z) => add(total, z))).as("J");
    const found = paths(J, x, { most: 2000 });
    expect(found.ok, `trial ${trial} after seed(11)`).toBe(true);
  }
});

test("a comparison passes no derivative, and so is on no path", () => {
  const x = tensor([1, -2]).as("x");
  const mask = ge(x, 0).as("m");
  const found = paths(sum(mul(mask, x)).as("J"), x);
  expect(found.list.map(({ names }) => names.map(({ name }) => name))).toEqual([["J", "x"]]);
  expect(() => paths(sum(mask).as("J"), x)).toThrow(
    "Cannot list the paths from x to J: J does not depend on x",
  );
});

describe("in a notebook", () => {
  afterEach(() => connectHost({ display() {}, clearOutput() {}, note() {} }));

  test("the names of the cell that is running count", () => {
    const x = tensor(2);
    const y = square(x);
    const values = new Map<string, unknown>([
      ["x", x],
      ["y", y],
    ]);
    connectHost({
      display() {},
      clearOutput() {},
      note() {},
      variables: { names: () => values.keys(), get: (name) => values.get(name) },
    });
    expect(String(paths(mul(3, y), x))).toContain("∂J/∂x = ∂J/∂y ∂y/∂x");
  });

  test("it is shown as LaTeX that both engines accept, and as text", () => {
    const shown = paths(slide.J, slide.x1) as unknown as Record<symbol, () => Record<string, string>>;
    const bundle = shown[Symbol.for("Jupyter.display")]();
    expect(Object.keys(bundle)).toEqual(["text/latex", "text/plain"]);
    expectLatex(paths(slide.J, slide.x1).latex());
  });
});

describe("is refused", () => {
  const X = tensor([[1, 2]]).as("X");
  test.each<[string, () => unknown]>([
    [
      "Cannot list the paths to Y of shape [1, 2]: only a single number has one gradient; reduce first, as in sum(Y)",
      () => paths(exp(X).as("Y"), X),
    ],
    [
      "Cannot list the paths from W to J: J does not depend on W; compute J from W, then list them",
      () => paths(sum(X).as("J"), tensor(1).as("W")),
    ],
    [
      'Cannot list the paths from a tensor without a name: give it one, as in x.as("x")',
      () => paths(sum(X).as("J"), tensor(1)),
    ],
    ["Cannot list the paths from x1 to itself: name another tensor", () => paths(slide.x1, slide.x1)],
    ["Cannot show 0 paths: give a whole number from 1 on", () => paths(slide.J, slide.x1, { most: 0 })],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });
});
