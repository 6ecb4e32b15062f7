import { expect, test } from "vitest";
import type { Signature } from "../../kernel/src/language/protocol.ts";
import { openNotebook } from "./notebook.ts";

const { run, language } = openNotebook();

const signature = (source: string): Promise<Signature | null> =>
  language.signature(source.replace("|", ""), source.indexOf("|"));

/** The label, with the active parameter marked. */
async function marked(source: string): Promise<string | undefined> {
  const found = await signature(source);
  if (!found) return undefined;
  const { label, parameters, active } = found;
  const at = parameters[active];
  return at ? `${label.slice(0, at.start)}«${label.slice(at.start, at.end)}»${label.slice(at.end)}` : label;
}

test("functions of the library show what they take, in plain words", async () => {
  expect(await marked("exp(|")).toBe("exp(«x: Tensor»): Tensor");
  expect(await marked("tensor([[1, 2]], |)")).toBe(
    "tensor(data: Data, «options?: { name?: string; }»): Tensor<[1, 2]>",
  );
  await run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
  expect(await marked("exp(X|)")).toBe("exp(«x: Tensor<[2, 3]>»): Tensor<[2, 3]>");
  expect(await marked("const Y = X.matmul(|")).toBe("matmul(«other: Tensor»): Tensor<[number, number]>");
});

test("functions of cells and of ECMAScript show what they take", async () => {
  await run("const scale = (x: number, by = 2, ...rest: string[]) => x * by");
  expect(await marked("scale(|)")).toBe("scale(«x: number», by?: number, ...rest: string[]): number");
  expect(await marked("scale(1, 2, 'a', 'b', |)")).toBe(
    "scale(x: number, by?: number, «...rest: string[]»): number",
  );
  expect(await marked("[1].map(|)")).toMatch(/^map/);
  expect(await marked("new Map(|)")).toMatch(/^Map/);
});

test("the innermost call counts, and only between its parentheses", async () => {
  expect(await marked("exp(Math.hypot(1, |2))")).toMatch(/^hypot\(«\.\.\.values: number\[\]»\)/);
  for (const source of ["exp|(1)", "exp(1)|", "|", "1 + |", "nowhere(|"]) {
    expect(await signature(source), source).toBeNull();
  }
});

test("documentation comes with it, for the function and for each parameter", async () => {
  await run("/** Halves.\n * @param x what to halve */\nfunction half(x: number): number { return x / 2 }");
  expect(await signature("half(|")).toMatchObject({
    documentation: "Halves.",
    parameters: [{ documentation: "what to halve" }],
  });
  expect((await signature("exp(|"))?.documentation).toBe("The exponential, entry by entry: y_ij = e^(x_ij).");
  expect((await signature("Math.hypot(|"))?.documentation).toContain("square root of the sum of squares");
});

test("the cursor counts UTF-16 units", async () => {
  expect(await marked("'😀'; exp(|")).toMatch(/^exp\(«/);
});
