/** Cells that put out more than anybody reads: nothing hangs, nothing fills the memory, an interrupt comes through. */

import { expect, test } from "vitest";
import { PATIENCE, pause, resultOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

/** How long in ms a cell floods before it is interrupted, and within what time its end must be heard then. */
const FLOOD = 400;
const SOON = 10_000;
/** The most memory in MB that a kernel may take for output that waits. */
const MEMORY = 400;

/** What the process uses, in MB. */
async function memory(): Promise<number> {
  return Number(resultOf(await kernel().run("Math.round(process.memoryUsage().rss / 1e6)")));
}

test.each([
  ["as many characters as may be on their way", '"x".repeat(4_000_000)', 4_000_001],
  ["more", '"x".repeat(9_999_999)', 10_000_000],
  ["characters of two halves", '"😀".repeat(2_500_000)', 5_000_001],
  ["halves at every end of a piece", '"a" + "😀".repeat(1_500_000)', 3_000_002],
])("A text of any size is printed: %s", async (_, text, length) => {
  const ran = await kernel().run(`console.log(${text})`);
  expect(ran.reply.status).toBe("ok");
  expect(ran.text()).toHaveLength(length);
  expect(ran.text()).not.toContain("\ufffd");
});

test.each([
  ["large texts", 'console.log("x".repeat(4_000_000))'],
  ["small texts", 'console.log("x")'],
  ["text on stderr", "console.error('x'.repeat(10_000))"],
  ["bytes", "process.stdout.write(new Uint8Array(1_000_000).fill(120))"],
  ["displays", 'display("x")'],
  ["displays with an id", 'display("x", { id: "x" })'],
  ["displays with ids", 'display("x", { id: String(n % 100) })'],
  ["large displays", "display('x'.repeat(1_000_000))"],
  ["displayed tensors", "display(X)"],
  ["displays that take their time to be made", "await display(slow)"],
  ["cleared outputs", "clearOutput()"],
  ["text and displays by turns", 'console.log("x"); display("x", { id: "y" })'],
])("A flood of %s can be stopped, and everything goes on", async (_, code) => {
  await kernel().run(
    "const X = randn(30, 30); const slow = { [Symbol.for('Jupyter.display')]: async () => ({ 'text/plain': 'x' }) }",
  );
  const before = await memory();
  const running = kernel().run(`for (let n = 0; ; n++) { ${code} }`);
  await pause(FLOOD);
  const start = performance.now();
  await kernel().interrupt();
  const ran = await running;
  expect(ran.reply.ename).toBe("Interrupted");
  expect(performance.now() - start).toBeLessThan(SOON * PATIENCE);
  expect((await memory()) - before).toBeLessThan(MEMORY);
  const next = await kernel().run("console.log('x'.repeat(5_000_000)); display(1); 6 * 7");
  expect(next.text()).toHaveLength(5_000_001);
  expect(next.first("display_data")?.data).toEqual({ "text/plain": "1" });
  expect(resultOf(next)).toBe("42");
  kernel().heard.length = 0;
});

test("Of the states that a display goes through faster than they are read, the last one is shown", async () => {
  const ran = await kernel().run('for (let n = 0; n < 20_000; n++) display(n, { id: "n" })');
  const updates = ran.published.filter(({ type }) => type === "update_display_data");
  expect(updates.at(-1)?.content.data).toEqual({ "text/plain": "19999" });
  expect(updates.length).toBeLessThan(19_999);
});
