import vm from "node:vm";
import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, compile, language, scope } = openNotebook();

/** Processor time of this thread in milliseconds: other work on the machine does not count. */
function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function timeOf(work: () => unknown): Promise<number> {
  const start = cpuTime();
  await work();
  return cpuTime() - start;
}

test("a top-level loop of 10⁷ steps takes at most three times as long as in a function", async () => {
  const loop = "for (let i = 0; i < 1e7; i++) { total = total + Math.sqrt(i) }";
  await run("let total = 0");
  const sources = {
    "in a function": `(() => { let total = 0; ${loop}; return total })()`,
    "in the cell of its variable": `let total = 0; ${loop}; total`,
    "in a later cell": `total = 0; ${loop}; total`,
    "with var": `var total = 0; ${loop.replace("let", "var")}; total`,
    "in an asynchronous cell": `await null; total = 0; ${loop}; total`,
  };
  const least: Record<string, number> = {};
  for (const [name, source] of Object.entries(sources)) {
    const { code } = await compile(source);
    const times: number[] = [];
    for (let i = 0; i < 4; i++) times.push(await timeOf(() => vm.runInThisContext(code)(scope, undefined)));
    least[name] = Math.min(...times);
  }
  const reference = least["in a function"];
  for (const [name, time] of Object.entries(least)) expect(time, name).toBeLessThan(3 * reference);
});

test("the hundredth cell compiles as quickly as the twentieth, in a few milliseconds", async () => {
  let cell = 0;
  const next = () => compile(`const v${++cell} = tensor([[1, 2], [3, ${cell}]]); v${cell}.exp()`);
  const leastOf = async (cells: number): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < cells; i++) times.push(await timeOf(next));
    return Math.min(...times);
  };
  await leastOf(10);
  const early = await leastOf(10);
  await leastOf(70);
  const late = await leastOf(10);
  expect(cell).toBe(100);
  expect(late).toBeLessThan(20);
  expect(late).toBeLessThan(2 * early + 2);
});

test("two thousand names and a cell of a thousand lines make later cells no slower", async () => {
  let cell = 0;
  const leastOf = async (cells: number): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < cells; i++)
      times.push(
        await timeOf(() => compile(`const few${++cell} = tensor([[1, 2], [3, ${cell}]]); few${cell}.exp()`)),
      );
    return Math.min(...times);
  };
  const early = await leastOf(20);
  const names = (count: number, part: number): string =>
    Array.from({ length: count }, (_, i) => `const many${part}_${i} = { a: ${i}, b: "x" };`).join("\n");
  for (let part = 0; part < 10; part++) await compile(names(100, part));
  await compile(names(1000, 10));
  const late = await leastOf(20);
  console.log(`a cell: ${early.toFixed(1)} ms, after two thousand names ${late.toFixed(1)} ms`);
  expect(late).toBeLessThan(1.5 * early + 1);
});

test("what is wrong with a cell of 30 lines is found in a few hundredths of a second", async () => {
  const lines = Array.from(
    { length: 30 },
    (_, i) => `const p${i} = tensor([[${i}, 1], [2, 3]]).matmul(tensor([[1, 2], [3, 4]])).exp();`,
  );
  const times: number[] = [];
  for (let typed = 0; typed < 12; typed++) {
    const source = `${lines.join("\n")}\np0.nothing${typed}`;
    times.push(
      await timeOf(async () => {
        expect((await language.diagnose(source)).diagnostics).toHaveLength(1);
      }),
    );
  }
  console.log(`diagnosis of 30 lines: ${Math.min(...times).toFixed(1)} ms`);
  expect(Math.min(...times)).toBeLessThan(100);
});
