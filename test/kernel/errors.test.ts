import { expect, test } from "vitest";
import { tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

test("A run-time error points at the line of the cell, below types and comments", async () => {
  const code = `interface Point { x: number }
// A comment that the compiler drops.
const points: Point[] = [{ x: 1 }];
const missing = (points as any)[3].x as number;
`;
  const ran = await kernel().run(code);
  expect(ran.reply).toMatchObject({
    status: "error",
    ename: "TypeError",
    evalue: "Cannot read properties of undefined (reading 'x')",
  });
  expect(ran.first("error")).toEqual({
    ename: ran.reply.ename,
    evalue: ran.reply.evalue,
    traceback: ran.reply.traceback,
  });
  expect(tracebackOf(ran)).toBe(`TypeError: Cannot read properties of undefined (reading 'x')

cell 1, line 4
  3 | const points: Point[] = [{ x: 1 }];
> 4 | const missing = (points as any)[3].x as number;
    |                                    ^
  5 | `);
});

test("An error of the library points at the call in the cell", async () => {
  const code = `const P = tensor([[1, 2, 3]] as number[][]);
const Q = P.matmul(P);`;
  const ran = await kernel().run(code);
  expect(ran.reply.ename).toBe("ShapeError");
  expect(ran.reply.evalue).toMatch(/\[1, 3\] and \[1, 3\]/);
  expect(tracebackOf(ran)).toMatch(/^> 2 \| const Q = P\.matmul\(P\);\n {4}\| {13}\^$/m);
  expect(tracebackOf(ran)).not.toMatch(/dist|node_modules|node:/);
  expect(tracebackOf(ran)).toMatch(/\ngraph\(\) draws the computation up to there$/);
  expect((await kernel().run("graph().toString()")).reply.status).toBe("ok");
});

test("A call with shapes that cannot fit fails before it runs, and both shapes are named", async () => {
  const ran = await kernel().run("console.log('ran')\ntensor([[1, 2]]).matmul(tensor([[1, 2]]))");
  expect(ran.reply.ename).toBe("TypeScriptError");
  expect(ran.reply.evalue).toMatch(/^line 2: .*\[1, 2\].*\[1, 2\]/);
  expect(ran.text()).toBe("");
  expect(tracebackOf(ran)).toMatch(/^> 2 \| tensor/m);
});

test("A function of an earlier cell is named with its cell, and its caller with the line", async () => {
  const { execution_count } = (await kernel().run("function inverse(x: any) {\n  return x.nothing.y;\n}"))
    .reply;
  const traceback = tracebackOf(await kernel().run("// one\ninverse({})"));
  expect(traceback).toContain(`inverse, cell ${execution_count}, line 2`);
  expect(traceback).toContain(`called from cell ${execution_count + 1}, line 2: inverse({})`);
});

test("A deep recursion is told once", async () => {
  const code =
    "function deep(n: number): number {\n  if (n === 0) throw new Error('bottom');\n  return deep(n - 1);\n}\ndeep(50)";
  const calls = tracebackOf(await kernel().run(code)).match(/called from deep/g);
  expect(calls).toHaveLength(1);
});

test("Errors in awaited functions, and causes, are told with their lines", async () => {
  const code = `const reason = new RangeError("too far");
const work = async () => {
  await null;
  throw new Error("did not work", { cause: reason });
};
await work();`;
  const traceback = tracebackOf(await kernel().run(code));
  expect(traceback).toMatch(/^> 4 \| .*did not work/m);
  expect(traceback).toMatch(/called from cell \d+, line 6: await work\(\);/);
  expect(traceback).toMatch(/Caused by RangeError: too far \(cell \d+, line 1\)/);
});

test.each([
  ["a string", "throw 'plain'", "plain"],
  ["an object", "throw { code: 5 }", "{ code: 5 }"],
  ["null", "throw null", "null"],
])("A thrown value that is no error is told: %s", async (_, code, evalue) => {
  expect((await kernel().run(code)).reply).toMatchObject({ status: "error", ename: "Thrown", evalue });
});

test("Every type error of a cell is shown, and the first one is the message", async () => {
  const ran = await kernel().run('const one: number = "1";\nconst two: string = 2;');
  expect(ran.reply.evalue).toMatch(/^line 1: Type 'string' is not assignable to type 'number'/);
  expect(tracebackOf(ran)).toMatch(/^> 1 \| const one(?:.|\n)*^> 2 \| const two/m);
});

test("A stack that a cell prints speaks of cells", async () => {
  const ran = await kernel().run("const shown = () => new Error('look').stack\nconsole.log(shown())");
  expect(ran.text()).toMatch(/^Error: look\n {4}at shown \(cell \d+:1:\d+\)\n {4}at cell \d+:2:\d+\n$/);
});

test.each([
  ["parentheses", `${"(".repeat(5000)}1${")".repeat(5000)}`],
  ["lists", "[".repeat(5000) + "]".repeat(5000)],
  ["blocks", "{".repeat(5000) + "}".repeat(5000)],
  ["calls", `${"Math.abs(".repeat(5000)}1${")".repeat(5000)}`],
  ["functions", `${"(() => ".repeat(3000)}1${")".repeat(3000)}`],
  ["types", `let x: ${"Array<".repeat(5000)}number${">".repeat(5000)}`],
  ["templates", `${"`${".repeat(3000)}1${"}`".repeat(3000)}`],
  ["a chain of methods", `tensor([1])${".add(1)".repeat(3000)}`],
])("Code that is nested too deeply is answered in words: %s", async (_, code) => {
  const { reply, published } = await kernel().run(code);
  expect(reply.ename).toBe("CodeTooDeep");
  expect(JSON.stringify(published.slice(1))).not.toMatch(/typescript|node_modules|file:/);
  expect((await kernel().run("6 * 7")).first("execute_result")?.data["text/plain"]).toBe("42");
});
