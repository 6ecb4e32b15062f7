/** The types as a notebook sees them: through the compiler that cells have. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type TypeScript from "typescript";
import { beforeAll, expect, test } from "vitest";
import { type Tensor, tensor } from "../../src/index.ts";
import { lines } from "./right.ts";

const ts: typeof TypeScript = createRequire(import.meta.url)("typescript");
const wrongFile = join(import.meta.dirname, "wrong.ts");
const rightFile = join(import.meta.dirname, "right.ts");

let program: TypeScript.Program;

beforeAll(() => {
  program = ts.createProgram([wrongFile, rightFile], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: [],
    skipLibCheck: false, // a type this compiler cannot read would turn to any in silence
  });
}, 30_000);

/** The compiler's messages about a file, by line. */
function messagesOf(file: string): Map<number, string> {
  const source = program.getSourceFile(file) as TypeScript.SourceFile;
  const diagnostics = program.getSemanticDiagnostics(source);
  return new Map(
    diagnostics.map(({ start = 0, messageText }) => [
      source.getLineAndCharacterOfPosition(start).line,
      ts.flattenDiagnosticMessageText(messageText, "\n"),
    ]),
  );
}

test("the published types are read by the notebook's compiler without a complaint", () => {
  const library = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/dist/"));
  expect(library.length).toBeGreaterThan(10);
  for (const file of library) {
    expect([...program.getSemanticDiagnostics(file)].map(({ messageText }) => messageText)).toEqual([]);
  }
});

test("what students rightly write compiles", () => {
  expect([...messagesOf(rightFile)]).toEqual([]);
});

test("what the types say of each shape is the shape", () => {
  let count = 0;
  const is = (x: Tensor, ...shape: number[]): void => {
    expect(x.shape).toEqual(shape);
    count += 1;
  };
  lines(is, is);
  expect(count).toBeGreaterThan(50);
});

const wrong = readFileSync(wrongFile, "utf8")
  .split("\n")
  .flatMap((text, line, all) =>
    text.startsWith("export const") ? [[text, all[line - 1].slice(3), line] as const] : [],
  );

test.each(wrong)("%s is refused: %s", (_text, sentence, line) => {
  expect(messagesOf(wrongFile).get(line)).toContain(sentence);
});

test("only the lines that are meant to be wrong are", () => {
  expect([...messagesOf(wrongFile).keys()]).toEqual(wrong.map(([, , line]) => line));
});

test("the compiler and the running cell answer a wrong shape with the same sentence", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the point is to get past the types
  const x: any = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]);
  const [matmul, , , , add] = wrong.map(([, sentence]) => sentence);
  expect(() => x.matmul(x)).toThrow(matmul);
  expect(() => x.add(tensor([1, 2]))).toThrow(add);
});
