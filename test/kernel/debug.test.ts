/** The debugger, as front ends speak to it. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { murmur2 } from "../../kernel/src/debug/paths.ts";
import type { Message, Ran } from "./client.ts";
import { resultOf, useKernel } from "./kernel.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a reply holds differs by its command
type Json = Record<string, any>;

const folder = mkdtempSync(join(tmpdir(), "gradbook-debug-"));
const kernel = useKernel({ folder });
afterAll(() => rmSync(folder, { recursive: true }));

/** The body of the answer to a command. */
async function debug(command: string, asked: Json = {}): Promise<Json> {
  const reply = await kernel().request(
    "debug",
    { type: "request", seq: 1, command, arguments: asked },
    "control",
  );
  expect(reply.success, `${command}: ${reply.message}`).toBe(true);
  return reply.body;
}

/** Resolves when the program stands still, or has stopped standing still. */
function event(name: "stopped" | "continued"): Promise<Message> {
  return kernel().published(({ type, content }) => type === "debug_event" && content.event === name);
}

/** Attaches, and asks for stops in a text of a cell. */
async function attach(source: string, lines: readonly (number | Json)[]): Promise<string> {
  await debug("initialize");
  await debug("attach");
  const { sourcePath } = await debug("dumpCell", { code: source });
  await breakAt(sourcePath, lines);
  await debug("configurationDone");
  return sourcePath;
}

async function breakAt(path: string, lines: readonly (number | Json)[]): Promise<number[]> {
  const breakpoints = lines.map((line) => (typeof line === "number" ? { line } : line));
  const { breakpoints: set } = await debug("setBreakpoints", { source: { path }, breakpoints });
  return set.map(({ line }: Json) => line);
}

/** Runs a cell until it stops; the run goes on in what is answered. */
async function stopIn(source: string): Promise<{ readonly run: Promise<Ran> }> {
  const stopped = event("stopped");
  const run = kernel().run(source);
  await stopped;
  return { run };
}

/** Where the program stands: `function:line`, the innermost call first. */
async function calls(): Promise<string[]> {
  const { stackFrames } = await debug("stackTrace", { threadId: 1 });
  return stackFrames.map(({ name, line }: Json) => `${name}:${line}`);
}

async function step(command: "next" | "stepIn" | "stepOut"): Promise<string[]> {
  const stopped = event("stopped");
  await debug(command, { threadId: 1 });
  await stopped;
  return calls();
}

/** The variables of the innermost call, as `name: value`, by scopes. */
async function variables(): Promise<Record<string, string[]>> {
  const { stackFrames } = await debug("stackTrace", { threadId: 1 });
  const { scopes } = await debug("scopes", { frameId: stackFrames[0].id });
  const found: Record<string, string[]> = {};
  for (const { name, variablesReference } of scopes) {
    const { variables: all } = await debug("variables", { variablesReference });
    found[name] = all.map((variable: Json) => `${variable.name}: ${variable.value}`);
  }
  return found;
}

const CELL = [
  "interface Layer { W: Tensor }",
  "function forward(X: Tensor, { W }: Layer): Tensor {",
  "  const Y = X.matmul(W);",
  "  const scale = 2;",
  "  return Y.mul(scale);",
  "}",
  "const X = tensor([[1, 2], [3, 4]]);",
  "const Z = forward(X, { W: tensor([[1, 0], [0, 1]]) });",
  "Z.sum().item()",
].join("\n");

test("Before anybody attaches, a kernel says how cells are named, and runs no debugger", async () => {
  expect(await kernel().request("kernel_info")).toMatchObject({
    debugger: true,
    supported_features: ["debugger"],
  });
  expect(await debug("debugInfo")).toMatchObject({
    isStarted: false,
    hashMethod: "Murmur2",
    tmpFileSuffix: ".ts",
    breakpoints: [],
    stoppedThreads: [],
    richRendering: true,
  });
  const reply = await kernel().request("debug", { seq: 1, command: "next" }, "control");
  expect(reply).toMatchObject({ success: false, message: "Cannot next: the debugger is not attached" });
});

test("The names of cells are those that a front end makes", async () => {
  // By JupyterLab's own function, in a page.
  const hashes = ["", "abc", "x = 1", "α = 'ß'\n"].map((text) => murmur2(text, 0xc70f6907));
  expect(hashes).toEqual([3990065800, 3350977461, 3427300630, 796389522]);
});

test("A breakpoint in a function stops there, shows its tensors, steps, and goes on", async () => {
  const path = await attach(CELL, [3]);
  const { run } = await stopIn(CELL);
  expect(await calls()).toEqual(["forward:3", "cell 1:8"]);
  expect((await debug("debugInfo")).breakpoints).toEqual([{ source: path, breakpoints: [{ line: 3 }] }]);
  expect(await variables()).toMatchObject({
    Locals: expect.arrayContaining(["X: [[1, 2], [3, 4]]", "W: [[1, 0], [0, 1]]", "Y: undefined"]),
    Globals: expect.arrayContaining(["X: [[1, 2], [3, 4]]"]),
  });
  expect(await step("next")).toEqual(["forward:4", "cell 1:8"]);
  expect(await step("next")).toEqual(["forward:5", "cell 1:8"]);
  expect(await variables()).toMatchObject({
    Locals: expect.arrayContaining(["Y: [[1, 2], [3, 4]]", "scale: 2"]),
  });
  const evaluated = await debug("evaluate", {
    expression: "Y.add(X as Tensor).sum().item() + scale",
    frameId: 1,
  });
  expect(evaluated).toMatchObject({ result: "22", type: "number" });
  const { data } = await debug("richInspectVariables", { variableName: "Y", frameId: 1 });
  expect(data["text/latex"]).toContain("\\begin{pmatrix} 1 & 2");
  expect(await step("stepOut")).toEqual(["cell 1:8"]);
  expect(await step("next")).toEqual(["cell 1:9"]);
  await debug("continue", { threadId: 1 });
  expect(resultOf(await run)).toBe("20");
});

test("The parts of a tensor are its rows, its shape and its gradient", async () => {
  await kernel().run("const v = tensor([[1, 2], [3, 4]]); v.sum().backward()");
  const { variables: all } = await debug("inspectVariables");
  const tensor = all.find(({ name }: Json) => name === "v");
  expect(tensor).toMatchObject({ value: "[[1, 2], [3, 4]]", type: "Tensor<[2, 2]>" });
  const { variables: parts } = await debug("variables", { variablesReference: tensor.variablesReference });
  expect(parts.map(({ name, value }: Json) => `${name}: ${value}`)).toEqual([
    "[0]: [1, 2]",
    "[1]: [3, 4]",
    "shape: [2, 2]",
    "dtype: 'float64'",
    "grad: [[1, 1], [1, 1]]",
  ]);
});

test("A cell that runs again stops again, and not where its breakpoints were taken away", async () => {
  const path = await attach(CELL, [8]);
  const { run } = await stopIn(CELL);
  expect(await calls()).toEqual(["cell 3:8"]);
  expect(await step("stepIn")).toEqual(["forward:3", "cell 3:8"]);
  expect(await breakAt(path, [])).toEqual([]);
  await debug("continue");
  await run;
  expect(resultOf(await kernel().run(CELL))).toBe("20");
});

test("A line without code stops at the next one; a condition decides; async code, loops and callbacks stop, too", async () => {
  const source = [
    "// A comment", //
    "let total = 0;",
    "for (const i of [1, 2, 3]) {",
    "  total += i;",
    "}",
    "await new Promise<void>((done) => setTimeout(done, 1));",
    "[1, 2].map((n) => n * total)",
  ].join("\n");
  await attach(source, [1, { line: 4, condition: "i === 2" }, 7]);
  const { run } = await stopIn(source);
  expect(await calls()).toEqual(["cell 5:2"]);
  for (const expected of [["cell 5:4"], ["cell 5:7"]]) {
    const stopped = event("stopped");
    await debug("continue");
    await stopped;
    expect(await calls()).toEqual(expected);
  }
  expect(await variables()).toMatchObject({ Globals: expect.arrayContaining(["total: 6"]) });
  await debug("continue");
  expect(resultOf(await run)).toBe("[ 6, 12 ]");
});

test("A local file stops at its own lines, and shows its text", async () => {
  const path = join(folder, "helper.ts");
  const text =
    "export type Count = number;\nexport function twice(n: Count): Count {\n  const m: Count = 2 * n;\n  return m;\n}\n";
  writeFileSync(path, text);
  await breakAt(path, [3]);
  const { run } = await stopIn('import { twice } from "./helper";\ntwice(21)');
  expect(await calls()).toEqual(["twice:3", "cell 6:2"]);
  expect(await variables()).toMatchObject({ Locals: expect.arrayContaining(["n: 21"]) });
  expect(await debug("source", { source: { path } })).toMatchObject({ content: text });
  expect((await debug("modules")).modules).toMatchObject([{ name: "helper.ts", path }]);
  await debug("continue");
  expect(resultOf(await run)).toBe("42");
});

test("An interrupt ends a cell that stands still, and the next cell stops again", async () => {
  const source = "const before = 1;\nconst after = before + 1;\nafter";
  await attach(source, [2]);
  const { run } = await stopIn(source);
  await kernel().interrupt();
  expect((await run).reply).toMatchObject({ status: "error", ename: "Interrupted" });
  const again = await stopIn(source);
  await debug("continue");
  expect(resultOf(await again.run)).toBe("2");
});

test("What is thrown stops the program where somebody asks for it; who disconnects lets it go on", async () => {
  await debug("setExceptionBreakpoints", { filters: ["raised"] });
  const { run } = await stopIn(
    "const reason = 'late';\ntry {\n  throw new Error(reason);\n} catch {}\nreason",
  );
  expect(await calls()).toEqual(["cell 9:3"]);
  await debug("disconnect", { restart: false, terminateDebuggee: false });
  expect(resultOf(await run)).toBe("'late'");
  expect(await debug("debugInfo")).toMatchObject({ isStarted: false, stoppedThreads: [] });
  expect(resultOf(await kernel().run(CELL))).toBe("20");
});
