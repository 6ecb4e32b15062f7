import { expect, test } from "vitest";
import type { Inspection } from "../../kernel/src/language/protocol.ts";
import { openNotebook } from "./notebook.ts";

const { run, language } = openNotebook();

/** What is said where `|` stands. */
const inspect = (source: string, detail: 0 | 1 = 0): Promise<Inspection> =>
  language.inspect(source.replace("|", ""), Array.from(source).indexOf("|"), detail);

const words = `

The exponential, entry by entry: y_ij = e^(x_ij).

exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]`;

test("a function shows its signature, its formula and its example", async () => {
  expect(await inspect("ex|p")).toMatchObject({ found: true, plain: `exp(x: Tensor): Tensor${words}` });
});

test("a call shows the shapes of its tensors and of its result", async () => {
  await run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
  const headline = async (source: string) => (await inspect(source)).plain.split("\n")[0];
  expect(await headline("ex|p(X)")).toBe("exp(x: Tensor<[2, 3]>): Tensor<[2, 3]>");
  expect(await headline("ex|p(1)")).toBe("exp(x: number): Tensor<[]>");
  expect(await headline("X.mat|mul(tensor([[1], [2], [3]]))")).toBe(
    "matmul(other: Tensor<[3, 1]>): Tensor<[2, 1]>",
  );
  expect(await headline("X.matmul(|")).toBe("matmul(other: Tensor): Tensor<[number, number]>");
  expect(await headline("tensor([[1, 2]|])")).toBe(
    "tensor(data: Data, options?: { name?: string; }): Tensor<[1, 2]>",
  );
});

test("functions of cells show as they were written", async () => {
  await run("function same<T extends object>(x: T): T { return x }; const lambda = (x: number) => [x]");
  expect((await inspect("same|")).plain).toBe("function same<T extends object>(x: T): T");
  expect((await inspect("lambda|")).plain).toBe("const lambda: (x: number) => number[]");
});

test("signature and example are code in Markdown", async () => {
  expect((await inspect("exp|(1)")).markdown).toBe(`\`\`\`typescript
exp(x: number): Tensor<[]>
\`\`\`

The exponential, entry by entry: y_ij = e^(x_ij).

\`\`\`typescript
exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]
\`\`\``);
});

test("between the parentheses of a call the called function is shown", async () => {
  for (const source of ["exp(|", "exp(|)", "exp( |1)", "exp(1 + |)", "const y = [exp(|"]) {
    expect((await inspect(source)).plain, source).toMatch(/^exp\(x: .*\): Tensor/);
  }
  expect((await inspect("exp(tensor([1, |2]))")).plain).toMatch(/^tensor\(/);
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

test("names of ECMAScript show their words, too", async () => {
  expect((await inspect("[1, 2].map|")).plain).toContain(
    "Calls a defined callback function on each element of an array, and returns an array that contains the results.",
  );
  expect((await inspect("Math.hypot|(3, 4)")).plain).toContain("square root of the sum of squares");
  expect((await inspect("Math.hypot|(3, 4)", 1)).plain).toContain("@param values Values to compute");
  expect((await inspect("Promise.all|")).plain).toContain("Creates a Promise that is resolved with an array");
});

test("types can be asked about, and a name that is not known says nothing", async () => {
  await run("type Pair<T> = [T, T]; interface Two { a: number }");
  expect((await language.inspect("Pair", 4, 0)).plain).toMatch(/^type Pair<T> = \[T, T\]/);
  expect((await language.inspect("Two", 2, 0)).plain).toMatch(/^interface Two/);
  expect((await language.inspect("Partial", 7, 0)).plain).toMatch(/^type Partial<T> = /);
  expect((await language.inspect("nowhere", 7, 0)).found).toBe(false);
});

test("behind a comma at the end of the text, the function is shown that is called", async () => {
  await run("function called(a: number, b: string) { return a + b }");
  expect((await language.inspect("called(1, ", 10, 0)).plain).toMatch(
    /^function called\(a: number, b: string\)/,
  );
});

test("a formula that goes on in a new line with its sign is no list", async () => {
  await run("/**\n * y = a\n * + b\n * - c\n */\nfunction long() {}");
  const { plain, markdown } = await inspect("lon|g()");
  expect(plain).toContain("y = a\n+ b\n- c");
  expect(markdown).toContain("y = a\n\\+ b\n\\- c");
});
