/** Sessions of many cells, and many sessions at once. */

import { expect, test } from "vitest";
import { KernelClient } from "./client.ts";
import { PATIENCE, resultOf } from "./kernel.ts";

/** The cells between the two hundreds that are compared. */
const CELLS = Number(process.env.GRADBOOK_CELLS ?? 300);

const names = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

const KINDS: readonly ((i: number) => string)[] = [
  (i) => `const v${i} = tensor([[1, 2], [3, ${i}]]); v${i}.exp()`,
  (i) => `let w${i} = ${i}; w${i} + 1`,
  (i) => `function f${i}(x: number) { return x + ${i}; }`,
  (i) =>
    names(20)
      .map((k) => `const n${i}_${k} = [{ x: ${k} }, "x"];`)
      .join(" "),
  (i) => `console.log(${i})`,
];

/** The processor time of a kernel in ms, and its memory in MB. */
async function used(client: KernelClient): Promise<{ time: number; memory: number }> {
  const ask = async (code: string) => Number(resultOf(await client.run(code)));
  return {
    time: await ask("((used) => (used.user + used.system) / 1000)(process.cpuUsage())"),
    memory: await ask("process.memoryUsage.rss() / 1e6"),
  };
}

test(
  "hundreds of cells make the next neither slower nor the kernel much larger",
  async () => {
    const client = await KernelClient.start();
    let cell = 0;
    const run = async (cells: number): Promise<{ time: number; memory: number }> => {
      const before = await used(client);
      for (let i = 0; i < cells; i++) {
        const { reply } = await client.run(KINDS[++cell % KINDS.length](cell));
        expect(reply).toMatchObject({ status: "ok" });
      }
      const after = await used(client);
      return { time: (after.time - before.time) / cells, memory: after.memory };
    };
    const start = await used(client);
    await run(50);
    const early = await run(100);
    await run(CELLS);
    const late = await run(100);
    console.log(
      `cells 50 to 150: ${early.time.toFixed(1)} ms each, after ${cell} cells ${late.time.toFixed(1)} ms;`,
      `memory at the start ${start.memory.toFixed(0)} MB, then ${late.memory.toFixed(0)} MB`,
    );
    expect(late.time).toBeLessThan(1.3 * early.time);
    expect(late.memory).toBeLessThan(1.6 * start.memory);
    await client.stop();
  },
  (60 + CELLS / 10) * 1000 * PATIENCE,
);

test(
  "ten kernels at once answer, each in its own memory",
  async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => KernelClient.start()));
    const answers = clients.map(async (client, i) => {
      await client.run(`const X = tensor([[${i}, 1]])`);
      return [resultOf(await client.run("X.sum().item()")), (await used(client)).memory] as const;
    });
    const told = await Promise.all(answers);
    expect(told.map(([sum]) => sum)).toEqual(clients.map((_, i) => String(i + 1)));
    const largest = Math.max(...told.map(([, memory]) => memory));
    console.log(`the largest of ten kernels has ${largest.toFixed(0)} MB`);
    expect(largest).toBeLessThan(260);
    await Promise.all(clients.map((client) => client.stop()));
  },
  60_000 * PATIENCE,
);
