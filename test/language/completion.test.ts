import { expect, test } from "vitest";
import type { Completions } from "../../kernel/src/language/protocol.ts";
import { openNotebook } from "./notebook.ts";

const { run, language } = openNotebook();

/** The completions where `|` stands. */
const complete = (source: string): Promise<Completions> =>
  language.complete(source.replace("|", ""), Array.from(source).indexOf("|"));
const names = async (source: string): Promise<string[]> =>
  (await complete(source)).matches.map(({ text }) => text);

test("after a dot the members are proposed, each with its kind", async () => {
  await run("const X = tensor([[1, 2], [3, 4]])");
  expect(await complete("X.|")).toMatchObject({ start: 2, end: 2 });
  expect((await complete("X.|")).matches).toEqual(
    expect.arrayContaining([
      { text: "matmul", type: "method" },
      { text: "shape", type: "property" },
      { text: "T", type: "property" },
    ]),
  );
});

test("what is typed already is replaced, and the names that begin with it come first", async () => {
  expect(await complete("X.gr|")).toEqual({
    start: 2,
    end: 4,
    matches: [{ text: "grad", type: "property" }],
  });
  expect((await complete("1 + ex|")).matches[0]).toEqual({ text: "exp", type: "function" });
});

test("names of the library and of earlier cells are proposed with their kinds", async () => {
  await run("const learningRate = 0.1; function train() {} class Model {} enum Mode { On }");
  const { matches } = await complete("|");
  expect(matches).toEqual(
    expect.arrayContaining([
      { text: "learningRate", type: "variable" },
      { text: "train", type: "function" },
      { text: "Model", type: "class" },
      { text: "Mode", type: "enum" },
      { text: "tensor", type: "function" },
      { text: "Tensor", type: "class" },
      { text: "console", type: "variable" },
    ]),
  );
  await run("1");
  expect(matches.filter(({ text }) => /tslab|tsLast|cell\$|^__/.test(text))).toEqual([]);
});

test("code that is not finished is completed too", async () => {
  expect(await names("for (const row of [X.|")).toContain("backward");
  expect(await names("const Y = exp(lea|")).toContain("learningRate");
  expect(await names("function f(inner: number) {\n  return in|")).toContain("inner");
});

test("cursors count code points", async () => {
  expect(await complete("'𝒳𝒴𝒵𝒳𝒴𝒵'; X.gr|")).toEqual({
    start: 12,
    end: 14,
    matches: [{ text: "grad", type: "property" }],
  });
});

test("completing changes nothing", async () => {
  await names("const learningRate = 'text'; X.|");
  expect(await run("learningRate * 10")).toBe(1);
});

const texts = async (source: string): Promise<string[]> => {
  const { matches } = await language.complete(source, source.length);
  return matches.map(({ text }) => text);
};

test("in an object of options only the options are proposed", async () => {
  await run("const shown = (options: { width?: number; height?: number }) => options");
  expect(await texts("shown({ ")).toEqual(["height", "width"]);
  expect(await texts("shown({ w")).toEqual(["width"]);
  expect(await texts("shown({ width: 1, ")).toEqual(["height"]);
});

test("nothing is proposed where a new name is to be made up, or a class could be any", async () => {
  for (const source of ["for ", "for (", "for (const ", "new ", "const ", "function ", "x = 1; class "]) {
    expect(await texts(source), source).toEqual([]);
  }
});

test("names of modules and what they export are proposed", async () => {
  const source = 'import { readFileS } from "node:fs"';
  const { matches } = await language.complete(source, source.indexOf("S }") + 1);
  expect(matches[0]).toEqual({ text: "readFileSync", type: "function" });
  expect(await texts('import a from "./note')).toEqual(["notebook"]);
  expect(await texts('import a from "node:path/')).toEqual(["posix", "win32"]);
});

test("keywords are proposed", async () => {
  expect(await texts("function f() { retu")).toEqual(["return"]);
});
