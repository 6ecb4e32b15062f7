import { expect, test } from "vitest";
import type { Inspection } from "../../kernel/src/language/protocol.ts";
import { openNotebook } from "./notebook.ts";

const { run, language } = openNotebook();

/** What is said where `|` stands. */
const inspect = (source: string, detail: 0 | 1 = 0): Promise<Inspection> =>
  language.inspect(source.replace("|", ""), Array.from(source).indexOf("|"), detail);

const exp = `exp<S extends Shape>(x: Tensor<S>): Tensor<S>
exp(x: number): Tensor<[]>

The exponential, entry by entry: y_ij = e^(x_ij).

exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]`;

test("a function shows its signature, its formula and its example", async () => {
  expect(await inspect("ex|p")).toMatchObject({ found: true, plain: exp });
});

test("signature and example are code in Markdown", async () => {
  expect((await inspect("exp|(1)")).markdown).toBe(`\`\`\`typescript
exp<S extends Shape>(x: Tensor<S>): Tensor<S>
exp(x: number): Tensor<[]>
\`\`\`

The exponential, entry by entry: y_ij = e^(x_ij).

\`\`\`typescript
exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]
\`\`\``);
});

test("between the parentheses of a call the called function is shown", async () => {
  for (const source of ["exp(|", "exp(|)", "exp( |1)", "exp(1 + |)", "const y = [exp(|"]) {
    expect((await inspect(source)).plain, source).toBe(exp);
  }
  expect((await inspect("exp(tensor([1, |2]))")).plain).toMatch(/^tensor</);
  for (const source of ["exp(1)|", "exp(1) |"]) expect((await inspect(source)).found, source).toBe(false);
});

test("a tensor shows its literal shape", async () => {
  await run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
  expect((await inspect("|X")).plain).toBe("const X: Tensor<[2, 3]>");
  expect((await inspect("X.exp().sh|ape")).plain).toContain("shape: [2, 3]");
});

test("a method shows its own words", async () => {
  const { plain } = await inspect("X.matmul(|");
  expect(plain).toContain("matmul");
  expect(plain).toContain("The matrix product: y_ij = Σ_k a_ik b_kj.");
});

test("names of cells show their comments; the other tags are for the second press of Shift-Tab", async () => {
  await run("/** Halves.\n * @throws when it likes */\nfunction half(x: number): number { return x / 2 }");
  expect((await inspect("half|")).plain).toBe("function half(x: number): number\n\nHalves.");
  expect((await inspect("half|", 1)).plain).toContain("@throws when it likes");
});

test("a class shows its words, and white space nothing", async () => {
  expect((await inspect("Tensor|")).plain).toContain("An array of numbers.");
  expect(await inspect("1 + |  ")).toEqual({ found: false, plain: "", markdown: "" });
});
