import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { createLanguage } from "../../kernel/dist/language/engine.js";
import { openNotebook } from "./notebook.ts";

const { run, compile, refuse, language } = openNotebook();

await run("const X = tensor([[1, 2, 3], [4, 5, 6]]), W = tensor([[1, 2], [3, 4], [5, 6]])");

/** The type that a cell's variable has in the next cells. */
const typeOf = async (name: string): Promise<string> =>
  (await language.inspect(name, 0, 0)).plain.replace(/^\w+ \w+: /, "");

test("a variable may take tensors of other shapes, after which its shape is unknown", async () => {
  await compile("let h = X; h = h.matmul(W)");
  expect(await typeOf("h")).toBe("Tensor");
  await compile("let g = X; for (const M of [W, W.T]) g = g.matmul(M).exp()");
  expect(await typeOf("g")).toBe("Tensor");
});

test("what no assignment needs wider keeps its literal shape", async () => {
  await compile("let same = X, other = X; same = same.exp(); other = other.matmul(W)");
  expect(await typeOf("same")).toBe("Tensor<[2, 3]>");
});

test("a variable of an earlier cell may take another shape, too", async () => {
  await compile("let before = X, { destructured } = { destructured: X }");
  await compile("before = before.matmul(W); destructured = destructured.matmul(W)");
  expect(await typeOf("before")).toBe("Tensor");
  expect(await typeOf("destructured")).toBe("Tensor");
});

test.each([
  ["a parameter", "function f(h = X) { h = h.matmul(W); return h }"],
  ["a variable of a function", "() => { var h = X; h = h.matmul(W) }"],
  ["a property", "class Net { h = X; step() { this.h = this.h.matmul(W) } }"],
  ["a destructuring assignment", "let a = X, b = W; [a, b] = [a.matmul(W), b]"],
  ["an element of an array", "const all = [X]; all[0] = X.matmul(W)"],
  ["an array that grows", "const all = [X]; all.push(X.matmul(W))"],
  ["a variable that takes its shapes from another", "let a = X; let b = a; b = b.matmul(W); a = b; b = a"],
])("%s may hold several shapes", async (_, source) => {
  await expect(compile(source)).resolves.toBeDefined();
});

test("a widened variable is written without its type, so that the cell runs", async () => {
  expect(await run("let h = X; h = h.matmul(W); h.shape")).toEqual([2, 2]);
  const inside = "const grow = (h = X) => { let g = h; g = g.matmul(W); return g }; grow().shape";
  expect(await run(inside)).toEqual([2, 2]);
  const property =
    "class Net { h = X; grow() { this.h = this.h.matmul(W); return this.h } }; new Net().grow().shape";
  expect(await run(property)).toEqual([2, 2]);
});

test("a type that a person wrote is respected", async () => {
  const refusal = { line: 2, column: 1, code: 2322 };
  expect(await refuse("let written: Tensor<[2, 3]> = X\nwritten = written.matmul(W)")).toMatchObject([
    refusal,
  ]);
  await compile("let written: Tensor<[2, 3]> = X");
  expect(await refuse("\nwritten = written.matmul(W)")).toMatchObject([refusal]);
  await compile("let written = X");
  await compile("written = written.matmul(W)");
});

test("what is no tensor, and a value that is wrong in itself, are refused as ever", async () => {
  expect(await refuse("let n = X; n = 5")).toMatchObject([
    { column: 12, message: "Type 'number' is not assignable to type 'Tensor<[2, 3]>'" },
  ]);
  expect(await refuse("let w = X; w = w.matmul(X)")).toMatchObject([{ code: 2322 }, { code: 2345 }]);
});

test("positions stay as they are written", async () => {
  const source = "let moved = X; moved = moved.matmul(W); moved.nothing";
  expect(await refuse(source)).toMatchObject([
    { column: source.indexOf("nothing") + 1, message: "Property 'nothing' does not exist on type 'Tensor'" },
  ]);
});

test("a cell that is refused widens nothing", async () => {
  await compile("let kept = X");
  await refuse("kept = kept.matmul(W); kept.nothing");
  expect(await typeOf("kept")).toBe("Tensor<[2, 3]>");
});

test("a very long text is a string to the cells after it, which need not read it again", async () => {
  const { memory, compile } = createLanguage({ folder: tmpdir() });
  const long = "x".repeat(200_000);
  await compile(`const s = "${long}";\nlet t = { s } as const;\n/** "not this */\nconst short = "y";`, 1, []);
  expect(memory().declarations.recent.length).toBeLessThan(20_000);
  const after = await compile("const n: number = s.length + t.s.length;\nconst y: 'y' = short;", 2, []);
  expect(after).toMatchObject({ ok: true });
  expect(await compile("s.nothing", 3, [])).toMatchObject({ ok: false });
});
