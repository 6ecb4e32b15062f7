import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, refuse, compile, language } = openNotebook();

const diagnose = async (source: string) => (await language.diagnose(source)).diagnostics;

test.each([
  "const n: number = 'x'",
  "const a = 1;\n  X.matmul(X)",
  "f(\n  1,\n",
  "const = 1; let let = ; )",
  "export default 1",
  "const gb = 1",
  "nowhere + 1\nX.nothing",
  "for (let h = X; ; ) h = 'text'",
  "import { gone } from './gone.ts'",
])("%j is told what running it would tell", async (source) => {
  await run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
  const early = await diagnose(source);
  expect(early.length).toBeGreaterThan(0);
  expect(early).toEqual(await refuse(source));
});

test("nothing is wrong with a cell that will run", async () => {
  await run("let H = tensor([[1, 2, 3]])");
  for (const source of [
    "",
    "1 + 1",
    "await H",
    "const Y = H.exp(); Y",
    "import { sep } from 'node:path'; sep",
  ]) {
    expect(await diagnose(source), source).toEqual([]);
  }
});

test("variables are as wide as they would be if the cell ran", async () => {
  await run("let h = tensor([[1, 2, 3]])");
  const source = "let g = h; g = g.T; h = h.T";
  expect(await diagnose(source)).toEqual([]);
  // The earlier cell's h still has its shape.
  expect((await language.inspect("h", 1, 0)).plain).toBe("let h: Tensor<[1, 3]>");
  await run(source);
  expect((await language.inspect("h", 1, 0)).plain).toBe("let h: Tensor");
});

test("what was only looked at declares nothing, and does not stand in the way of what runs", async () => {
  await run("const known = 1");
  expect(await diagnose("const known = 'text'; const unborn = 1; type Unborn = 1")).toEqual([]);
  expect(await diagnose("unborn")).toMatchObject([{ message: "Cannot find name 'unborn'" }]);
  expect(await run("known + 1")).toBe(2);
  expect((await compile("const known = 'text'")).declared).toEqual([{ name: "known", kind: "const" }]);
});

test("a local file that was first looked at is there when the cell runs", async () => {
  const notebook = openNotebook(`${import.meta.dirname}/fixtures`);
  const source = "import { double } from './double.ts'; double(4)";
  expect((await notebook.language.diagnose(source)).diagnostics).toEqual([]);
  expect(await notebook.run(source)).toBe(8);
});
