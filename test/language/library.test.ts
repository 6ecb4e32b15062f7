import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createLanguage } from "../../kernel/src/language/engine.ts";
import { typesOf } from "../../kernel/src/language/library.ts";
import { typescript } from "../../kernel/src/language/typescript.ts";

// The real library, as `tsc -b` has built it.
const library = fileURLToPath(new URL("../..", import.meta.url));
const language = createLanguage({ folder: import.meta.dirname, library });

let cells = 0;
const compile = (source: string) => language.compile(source, ++cells);
const inspect = async (source: string) => (await language.inspect(source, source.length, 0)).plain;

test("the library's types have no error under the kernel's compiler", () => {
  const program = typescript.createProgram([typesOf(library)], {
    strict: true,
    skipLibCheck: false,
    types: [],
    lib: ["lib.es2023.d.ts"],
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
  });
  expect(typescript.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});

test("all that the library exports is preloaded", async () => {
  const preloaded = await language.ready();
  expect(preloaded).toEqual(expect.arrayContaining(Object.keys(await import("gradbook"))));
  expect(await compile(preloaded.map((name) => `${name};`).join(" "))).toMatchObject({ ok: true });
});

test("tensors have literal shapes, and wrong ones are refused in a sentence that names both", async () => {
  expect(
    await compile("const X = tensor([[1, 2, 3], [4, 5, 6]]); const W = tensor([[1, 2], [3, 4]])"),
  ).toMatchObject({
    ok: true,
  });
  expect(await inspect("X")).toBe("const X: Tensor<[2, 3]>");
  expect(await compile("X.matmul(W)")).toMatchObject({
    ok: false,
    diagnostics: [
      { message: expect.stringMatching(/^Cannot matmul shapes \[2, 3\] and \[2, 2\]/), column: 10 },
    ],
  });
  expect(await compile("const product: Tensor<[2, 2]> = X.matmul(X.T)")).toMatchObject({ ok: true });
});

test("exp shows its signature, its formula and its example", async () => {
  const words = await inspect("exp(");
  expect(words).toMatch(/^exp\(x: Tensor \| number\): Tensor$/m);
  expect(words).toContain("y_ij = e^(x_ij)");
  expect(words).toContain("exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]");
  expect(await inspect("X.exp")).toContain("y_ij = e^(x_ij)");
});

test.each([
  ["exp(X)", "exp(x: Tensor<[2, 3]>): Tensor<[2, 3]>"],
  ["X.exp()", "exp(): Tensor<[2, 3]>"],
  ["X.matmul(X.T)", "matmul(y: Tensor<[3, 2]>): Tensor<[2, 2]>"],
  ["X.add(1)", "add(y: Tensor | number): Tensor<[2, 3]>"],
  ["X.sum({ axis: 0 })", "sum(options?: ReduceOptions): Tensor<[3]>"],
  ["tensor([[1, 2]])", "tensor(data: Data, options?: TensorOptions): Tensor<[1, 2]>"],
  ["zeros(2, 3)", "zeros(...shape: number[]): Tensor<[2, 3]>"],
  ["grad(X.sum(), X)", "grad(y: Tensor, xs: Tensor<[2, 3]>, options?: GradOptions): Tensor<[2, 3]>"],
])("the call %s is told as %s", async (call, headline) => {
  const { plain } = await language.inspect(call, call.indexOf("("), 0);
  expect(plain.split("\n")[0]).toBe(headline);
});

test("no tooltip is longer than a person reads, and none speaks of types that only the library needs", async () => {
  const { matches } = await language.complete("X.", 2);
  for (const name of [...(await language.ready()), ...matches.map(({ text }) => `X.${text}`)]) {
    const [headline] = (await inspect(name)).split("\n\n");
    expect(headline.length, headline).toBeLessThan(200);
    expect(headline, name).not.toMatch(
      /gb\.|import\(|extends|Check<|ShapeOf|Broadcast<|Operand|\bShape\b|this:|undefined/,
    );
  }
});

test("after a tensor and a dot its ops are methods", async () => {
  const { matches } = await language.complete("X.", 2);
  expect(matches).toEqual(
    expect.arrayContaining([
      { text: "backward", type: "method" },
      { text: "exp", type: "method" },
      { text: "grad", type: "property" },
      { text: "matmul", type: "method" },
      { text: "T", type: "property" },
    ]),
  );
});
