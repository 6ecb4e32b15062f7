import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MessageChannel, type Worker } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { connectLanguage } from "../../kernel/src/language/client.ts";
import type { Language } from "../../kernel/src/language/protocol.ts";
import { startLanguage } from "../../kernel/src/language/start.ts";
import { fixtureLibrary } from "./notebook.ts";

const workers: Worker[] = [];
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())));

function start(library = fixtureLibrary): { language: Language; worker: Worker } {
  const { port1, port2 } = new MessageChannel();
  const worker = startLanguage(port2, import.meta.dirname, library);
  workers.push(worker);
  return { language: connectLanguage(port1), worker };
}

test("an engine in a worker answers the same questions, in the order they were asked", async () => {
  const { language } = start();
  const answers = await Promise.all([
    language.ready(),
    language.compile("const X = tensor([[1, 2]])", 1),
    language.complete("X.gr", 4),
    language.inspect("X", 1, 0),
    language.isComplete("f("),
    language.compile("X.nothing", 2),
  ]);
  expect(answers).toMatchObject([
    expect.arrayContaining(["exp", "gb", "tensor"]),
    { ok: true, cell: { declared: [{ name: "X", kind: "const" }] } },
    { start: 2, end: 4, matches: [{ text: "grad" }] },
    { plain: "const X: Tensor<[1, 2]>" },
    { status: "incomplete" },
    { ok: false, diagnostics: [{ message: "Property 'nothing' does not exist on type 'Tensor<[1, 2]>'" }] },
  ]);
});

test("cells go first, and of what is being typed only the newest text is looked at", async () => {
  const { language } = start();
  await language.ready();
  const order: string[] = [];
  const texts = ["const a: string = 1", "const a: string = 12", "const a: string = 123"];
  // Keeps the worker from its port until all calls are there.
  const first = language.compile("tensor([[1, 2]]).exp();\n".repeat(200), 0);
  const typed = texts.map(async (text) => {
    const { diagnostics, obsolete } = await language.diagnose(text);
    order.push(obsolete ? `${text} is obsolete` : text);
    return diagnostics.length;
  });
  const compiled = language.compile("const b = 1", 1).then(() => order.push("cell"));
  expect(await Promise.all(typed)).toEqual([0, 0, 1]);
  await Promise.all([first, compiled]);
  expect(order).toEqual([`${texts[0]} is obsolete`, `${texts[1]} is obsolete`, "cell", texts[2]]);
  expect(await language.diagnose("b + 1")).toEqual({ diagnostics: [] });
});

test("when the worker ends, open and later questions are refused with the way out", async () => {
  const { language, worker } = start();
  await language.ready();
  const open = language.compile("1", 1);
  const closed = expect(open).rejects.toThrow("it has stopped; restart the kernel");
  await worker.terminate();
  await closed;
  await expect(language.isComplete("1")).rejects.toThrow("it has stopped; restart the kernel");
});

test("nothing that the worker prints reaches the process", async () => {
  // --import runs in each thread: the worker says something on both streams before it starts.
  const noise = `import { isMainThread } from "node:worker_threads";
    if (!isMainThread) { console.log("out of the worker"); console.error("out of the worker, too"); }`;
  const script = `import { MessageChannel } from "node:worker_threads";
    import { connectLanguage } from ${JSON.stringify(sourceUrl("client.ts"))};
    import { startLanguage } from ${JSON.stringify(sourceUrl("start.ts"))};
    const { port1, port2 } = new MessageChannel();
    const worker = startLanguage(port2, ${JSON.stringify(import.meta.dirname)}, ${JSON.stringify(fixtureLibrary)});
    console.log((await connectLanguage(port1).ready()).includes("tensor"));
    await worker.terminate();`;
  const preload = `data:text/javascript,${encodeURIComponent(noise)}`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--import",
    preload,
    "--eval",
    script,
  ]);
  expect({ stdout, stderr }).toEqual({ stdout: "true\n", stderr: "" });
});

function sourceUrl(file: string): string {
  return new URL(`../../kernel/src/language/${file}`, import.meta.url).href;
}
