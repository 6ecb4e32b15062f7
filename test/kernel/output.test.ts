import { expect, test } from "vitest";
import { pause, resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

test("100,000 printed lines all arrive, in few messages, and idle is last", async () => {
  const ran = await kernel().run("for (let i = 0; i < 100_000; i++) console.log('line', i)");
  const lines = ran.text().split("\n");
  expect(lines).toHaveLength(100_001);
  expect(lines.every((line, i) => i === 100_000 || line === `line ${i}`)).toBe(true);
  expect(ran.published.length).toBeLessThan(1000);
  expect(kernel().heard.at(-1)).toMatchObject({ type: "status", content: { execution_state: "idle" } });
});

test("Text is seen while the cell that printed it still computes", async () => {
  const seen = kernel().published(({ type }) => type === "stream");
  const running = kernel().run("console.log('early'); while (true);");
  expect((await seen).content.text).toBe("early\n");
  await kernel().interrupt();
  await running;
});

test("stdout and stderr keep their order, whichever way they are written", async () => {
  const { published } = await kernel().run(
    `const { stdout, stderr } = (globalThis as any).process;
     console.log("a"); stdout.write("b\\n"); console.error("c"); stderr.write("d\\n"); stdout.write(new Uint8Array([101]));`,
  );
  const streams = published.filter(({ type }) => type === "stream").map(({ content }) => content);
  expect(streams).toEqual([
    { name: "stdout", text: "a\nb\n" },
    { name: "stderr", text: "c\nd\n" },
    { name: "stdout", text: "e" },
  ]);
});

/** Ways to write a character in two parts, between which `pause` stands. */
const PARTS = {
  "the halves of a surrogate pair": ['stdout.write("a\\ud83d")', 'stdout.write("\\ude00b")'],
  "the bytes of UTF-8": [
    "stdout.write(new Uint8Array([97, 0xf0, 0x9f]))",
    "stdout.write(new Uint8Array([0x98, 0x80, 98]))",
  ],
  "bytes in hexadecimal digits": ['stdout.write("61f0", "hex")', 'stdout.write("9f988062", "hex")'],
};
const BETWEEN = {
  nothing: "",
  "a while": "const end = Date.now() + 90; while (Date.now() < end);",
  "a display": "display(1);",
  "the other stream": 'stderr.write("!\\n");',
  "100,000 characters": 'stderr.write("-".repeat(120_000));',
};

test.each(
  Object.entries(PARTS).flatMap(([parts, [first, second]]) =>
    Object.entries(BETWEEN).map(([between, code]) => [parts, between, `${first}; ${code} ${second}`]),
  ),
)("A character written in parts arrives as one: %s, with %s between", async (_, __, code) => {
  const ran = await kernel().run(`{ const { stdout, stderr } = (globalThis as any).process; ${code} }`);
  expect(ran.text()).toBe("a😀b");
});

test("A character of which only a part is written becomes one replacement character", async () => {
  const ran = await kernel().run('(globalThis as any).process.stdout.write("a\\ud83d")');
  expect(ran.text()).toBe("a\ufffd");
});

test("Late output goes to the cell that caused it, not to the newest", async () => {
  const late = kernel().published(({ content }) => content.text === "from the first\n");
  const first = await kernel().run("setTimeout(() => console.log('from the first'), 150)");
  await kernel().run("console.log('second')");
  const input = first.published.find(({ type }) => type === "execute_input");
  expect((await late).parent.msg_id).toBe(input?.parent.msg_id);
});

test.each([
  ["a timer", "setTimeout(() => { throw new Error('late failure') }, 150)"],
  [
    "a promise that nobody awaits",
    "setTimeout(() => void (async () => { await null; throw new Error('late failure') })(), 150)",
  ],
])(
  "An error that comes long after the end of its cell, in %s, is told there, and the session lives on",
  async (_, code) => {
    const told = kernel().published(
      ({ type, content }) => type === "error" && content.evalue === "late failure",
    );
    const ran = await kernel().run(`const kept = 5\n${code}`);
    expect(ran.reply.status).toBe("ok");
    const message = await told;
    expect(message.parent.msg_id).toBe(ran.published[0].parent.msg_id);
    expect(message.content.traceback.join("\n")).toMatch(/line 2/);
    expect(resultOf(await kernel().run("kept"))).toBe("5");
  },
);

test("Printing without end neither fills the memory nor outruns an interrupt", async () => {
  const running = kernel().run("while (true) console.log('x'.repeat(100))");
  await pause(1000);
  await kernel().interrupt();
  const ran = await running;
  expect(ran.reply.ename).toBe("Interrupted");
  expect(tracebackOf(ran)).toMatch(/The cell was stopped/);
  expect(ran.text().length).toBeGreaterThan(100_000);
});

test("A warning of Node goes to the log, since text on stderr counts against a cell", async () => {
  const ran = await kernel().run("(globalThis as any).process.emitWarning('only for the log')");
  await pause(50);
  expect(ran.published.map(({ type }) => type)).toEqual(["execute_input"]);
  expect(kernel().heard.some(({ content }) => content.name === "stderr" && /log/.test(content.text))).toBe(
    false,
  );
});
