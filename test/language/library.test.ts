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
    moduleResolution: typescript.ModuleResolutionKind.Node10,
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
  expect(words).toMatch(/^exp<.*>\(x: .*\): Tensor<ShapeOf<X>>$/m);
  expect(words).toContain("y_ij = e^(x_ij)");
  expect(words).toContain("exp(tensor([0, 1])).toArray() // [1, 2.718281828459045]");
  expect(await inspect("X.exp")).toContain("y_ij = e^(x_ij)");
});

test("no hover is longer than a person reads, and none names a type by a detour", async () => {
  for (const name of await language.ready()) {
    const [signature] = (await inspect(name)).split("\n\n");
    expect(signature.length, signature).toBeLessThan(400);
    expect(signature, name).not.toMatch(/gb\.|import\(/);
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
