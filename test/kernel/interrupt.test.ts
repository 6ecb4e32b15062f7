import { describe, expect, test } from "vitest";
import { KernelClient } from "./client.ts";
import { PATIENCE, pause, resultOf, useKernel } from "./kernel.ts";
import { interruptAtRandom } from "./random-interrupts.ts";

const kernel = useKernel();

/** Starts a cell, interrupts it when it surely runs, and answers what became of it. */
async function interrupted(code: string): Promise<string> {
  const runs = kernel().published(({ type, content }) => type === "stream" && content.text === "runs\n");
  const running = kernel().run(`console.log("runs");\n${code}`);
  await runs;
  await pause(200);
  const start = performance.now();
  const [ran] = await Promise.all([running, kernel().interrupt()]);
  expect(performance.now() - start).toBeLessThan(1000 * PATIENCE);
  return ran.reply.ename;
}

describe("An interrupt ends soon, with all variables kept,", () => {
  test.each([
    ["a loop", "while (true) {}"],
    ["a loop after an await", "await null\nwhile (true) {}"],
    ["a loop in a timer", "setTimeout(() => { while (true) {} }, 1)\nawait new Promise(() => {})"],
    ["a loop that catches everything", "while (true) { try { while (true) {} } catch {} }"],
    ["a catastrophic regular expression", `/(a+)+$/.test("a".repeat(40) + "b")`],
    ["a promise that never settles", "await new Promise(() => {})"],
    ["a loop of microtasks", "while (true) await null"],
    [
      "a loop that calls nothing but V8's own functions",
      "const few: number[][] = []; while (true) { few.push(new Array(1000).fill(0)); few.length = 0 }",
    ],
    [
      "the same in a function",
      "(() => { let s = ''; while (true) { s = 'ab'.repeat(3).slice(1).trim() } })()",
    ],
    ["a program that is waited for", `(await import("node:child_process")).execSync("sleep 12")`],
    ["a program with a program in it", `(await import("node:child_process")).execSync("sleep 12; sleep 12")`],
    [
      "a program that asks",
      `(await import("node:child_process")).spawnSync("cat", { stdio: "inherit", input: undefined })
while (true) {}`,
    ],
    [
      "a program that is awaited",
      `await new Promise((done) => require("child_process").exec("sleep 12", done))`,
    ],
  ])("%s", async (_, code) => {
    await keep();
    expect(await interrupted(code)).toBe("Interrupted");
    await isKept();
  });

  test("a loop in a timer that the cell does not wait for", async () => {
    await keep();
    // The cell itself may be at its end before the timer is due.
    expect(["Interrupted", undefined]).toContain(
      await interrupted("setInterval(() => { while (true) {} }, 1)"),
    );
    await isKept();
  });

  const keep = () => kernel().run("let kept = tensor([[1, 2]])\nkept.as('kept')");
  async function isKept(): Promise<void> {
    expect(resultOf(await kernel().run("kept.size"))).toBe("2");
    expect(
      resultOf(await kernel().run("await new Promise<number>((done) => setTimeout(() => done(3), 5))")),
    ).toBe("3");
  }
});

test.each([
  ["setInterval", "setInterval(() => ticks++, 2)\nawait new Promise(() => {})"],
  ["setTimeout", "while (true) { await new Promise<void>((done) => setTimeout(() => done(), 2)); ticks++ }"],
  [
    "timers/promises",
    `import { setTimeout as sleep } from "node:timers/promises"\nwhile (true) { try { await sleep(2) } catch {} ticks++ }`,
  ],
])("What a cell does by %s does not go on unseen after an interrupt", async (_, code) => {
  await kernel().run("let ticks = 0");
  expect(await interrupted(code)).toBe("Interrupted");
  const ticks = resultOf(await kernel().run("ticks"));
  expect(Number(ticks)).toBeGreaterThan(0);
  await pause(50);
  expect(resultOf(await kernel().run("ticks"))).toBe(ticks);
});

test("A timer that runs away after its cell has ended can be stopped for good", async () => {
  await kernel().run("let turns = 0\nsetInterval(() => { turns++; while (true) {} }, 100)");
  await pause(300);
  const told = kernel().published(({ type, content }) => type === "error" && content.ename === "Interrupted");
  await kernel().interrupt();
  await told;
  await pause(50);
  expect(resultOf(await kernel().run("turns"))).toBe("1");
});

test("An interrupt stops a cell whenever it comes, and the next cell runs", async () => {
  for (let wait = 0; wait < 60; wait += 3) {
    const running = kernel().run("while (true) {}");
    await pause(wait);
    await kernel().interrupt();
    expect((await running).reply.ename, `after ${wait} ms`).toBe("Interrupted");
    expect(resultOf(await kernel().run("6 * 7"))).toBe("42");
  }
});

test("Operations are recorded again after an interrupt of code that does not record", async () => {
  await kernel().run("const W = randn(60, 60)");
  const forever = `
    let chain = W
    for (let i = 0; i < 40; i++) chain = chain.matmul(chain.T).mul(0.01)
    const end = sum(chain)
    end.backward()
    graph(end, { check: true }).toJSON()`;
  expect(await interrupted(forever)).toBe("Interrupted");
  const ran = await kernel().run("const x = tensor([3])\nsum(x.square()).backward()\nx.grad.toArray()");
  expect(resultOf(ran)).toBe("[ 6 ]");
});

describe("An interrupt while nothing runs stops what earlier cells still do:", () => {
  test.each([
    ["setInterval", "setInterval(() => ticks++, 5)"],
    ["setTimeout, again and again", "const again = () => { ticks++; setTimeout(again, 5) }; again()"],
    ["setImmediate, again and again", "const more = () => { ticks++; setImmediate(more) }; more()"],
    [
      "timers/promises",
      `import { setTimeout as sleep } from "node:timers/promises"; (async () => { for (;;) { await sleep(5); ticks++ } })()`,
    ],
    [
      "a program",
      `import { spawn } from "node:child_process"; spawn("sh", ["-c", "while true; do echo; sleep 0.01; done"]).stdout.on("data", () => ticks++)`,
    ],
  ])("%s", async (_, code) => {
    const ran = await kernel().run(`let ticks = 0; ${code}; void 0`);
    await pause(100);
    const told = kernel().published(({ content }) =>
      /in the background was stopped/.test(content.text ?? ""),
    );
    await Promise.all([kernel().interrupt(), kernel().interrupt(), kernel().interrupt()]);
    expect((await told).parent.msg_id).toBe(ran.published[0].parent.msg_id);
    await pause(200);
    const ticks = resultOf(await kernel().run("ticks"));
    expect(Number(ticks)).toBeGreaterThan(0);
    await pause(50);
    expect(resultOf(await kernel().run("ticks"))).toBe(ticks);
  });
});

test("An interrupt of a cell leaves alone what earlier ones do in the background", async () => {
  await kernel().run("let alive = 1\nconst beat = setInterval(() => alive++, 5)");
  expect(await interrupted("while (true) {}")).toBe("Interrupted");
  const before = Number(resultOf(await kernel().run("alive")));
  await pause(50);
  expect(Number(resultOf(await kernel().run("alive")))).toBeGreaterThan(before);
  await kernel().run("clearInterval(beat)");
});

test("An interrupt while TypeScript compiles keeps the cell from running and the engine whole", async () => {
  const code = `console.log("ran")\n${Array.from({ length: 300 }, (_, i) => `const wide${i} = tensor([[${i}, 1], [2, 3]]).T`).join("\n")}`;
  const started = kernel().published(({ type }) => type === "execute_input");
  const running = kernel().run(code);
  await started;
  await kernel().interrupt();
  const ran = await running;
  expect(ran.reply.ename).toBe("Interrupted");
  expect(ran.text()).toBe("");
  expect(resultOf(await kernel().run("6 * 7"))).toBe("42");
});

test("An interrupt also turns down the cells that wait behind the interrupted one", async () => {
  const running = kernel().run("while (true) {}");
  const waiting = kernel().run("'not yet'");
  await pause(300);
  await kernel().interrupt();
  expect((await running).reply.status).toBe("error");
  expect((await waiting).reply.status).toBe("aborted");
});

test.each([
  ["is stopped", "for (;;);"],
  ["ends by itself meanwhile", "42;"],
])("A cell whose end takes long, and that %s, is interrupted, and the next one runs", async (_, end) => {
  const slow = `const names = Object.getOwnPropertyNames; let isSlow = true;
Object.getOwnPropertyNames = (of) => {
  for (const end = Date.now() + 600; isSlow && Date.now() < end; );
  isSlow = false;
  return names(of);
};`;
  expect(await interrupted(`${slow}\n${end}`)).toBe("Interrupted");
  expect(resultOf(await kernel().run("Object.getOwnPropertyNames = names; 6 * 7"))).toBe("42");
});

test("A cell whose start is torn down is interrupted, and its names are known to have no value", async () => {
  await kernel().run(`const Kept = Set; let isSlow = false;
globalThis.Set = class<T> extends Kept<T> {
  constructor(values?: Iterable<T> | null) {
    for (const end = Date.now() + 1500; isSlow && Date.now() < end; );
    isSlow = false;
    super(values);
  }
} as unknown as SetConstructor;
setTimeout(() => { isSlow = true; }, 50);`);
  await pause(200);
  const running = kernel().run("let late = 1;");
  await pause(500);
  const [ran] = await Promise.all([running, kernel().interrupt()]);
  expect(ran.reply.ename).toBe("Interrupted");
  expect((await kernel().run("late")).reply.evalue).toMatch(/late has no value/);
  await kernel().run("globalThis.Set = Kept");
});

test("An interrupt that comes before the session is there ends nothing", async () => {
  const client = await KernelClient.start();
  try {
    await client.interrupt();
    await client.expectAlive();
    expect(resultOf(await client.run("6 * 7"))).toBe("42");
  } finally {
    await client.stop();
  }
});

test("Interrupts at random moments of all kinds of work leave a session whose next gradient is right", async () => {
  expect(await interruptAtRandom(9, 1)).toEqual([]);
});
